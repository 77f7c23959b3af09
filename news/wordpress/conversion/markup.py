"""From the text of a post to a tree: broken mark-up mended, depth bounded, hidden parts known."""

import re
from collections.abc import Callable

import lxml.etree
import lxml.html

# A comment, a tag, or what begins as one. Linear when every comment ends (see open_comments): no
# tag reads past the next "<".
TOKEN = re.compile(
    r"<!--.*?-->|</?[a-zA-Z](?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*+>|</?[a-zA-Z][^<>]*>?", re.DOTALL
)
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
# Tags of a whole document end it for the parser: what follows would be lost.
_OF_DOCUMENTS = frozenset(("html", "body", "head", "plaintext", "base", "frameset"))
# Not counted as depth: they hold nothing, or the parser closes one before it opens the next.
_SHALLOW_NAMES = (
    "a area br col dd dt embed hr img input li link meta option p param source td tbody tfoot th "
    "thead tr track wbr"
)
_SHALLOW = frozenset(_SHALLOW_NAMES.split())
DEEPEST = 60  # elements within each other that are opened
# Levels of the tree. libxml2 ends a document at 2,048; the walk takes some calls for each, of which
# Python bears 1,000.
_TOO_DEEP = lxml.etree.XPath(f"boolean({'/*' * 120})")
_KEPT_WHEN_FLAT = frozenset(("br", "hr", "img", "script", "style", "textarea", "title", "iframe"))
_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr s samp "
    "small span strike strong sub sup time tt u var wbr o:p st1:place st1:city"
)
INLINE = frozenset(_INLINE_NAMES.split())


def parse(html: str, drop: Callable[[str, str], None]) -> lxml.html.HtmlElement:
    """Return a ``div`` with all of the HTML in it.

    ``drop`` is told code and text of what was not mark-up but a torn piece of it.
    """
    html = _mend(html, drop)
    root = _tree(html)
    if _TOO_DEEP(root):  # the parser may have ended early, and the walk would
        drop("deep", "")
        root = _tree(_flat(html, drop))
    return root


def _tree(html: str) -> lxml.html.HtmlElement:
    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    root = lxml.html.document_fromstring(f"<html><body><div>{html}", parser=parser)
    return root.body if root.find("body") is not None else root


def _flat(html: str, drop) -> str:
    """Return HTML with lines but no structure; links go, and are told."""

    def flatten(match):
        name = _NAME.match(match[0])
        name = name[1].lower() if name else ""
        if name in _KEPT_WHEN_FLAT:
            return match[0]
        if target := name == "a" and re.search(r"href\s*=\s*[\"']?([^\"'\s>]+)", match[0]):
            drop("address", target[1])
        return " " if name in INLINE else "<wp-p></wp-p>"

    return TOKEN.sub(flatten, html)


def _mend(html: str, drop) -> str:
    """Return HTML that the parser reads to its end and at no great depth."""
    depth = 0

    def mend(match):
        nonlocal depth
        token = match[0]
        if token.startswith("<!--"):
            return token
        if token[-1] != ">":
            if match.end() < len(html):
                return token
            drop("torn", token)
            return ""
        name = _NAME.match(token)[1].lower()
        if name in _OF_DOCUMENTS:
            return ""
        if name not in _SHALLOW and not token.endswith("/>"):
            is_closing = token[1] == "/"
            is_too_deep = depth > DEEPEST if is_closing else depth >= DEEPEST
            depth = max(0, depth - 1) if is_closing else depth + 1
            if is_too_deep:
                return ""
        return _close_quote(token)

    return TOKEN.sub(mend, html)


def open_comments(html: str, drop: Callable[[str, str], None]) -> str:
    """Return HTML without beginnings of comments that never end: they would swallow the rest."""
    end = html.rfind("-->") + 1
    if "<!--" not in html[end:]:
        return html
    drop("torn", "<!--")
    return html[:end] + html[end:].replace("<!--", "")


def _close_quote(token: str) -> str:
    """Return a tag whose last value has its closing mark: `<a href="x>` would swallow the text."""
    for mark in "\"'":
        if token.count(mark) % 2 and re.search(rf"=\s*{mark}[^{mark}]*>$", token):
            return f"{token[:-1]}{mark}>"
    return token


_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|text-indent:-\d{3,}"
    r"|(?<![\w-])(?:left|top|right|bottom):-\d{3,}|margin(?:-\w+)?:-\d{4,}"
    r"|opacity:0?(?:\.0\d*)?(?:;|!|$)|clip:rect\((?:0|1px)"
)
_CLIPPING = re.compile(r"(?:^|;)(?:max-)?(?:height|width):[01](?:px)?(?:;|!|$)")
_FONT_SIZE = re.compile(r"font-size:(\d*\.?\d+)(px|pt|r?em|%)?(?![\w.])")
_READABLE = {"em": 0.2, "rem": 0.2, "%": 20}  # of the font around it; else pixels or points


def is_hidden(element) -> bool:
    """Say whether an element is made so that no reader sees it: how spam is put into a page."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if not style:
        return False
    style = re.sub(r"\s+", "", style).lower()
    if _HIDING.search(style) or ("overflow:hidden" in style and _CLIPPING.search(style)):
        return True
    return any(float(number) < _READABLE.get(unit, 2) for number, unit in _FONT_SIZE.findall(style))


def text_of(element) -> str:
    """Return all text within an element, without that after it."""
    return element.xpath("string()")
