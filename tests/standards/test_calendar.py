"""The meetings as iCalendar, read by a calendar program's library."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from home.calendars import DEFAULT_LENGTH
from home.models import MeetingPage
from tests.factories import AgendaItemFactory, MeetingPageFactory, MeetingsPageFactory
from tests.translating import translate

pytestmark = pytest.mark.django_db

RIGA = ZoneInfo("Europe/Riga")


@pytest.fixture
def meetings(home_lv):
    return MeetingsPageFactory(parent=home_lv, title="Sanāksmes")


def riga(year, month, day, hour=10):
    return datetime.datetime(year, month, day, hour, tzinfo=RIGA)


def address(name, language="lv", **arguments):
    with override(language):
        return reverse(name, kwargs=arguments)


def calendar(client, language="lv"):
    response = client.get(address("meetings_calendar", language))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def events(client, language="lv"):
    return {str(event["uid"]): event for event in calendar(client, language).events}


def test_a_meeting_is_an_event_with_all_that_its_page_says(client, meetings):
    meeting = MeetingPageFactory(
        parent=meetings,
        title="Oktobra sanāksme; budžets, ceļi",
        summary="Par budžetu.",
        starts_at=riga(2026, 10, 8),
        duration=datetime.timedelta(minutes=95),
        place="Rīga, LPS",
    )
    AgendaItemFactory(page=meeting, title="Ceļu uzturēšana", speaker="Anna Kalniņa")
    AgendaItemFactory(page=meeting, title="Dažādi")
    event = events(client)[str(meeting.translation_key)]
    assert event["summary"] == meeting.title
    assert event["dtstart"].dt == riga(2026, 10, 8)
    assert event["dtend"].dt == riga(2026, 10, 8) + datetime.timedelta(minutes=95)
    assert event["location"] == "Rīga, LPS"
    assert event["url"] == meeting.full_url
    assert event["description"] == (
        f"Par budžetu.\n\nDarba kārtība:\n1. Ceļu uzturēšana (Anna Kalniņa)\n2. Dažādi\n\n"
        f"{meeting.full_url}"
    )


def test_a_meeting_without_a_recording_takes_the_usual_time(client, meetings):
    MeetingPageFactory(parent=meetings, starts_at=riga(2027, 1, 7))
    (event,) = calendar(client).events
    assert event["dtend"].dt - event["dtstart"].dt == DEFAULT_LENGTH


@pytest.mark.parametrize(
    "day", [(2026, 3, 28), (2026, 3, 29), (2026, 7, 1), (2026, 10, 24), (2026, 10, 25)]
)
def test_the_time_zone_of_the_calendar_itself_gives_the_right_moment(client, meetings, day):
    meeting = MeetingPageFactory(parent=meetings, starts_at=riga(*day))
    found = calendar(client)
    zone = found.timezones[0].to_tz(lookup_tzid=False)
    wall = found.events[0]["dtstart"].dt.replace(tzinfo=None)
    moment = zone.localize(wall) if hasattr(zone, "localize") else wall.replace(tzinfo=zone)
    assert moment == meeting.starts_at
    assert found.timezones[0]["tzid"] == "Europe/Riga"


def test_the_clock_is_changed_when_it_is_in_riga(client, meetings):
    MeetingPageFactory(parent=meetings, starts_at=riga(2026, 6, 1))
    MeetingPageFactory(parent=meetings, starts_at=riga(2027, 6, 1))
    text = client.get(address("meetings_calendar")).content.decode()
    # 3:00 of winter time and 4:00 of summer time, on the last Sundays of March and October.
    assert "DTSTART:20260329T030000" in text
    assert "RDATE:20270328T030000" in text
    assert "DTSTART:20261025T040000" in text
    assert "RDATE:20271031T040000" in text


def test_an_event_keeps_its_identity_when_its_page_moves_and_says_that_it_is_newer(
    client, meetings
):
    meeting = MeetingPageFactory(parent=meetings, starts_at=riga(2026, 12, 3))
    meeting.save_revision().publish()
    an_hour_ago = timezone.now() - datetime.timedelta(hours=1)
    MeetingPage.objects.update(first_published_at=an_hour_ago, last_published_at=an_hour_ago)
    before = events(client)[str(meeting.translation_key)]
    meeting.refresh_from_db()
    meeting.slug, meeting.starts_at = "cita-adrese", riga(2026, 12, 10)
    meeting.save_revision().publish()
    after = events(client)[str(meeting.translation_key)]
    assert after["dtstart"].dt == riga(2026, 12, 10)
    assert before["sequence"] == 0
    assert after["sequence"] >= 3600
    assert after["last-modified"].dt > before["last-modified"].dt
    assert after["dtstamp"].dt == after["last-modified"].dt


def test_what_is_cancelled_or_closed_to_the_public_disappears(client, meetings):
    gone = MeetingPageFactory(parent=meetings)
    closed = MeetingPageFactory(parent=meetings)
    shown = MeetingPageFactory(parent=meetings)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    gone.unpublish()
    assert set(events(client)) == {str(shown.translation_key)}
    for meeting, status in ((gone, 404), (closed, 404), (shown, 200)):
        single = address("meeting_calendar", key=meeting.translation_key)
        assert client.get(single).status_code == status


def test_each_language_has_its_calendar_of_the_same_events(client, meetings, home_lv):
    meeting = MeetingPageFactory(parent=meetings, title="Sanāksme", starts_at=riga(2026, 12, 3))
    MeetingPageFactory(parent=meetings, title="Tikai latviski", starts_at=riga(2026, 12, 4))
    translate(meetings, {})
    english = translate(meeting, {"Sanāksme": "Meeting"})
    (event,) = calendar(client, "en").events
    assert event["summary"] == "Meeting"
    assert event["summary"].params["LANGUAGE"] == "en"
    assert event["url"] == english.full_url
    assert str(event["uid"]) in events(client, "lv")
    assert len(events(client, "lv")) == 2


def test_lines_are_folded_by_octets_and_no_letter_is_broken(client, meetings):
    title = "Ģimeņu, ūdensapgādes un šķēršļu jautājumi — " * 5
    MeetingPageFactory(parent=meetings, title=title.strip())
    content = client.get(address("meetings_calendar")).content
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
    assert Calendar.from_ical(content).events[0]["summary"] == title.strip()


def test_a_calendar_says_how_it_is_called_and_when_to_ask_again(client, meetings):
    MeetingPageFactory(parent=meetings)
    found = calendar(client)
    assert found["refresh-interval"].dt == datetime.timedelta(hours=12)
    assert found["name"] == found["x-wr-calname"]
    assert found["source"].endswith(address("meetings_calendar"))
    assert found["version"] == "2.0"


def test_one_meeting_comes_as_a_file_with_its_name(client, meetings):
    meeting = MeetingPageFactory(parent=meetings, slug="decembra-sanaksme")
    response = client.get(address("meeting_calendar", key=meeting.translation_key))
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="decembra-sanaksme.ics"'
    )
    assert len(Calendar.from_ical(response.content).events) == 1


def test_an_empty_calendar_is_a_calendar(client, meetings):
    assert calendar(client).events == []


def test_programs_that_have_the_calendar_already_are_told_so(client, meetings):
    MeetingPageFactory(parent=meetings)
    url = address("meetings_calendar")
    tag = client.get(url).headers["ETag"]
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304


def test_many_meetings_cost_no_more_queries_than_one(
    client, meetings, django_assert_max_num_queries
):
    for meeting in MeetingPageFactory.create_batch(20, parent=meetings):
        AgendaItemFactory(page=meeting)
    with django_assert_max_num_queries(8):
        client.get(address("meetings_calendar"))


def test_pages_link_the_calendar_and_what_is_to_come(client, meetings):
    meeting = MeetingPageFactory(
        parent=meetings, starts_at=timezone.now() + datetime.timedelta(days=3)
    )
    single = address("meeting_calendar", key=meeting.translation_key)
    listing = client.get(meetings.url).content.decode()
    assert f'href="{single}"' in listing
    assert 'href="webcal://' in listing
    assert f'href="{single}"' in client.get(meeting.url).content.decode()
