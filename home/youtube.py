"""YouTube addresses: reading them, writing them, fields and blocks that accept them.

Nothing here asks the network: an address is understood by its form alone, so that saving and
viewing work offline and no visitor's address reaches another host before a click.
"""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

HOSTS = {
    "youtube.com",
    "www.youtube.com",
    "m.youtube.com",
    "music.youtube.com",
    "youtube-nocookie.com",
    "www.youtube-nocookie.com",
}
SHORT_HOST = "youtu.be"
VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{11}")
PLAYLIST_ID = re.compile(r"[A-Za-z0-9_-]{10,64}")
EMBED_HOST = "https://www.youtube-nocookie.com"


def parse_video_id(address: str) -> str:
    """Return the 11-character id of a recording.

    ``address`` is a bare id or any address under which YouTube shows a single video
    (watch, youtu.be, embed, live, shorts). Raises ``ValueError`` when it is none.
    """
    address = address.strip()
    if VIDEO_ID.fullmatch(address):
        return address
    if "://" not in address:
        address = f"https://{address}"
    parts = urlsplit(address)
    segments = [segment for segment in parts.path.split("/") if segment]
    candidate = ""
    if parts.scheme in {"http", "https"} and segments:
        if parts.hostname == SHORT_HOST:
            candidate = segments[0]
        elif parts.hostname in HOSTS and segments[0] == "watch":
            candidate = parse_qs(parts.query).get("v", [""])[0]
        elif parts.hostname in HOSTS and segments[0] in {"embed", "live", "shorts", "v"}:
            candidate = segments[-1]
    if not VIDEO_ID.fullmatch(candidate):
        raise ValueError(f"Not the address of a YouTube video: {address!r}")
    return candidate


def stored_video_id(address: str) -> str:
    """Return the id in an address that is stored already; empty where it is none of YouTube's."""
    try:
        return parse_video_id(address)
    except ValueError:
        return ""


def watch_url(video_id: str, start: int = 0) -> str:
    """Return the ordinary address of a recording; ``start`` is in seconds."""
    query = {"v": video_id} | ({"t": f"{start}s"} if start else {})
    return f"https://www.youtube.com/watch?{urlencode(query)}"


def embed_url(video_id: str) -> str:
    """Return the player's address on the host that sets no cookie before playing."""
    return f"{EMBED_HOST}/embed/{video_id}"


def playlist_url(playlist_id: str) -> str:
    """Return the ordinary address of a playlist."""
    return f"https://www.youtube.com/playlist?{urlencode({'list': playlist_id})}"


def playlist_embed_url(playlist_id: str) -> str:
    """Return the player's address for a whole playlist."""
    return f"{EMBED_HOST}/embed/videoseries?{urlencode({'list': playlist_id})}"


def canonical_watch_url(address: str) -> str:
    """Return the one form in which the site stores an address; raises ``ValidationError``."""
    try:
        return watch_url(parse_video_id(address))
    except ValueError as error:
        raise ValidationError(
            _(
                "This is not the address of a YouTube video. Copy it from the browser, for "
                "example https://www.youtube.com/watch?v=… or https://youtu.be/…"
            ),
            code="not_youtube",
        ) from error


class YouTubeURLFormField(forms.CharField):
    """Takes any YouTube address or a bare video id; gives the watch address."""

    widget = forms.TextInput

    def clean(self, value):
        value = super().clean(value)
        return canonical_watch_url(value) if value else value


class YouTubeURLField(models.URLField):
    """The address of one YouTube video, stored as its watch address.

    A URLField, so that wagtail-localize synchronises it between languages.
    """

    def clean(self, value, model_instance):
        return canonical_watch_url(value) if value else super().clean(value, model_instance)

    def formfield(self, **kwargs):
        # Wagtail hands every URLField the scheme to assume; ours reads more than URLs.
        kwargs.pop("assume_scheme", None)
        kwargs["form_class"] = YouTubeURLFormField
        return models.Field.formfield(self, max_length=self.max_length, **kwargs)


class YouTubeURLBlock(blocks.URLBlock):
    """The address of one YouTube video inside a StreamField."""

    def __init__(self, required=True, help_text=None, **kwargs):
        super().__init__(required=required, help_text=help_text, **kwargs)
        self.field = YouTubeURLFormField(required=required, help_text=help_text)

    class Meta:
        icon = "media"
