"""Tables of an old post: those that hold data, and those that only laid out a page."""

import re
from typing import NamedTuple

from .cleaning import tidy
from .markup import is_hidden
from .pieces import (
    BOLD,
    STRUCK,
    Block,
    Heading,
    Legacy,
    Paragraph,
    has_links,
    html_of,
    inline_html,
    is_all,
)
from .pieces import text_of as text_of_runs

_MOST_SPANNED = 1000  # HTML's own limit for colspan


class Cell(NamedTuple):
    is_head: bool
    columns: int  # that it spans
    rows: int
    pieces: list

    @property
    def is_text(self) -> bool:
        """Say whether a cell of plain text holds all of it."""
        return all(
            isinstance(piece, Paragraph)
            and not has_links(piece.runs)
            and not any(run.marks & STRUCK for run in piece.runs)
            for piece in self.pieces
        )

    @property
    def text(self) -> str:
        return "\n".join(text_of_runs(piece.runs) for piece in self.pieces)

    @property
    def is_bold(self) -> bool:
        return bool(self.pieces) and all(is_all(piece.runs, BOLD) for piece in self.pieces)


class Tables:
    """The part of ``Writer`` that writes tables."""

    def table(self, element, marks, link):
        self.flush()
        rows, captions, is_headed = self._read(element, marks, link)
        rows = [row for row in rows if any(cell.pieces for cell in row)]
        if not rows:
            self.pieces += captions
        elif element.get("role") == "presentation" or _is_layout(rows):
            self.pieces += captions
            self.pieces += [piece for row in rows for cell in row for piece in cell.pieces]
        else:
            self._write_table(rows, captions, is_headed)

    def _read(self, element, marks, link) -> tuple[list[list[Cell]], list, bool]:
        """Return rows of cells, the caption's pieces, and whether the first row is a ``<thead>``.

        What stands between the rows, where HTML has no place for it, is written before the table.
        """
        rows, captions, is_headed = [], [], False
        self._loose(element.text, marks, link)
        for child in element:
            if child.tag == "tr" and not is_hidden(child):
                rows.append(self._row(child, marks, link))
            elif child.tag in ("thead", "tbody", "tfoot") and not is_hidden(child):
                is_headed |= child.tag == "thead" and not rows
                more, loose, _headed = self._read(child, marks, link)
                rows += more
                captions += loose
            elif child.tag == "caption" and not is_hidden(child):
                captions += self.part(child, marks=marks, link=link)
            elif isinstance(child.tag, str) and not self.is_skipped(child):
                self.write(child, marks, link)
            self._loose(child.tail, marks, link)
        self.flush()
        return rows, captions, is_headed

    def _loose(self, text, marks, link):
        if text and text.strip():
            self.add(text, marks, link)

    def _row(self, row, marks, link) -> list[Cell]:
        cells = []
        self._loose(row.text, marks, link)
        for child in row:
            if child.tag in ("td", "th") and not is_hidden(child):
                spans = [_span(child.get(name)) for name in ("colspan", "rowspan")]
                pieces = self.part(child, marks=marks, link=link)
                cells.append(Cell(child.tag == "th", *spans, pieces))
            elif isinstance(child.tag, str) and not self.is_skipped(child):
                self.write(child, marks, link)
            self._loose(child.tail, marks, link)
        return cells

    def _write_table(self, rows, captions, is_headed):
        width = max(sum(cell.columns for cell in row) for row in rows)
        texts = [piece for piece in captions if isinstance(piece, Paragraph)]
        if not captions and len(rows) > 2 and _is_title(rows[0], width):
            texts, rows, is_headed = rows[0][0].pieces, rows[1:], False
        if any(cell.columns > 1 or cell.rows > 1 for row in rows for cell in row):
            self._keep_table(rows, texts, is_headed, "merged")
        elif not all(cell.is_text for row in rows for cell in row):
            self._keep_table(rows, texts, is_headed, "cells")
        else:
            self.pieces.append(_block(rows, texts, is_headed))
            self._note_links("caption", texts)
        self.pieces += [piece for piece in captions if not isinstance(piece, Paragraph)]

    def _keep_table(self, rows, captions, is_headed, why: str):
        """Keep a table as HTML; pictures and recordings in it follow it."""
        is_headed = is_headed or _is_head(rows[0])
        caption = "<br/>".join(inline_html(piece.runs) for piece in captions)
        head = _row_html(rows[0], is_head=True) if is_headed else ""
        body = "".join(_row_html(row) for row in rows[is_headed:])
        html = "".join(
            f"<{tag}>{inner}</{tag}>"
            for tag, inner in (("caption", caption), ("thead", head), ("tbody", body))
            if inner
        )
        self.pieces.append(Legacy(f"<table>{html}</table>", why))
        self.pieces += [
            piece for row in rows for cell in row for piece in cell.pieces if not _is_inner(piece)
        ]


def _span(value: str | None) -> int:
    found = re.match(r"\s*(\d{1,4})", value or "")
    return min(max(int(found[1]), 1), _MOST_SPANNED) if found else 1


def _is_inner(piece) -> bool:
    """Say whether a piece can stand in a cell of a table that is kept as HTML."""
    return not isinstance(piece, Block | Legacy) and hasattr(piece, "__dataclass_fields__")


def _is_layout(rows: list[list[Cell]]) -> bool:
    """Say whether a table holds no data: a single cell, row or column, or blocks in its cells."""
    cells = [cell for row in rows for cell in row if cell.pieces]
    if len(cells) < 2:
        return True
    if any(cell.is_head for cell in cells):
        return False
    is_line = len(rows) == 1 or max(map(len, rows)) == 1
    return is_line or any(
        isinstance(piece, Heading) or not _is_inner(piece)
        for cell in cells
        for piece in cell.pieces
    )


def _is_title(row: list[Cell], width: int) -> bool:
    """Say whether a row is the title of its table: one cell over all of it."""
    return width > 1 and len(row) == 1 and row[0].columns == width and row[0].is_text


def _is_head(row: list[Cell]) -> bool:
    cells = [cell for cell in row if cell.pieces]
    return all(cell.is_head for cell in cells)


def _block(rows, captions, is_headed) -> Block:
    """Return Wagtail's table, with the values that its editor writes."""
    width = max(map(len, rows))
    bold = [[cell.is_bold for cell in row if cell.pieces] for row in rows]
    is_emphasised = len(rows) > 1 and all(bold[0]) and not all(map(all, bold[1:]))
    is_headed = is_headed or _is_head(rows[0]) or is_emphasised
    has_head_column = len(rows) > 1 and all(row and row[0].is_head for row in rows[1:])
    choice = {(True, True): "both", (True, False): "row", (False, True): "column"}
    caption = " ".join(text_of_runs(piece.runs) for piece in captions)
    value = {
        "cell": [],
        "data": [[cell.text for cell in row] + [""] * (width - len(row)) for row in rows],
        "mergeCells": [],
        "table_caption": tidy(caption),
        "table_header_choice": choice.get((is_headed, has_head_column), "neither"),
        "first_row_is_table_header": is_headed,
        "first_col_is_header": has_head_column,
    }
    return Block("table", value)


def _row_html(row: list[Cell], is_head: bool = False) -> str:
    return f"<tr>{''.join(_cell_html(cell, is_head) for cell in row)}</tr>"


def _cell_html(cell: Cell, is_in_head: bool) -> str:
    tag = "th" if cell.is_head or is_in_head else "td"
    scope = f' scope="{"col" if is_in_head else "row"}"' if tag == "th" else ""
    spans = "".join(
        f' {name}="{number}"'
        for name, number in (("colspan", cell.columns), ("rowspan", cell.rows))
        if number > 1
    )
    pieces = [piece for piece in cell.pieces if _is_inner(piece)]
    if all(isinstance(piece, Paragraph) for piece in pieces):
        inner = "<br/>".join(inline_html(piece.runs) for piece in pieces)
    else:
        inner = "".join(html_of(piece, heading="p") for piece in pieces)
    return f"<{tag}{scope}{spans}>{inner}</{tag}>"
