"""Reusable blocks of WordPress (later called synced patterns): posts name them, items hold them."""

import json
import re
from collections.abc import Callable

MOST, LONGEST = 100, 100_000  # in one post, as each may name others; characters of one
_REFERENCE = re.compile(r"<!--\s*+wp:(?:core/)?block\s++(\{[^<>]*\})\s*+/-->")


def filled(html: str, content_of: Callable[[int], str]) -> str:
    """Return the HTML of a post with the content of each reusable block where its name stood.

    ``content_of`` gives the content of a number, "" for none. The name of one that is not there,
    stands within itself or is one too many, stays.
    """
    left = MOST

    def fill(html, around):
        def replace(match):
            nonlocal left
            number = _number_in(match[1])
            content = content_of(number) if left and number and number not in around else ""
            if not 0 < len(content) <= LONGEST:
                return match[0]
            left -= 1
            return f"<div>{fill(content, (*around, number))}</div>"

        return _REFERENCE.sub(replace, html)

    return fill(html, ()) if "wp:" in html else html


def _number_in(attributes: str) -> int:
    try:
        number = json.loads(attributes).get("ref")
    except (ValueError, RecursionError):
        return 0
    return number if isinstance(number, int) else 0
