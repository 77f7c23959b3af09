"""Meetings as structured data: an event, and the recording of one."""

import re

from .structured_data import (
    duration,
    image,
    moment,
    organization_id,
    page_id,
)

# How editors write that a meeting has no room, or not only one.
ONLINE = re.compile(r"online|tiešsaist\w*|attālināt\w*|zoom|teams", re.IGNORECASE)

ATTENDANCE = "https://schema.org/{}EventAttendanceMode"


def of_meeting(meeting, context) -> list[dict]:
    """Return a meeting as an event, and its recording as a video whose agenda are its clips."""
    chrome, metadata = context["chrome"], context["metadata"]
    mode, location = whereabouts(meeting.place, metadata.url)
    event = {
        "@type": "Event",
        "@id": f"{metadata.url}#event",
        "name": meeting.title,
        "description": metadata.description,
        "startDate": moment(meeting.starts_at),
        "endDate": moment(meeting.duration and meeting.starts_at + meeting.duration),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": mode,
        "location": location,
        "organizer": organization_id(chrome),
        "image": image(metadata.image),
        "mainEntityOfPage": page_id(metadata),
        "recordedIn": {"@id": f"{metadata.url}#recording"} if meeting.video_id else None,
    }
    return [event, recording(meeting, context)] if meeting.video_id else [event]


def whereabouts(place: str, url: str) -> tuple[str | None, list[dict]]:
    """Return how a meeting is attended and where, from what editors wrote as its place."""
    online = {"@type": "VirtualLocation", "url": url}
    room = ONLINE.sub("", place)
    room = room if any(letter.isalpha() for letter in room) else ""
    if not place:
        return None, []
    if room == place:
        return ATTENDANCE.format("Offline"), [place_of(place)]
    if room:
        return ATTENDANCE.format("Mixed"), [place_of(place), online]
    return ATTENDANCE.format("Online"), [online]


def place_of(name: str) -> dict:
    return {"@type": "Place", "name": name, "address": name}


def recording(meeting, context) -> dict:
    chrome, metadata = context["chrome"], context["metadata"]
    transcript = " ".join(paragraph["text"] for paragraph in context["transcript"])
    return {
        "@type": "VideoObject",
        "@id": f"{metadata.url}#recording",
        "name": meeting.title,
        "description": metadata.description,
        "thumbnailUrl": metadata.image and metadata.image.url,
        "uploadDate": moment(meeting.starts_at),
        "duration": duration(meeting.duration),
        "embedUrl": meeting.embed_url,
        "url": meeting.recording,
        "inLanguage": context["transcript_language"],
        "transcript": transcript,
        "publisher": organization_id(chrome),
        "hasPart": clips(meeting, context["agenda"], metadata.url),
    }


def clips(meeting, agenda, url: str) -> list[dict]:
    """Return the points of the agenda whose moment is known; each ends where the next begins."""
    points = sorted((item.seconds, item.title) for item in agenda if item.offset is not None)
    starts_of_next = [seconds for seconds, _title in points[1:]]
    end_of_all = int(meeting.duration.total_seconds()) if meeting.duration else None
    return [
        {
            "@type": "Clip",
            "name": title,
            "startOffset": start,
            "endOffset": end,
            "url": f"{url}?t={start}",
        }
        for (start, title), end in zip(points, [*starts_of_next, end_of_all], strict=False)
    ]
