"""An item as a person reads it before deciding: its text without its looks, and where it links."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlsplit

import nh3
from bs4 import BeautifulSoup, NavigableString
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from ..items import Item
from ..judge.pages import has_background, hides

LONGEST = 100_000  # characters of a text that is shown; no editor reads more
BLOCK = r"p|div|h[1-6]|ul|ol|dl|table|blockquote|pre|figure|hr|address|section|article|!--"
BEGINS_A_BLOCK = re.compile(rf"<(/?)({BLOCK})\b|<!--", re.IGNORECASE)
BLANK_LINE = re.compile(r"\n\s*\n")
OUR_NOTE = "old-site-note"  # the class of words that are not of the text
# What says whether visitors could see something: looked at, then taken out.
LOOKS = ("style", "hidden", "color", "bgcolor")

_CLEANER = nh3.Cleaner(
    tags={
        *("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "hr", "br", "pre"),
        *("blockquote", "div", "figure", "figcaption", "a", "abbr", "b", "code", "del", "em", "i"),
        *("s", "span", "strong", "sub", "sup", "u", "img", "h1", "caption"),
        *("table", "thead", "tbody", "tfoot", "tr", "td", "th", "font"),
    },
    attributes={
        **{"a": {"href"}, "img": {"alt", "src"}, "td": {"colspan"}, "th": {"colspan"}},
        "*": set(LOOKS),
    },
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
    _show_what_is_hidden(text)
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
    _take_out_what_is_empty(text)
    html = mark_safe(str(text))  # noqa: S308 - cleaned above
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


def _take_out_what_is_empty(text):
    for tag in reversed(text.find_all(["p", "div"])):
        if not tag.get_text(strip=True) and not tag.find("hr"):
            tag.decompose()
    for tag in text.find_all("br"):
        before = tag.previous_sibling
        while isinstance(before, NavigableString) and not before.strip():
            before = before.previous_sibling
        if before is None or before.name in ("br", "p", "div"):
            tag.decompose()


def _show_what_is_hidden(text):
    """Mark what visitors could not see, and take out of all tags how they looked."""
    hidden = [tag for tag in text.find_all(True) if _is_hidden(tag)]
    for tag in text.find_all(True):
        for name in LOOKS:
            tag.attrs.pop(name, None)
    for tag in hidden:
        if tag.get_text(strip=True) and not tag.find_parent(class_="old-site-hidden"):
            tag["class"] = "old-site-hidden"
            note = BeautifulSoup("<em></em>", "html.parser").em
            note["class"] = OUR_NOTE
            note.string = gettext("[Visitors could not see this:]")
            tag.insert(0, note)
            note.insert_after(" ")


def _is_hidden(tag) -> bool:
    by_style, is_white = hides(tag.name, tag.attrs)
    return by_style or (
        is_white and not any(has_background(each.attrs) for each in [tag, *tag.parents])
    )


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _in_words(picture) -> BeautifulSoup:
    name = picture.get("alt") or picture.get("src", "").rpartition("/")[2]
    words = gettext("[Picture: %(name)s]") % {"name": name}
    return BeautifulSoup(f"<em>{escape(words)}</em>", "html.parser")
