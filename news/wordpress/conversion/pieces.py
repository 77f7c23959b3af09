"""What a post consists of on its way to blocks: runs of characters, paragraphs, lists, blocks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from .links import Link

BOLD, ITALIC, STRUCK = 1, 2, 4
_TAGS = ((BOLD, "b"), (ITALIC, "i"), (STRUCK, "s"))
_AROUND_BREAKS = re.compile(r" *\n *")
_MANY_BREAKS = re.compile(r"\n{2,}")


class Run(NamedTuple):
    """Characters alike; a line break is "\n"."""

    text: str
    marks: int = 0
    link: Link | None = None


@dataclass
class Paragraph:
    runs: list[Run]


@dataclass
class Heading:
    """``level`` is that of the old post: 1 to 6."""

    level: int
    runs: list[Run]


@dataclass
class Entry:
    """One entry of a list, with the lists below it."""

    runs: list[Run]
    children: list["Listing"] = field(default_factory=list)


@dataclass
class Listing:
    is_ordered: bool
    entries: list[Entry]


@dataclass
class Block:
    """A block of the body that is not text; ``value`` is raw, as the stream stores it."""

    kind: str
    value: dict


@dataclass
class Legacy:
    """HTML that no block holds; ``why`` is a code of ``result.WHY_LEGACY``."""

    html: str
    why: str


class More:
    """The place of ``<!--more-->``: what stands before is the lead."""


def settle(runs: Iterable[Run]) -> list[Run]:
    """Return runs without white space at ends, beside breaks and twice; equal neighbours are one.

    Space at the ends of a link or of bold text stands outside it.
    """
    settled: list[Run] = []
    last = "\n"
    for run in runs:
        text = run.text
        if "\n" in text:
            text = _AROUND_BREAKS.sub("\n", text)
        if last.isspace() and text[:1] == " ":
            text = text.lstrip(" ")
        if not text:
            continue
        if text[0] == "\n" and last == " ":
            _strip_end(settled, " ")
        last = text[-1]
        settled.extend(_without_space(Run(text, run.marks, run.link)))
    _strip_end(settled, " \n")
    while settled and not (text := settled[0].text.lstrip(" \n")):
        del settled[0]
    if settled:
        settled[0] = settled[0]._replace(text=text)
    return _merged(settled)


def _without_space(run: Run) -> Iterator[Run]:
    if not (run.marks or run.link) or not (run.text[0].isspace() or run.text[-1].isspace()):
        yield run
        return
    core = run.text.strip(" \n")
    start = run.text.find(core) if core else len(run.text)
    for text, marks, link in (
        (run.text[:start], 0, None),
        (core, run.marks, run.link),
        (run.text[start + len(core) :], 0, None),
    ):
        if text:
            yield Run(text, marks, link)


def _strip_end(runs: list[Run], chars: str):
    while runs:
        text = runs[-1].text.rstrip(chars)
        if text:
            runs[-1] = runs[-1]._replace(text=text)
            return
        del runs[-1]


def _merged(runs: list[Run]) -> list[Run]:
    """Join neighbours that are alike, also over the space between them."""
    groups: list[tuple[list, list[str]]] = []  # marks and link, with texts
    for text, *kind in runs:
        if groups and groups[-1][0] == kind:
            groups[-1][1].append(text)
        elif len(groups) > 1 and groups[-1][1] == [" "] and groups[-2][0] == kind:
            del groups[-1]
            groups[-1][1].extend((" ", text))
        else:
            groups.append((kind, [text]))
    return [Run("".join(texts), *kind) for kind, texts in groups]


def split(runs: list[Run]) -> Iterator[list[Run]]:
    """Yield the paragraphs in settled runs, which two breaks divide."""
    if not any("\n\n" in run.text for run in runs):
        yield runs
        return
    current: list[Run] = []
    for run in runs:
        first, *others = _MANY_BREAKS.split(run.text) if "\n\n" in run.text else [run.text]
        current.append(run._replace(text=first))
        for text in others:
            yield settle(current)
            current = [run._replace(text=text)]
    yield settle(current)


def text_of(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def has_links(runs: Iterable[Run]) -> bool:
    return any(run.link for run in runs)


def is_all(runs: Iterable[Run], mark: int) -> bool:
    return all(run.marks & mark or run.text.isspace() for run in runs)


def without(runs: Iterable[Run], mark: int) -> list[Run]:
    return _merged([run._replace(marks=run.marks & ~mark) for run in runs])


def runs_in(pieces) -> Iterator[list[Run]]:
    """Yield the runs of paragraphs, headings and entries of lists, in order."""
    for piece in pieces:
        if isinstance(piece, Listing):
            for entry in piece.entries:
                yield entry.runs
                yield from runs_in(entry.children)
        elif isinstance(piece, Paragraph | Heading):
            yield piece.runs


def map_runs(pieces, change):
    """Put what ``change`` makes of them in the place of the runs of paragraphs and lists."""
    for piece in pieces:
        if isinstance(piece, Listing):
            for entry in piece.entries:
                entry.runs = change(entry.runs)
                map_runs(entry.children, change)
        elif isinstance(piece, Paragraph):
            piece.runs = change(piece.runs)


def inline_html(runs: Iterable[Run]) -> str:
    """Return runs as the HTML that rich text is stored in."""
    parts = []
    for link, linked in groupby(runs, key=lambda run: run.link):
        inner = _marked(linked, _TAGS)
        parts.append(f"<a {link.attributes}>{inner}</a>" if link else inner)
    return "".join(parts)


def _marked(runs: Iterable[Run], tags: tuple) -> str:
    if not tags:
        return escape("".join(run.text for run in runs))
    (mark, tag), *inner_tags = tags
    parts = []
    for is_marked, alike in groupby(runs, key=lambda run: bool(run.marks & mark)):
        inner = _marked(alike, inner_tags)
        parts.append(f"<{tag}>{inner}</{tag}>" if is_marked else inner)
    return "".join(parts)


def escape(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\n", "<br/>")


def html_of(piece, heading: str = "h3") -> str:
    """Return a paragraph, a heading or a list as HTML; a heading as the tag that is named."""
    if isinstance(piece, Listing):
        tag = "ol" if piece.is_ordered else "ul"
        return f"<{tag}>{''.join(map(_entry_html, piece.entries))}</{tag}>"
    tag = heading if isinstance(piece, Heading) else "p"
    return f"<{tag}>{inline_html(piece.runs)}</{tag}>"


def _entry_html(entry: Entry) -> str:
    return f"<li>{inline_html(entry.runs)}{''.join(map(html_of, entry.children))}</li>"
