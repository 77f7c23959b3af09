"""WordPress's shortcodes turned into elements that only this package knows.

    [caption id="attachment_12"]<img> Tilts[/caption]
    <wp-caption id="attachment_12"><img> Tilts</wp-caption>

Codes of plugins go; what stands between their tags stays. Brackets that are none, such as [1] or
[LPS], are text.
"""

import html as entities
import re
from collections.abc import Callable

from .markup import TOKEN

_CODE = re.compile(
    rf"{TOKEN.pattern}"
    r"|(?P<open>\[\[?)(?P<slash>/?)(?P<name>[a-zA-Z][\w-]*)"
    r"(?P<attributes>(?:[\s=:](?:[^\[\]<\"]|\"[^\[\]\"]*\")*+)?)"
    r"(?P<close>\]\]?)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|(\S+)""")
# Codes that hold something, and those that stand for something.
_PAIRED = {"caption": "wp-caption", "wp_caption": "wp-caption", "embed": "wp-embed"}
_SINGLE = {
    "gallery": "wp-gallery",
    "youtube": "wp-embed",
    "vimeo": "wp-embed",
    "audio": "wp-media",
    "video": "wp-media",
    "mp3": "wp-media",
    "flv": "wp-media",
    "playlist": "wp-gallery",
}
_ADDRESSES = ("url", "href", "src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv", "flv")
# Of plugins that were common, written without attributes too; none of them is a word that authors
# put into brackets ("Nolikums [pdf]").
_KNOWN = re.compile(
    r"(?:vc|et_pb|su|fusion|ngg|wpdm|tribe|av|mk|cs|x|bs|wp|cm|tm|g|ts|av)_\w+|contact-form(?:-7)?"
    r"|rev_slider|layerslider|singlepic|slideshow|nggallery|imagebrowser|tabs?|tabgroup|accordions?"
    r"|toggles?|buttons?|row|columns?|col|section|one_\w+|two_\w+|three_\w+|spoiler|highlight"
    r"|dropcap|divider|gap|spacer|clear|hr|br|googlemaps?|polldaddy|wpfilebase|wpfb|sitemap"
    r"|pdf-embedder|recent-posts|display-posts|noformat|sourcecode|pullquote"
)

# Of those, what lays out a page: texts on both sides are paragraphs of their own.
_LAYOUT = re.compile(
    r"vc_|et_pb_|fusion_|av_|mk_|cs_|su_(?:row|column|tab|spoiler|accordion|box|note|divider|list)"
    r"|tab|accordion|toggle|row|col|section|one_|two_|three_|spoiler|divider|gap|spacer|clear|hr|br"
)


def mark_up(html: str, remove: Callable[[str, str], None]) -> str:
    """Return HTML with elements for the shortcodes that are known, and without the others.

    ``remove`` is told code and text of each that goes.
    """
    if "[" not in html:
        return html
    closed = set(re.findall(r"\[/([a-zA-Z][\w-]*)\]", html))
    open_codes = []  # names of those whose closing tag is awaited

    def replace(match):
        if not match["name"]:
            return match[0]
        return _replacement(match, closed, open_codes, remove)

    html = _CODE.sub(replace, html)
    return html + "".join(f"</{_PAIRED[name]}>" for name in reversed(open_codes))


def _replacement(match, closed, open_codes, remove) -> str:
    token, name = match[0], match["name"].lower()
    if match["open"] == "[[" and match["close"] == "]]":  # how a code is written about
        remove("shortcode", "[]")
        return token[1:-1]
    before = match["open"][1:] and "["  # "[[1] …": a bracket of the text
    after = match["close"][1:] and "]"
    core = token[len(before) : len(token) - len(after)]
    if name in _PAIRED:
        tag = _paired(match, name, name in closed, open_codes)
    elif not _is_code(match, name, closed):
        return token
    elif name in _SINGLE:
        tag = "" if match["slash"] else _single(match, name)
    else:
        tag = _laid_out(match) if _LAYOUT.match(name) else ""
    remove("shortcode", core)
    return f"{before}{tag}{after}"


def _laid_out(match) -> str:
    """Return a break between texts; the title of a tab or an accordion is a heading."""
    title = "" if match["slash"] else attributes_of(match["attributes"]).get("title", "").strip()
    return f"<h4>{entities.escape(title)}</h4>" if title else "<wp-p></wp-p>"


def _is_code(match, name: str, closed: set[str]) -> bool:
    """Say whether brackets hold a shortcode and not words of the text."""
    attributes = match["attributes"].strip()
    if name in _SINGLE:
        return name == "gallery" or bool(attributes) or name in closed
    if match["name"] != name and "=" not in attributes:
        return False
    is_formal = bool(re.match(r"""[\w-]+\s*=\s*["'\w“”″&]""", attributes))
    return is_formal or name in closed or (not attributes and bool(_KNOWN.fullmatch(name)))


def _paired(match, name, is_closed, open_codes) -> str:
    if match["slash"]:
        return _close(name, open_codes)
    if not is_closed:
        return ""
    open_codes.append(name)
    return element(_PAIRED[name], attributes_of(match["attributes"]))


def _close(name: str, open_codes: list[str]) -> str:
    """Return the closing tags of an element and of those within it; "" if it is not open."""
    if name not in open_codes:
        return ""
    tags = ""
    while True:
        inner = open_codes.pop()
        tags += f"</{_PAIRED[inner]}>"
        if inner == name:
            return tags


def _single(match, name) -> str:
    tag = _SINGLE[name]
    attributes = attributes_of(match["attributes"])
    if tag != "wp-gallery":
        address = next((attributes[key] for key in _ADDRESSES if key in attributes), "")
        address = address or attributes.get("id") or attributes.get("", "")
        if name in ("youtube", "vimeo") and "/" not in address and address:
            host = "https://www.youtube.com/watch?v=" if name == "youtube" else "https://vimeo.com/"
            address = host + address
        attributes = {"url": address, "title": attributes.get("title", "")}
    return f"{element(tag, attributes)}</{tag}>"


def attributes_of(text: str) -> dict[str, str]:
    """Return the attributes of a shortcode; the first without a name has the name "".

    Visual editors make quotation marks curly, and escape them.
    """
    text = entities.unescape(text).replace("\N{NO-BREAK SPACE}", " ")
    text = re.sub("[“”„″]", '"', text)
    found = {}
    for match in _ATTRIBUTE.finditer(text):
        name = (match[1] or "").lower()
        value = next((value for value in match.groups()[1:] if value is not None), "")
        found.setdefault(name, value if name else value.strip("=:/ "))
    return found


def element(tag: str, attributes: dict[str, str]) -> str:
    """Return the opening tag of an element."""
    written = "".join(
        f' {name}="{entities.escape(str(value))}"'
        for name, value in attributes.items()
        if re.fullmatch(r"[a-z][a-z_-]*", name)
    )
    return f"<{tag}{written}>"
