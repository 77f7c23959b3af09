"""What becomes of the texts: nothing is left out without being said."""

from .conversion.cleaning import visible
from .report import Report

# What is taken out of nearly every old text, and was never to be read.
QUIET = ("script", "style", "comment", "shortcode", "address")
# What visitors saw, though there was no text in it.
SEEN = ("block", "deep")


def account_for(row, made, report: Report | None = None) -> dict:
    """Return the account of one item, and tell the report of the run."""
    conversion = made.conversion
    if report:
        _count(conversion, report)
        for code, detail in _entries(made):
            if code == "unmapped":
                report.once(code, detail)
            else:
                report.add(code, detail, row.post_id, row.title)
    account = {
        "characters_in": conversion.characters_in,
        "characters_out": conversion.characters_out,
        "removed": [[code, text[:200]] for code, text in conversion.removed],
        "legacy": conversion.legacy,
        "missing": [*conversion.missing, *made.missing],
        "notes": made.notes,
    }
    # Links to pages that are not here yet.
    return account | ({"open": conversion.open_links} if conversion.open_links else {})


def _count(conversion, report):
    report.count("characters in", number=conversion.characters_in)
    report.count("characters out", number=conversion.characters_out)
    report.count("characters removed", number=conversion.characters_removed)
    for code, _text in conversion.removed:
        report.count("removed", code)
    for code, _text in conversion.dropped:
        report.count("dropped", code)


def _entries(made):
    """Yield codes and details of what a person should look at."""
    conversion = made.conversion
    yield from made.notes
    for code, text in conversion.removed:
        if code not in QUIET and len(visible(text)) > 1:  # one character is a bullet
            yield f"removed {code}", text
    for seen in SEEN:
        if details := dict.fromkeys(text for code, text in conversion.dropped if code == seen):
            yield f"dropped {seen}", ", ".join(details)
    if missing := [*conversion.missing, *made.missing]:
        yield "missing", ", ".join(missing)
    yield from (("legacy", why) for why in conversion.legacy)
    if not conversion.is_complete:
        yield "characters", f"{conversion.characters_in} → {conversion.characters_out}"
