"""Paragraphs of the classic editor: empty lines between them, and lines that end where typed.

WordPress adds their tags when it shows a post (wpautop), so an export does not have them.
"""

import re

from .markup import TOKEN

_BLOCK_NAMES = (
    "address article aside audio blockquote center dd details div dl dt embed fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr iframe legend li main nav noscript object ol p "
    "pre script section style summary table tbody td tfoot th thead tr ul video wp-caption "
    "wp-cover wp-embed wp-file wp-gallery wp-media wp-more wp-p wp-reused"
)
_IS_BLOCK = re.compile(rf"</?(?:{_BLOCK_NAMES.replace(' ', '|')})[\s/>]", re.IGNORECASE)
_IS_BREAK = re.compile(r"<br[\s/>]", re.IGNORECASE)
# Whose text is kept as it is.
_VERBATIM = re.compile(r"<(/?)(pre|script|style|textarea|svg|xmp)[\s>]", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"\n(?:(?:[ \t]|\xa0|&nbsp;)*\n)+[ \t]*")
_LINE_END = re.compile(r"\n[ \t]*")
PARAGRAPH = "<wp-p></wp-p>"


def paragraphs(html: str) -> str:
    """Return HTML whose empty lines are ``PARAGRAPH`` and whose other line ends are ``<br>``.

    White space beside tags of blocks means nothing.
    """
    if "\n" not in html:
        return html
    parts, position, verbatim = [], 0, ""
    before = ""  # the tag before the text
    for token in TOKEN.finditer(html):
        text, tag = html[position : token.start()], token[0]
        parts += [text if verbatim else _broken(text, before, tag), tag]
        position, before = token.end(), tag
        if found := _VERBATIM.match(tag):
            name = found[2].lower()
            if not verbatim and not found[1]:
                verbatim = name
            elif verbatim == name and found[1]:
                verbatim = ""
    text = html[position:]
    parts.append(text if verbatim else _broken(text, before, "</p>"))
    return "".join(parts)


def _broken(text: str, before: str, after: str) -> str:
    """Return a text between two tags with its breaks."""
    if "\n" not in text:
        return text
    if not before or _IS_BLOCK.match(before):
        text = text.lstrip(" \t\n")
    elif _IS_BREAK.match(before):
        text = re.sub(r"^[ \t]*\n", "", text)
    if _IS_BLOCK.match(after):
        text = text.rstrip(" \t\n")
    elif _IS_BREAK.match(after):
        text = re.sub(r"\n[ \t]*$", "", text)
    text = _PARAGRAPH_END.sub(PARAGRAPH, text)
    return _LINE_END.sub("<br>", text)
