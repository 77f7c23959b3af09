"""What a visitor reads of an old post, what stands hidden in it, and where it links to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree, html

Link = tuple[str, str]  # the address, and the text that is to be clicked

SKIPPED = {"script", "style", "noscript", "template", "head", "title", "object", "select"}
LINES = {
    *("p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("blockquote", "pre", "hr", "figure", "figcaption", "section", "article", "footer", "dt"),
    *("dd", "address", "caption", "td", "th"),
}
MEDIA = {"img", "iframe", "embed", "video", "audio", "source", "object"}
SHORTCODE = re.compile(r"\[(/?)([a-z][\w-]{2,})(?:\s[^\[\]<>]*)?/?\]")
PLAYERS = {"audio", "embed", "gallery", "playlist", "video", "youtube"}
# An address alone on its line becomes a player (oEmbed).
EMBEDDED = re.compile(r"(?m)^[ \t]*(https?://\S+)[ \t]*\r?$")
TAG = re.compile(r"<[^<>]*>")
HIDING = re.compile(
    r"display:none|visibility:hidden|font-size:[01](?:px|pt|em|%)?(?:;|$)|opacity:0(?:;|$)|"
    r"text-indent:-\d{3,}|(?:left|top|right|margin-left|margin-top):-\d{3,}|"
    r"(?:^|;)(?:height|width|max-height):[01](?:px)?(?:;|$)"
)
WHITE = re.compile(r"(?:^|;)color:(?:#(?:f[0-9a-f]){3}|#fff|white|rgb\(25\d,25\d,25\d\))(?:;|$)")
TINY = {"0", "1", "0px", "1px"}
BACKGROUND = re.compile(r"background")


@dataclass
class Text:
    """An item's content as it is judged. Lines of ``text`` are its paragraphs.

    ``links`` are those that visitors see; ``media`` are addresses of pictures and players, and
    shortcodes that stand for something.
    """

    text: str = ""
    links: list[Link] = field(default_factory=list)
    hidden: str = ""
    html: str = ""
    hidden_links: list[Link] = field(default_factory=list)
    media: list[str] = field(default_factory=list)


def read_text(content: str) -> Text:
    """Return what the HTML of a post, classic or of blocks, shows and hides; never raises.

    WordPress makes paragraphs of line breaks, so these stay.
    """
    page = Text(html=content)
    content = _without_shortcodes(content, page)
    page.media += EMBEDDED.findall(content)
    content = EMBEDDED.sub("", content)
    if "<" in content or "&" in content:
        shown, hidden = _walk(content, page)
    else:
        shown, hidden = content, ""
    page.text, page.hidden = _tidy(shown), _tidy(hidden)
    return page


def _without_shortcodes(content, page) -> str:
    """Take the shortcodes out: those that stand for something are media, others go around text."""
    around_text = {match[2] for match in SHORTCODE.finditer(content) if match[1]} - PLAYERS

    def taken_out(match):
        if not match[1] and match[2] not in around_text:
            page.media.append(match[0])
        return " "

    return SHORTCODE.sub(taken_out, content)


def _walk(content, page) -> tuple[str, str]:
    try:
        parser = html.HTMLParser(huge_tree=True)  # what never closes is nested deeply
        root = html.fragment_fromstring(content.replace("\0", ""), "div", parser=parser)
    except (etree.ParserError, ValueError):  # nothing in it, or what XML can't hold
        return TAG.sub(" ", content), ""
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        return TAG.sub(" ", content), ""  # still too deep: the rest of the text would be missing
    walker = _Walker(page)
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        getattr(walker, event)(element)
    return "".join(walker.shown), "".join(walker.hidden)


class _Walker:
    """Goes through a tree without recursion, and puts its text where it belongs."""

    def __init__(self, page: Text):
        self.page, self.shown, self.hidden = page, [], []
        self.hiding = self.skipped = None  # the element whose whole content is hidden, or no text

    @property
    def into(self) -> list[str]:
        return self.shown if self.hiding is None else self.hidden

    def start(self, element):
        if self.skipped is not None:
            return
        if element.tag in MEDIA:
            self._take_media(element)
        if element.tag in SKIPPED:
            self.skipped = element
            return
        if self.hiding is None and _is_hidden(element):
            self.hiding = element
        if element.tag in LINES:
            self.into.append("\n")
        if element.tag == "a" and element.get("href"):
            links = self.page.links if self.hiding is None else self.page.hidden_links
            links.append(_link(element))
        self.into.append(element.text or "")

    def end(self, element):
        if self.skipped is not None and element is not self.skipped:
            return
        self.skipped = None
        if element is self.hiding:
            self.hidden.append("\n")
            self.hiding = None
        self.into.append("\n" if element.tag in LINES else "")
        self.into.append(element.tail or "")

    def comment(self, element):
        if self.skipped is None:
            self.into.append(element.tail or "")

    pi = comment

    def _take_media(self, element):
        address = element.get("src") or element.get("data") or ""
        if element.tag == "iframe" and {element.get("width"), element.get("height")} & TINY:
            self.page.hidden_links.append((address, ""))
        else:
            self.page.media.append(address)


def _link(element) -> Link:
    return element.get("href").strip(), " ".join("".join(element.itertext()).split())


def _is_hidden(element) -> bool:
    by_style, is_white = hides(element.tag, element.attrib)
    return by_style or (is_white and not _has_background(element))


def hides(tag: str, attributes: Mapping[str, str]) -> tuple[bool, bool]:
    """Return whether an element hides what is in it, and whether its letters are white.

    White letters are hidden unless the element, or one around it, ``has_background``.
    """
    if attributes.get("hidden") is not None:
        return True, False
    style = attributes.get("style")
    if not style and tag != "font":
        return False, False
    style = re.sub(r"\s|!important", "", (style or "").lower())
    color = f"color:{attributes.get('color', '').lower()}" if tag == "font" else style
    return bool(HIDING.search(style)), bool(WHITE.search(color))


def has_background(attributes: Mapping[str, str]) -> bool:
    style = (attributes.get("style") or "").lower()
    return bool(attributes.get("bgcolor") or BACKGROUND.search(style))


def _has_background(element) -> bool:
    while element is not None:
        if has_background(element.attrib):
            return True
        element = element.getparent()
    return False


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))
