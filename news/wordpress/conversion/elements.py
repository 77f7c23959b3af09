"""What an element of an old post is, by its tag, its style and where it stands."""

import re

from .markup import is_hidden
from .pieces import BOLD, ITALIC, STRUCK

_MARKS = {
    **dict.fromkeys(("b", "strong"), BOLD),
    **dict.fromkeys(("i", "em"), ITALIC),
    **dict.fromkeys(("s", "strike", "del"), STRUCK),
}
REMOVED = {
    "script": "script",
    "style": "style",
    "template": "template",
    "title": "title",
    **dict.fromkeys(("svg", "map"), "drawing"),
    "xml": "office",
    **dict.fromkeys(("canvas", "noembed", "noframes", "param", "progress", "meter"), "fallback"),
    **dict.fromkeys(("select", "textarea", "button", "datalist", "option"), "control"),
}
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-4]00)", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_LINE_THROUGH = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_TAKEN_WHOLE = {"iframe", "object", "embed", "audio", "video", "pre", "sub", "sup"}


def marks_of(element, marks: int) -> int:
    """Return the marks within an inline element: by its tag, then by its style."""
    marks |= _MARKS.get(element.tag, 0)
    style = element.get("style")
    if not style:
        return marks
    for pattern, mark in ((_WEIGHT, BOLD), (_SLANT, ITALIC)):
        if found := pattern.search(style):
            is_marked = found[1].lower() not in ("normal", "100", "200", "300", "400")
            marks = marks | mark if is_marked else marks & ~mark
    return marks | STRUCK if _LINE_THROUGH.search(style) else marks


def captions_in(element):
    """Yield the captions within an element: of HTML, and of WordPress's old mark-up."""
    for inner in element.iterdescendants():
        names = inner.get("class") or "" if isinstance(inner.tag, str) else ""
        is_caption = inner.tag == "figcaption" or (
            "wp-caption-text" in names or "wp-caption-dd" in names or "gallery-caption" in names
        )
        if is_caption:
            yield inner


def is_read(inner, outer) -> bool:
    """Say whether an element within another is walked, and nothing around it taken as a whole."""
    for element in (inner, *inner.iterancestors()):
        if element is outer:
            return True
        if element.tag in _TAKEN_WHOLE or is_hidden(element) or element.tag in REMOVED:
            return False
    return False


def holder_of(caption):
    """Return the element that a caption belongs to."""
    for outer in caption.iterancestors():
        names = (outer.get("class") or "").split()
        if outer.tag in ("figure", "wp-caption") or {"wp-caption", "gallery-item"} & set(names):
            return outer
    return None
