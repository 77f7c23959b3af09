"""Repairs to the characters of an old post, before anything is read out of its mark-up.

Two accidents befell Latvian text on its way through old databases: UTF-8 that was read as
Windows-1252 or 1257 ("Ä«" for "ī"), and Windows-1257 that was read as 1252 ("ð" for "š").
ftfy knows the first, but not well enough for Latvian, and of the second nothing.
"""

import html as entities
import re
import unicodedata

import ftfy

LATVIAN = "āčēģīķļņōŗšūž"
NEIGHBOURS = "ąęėįųõäöüåéèáóíúąćłńśźżÄÖÜÅÕâÂÃÉÓ"
MARKS = "„“”‘’‚–—…€•™†‡ˆ‰‹›Œœ˜ƒŸ" + "".join(map(chr, range(0x80, 0xC0)))  # and what was read twice


def _misread(char: str, encoding: str) -> str:
    """Return what a character looks like whose UTF-8 was read in another encoding."""
    return "".join(_decode(byte, encoding) for byte in char.encode())


def _decode(byte: int, encoding: str) -> str:
    """Return the character of a byte; one that the encoding lacks stays as a control character."""
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


_RIGHT = {}
for _encoding in ("cp1257", "cp1252", "latin-1"):
    for _char in LATVIAN + LATVIAN.upper() + NEIGHBOURS + MARKS:
        _RIGHT.setdefault(_misread(_char, _encoding), _char)
_MISREAD = f"(?:{'|'.join(map(re.escape, sorted(_RIGHT, key=len, reverse=True)))})"
_MISREAD_ONE = re.compile(_MISREAD)
_MISREAD_RUN = re.compile(f"{_MISREAD}+")
_LEADS = re.compile("[ÂÃÄÅĆâ]|ā[€‚]")  # what the first bytes of such letters are read as
# Marks that may stand on one side of a letter in right text, „Ä“, and those that join two: A–Ä.
_MARKS_BESIDE = frozenset("“”„‚•™")
_MARKS_BETWEEN = frozenset("‘’–—…\N{NO-BREAK SPACE}")
_LOST_SECOND_BYTE = re.compile(f"(?<=[a-z{LATVIAN}])Ä(?=[a-z{LATVIAN}]|\\b)")
_DOUBLE_MISREAD = re.compile("[ÃÂÐÑ][\x80-\xbf‚-™ŒœŠšŸŽž€°±²³µ»½¾]")

_1257 = {bytes([byte]).decode("cp1252"): bytes([byte]).decode("cp1257") for byte in range(192, 256)}
_WRONG_LETTERS = {ord(wrong): right for wrong, right in _1257.items() if wrong != right}
_HIGH_WORD = re.compile("[A-Za-z]*[À-ÿ][A-Za-zÀ-ÿ]*")
_CERTAIN_OF_1257 = re.compile("[ðþÐÞ]")


def mend_encoding(text: str) -> str:
    """Return text with letters that were read in the wrong encoding as they were written.

    Right text, Latvian or other, comes back as it is.
    """
    if text.isascii():
        return text
    certain = 0
    for _layer in range(3):  # what went wrong twice was read wrongly twice
        found = sum(map(_is_certain, _MISREAD_RUN.finditer(text))) if _LEADS.search(text) else 0
        if not found:
            break
        text = _mend_utf8(text, is_all_wrong=found > 1)
        certain += found
    if certain > 1:  # the second byte of ā is a control character, which many programs drop
        text = _LOST_SECOND_BYTE.sub("ā", text)
    if _DOUBLE_MISREAD.search(text):
        text = _better(text, ftfy.fix_encoding(text))
    return _mend_1257(text)


def _better(text: str, mended: str) -> str:
    """Return what ftfy made of a text if it has less nonsense and no fewer letters."""
    nonsense = [len(_DOUBLE_MISREAD.findall(version)) for version in (text, mended)]
    latvian = [sum(version.count(letter) for letter in LATVIAN) for version in (text, mended)]
    return mended if nonsense[1] < nonsense[0] and latvian[1] >= latvian[0] else text


def _mend_utf8(text: str, is_all_wrong: bool) -> str:
    """Mend what is certainly misread; where that is more than one, all that looks so."""
    return _MISREAD_RUN.sub(
        lambda run: (
            _MISREAD_ONE.sub(lambda one: _RIGHT[one[0]], run[0])
            if is_all_wrong or _is_certain(run)
            else run[0]
        ),
        text,
    )


def _is_certain(run) -> bool:
    """Say whether what looks misread cannot be right, by what stands beside it.

    „Ä“ may be a letter in quotation marks; between the letters of a word it is none.
    """
    found, text = run[0], run.string
    before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    if found[0] == "Ā":  # a letter of ours: it proves nothing
        return False
    if len(found) > 3 or (len(found) == 3 and _MISREAD_ONE.match(found).end() < 3):
        return True
    if len(found) == 3:
        return found[0] != "ā" or found[2] not in _MARKS_BESIDE | _MARKS_BETWEEN
    if before.islower():
        return True
    if found[1] in _MARKS_BETWEEN:
        return False
    is_within = before.isalpha() and after.isalpha()
    return is_within or (after.islower() and found[1] not in _MARKS_BESIDE)


def _mend_1257(text: str) -> str:
    """Mend Windows-1257 that was read as 1252, where all of the text speaks for it.

    Some letters of Latvian are then letters of Icelandic; French and Portuguese have others that
    Latvian has not, and text with a single right letter of Latvian was read rightly.
    """
    if not _CERTAIN_OF_1257.search(text):
        return text
    words = _HIGH_WORD.findall(text)
    if len(words) < 3:
        return text
    if any(char in text for char in LATVIAN + LATVIAN.upper()):
        return text
    used = {char for word in words for char in word if not char.isascii()}
    letters = set(LATVIAN + LATVIAN.upper())
    if not all(_1257.get(char) in letters for char in used):
        return text
    return text.translate(_WRONG_LETTERS)


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_TWICE_ESCAPED = re.compile(
    r"&amp;(?=(?:nbsp|quot|apos|amp|lt|gt|[lr]dquo|[lr]squo|bdquo|sbquo|[lr]aquo|[nm]dash|hellip"
    r"|bull|euro|deg|sect|shy|#\d{2,6}|#x[0-9a-fA-F]{2,6});)"
)
_CODE = re.compile(r"(<(?:pre|code)\b.*?</(?:pre|code)>)", re.DOTALL | re.IGNORECASE)


_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def _open_entity(match) -> str:
    char = entities.unescape(match[0])
    return match[0] if char.isascii() else char


def repair(html: str) -> str:
    """Return the HTML of a post with its characters in order.

    Letters beyond ASCII stand for themselves: what was misread may be written as entities.
    """
    html = html.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    if "&" in html:
        html = _ENTITY.sub(_open_entity, html)
    html = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", mend_encoding(html))
    html = _CONTROLS.sub("", html).replace("\x85", "…")
    if "&amp;" not in html:
        return html
    parts = _CODE.split(html) if "</" in html else [html]
    parts[::2] = [_TWICE_ESCAPED.sub("&", part) for part in parts[::2]]
    return "".join(parts)


_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
    "|(?<![^\x00-\u024f\u2000-\u206f])[\u200c\u200d]"  # but those that join emoji, or Persian
)
_OTHER_SPACE = "\t\n\r\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Not each ordinary space: there is one after every word.
_SPACES = re.compile(f"[ {_OTHER_SPACE}]{{2,}}|[{_OTHER_SPACE}]")


def tidy(text: str) -> str:
    """Return a text without what cannot be seen, any white space as one ordinary space.

    Where no line may break is the site's to know (home.typography).
    """
    if text.isascii():
        return _SPACES.sub(" ", text)
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).replace("\uf0b7", "•")


_UNCOUNTED = re.compile(
    "[\\s\u00ad\u0085\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x1f\x7f-\x9f]+"
)


def visible(text: str) -> str:
    """Return the characters of a text that count: no white space, nothing invisible, each plain.

    A superscript two counts as a two (compatibility decomposition of Unicode).
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _UNCOUNTED.sub("", "".join(text.split()))  # most of it goes faster so


_TAG = re.compile(r"<[^<>]*>")


def plain(html: str) -> str:
    """Return the text of HTML that this package wrote (or nh3): well-formed, without scripts."""
    return entities.unescape(_TAG.sub("", html)) if "<" in html or "&" in html else html
