"""Reading a playlist's public Atom feed (YouTube's ``feeds/videos.xml``, newest 15 videos).

The answer comes from outside and is treated so: bounded in size and time, parsed without
entities, and refused as a whole when any part of it is not what it should be.
"""

import datetime
from dataclasses import dataclass
from urllib.error import URLError
from urllib.request import Request, urlopen
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.dateparse import parse_datetime

from .youtube import VIDEO_ID

ATOM = "{http://www.w3.org/2005/Atom}"
YOUTUBE = "{http://www.youtube.com/xml/schemas/2015}"
MEDIA = "{http://search.yahoo.com/mrss/}"
MAXIMUM_BYTES = 2 * 1024 * 1024
TIMEOUT_SECONDS = 15


class PlaylistError(Exception):
    """The feed could not be read; the message says why in a sentence."""


@dataclass(frozen=True)
class Recording:
    """A video of the playlist."""

    video_id: str
    title: str
    published: datetime.datetime
    thumbnail_url: str


def fetch(url: str, maximum_bytes: int = MAXIMUM_BYTES) -> bytes:
    """Return what an http(s) address holds.

    Raises ``PlaylistError`` when it can't be reached, takes too long or is larger than
    ``maximum_bytes``.
    """
    if not url.startswith(("http://", "https://")):
        raise PlaylistError(f"Not an address of the web: {url}")
    try:
        request = Request(url, headers={"User-Agent": "sync_playlist"})  # noqa: S310
        with urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
            content = response.read(maximum_bytes + 1)
    except (URLError, OSError) as error:
        raise PlaylistError(f"{url} can't be reached: {error}") from error
    if len(content) > maximum_bytes:
        raise PlaylistError(f"{url} holds more than {maximum_bytes} bytes.")
    return content


def parse_feed(content: bytes) -> list[Recording]:
    """Return the recordings of an Atom feed in its order; raises ``PlaylistError``."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise PlaylistError(f"The feed is not well-formed XML: {error}") from error
    if root.tag != f"{ATOM}feed":
        raise PlaylistError("The answer is no Atom feed.")
    recordings = [_parse_entry(entry) for entry in root.iter(f"{ATOM}entry")]
    if not recordings:
        raise PlaylistError("The feed lists no recordings. Is the playlist empty or private?")
    return recordings


def _parse_entry(entry) -> Recording:
    video_id = (entry.findtext(f"{YOUTUBE}videoId") or "").strip()
    title = (entry.findtext(f"{ATOM}title") or "").strip()
    if not VIDEO_ID.fullmatch(video_id) or not title:
        raise PlaylistError("An entry of the feed has no valid video id or no title.")
    try:
        published = parse_datetime((entry.findtext(f"{ATOM}published") or "").strip())
    except ValueError:
        published = None
    if published is None or published.tzinfo is None:
        raise PlaylistError(f"The entry {video_id} has no valid date of publication.")
    thumbnail = entry.find(f"{MEDIA}group/{MEDIA}thumbnail")
    return Recording(
        video_id=video_id,
        title=title[:255],
        published=published,
        thumbnail_url=thumbnail.get("url", "") if thumbnail is not None else "",
    )
