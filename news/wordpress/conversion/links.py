"""Where a link of an old post leads: a page or file of ours, an address elsewhere, or nowhere."""

import re
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.utils.html import escape

from home.youtube import parse_video_id

PICTURES = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|svg|avif|tiff?)$", re.IGNORECASE)
FILES = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|txt|csv|zip|rar|7z|edoc|asice|mp3|m4a|wav|ogg"
    r"|wma|mp4|m4v|mov|avi|wmv|flv|webm|epub|xml|jpe?g|png|gif|webp|bmp|svg|avif|tiff?)$",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)  # a text that is one
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LOOKS_LIKE_HOST = re.compile(
    r"www\.|[\w-]+(?:\.[\w-]+)*\.(?:lv|com|org|net|eu|info|gov)(?:[/?#]|$)"
)


class Link(NamedTuple):
    """``attributes`` are those of its ``<a>`` as rich text stores them; ``url`` is what stood."""

    attributes: str
    url: str


def absolute(url: str, base: str) -> str:
    """Return an address as a browser on the old site would complete it; "" for nonsense."""
    url = re.sub(r"[\s\x00-\x1f]+", lambda found: "%20" if found[0] == " " else "", url.strip())
    url = re.sub(r"^(https?):/*(https?)(?::/*|/+)", r"\2://", url, flags=re.IGNORECASE)
    url = re.sub(r"^(https?):/*(?=[^/])", r"\1://", url, flags=re.IGNORECASE)
    if _LOOKS_LIKE_HOST.match(url) and not FILES.fullmatch(url):
        url = f"http://{url}"
    try:
        if url.startswith("//"):
            url = f"https:{url}"
        elif base and not _SCHEME.match(url):
            url = urljoin(base, url)
        urlsplit(url)
    except ValueError:
        return ""
    return url


def video_of(url: str) -> str:
    """Return the id of the YouTube video that an address shows, or "".

    Old players had their settings in the path: /v/ID&hl=en&fs=1.
    """
    for address in (url, re.sub(r"(/(?:v|embed)/[^/?&]+).*", r"\1", url)):
        try:
            return parse_video_id(address) if "/" in address else ""
        except ValueError:
            continue
    return ""


def path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


class Links:
    """Reads the links of one post: says where each leads, and writes down what is to be known."""

    def __init__(self, context, result):
        self.context, self.result = context, result

    @cached_property
    def base(self) -> str:
        return getattr(self.context, "base", "")

    def read(self, href: str, text: str, number: int = 0) -> Link | None:
        """Return the link for the target of an ``<a>``; None for one that leads nowhere.

        ``number`` is that of the attachment, where the mark-up says it.
        """
        href = (href or "").strip()
        if not href or href.startswith("#"):
            return None
        url = absolute(href, self.base)
        scheme = _SCHEME.match(url)
        scheme = scheme[1].lower() if scheme else ""
        if scheme in ("mailto", "tel"):
            return _outward(url, url)
        if not url or scheme not in ("http", "https", ""):
            self.result.dropped.append(("address", href))
            return None
        if self.context.is_own(url):
            return self._own(url, number)
        if not scheme:
            self.result.dropped.append(("address", href))
            return None
        self.result.links.append((url, text))
        return _outward(url, url)

    def _own(self, url: str, number: int) -> Link:
        page = self.context.page(url)
        if page is not None:
            return Link(f'linktype="page" id="{int(page)}"', url)
        is_file = bool(FILES.search(path_of(url)))
        if is_file or number or "attachment_id=" in url:
            document = self.context.document(url, number)
            if document is not None:
                return Link(f'linktype="document" id="{int(document)}"', url)
        missing = self.result.missing if is_file else self.result.open_links
        if url not in missing:
            missing.append(url)
        return _outward(url, url)


def _outward(address: str, url: str) -> Link:
    return Link(f'href="{escape(address)}"', url)
