"""An item as a person reads it before deciding: its text without its looks, and where it links."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlsplit

import nh3
from bs4 import BeautifulSoup
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from ..items import Item

LONGEST = 100_000  # characters of a text that is shown; no editor reads more
BLOCK = r"p|div|h[1-6]|ul|ol|dl|table|blockquote|pre|figure|hr|address|section|article|!--"
BEGINS_A_BLOCK = re.compile(rf"<(/?)({BLOCK})\b|<!--", re.IGNORECASE)
BLANK_LINE = re.compile(r"\n\s*\n")
EMPTY = re.compile(r"<p>(\s|&nbsp;|<br>)*</p>")

_CLEANER = nh3.Cleaner(
    tags={
        *("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "hr", "br", "pre"),
        *("blockquote", "div", "figure", "figcaption", "a", "abbr", "b", "code", "del", "em", "i"),
        *("s", "span", "strong", "sub", "sup", "u", "img", "h1", "caption"),
        *("table", "thead", "tbody", "tfoot", "tr", "td", "th"),
    },
    attributes={"a": {"href"}, "img": {"alt", "src"}, "td": {"colspan"}, "th": {"colspan"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


@dataclass(frozen=True)
class Link:
    text: str
    address: str


@dataclass(frozen=True)
class Reading:
    """``html`` asks for nothing and leads nowhere: pictures and links are words in it."""

    html: SafeString
    is_cut: bool = False
    links: dict[str, list[Link]] = field(default_factory=dict)  # by host; "" is none


def read(item: Item) -> Reading:
    """Return what a visitor would read of an item."""
    content = item.content[:LONGEST]
    text = BeautifulSoup(_CLEANER.clean(_with_paragraphs(content)), "html.parser")
    links = defaultdict(list)
    for tag in text.find_all("a"):
        address = tag.attrs.pop("href", "")
        if address:
            link = Link(tag.get_text(" ", strip=True), address)
            links[_host(address)].append(link)
    for tag in text.find_all("img"):
        tag.replace_with(_in_words(tag))
    for tag in text.find_all("h1"):  # the page has one of its own
        tag.name = "h2"
    html = mark_safe(EMPTY.sub("", str(text)))  # noqa: S308 - cleaned above
    return Reading(html, len(item.content) > LONGEST, dict(sorted(links.items())))


def _with_paragraphs(content: str) -> str:
    """Return classic content with the paragraphs that WordPress makes of its empty lines."""
    content = content.replace("\r\n", "\n")
    if "<!-- wp:" in content:
        return content
    return "\n".join(map(_paragraph, BLANK_LINE.split(content)))


def _paragraph(part: str) -> str:
    if BEGINS_A_BLOCK.match(part.lstrip()):
        return part
    lines = part.strip("\n").replace("\n", "<br>")
    return f"<p>{lines}</p>"


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _in_words(picture) -> BeautifulSoup:
    name = picture.get("alt") or picture.get("src", "").rpartition("/")[2]
    words = gettext("[Picture: %(name)s]") % {"name": name}
    return BeautifulSoup(f"<em>{escape(words)}</em>", "html.parser")
