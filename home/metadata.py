"""What a page tells search engines and social networks about itself.

Each page type may add to it in ``BasePage.get_metadata``; ``templates/components/metadata.html``
writes it down, and the structured data are made from it.
"""

import datetime
import html
import textwrap
from dataclasses import dataclass, field

from django.core.paginator import Page as ListPage
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from .pictures import SHARE_IMAGE_SIZE, draw_share_image

LONGEST_DESCRIPTION = 200  # characters: search engines cut what is longer


@dataclass(frozen=True)
class SharedImage:
    """A picture with its absolute address; width and height are in pixels."""

    url: str
    width: int
    height: int
    alt: str
    mime: str


@dataclass
class Metadata:
    """The facts about what stands at one address."""

    title: str
    description: str
    url: str  # the canonical one
    kind: str = "website"  # a type of Open Graph
    image: SharedImage | None = None
    published: datetime.date | None = None
    modified: datetime.datetime | None = None
    section: str = ""
    tags: list[str] = field(default_factory=list)
    page_number: int = 1  # of a list


def shorten(text: str) -> str:
    """Return plain text, cut at a word when it is longer than search engines show."""
    return textwrap.shorten(text, LONGEST_DESCRIPTION, placeholder=" …")


def opening(page) -> str:
    """Return the first words of a page as plain text: its lead, or the beginning of its body."""
    for name in ("lead", "theme", "mission", "introduction"):
        if text := plain(getattr(page, name, "")):
            return text
    body = getattr(page, "body", None)
    texts = (block["value"] for block in body.raw_data if block["type"] == "text") if body else ()
    return " ".join(map(plain, texts))


def plain(text: str) -> str:
    """Return the words of rich text."""
    return html.unescape(strip_tags(text.replace("</p>", "</p> "))).strip()


def listing(heading: str, titles) -> str:
    """Describe a list by what stands in it."""
    titles = "; ".join(map(str, titles))
    return f"{heading}: {titles}" if titles else heading


def describe_list_page(metadata: Metadata, items: ListPage):
    """Make the metadata those of a further page of a list, described by the titles on it."""
    if items.number > 1:
        metadata.page_number = items.number
        heading = f"{metadata.title}, {_('page %(number)s') % {'number': items.number}}"
        metadata.description = shorten(listing(heading, items.object_list))


def share_image(page, chrome) -> SharedImage | None:
    """Return the picture that networks show: chosen, else the main image, else the pattern."""
    if drawn := draw_share_image(page):
        rendition, alt = drawn
        url = chrome.absolute(rendition.url)
        return SharedImage(url, rendition.width, rendition.height, alt, "image/jpeg")
    if not page.pk:
        return None
    url = chrome.absolute(reverse("share_image", args=[page.pk]))
    return SharedImage(url, *SHARE_IMAGE_SIZE, _("Woven pattern"), "image/png")
