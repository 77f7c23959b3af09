"""Texts of text units: HTML with inline tags alone, whose attributes are wagtail-localize's ids."""

import html
import re
from collections import Counter
from difflib import SequenceMatcher

from wagtail_localize.strings import StringValue

TAG = re.compile(r"<(/?)([a-z]+)([^>]*)>")


def plain(data: str) -> str:
    """Return the text of a string without tags, in one line; quick, for thousands of strings."""
    return html.unescape(TAG.sub(" ", data) if "<br" in data else TAG.sub("", data))


def fitted(data: str, source: str) -> tuple[str, bool]:
    """Return a translation that fits into a unit with the text ``source``, and if it lost its tags.

    It keeps its inline tags when the unit has all of them, with the same ids: another link's id
    would be an error, or lead to the wrong page.
    """
    if tags(data) <= tags(source):
        return data, False
    text = StringValue(data).render_text().replace("\n", " ")
    return StringValue.from_plaintext(text).data, True


def tags(data: str) -> Counter:
    """Return how often each inline tag opens, told apart by its attributes."""
    return Counter(
        (name, attributes.strip(" /")) for slash, name, attributes in TAG.findall(data) if not slash
    )


def differences(source: str, other: str) -> list[tuple[str, str]]:
    """Return what differs between two plain texts, in runs of whole words.

    Pairs of a kind and a text: "same", "missing" (only in ``source``) or "other" (only there).
    """
    words, others = source.split(), other.split()
    runs = []
    matcher = SequenceMatcher(None, others, words, autojunk=False)
    for kind, start, end, source_start, source_end in matcher.get_opcodes():
        if kind == "equal":
            runs.append(("same", others[start:end]))
        else:
            runs += [("other", others[start:end]), ("missing", words[source_start:source_end])]
    return [(kind, " ".join(run)) for kind, run in runs if run]
