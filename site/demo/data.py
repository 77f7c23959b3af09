"""What the demo content is written in: pairs of Latvian and English, and plain values around them.

Nothing here touches the database. An ``Entry`` describes one page or snippet; ``demo.loader`` makes
the Latvian object of it and ``demo.translator`` the English one.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, NamedTuple


class L(NamedTuple):
    """A text in both languages; inside rich text it may hold <b> and <i>."""

    lv: str
    en: str


def same(text: str) -> L:
    """Return a text that is the same in both languages, such as a person's name."""
    return L(text, text)


@dataclass(frozen=True)
class Ref:
    """Another entry, by its key."""

    key: str


@dataclass(frozen=True)
class Picture:
    """A drawing of ``demo.pictures``, by its name."""

    name: str
    title: str


@dataclass(frozen=True)
class File:
    """An attachment, by its file's name; the suffix says what ``demo.files`` makes of it.

    One file serves both languages, so its title and its text are in both.
    """

    name: str
    title: str
    lines: tuple


@dataclass(frozen=True)
class InDays:
    """A moment relative to the day on which the content is loaded."""

    days: int
    time: datetime.time


@dataclass(frozen=True)
class Entry:
    """One page or snippet.

    ``model`` is its label, ``key`` its stable name, ``values`` its fields: a list of dicts stands
    for children (inline panels), everything else is a value of this module or Python's own.
    ``published`` is the day on which a page appears to have been published first.
    """

    model: str
    key: str
    values: dict[str, Any]
    parent: str = ""
    published: datetime.date | None = None
    updated: datetime.date | None = None


# Bodies


@dataclass(frozen=True)
class Element:
    """An element of rich text: p, h3, ul or ol."""

    tag: str
    items: tuple[L, ...]

    def html(self) -> str:
        """Return the element's Latvian HTML."""
        if self.tag in {"ul", "ol"}:
            items = "".join(f"<li>{item.lv}</li>" for item in self.items)
            return f"<{self.tag}>{items}</{self.tag}>"
        return "".join(f"<{self.tag}>{item.lv}</{self.tag}>" for item in self.items)


@dataclass(frozen=True)
class RichText:
    elements: tuple[Element, ...]

    def html(self) -> str:
        return "".join(element.html() for element in self.elements)


@dataclass(frozen=True)
class Cells:
    """The cells of a table, row by row; the first row is its header."""

    caption: L
    rows: tuple[tuple, ...]


@dataclass(frozen=True)
class Block:
    kind: str
    value: Any = None


@dataclass(frozen=True)
class Stream:
    blocks: tuple[Block, ...] = field(default=())


def p(lv, en):
    return Element("p", (L(lv, en),))


def h3(lv, en):
    return Element("h3", (L(lv, en),))


def ul(*items):
    return Element("ul", tuple(L(*item) for item in items))


def ol(*items):
    return Element("ol", tuple(L(*item) for item in items))


def rich(*elements):
    return RichText(elements)


def h(lv, en):
    return Block("heading", L(lv, en))


def quote(lv, en, by=None):
    return Block("quote", {"text": L(lv, en), "attribution": L(*by) if by else ""})


def note(title, *elements):
    return Block("note", {"title": L(*title), "text": rich(*elements)})


def figure(picture, alt, caption, credit=("Zīmējums: LPIA", "Drawing: LPIA")):
    image = {"image": picture, "alt_text": L(*alt), "decorative": False}
    return Block("figure", {"image": image, "caption": L(*caption), "credit": L(*credit)})


def video(video_id, title):
    return Block(
        "video",
        {"url": f"https://www.youtube.com/watch?v={video_id}", "title": L(*title)},
    )


def table(caption, *rows):
    """A table; a cell is a pair of texts, or a plain string such as a figure."""
    cells = tuple(
        tuple(L(*cell) if isinstance(cell, tuple) else cell for cell in row) for row in rows
    )
    return Block("table", Cells(L(*caption), cells))


def documents(title, *files):
    return Block("documents", {"title": L(*title), "documents": list(files)})


def contacts():
    return Block("contacts")


def body(*parts) -> Stream:
    """Return a body; paragraphs and lists that follow one another share a text block."""
    blocks, elements = [], []
    for part in [*parts, None]:
        if isinstance(part, Element):
            elements.append(part)
            continue
        if elements:
            blocks.append(Block("text", rich(*elements)))
            elements = []
        if part is not None:
            blocks.append(part)
    return Stream(tuple(blocks))


def texts(value) -> Iterator[L]:
    """Yield every pair of texts in ``value``, however deep it lies."""
    if isinstance(value, L):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value):
        for item in fields(value):
            yield from texts(getattr(value, item.name))
