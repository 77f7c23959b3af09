"""What a visitor reads of an old post, what stands hidden in it, and where it links to."""

import re
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
# Shortcodes: those around text go, their text stays; those that stand for something are media.
SHORTCODE = re.compile(r"\[(/?)([a-z][\w-]{2,})((?:\s[^\[\]<>]*)?)/?\]", re.IGNORECASE)
AROUND_TEXT = {"caption", "wp_caption", "column", "one_half", "one_third", "box", "quote", "button"}
# An address alone on its line becomes a player (oEmbed).
EMBEDDED = re.compile(r"(?m)^\s*(https?://\S+)\s*$")
HIDING = re.compile(
    r"display:none|visibility:hidden|font-size:[01](?:px|pt|em|%)?(?:;|$)|opacity:0(?:;|$)|"
    r"text-indent:-\d{3,}|(?:left|top|right|margin-left|margin-top):-\d{3,}|"
    r"(?:^|;)(?:height|width|max-height):[01](?:px)?(?:;|$)"
)
WHITE = re.compile(r"(?:^|;)color:(?:#fff(?:fff)?|white|rgb\(255,255,255\))(?:;|$)")
BACKGROUND = re.compile(r"background")
SPACE = re.compile(r"[^\S\n]+")
LINE_END = re.compile(r"\s*\n\s*")


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
    content = SHORTCODE.sub(lambda match: _shortcode(match, page), content)
    page.media += EMBEDDED.findall(content)
    content = EMBEDDED.sub("", content)
    if "<" in content or "&" in content:
        shown, hidden = _walk(content, page)
    else:
        shown, hidden = content, ""
    page.text, page.hidden = _tidy(shown), _tidy(hidden)
    return page


def _shortcode(match, page) -> str:
    if match[2].lower() not in AROUND_TEXT and not match[1]:
        page.media.append(match[0])
    return " "


def _walk(content, page) -> tuple[str, str]:
    try:
        root = html.fragment_fromstring(content.replace("\0", ""), create_parent="div")
    except (etree.ParserError, ValueError):  # nothing in it, or what XML can't hold
        return re.sub(r"<[^>]*>", " ", content), ""
    shown, hidden = [], []
    _collect(root, page, shown, hidden)
    return "".join(shown), "".join(hidden)


def _collect(root, page, shown, hidden):
    """Go through the tree without recursion: old HTML is nested thousands deep."""
    inside = None  # the element whose whole content is hidden
    skipped = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        into = shown if inside is None else hidden
        if event in ("comment", "pi"):
            if skipped is None and element.tail:
                into.append(element.tail)
            continue
        if event == "start":
            if skipped is not None:
                continue
            if element.tag in MEDIA:
                page.media.append(element.get("src") or element.get("data") or "")
            if element.tag in SKIPPED:
                skipped = element
                continue
            if inside is None and _is_hidden(element):
                inside, into = element, hidden
            if element.tag in LINES:
                into.append("\n")
            if element.tag == "a" and element.get("href"):
                _link(element, page.links if inside is None else page.hidden_links)
            if element.text:
                into.append(element.text)
            continue
        if skipped is not None and element is not skipped:
            continue
        if element is skipped:
            skipped = None
        if element is inside:
            inside, into = None, shown
            hidden.append("\n")
        if element.tag in LINES:
            into.append("\n")
        if element.tail:
            into.append(element.tail)


def _link(element, links):
    links.append((element.get("href").strip(), " ".join("".join(element.itertext()).split())))


def _is_hidden(element) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if not style and element.tag != "font":
        return False
    style = re.sub(r"\s|!important", "", (style or "").lower())
    if HIDING.search(style):
        return True
    color = f"color:{element.get('color', '').lower()}" if element.tag == "font" else style
    return bool(WHITE.search(color)) and not _has_background(element)


def _has_background(element) -> bool:
    while element is not None:
        if element.get("bgcolor") or BACKGROUND.search((element.get("style") or "").lower()):
            return True
        element = element.getparent()
    return False


def _tidy(text: str) -> str:
    return LINE_END.sub("\n", SPACE.sub(" ", text)).strip()
