"""The walk through the tree of a post: it writes down the pieces of the body in their order."""

import re

from .cleaning import tidy
from .elements import REMOVED, marks_of
from .links import ADDRESS, Link, absolute, video_of
from .lists import Lists
from .markup import INLINE, is_hidden, text_of
from .pictures import Pictures
from .pieces import (
    More,
    Paragraph,
    Run,
    settle,
    split,
)
from .pieces import text_of as text_of_runs
from .quotes import Quotes
from .tables import Tables

_OFFICE = re.compile(
    r"Normal\s+0(?:\s+\d+)?\s+(?:false|true).{0,300}?MicrosoftInternetExplorer\d"
    r"|(?:st1\\:\*\s*\{[^}]{0,200}\}\s*)?/\*\s*Style Definitions\s*\*/"
    r"(?:\s*[\w.]+\s*\{[^}]{0,2000}\})+",
    re.DOTALL,
)
_SUPERSCRIPT = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_SUBSCRIPT = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
# "Atpakaļ" below a text: the browser has a button for that.
BACK = re.compile(r"\s*javascript:\s*(?:\w+\.)?history\.(?:back|go)\b", re.IGNORECASE)


class Writer(Lists, Tables, Quotes, Pictures):
    """Writes the pieces of one part of a post to ``pieces``.

    A part within it that is looked at as a whole, such as a table's cell, has a writer of its own.
    """

    def __init__(self, media, links, result, skip=(), is_verse=False, is_flow=True):
        self.media, self.links, self.result = media, links, result
        self.skip, self.is_verse = list(skip), is_verse
        self.is_flow = is_flow  # where an address on a line of its own becomes what it shows
        self.pieces, self.runs, self.pulled = [], [], []
        self.file_number = 0

    def part(self, element, skip=(), marks=0, link=None, is_verse=False, is_flow=False) -> list:
        """Return the pieces within an element, less what stands in those to skip."""
        writer = self.another(skip, is_verse, is_flow and self.is_flow)
        writer.walk(element, marks, link)
        writer.flush()
        return writer.pieces

    def another(self, skip=(), is_verse=False, is_flow=False) -> "Writer":
        skip = [*self.skip, *skip]
        is_verse = is_verse or self.is_verse
        return Writer(self.media, self.links, self.result, skip, is_verse, is_flow)

    def is_skipped(self, element) -> bool:
        return any(element is one for one in self.skip)

    # Text

    def add(self, text: str, marks: int = 0, link: Link | None = None):
        if "MicrosoftInternetExplorer" in text or "Style Definitions" in text:
            text = _OFFICE.sub(self._remove_office, text)
        if self.is_verse:
            lines = text.replace("\N{NO-BREAK SPACE}", " ").split("\n")
            self.runs.append(Run("\n".join(map(tidy, lines)), marks, link))
        elif text := tidy(text):
            self.runs.append(Run(text, marks, link))

    def _remove_office(self, match) -> str:
        self.remove("office", match[0])
        return ""

    def remove(self, code: str, text: str):
        if text.strip():
            self.result.removed.append((code, text))

    def flush(self):
        """End the paragraph; what was pulled out of it follows."""
        if self.runs:
            for runs in split(settle(self.runs)):
                if runs:
                    self.pieces.append(self._lone_address(runs) or Paragraph(runs))
            self.runs = []
        if self.pulled:
            self.pieces += self.pulled
            self.pulled = []

    def place(self, pieces: list):
        """Put blocks where the walk is: before a paragraph that has not begun, else after it."""
        if any(not run.text.isspace() for run in self.runs):
            self.pulled += pieces
        else:
            self.pieces += pieces

    def _lone_address(self, runs):
        """Return what a paragraph becomes that is an address only: a recording, or a link."""
        if not self.is_flow:
            return None
        text = text_of_runs(runs).strip()
        is_address = bool(ADDRESS.fullmatch(text))
        links = {run.link for run in runs if not run.text.isspace()}
        link = links.pop() if len(links) == 1 else None
        url = link.url if link else absolute(text, "") if is_address else ""
        if not url:
            return None
        if video := video_of(url):
            if is_address:
                self.remove("address", text)
            return self.media.video(video, "" if is_address else text, is_text=not is_address)
        if link is None and (found := self.links.read(text, text)):
            return Paragraph([Run(run.text, run.marks, found) for run in runs])
        return None

    # Elements

    def walk(self, element, marks: int = 0, link: Link | None = None):
        """Write down what is within an element."""
        if element.text:
            self.add(element.text, marks, link)
        for child in element:
            if isinstance(child.tag, str) and not (self.skip and self.is_skipped(child)):
                self.write(child, marks, link)
            if child.tail:
                self.add(child.tail, marks, link)

    def write(self, element, marks, link):
        """Write down an element."""
        tag = element.tag
        if tag in REMOVED or tag.startswith(("w:", "m:")):
            self.remove(REMOVED.get(tag, "office"), text_of(element))
        elif is_hidden(element):
            self._hide(element)
        elif method := _METHODS.get(tag):
            method(self, element, marks, link)
        elif tag in INLINE:
            self.walk(element, marks_of(element, marks), link)
        else:
            self.block(element, marks, link)

    def block(self, element, marks, link):
        """Write down an element that stands on lines of its own."""
        names = element.get("class")
        if (
            names
            and ("wp-caption" in names or "gallery-item" in names)
            and self.captioned(element, marks, link)
        ):
            return
        if names and "MsoList" in names:
            self.office_entry(element, marks, link)
            return
        self.flush()
        self.walk(element, marks, link)
        self.flush()

    def _hide(self, element):
        self.remove("hidden", text_of(element))
        for inner in element.iter("a"):
            self.links.read(inner.get("href"), tidy(text_of(inner)).strip())

    def line_break(self, element, marks, link):
        self.runs.append(Run("\n"))
        self.walk(element, marks, link)

    def paragraph_end(self, element, marks, link):
        self.flush()
        self.walk(element, marks, link)

    def more(self, element, marks, link):
        self.flush()
        self.pieces.append(More())
        self.walk(element, marks, link)

    def quoted(self, element, marks, link):
        self.result.added.append('""')
        self.add('"', marks, link)
        self.walk(element, marks, link)
        self.add('"', marks, link)

    def raised(self, element, marks, link):
        """Write a raised or lowered number in characters that need no mark-up: m², H₂O, ¹."""
        table = _SUPERSCRIPT if element.tag == "sup" else _SUBSCRIPT
        text = tidy(text_of(element))
        if all(ord(char) in table for char in text) and not any(
            not (inner.get("href") or "#").startswith("#") for inner in element.iter("a")
        ):
            self.add(text.translate(table), marks, link)
        else:
            self.walk(element, marks, link)

    def anchor(self, element, marks, link):
        if "wp-block-file__button" in (element.get("class") or ""):
            self.remove("control", text_of(element))
            return
        if BACK.match(element.get("href") or ""):
            self.remove("back", text_of(element))
            return
        text = tidy(text_of(element)).strip()
        if not text and element.find(".//img") is not None:
            self.picture_link(element, marks)
            return
        number = re.search(r"\bwp-att-(\d{1,15})\b", element.get("rel") or "")
        number = int(number[1]) if number else self.file_number
        if self.leads_to_picture(element, number):
            self.walk(element, marks, link)
            return
        found = self.links.read(element.get("href"), text, number)
        self.walk(element, marks, link or found)


_METHODS = {
    "a": Writer.anchor,
    "audio": Writer.player,
    "blockquote": Writer.quote,
    "br": Writer.line_break,
    "dl": Writer.definitions,
    "embed": Writer.flash,
    "figure": Writer.figure,
    "iframe": Writer.frame,
    "img": Writer.picture,
    "li": Writer.loose_entry,
    "object": Writer.flash,
    "pre": Writer.preformatted,
    "q": Writer.quoted,
    "table": Writer.table,
    "video": Writer.player,
    "wp-caption": Writer.figure,
    "wp-cover": Writer.cover,
    "wp-embed": Writer.embed,
    "wp-file": Writer.file,
    "wp-gallery": Writer.gallery,
    "wp-media": Writer.media_code,
    "wp-more": Writer.more,
    "wp-p": Writer.paragraph_end,
    "wp-reused": Writer.reused,
    "wp-term": Writer.term,
    **dict.fromkeys(("sub", "sup"), Writer.raised),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Writer.heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), Writer.listing),
}
