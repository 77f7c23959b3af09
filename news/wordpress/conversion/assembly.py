"""From the pieces of a post to the blocks of a body: levels repaired, texts joined, ids given."""

import uuid
from collections import Counter

from home.legacy_html import clean_legacy

from .cleaning import plain, visible
from .pieces import (
    BOLD,
    ITALIC,
    STRUCK,
    Heading,
    Legacy,
    Listing,
    More,
    Paragraph,
    has_links,
    html_of,
    is_all,
    map_runs,
    runs_in,
    text_of,
    without,
)

ENOUGH_TEXT = 300  # characters of bold text that are no emphasis, in one paragraph
TEXT_KEYS = {
    "quote": ("text", "attribution"),
    "figure": ("caption", "credit"),
    "video": ("title",),
    "documents": ("title",),
}


def assemble(pieces: list, seed: str, result) -> None:
    """Write the blocks of the pieces, and the lead, into the result of a conversion."""
    _unwrap(pieces)
    pieces = _keep_struck(_repair_levels(pieces))
    lead = next((n for n, piece in enumerate(pieces) if isinstance(piece, More)), 0)
    result.lead = " ".join(_plain_text(pieces[:lead]).split())
    result.legacy += [piece.why for piece in pieces if isinstance(piece, Legacy)]
    result.blocks = _with_ids(_joined(pieces), seed)


def _unwrap(pieces):
    """Take away a mark that all of a post's text has: it stands out from nothing."""
    runs = [run for run in runs_in(pieces) if run]
    texts = [piece for piece in pieces if isinstance(piece, Paragraph | Listing)]
    length = sum(len(run.text) for line in runs for run in line)
    if len(texts) < 2 and length < ENOUGH_TEXT:
        return
    body = [run for run in runs_in(texts) if run]
    for mark in (BOLD, ITALIC):
        if body and all(is_all(line, mark) for line in body):
            map_runs(pieces, lambda line, mark=mark: without(line, mark))


def _repair_levels(pieces) -> list:
    """Return pieces with headings for blocks (h2) at level 2, those in texts (h3) at level 3.

    The greatest level of a post is its h2, and no level is skipped.
    """
    levels = [piece.level for piece in pieces if isinstance(piece, Heading)]
    greatest = max(2, min(levels, default=2))
    is_begun, repaired = False, []
    for piece in pieces:
        if isinstance(piece, Heading):
            is_block = piece.level <= greatest or not is_begun
            runs = without(piece.runs, BOLD | ITALIC | STRUCK)
            if not is_block:
                piece = Heading(3, runs)
            elif has_links(runs):  # which a heading's block cannot hold
                piece = Paragraph([run._replace(marks=BOLD) for run in runs])
            else:
                piece, is_begun = Heading(2, runs), True
        repaired.append(piece)
    return repaired


def _keep_struck(pieces) -> list:
    """Return pieces with struck text as HTML: without its line it would say the contrary."""
    return [
        Legacy(html_of(piece), "struck")
        if isinstance(piece, Paragraph | Listing)
        and any(run.marks & STRUCK for line in runs_in([piece]) for run in line)
        else piece
        for piece in pieces
    ]


def _plain_text(pieces) -> str:
    return " ".join(text_of(line) for line in runs_in(pieces))


def _joined(pieces) -> list[tuple[str, object]]:
    """Return kinds and values of blocks; paragraphs, lists and small headings share one."""
    blocks, text = [], []

    def end_text():
        if text:
            blocks.append(("text", "".join(text)))
            text.clear()

    for piece in pieces:
        if isinstance(piece, Paragraph | Listing) or (
            isinstance(piece, Heading) and piece.level == 3
        ):
            text.append(html_of(piece))
            continue
        if isinstance(piece, More):
            continue
        end_text()
        if isinstance(piece, Heading):
            blocks.append(("heading", text_of(piece.runs)))
        elif isinstance(piece, Legacy):
            blocks.append(("legacy", clean_legacy(piece.html)))
        else:
            blocks.append((piece.kind, piece.value))
    end_text()
    return blocks


def _with_ids(blocks, seed: str) -> list[dict]:
    """Return raw blocks whose ids are the same whenever the same post is converted."""
    numbers, raw = Counter(), []
    for kind, value in blocks:
        numbers[kind] += 1
        place = f"{seed}/{kind}/{numbers[kind]}"
        if kind == "documents":
            items = [
                {"type": "item", "value": key, "id": _id(f"{place}/{number}")}
                for number, key in enumerate(value["documents"])
            ]
            value = value | {"documents": items}
        raw.append({"type": kind, "value": value, "id": _id(place)})
    return raw


def _id(place: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, place))


def texts(blocks: list[dict]):
    """Yield every text in raw blocks that a reader sees."""
    for block in blocks:
        kind, value = block["type"], block["value"]
        if kind in ("text", "legacy"):
            yield plain(value)
        elif kind == "heading":
            yield value
        elif kind == "table":
            yield value["table_caption"]
            for row in value["data"]:
                yield from row
        else:
            yield from (value[key] for key in TEXT_KEYS[kind])


def count(result) -> None:
    """Count the characters of the finished blocks, and of what went."""
    shown = len(visible("".join(texts(result.blocks))))
    result.characters_out = shown - len(visible("".join(result.added)))
    result.characters_removed = len(visible("".join(text for _code, text in result.removed)))
