"""Lists of an old post."""

import re

from .pieces import (
    BOLD,
    Entry,
    Heading,
    Listing,
    Paragraph,
    Run,
    settle,
)

_LISTS = ("ul", "ol", "menu", "dir")
_LETTERED = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(lower-alpha|upper-alpha|lower-roman"
    r"|upper-roman|lower-latin|upper-latin)",
    re.IGNORECASE,
)
# In Symbol, Wingdings and Courier, as Word sets them.
_BULLET = re.compile(r"[·•▪§Øüo–-](?:\s|$)")
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_ROMAN = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


class Lists:
    """The part of ``Writer`` that writes lists."""

    def listing(self, element, marks, link):
        self.flush()
        found, others = self._listing(element, marks, link)
        if found and found.is_ordered and (labels := _labels(element, len(found.entries))):
            self._labelled(found, labels)
        elif found:
            self.pieces.append(found)
        self.pieces += others

    def _listing(self, element, marks, link) -> tuple[Listing | None, list]:
        """Return a list, and the blocks that no list can hold."""
        entries, others = [], []
        self._loose_text(element.text, entries, others, marks, link)
        for child in element:
            if child.tag in _LISTS:
                nested, more = self._listing(child, marks, link)
                others += more
                if nested:
                    entries = entries or [Entry([])]
                    entries[-1].children.append(nested)
            elif child.tag == "li":
                entry, more = self._entry(self.part(child, marks=marks, link=link))
                others += more
                _append(entries, entry)
            elif isinstance(child.tag, str):
                writer = self.another()
                if not writer.is_skipped(child):
                    writer.write(child, marks, link)
                writer.flush()
                entry, more = self._entry(writer.pieces)
                others += more
                _append(entries, entry)
            self._loose_text(child.tail, entries, others, marks, link)
        if entries and not entries[0].runs and len(entries) == 1 and len(entries[0].children) == 1:
            return entries[0].children[0], others
        return (Listing(element.tag == "ol", entries) if entries else None), others

    def _loose_text(self, text, entries, others, marks, link):
        if text and text.strip():
            writer = self.another()
            writer.add(text, marks, link)
            writer.flush()
            entry, more = self._entry(writer.pieces)
            others += more
            _append(entries, entry)

    @staticmethod
    def _entry(pieces) -> tuple[Entry, list]:
        """Return pieces as an entry of a list; what it cannot hold comes second."""
        runs, children, others = [], [], []
        for piece in pieces:
            if isinstance(piece, Paragraph | Heading):
                added = piece.runs
                if isinstance(piece, Heading):
                    added = [run._replace(marks=run.marks | BOLD) for run in added]
                runs += [Run("\n"), *added] if runs else added
            elif isinstance(piece, Listing):
                children.append(piece)
            else:
                others.append(piece)
        return Entry(settle(runs), children), others

    def _labelled(self, listing: Listing, labels: list[str]):
        """Write a list whose numbers do not begin with 1 as paragraphs with their numbers."""
        for entry, label in zip(listing.entries, labels, strict=True):
            self.result.added.append(label)
            self.pieces.append(Paragraph([Run(f"{label} "), *entry.runs]))
            self.pieces += entry.children

    def loose_entry(self, element, marks, link):
        """Write an entry outside of any list: one of an unordered list."""
        self.flush()
        self._add_entry(self.part(element, marks=marks, link=link))

    def office_entry(self, element, marks, link):
        """Write an entry of a list as Word pastes it: a paragraph that begins with its bullet.

        One that begins with a number, which says something, stays a paragraph.
        """
        self.flush()
        pieces = self.part(element, marks=marks, link=link)
        first = pieces[0].runs if pieces and isinstance(pieces[0], Paragraph) else []
        bullet = _BULLET.match(first[0].text) if first else None
        if bullet is None:
            self.pieces += pieces
        else:
            self.remove("office", bullet[0])
            pieces[0].runs = settle(
                [first[0]._replace(text=first[0].text[bullet.end() :]), *first[1:]]
            )
            self._add_entry(pieces)

    def _add_entry(self, pieces):
        entry, others = self._entry(pieces)
        last = self.pieces[-1] if self.pieces else None
        if not isinstance(last, Listing):
            last = Listing(False, [])
        _append(last.entries, entry)
        if last.entries and (not self.pieces or self.pieces[-1] is not last):
            self.pieces.append(last)
        self.pieces += others

    def definitions(self, element, marks, link):
        """Write a list of terms: each term a bold paragraph, its explanation one below it."""
        if "wp-caption" in (element.get("class") or "") and self.captioned(element, marks, link):
            return
        self.flush()
        for child in element.iter("dt"):
            child.tag = "wp-term"
        self.walk(element, marks, link)
        self.flush()

    def term(self, element, marks, link):
        self.flush()
        self.walk(element, marks | BOLD, link)
        self.flush()


def _append(entries: list[Entry], entry: Entry):
    """Add an entry; lists without a text of their own belong to the entry before."""
    if entry.runs or (entry.children and not entries):
        entries.append(entry)
    elif entry.children:
        entries[-1].children += entry.children


def _labels(element, number: int) -> list[str]:
    """Return the labels of an ordered list's entries; [] for those that any list has: 1, 2, 3."""
    style = _LETTERED.search(element.get("style") or "")
    kind = _STYLES[style[1].lower()] if style else (element.get("type") or "1").strip()
    given = element.get("start") or next((li.get("value") for li in element.iter("li")), "") or ""
    is_reversed = element.get("reversed") is not None
    first = int(given) if re.fullmatch(r"\d{1,6}", given.strip()) else number if is_reversed else 1
    if first == 1 and not is_reversed and kind not in ("a", "A", "i", "I"):
        return []
    step = -1 if is_reversed else 1
    return [f"{_label(kind, first + step * place)}." for place in range(number)]


def _label(kind: str, number: int) -> str:
    if kind in ("a", "A") and 0 < number <= 26:
        return chr(ord(kind) + number - 1)
    if kind in ("i", "I") and 0 < number < 400:
        written = ""
        for value, letters in _ROMAN:
            written += letters * (number // value)
            number %= value
        return written if kind == "i" else written.upper()
    return str(number)
