"""The short texts of a page: its lead, and titles and excerpts as plain text."""

import html
import re

from .conversion.cleaning import mend_encoding

LONGEST_LEAD = 600
SENTENCE_END = re.compile(r"[.!?…][\"”“)]?(?=\s|$)")
TAGS = re.compile(r"<[^>]*>")
INLINE = re.compile(
    r"</?(?:a|abbr|b|cite|code|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|u)(?:\s[^>]*)?>",
    re.IGNORECASE,
)
FIRST_PARAGRAPH = re.compile(r"\s*<p>(.*?)</p>", re.DOTALL)


def plain(text: str) -> str:
    """Return a title or an excerpt as plain text in one line."""
    text = TAGS.sub(" ", INLINE.sub("", text))
    return " ".join(mend_encoding(html.unescape(text)).split())


def shortened(text: str, most: int) -> str:
    """Return text that fits: as many whole sentences as do, else words and an ellipsis."""
    if len(text) <= most:
        return text
    ends = [end.end() for end in SENTENCE_END.finditer(text[:most])]
    if ends and ends[-1] > most // 3:
        return text[: ends[-1]]
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


def text_of_first(blocks) -> str:
    """Return the text of the first paragraph of a body."""
    found = next((block for block in blocks if block["type"] == "text"), None)
    match = FIRST_PARAGRAPH.match(found["value"]) if found else None
    return plain(match[1]) if match else ""


def take_lead(blocks: list[dict], teaser: str = "") -> str:
    """Return a lead, taken out of the body if it is whole paragraphs without links.

    It is the text before ``<!--more-->``, the ``teaser``, if that fits; else the first paragraph.
    """
    text = next((block for block in blocks if block["type"] == "text"), None)
    match = FIRST_PARAGRAPH.match(text["value"]) if text else None
    if not match:
        return ""
    lead, end = plain(match[1]), match.end()
    if len(lead) > LONGEST_LEAD or "<a" in match[1]:
        return shortened(lead, LONGEST_LEAD)
    if len(teaser) <= LONGEST_LEAD:
        lead, end = _teaser(text["value"], teaser) or (lead, end)
    place = blocks.index(text)
    rest = text["value"][end:].strip()
    blocks[place : place + 1] = [text | {"value": rest}] if rest else []
    return lead


def _teaser(html: str, teaser: str) -> tuple[str, int] | None:
    """Return the paragraphs that ``html`` begins with, if they are the teaser, and their end."""
    parts, end = [], 0
    while match := FIRST_PARAGRAPH.match(html, end):
        parts.append(plain(match[1]))
        end = match.end()
        if "<a" in match[1] or not teaser.startswith(" ".join(parts)):
            return None
        if " ".join(parts) == teaser:
            return teaser, end
    return None
