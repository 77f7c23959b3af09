"""Two texts side by side, with the words marked that the other one has not."""

import re
from dataclasses import replace
from difflib import SequenceMatcher
from html import escape

from bs4 import BeautifulSoup
from django.utils.safestring import mark_safe

from .reading import OUR_NOTE, Reading

WORD = re.compile(r"(\w+)")
BETWEEN_MARKS = re.compile(r"</mark>([^<\w]*)<mark>")
MOST_WORDS = 3000  # comparing takes the longer, the more there are
LEAST_ALIKE = 0.3  # of the words; marks all over say nothing


def compared(first: Reading, second: Reading) -> tuple[Reading, Reading]:
    """Return both texts with their differences marked; as they are where that would not help.

    Capitals, and what stands between words, make no difference.
    """
    texts = [BeautifulSoup(reading.html, "html.parser") for reading in (first, second)]
    words = [
        [word.casefold() for string in _strings(text) for word in WORD.findall(string)]
        for text in texts
    ]
    if max(map(len, words)) > MOST_WORDS:
        return first, second
    matcher = SequenceMatcher(None, *words)
    if matcher.ratio() < LEAST_ALIKE:
        return first, second
    only_here = set(), set()
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "equal":
            only_here[0].update(range(start, end))
            only_here[1].update(range(other_start, other_end))
    _mark(texts[0], only_here[0])
    _mark(texts[1], only_here[1])
    return tuple(
        replace(reading, html=mark_safe(str(text)))  # noqa: S308 - cleaned by ``read``
        for reading, text in zip((first, second), texts, strict=True)
    )


def _strings(text):
    return [
        string for string in text.find_all(string=True) if not string.find_parent(class_=OUR_NOTE)
    ]


def _mark(text, numbers):
    """Mark the words of these numbers, counted from the beginning of the text."""
    number = 0
    for string in _strings(text):
        parts = []
        for place, part in enumerate(WORD.split(string)):
            is_word = place % 2
            parts.append(f"<mark>{part}</mark>" if is_word and number in numbers else escape(part))
            number += is_word
        html = BETWEEN_MARKS.sub(r"\1", "".join(parts))
        string.replace_with(BeautifulSoup(html, "html.parser"))
