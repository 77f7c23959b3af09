"""Text for cells of a spreadsheet."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # so begins what a spreadsheet would run (OWASP)


def escaped(text) -> str:
    """Return a text as a cell that no spreadsheet runs."""
    return f"'{text}" if str(text).startswith(FORMULA) else text


def unescaped(cell: str) -> str:
    """Return the text of a cell that ``escaped`` made, or the cell as it is."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
