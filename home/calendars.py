"""Meetings as iCalendar (RFC 5545, 7986): one to keep, or all of a language to subscribe to."""

import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from .addresses import root_url
from .timezones import vtimezone

DEFAULT_LENGTH = datetime.timedelta(hours=2)  # of a meeting whose recording is not there yet
REFRESH = datetime.timedelta(hours=12)  # how often subscribers should ask again


def calendar(meetings, name: str, chrome, source: str = "") -> bytes:
    """Return published meetings (with their agendas) as a calendar.

    ``source`` is the address at which it can be had again, for one that is subscribed to.
    """
    result = Calendar()
    result.add(
        "prodid", f"-//{chrome.texts.short_name}//{root_url(chrome.request)}//{get_language()}"
    )
    result.add("version", "2.0")
    result.add("name", name)
    result.add("x-wr-calname", name)
    result.add("x-wr-timezone", timezone.get_default_timezone_name())
    if source:
        result.add("source", source, parameters={"VALUE": "URI"})
        result.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        result.add("x-published-ttl", "PT12H")
    meetings = list(meetings)
    years = [timezone.localtime(meeting.starts_at).year for meeting in meetings]
    if years:
        zone = timezone.get_default_timezone_name()
        result.add_component(vtimezone(zone, min(years), max(years)))
    for meeting in meetings:
        result.add_component(event(meeting, chrome))
    return result.to_ical()


def event(meeting, chrome) -> Event:
    """Return one meeting. In every language it is the same event, wherever its page moves."""
    published = meeting.last_published_at or meeting.starts_at
    first = meeting.first_published_at or published
    starts_at = timezone.localtime(meeting.starts_at)
    language = {"LANGUAGE": get_language()}
    result = Event()
    result.add("uid", str(meeting.translation_key))
    result.add("summary", meeting.title, parameters=language)
    result.add("dtstart", starts_at)
    result.add("dtend", starts_at + (meeting.duration or DEFAULT_LENGTH))
    result.add("dtstamp", published.astimezone(datetime.UTC))
    result.add("created", first.astimezone(datetime.UTC))
    result.add("last-modified", published.astimezone(datetime.UTC))
    # Grows with every publication, as the standard asks (3.8.7.4), and begins with 0.
    result.add("sequence", int((published - first).total_seconds()))
    if meeting.place:
        result.add("location", meeting.place, parameters=language)
    url = meeting.get_full_url(chrome.request)
    result.add("description", description(meeting, url), parameters=language)
    result.add("url", url)
    result.add("status", "CONFIRMED")
    result.add("transp", "OPAQUE")
    return result


def description(meeting, url: str) -> str:
    """Return the meeting's summary, its agenda and its address as plain text."""
    agenda = [
        f"{number}. {item.title}" + (f" ({item.speaker})" if item.speaker else "")
        for number, item in enumerate(meeting.agenda.all(), start=1)
    ]
    paragraphs = [meeting.description]
    if agenda:
        paragraphs.append("\n".join([f"{_('Agenda')}:", *agenda]))
    return "\n\n".join(filter(None, [*paragraphs, url]))
