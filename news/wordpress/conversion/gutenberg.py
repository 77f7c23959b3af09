"""WordPress's own blocks: comments around HTML, ``<!-- wp:embed {"url": "…"} -->``.

The HTML between says most of what is to be known. Where it does not, an element that only this
package knows says what the comment said.
"""

import json
import re
from collections.abc import Callable, Iterator

from .classic import PARAGRAPH
from .shortcodes import element

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_BLOCK = re.compile(r"\s*+(/?)wp:([a-z][a-z0-9_/-]*+)\s*+(\{.*\})?\s*+(/?)\s*+", re.DOTALL)
_MORE = re.compile(r"\s*more(?:\s.*)?", re.DOTALL)
_NEXT_PAGE = re.compile(r"\s*nextpage\s*")
# Blocks whose text is written as in the classic editor: lines are breaks.
_CLASSIC = {"freeform", "classic", "shortcode"}


def sections(html: str, drop: Callable[[str, str], None]) -> Iterator[tuple[str, bool]]:
    """Yield the HTML of a post in pieces, and of each whether it is of the classic editor.

    Comments are gone from them. ``drop`` is told code and name of blocks that have no HTML.
    """
    html = _COMMENT.sub(_known, html)
    is_of_blocks = "<!-- wp:" in html
    position, inside = 0, []
    for comment in _COMMENT.finditer(html):
        is_classic = not is_of_blocks or not inside or inside[-1][0] in _CLASSIC
        text = html[position : comment.start()]
        yield text, is_classic
        position = comment.end()
        if _MORE.fullmatch(comment[1]):
            yield "<wp-more></wp-more>", False
        elif block := _BLOCK.fullmatch(comment[1]):
            is_bare = bool(text.strip()) and (is_classic or not text.rstrip().endswith(">"))
            yield _tags(block, inside, drop) or (PARAGRAPH if is_bare else ""), False
    yield html[position:], not is_of_blocks or not inside
    yield "".join(closing for _name, closing in reversed(inside)), False


def _known(comment) -> str:
    """Return a comment that says something about what stands around it; others go.

    They must not divide a text: white space at the ends of its parts would mean nothing.
    """
    if _NEXT_PAGE.fullmatch(comment[1]):
        return PARAGRAPH
    return comment[0] if _MORE.fullmatch(comment[1]) or _BLOCK.fullmatch(comment[1]) else ""


def _tags(block, inside: list, drop) -> str:
    """Return the tags that stand for a block's comment; ``inside`` are the blocks around."""
    slash, name, attributes, is_void = block.groups()
    name = name.removeprefix("core/")
    if slash:
        if name not in (known for known, _closing in inside):
            return ""
        tags = ""
        while True:
            known, closing = inside.pop()
            tags += closing
            if known == name:
                return tags
    opening = _opening(name, _load(attributes))
    closing = re.sub(r"<([\w-]+).*", r"</\1>", opening, flags=re.DOTALL)
    if is_void:
        if not opening:
            drop("block", name)
        return opening + closing
    inside.append((name, closing))
    return opening


def _load(attributes: str | None) -> dict:
    try:
        found = json.loads(attributes or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _opening(name: str, attributes: dict) -> str:
    """Return the opening tag for a block whose HTML does not say all; "" for others."""
    url = attributes.get("url") or attributes.get("src") or ""
    if name == "embed" or name.startswith(("core-embed/", "embed/")):
        return element("wp-embed", {"url": url})
    if name == "gallery":
        ids = attributes.get("ids")
        ids = ",".join(map(str, ids)) if isinstance(ids, list) else ""
        return element("wp-gallery", {"ids": ids, "own": "1"})
    if name == "file":
        number = attributes.get("id") or ""
        return element("wp-file", {"number": number, "url": attributes.get("href") or ""})
    if name == "cover":
        return element("wp-cover", {"number": attributes.get("id") or "", "url": url})
    if name == "block":
        return element("wp-reused", {"number": attributes.get("ref") or ""})
    return ""
