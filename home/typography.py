"""Typography of what editors write, when it is shown; what is stored stays as it was typed.

Quotation marks: straight ones become those of the language, at any depth of mark-up. Spaces that no
line may break at: between a number and what it counts, after ordinals, initials and abbreviations,
before a dash (rules of Latvian and English book setting). Hyphens between numbers are left alone:
they may be part of a reference or a telephone number.
"""

import re

QUOTES = {"lv": "„“", "en": "“”"}

UNITS = (
    "%|‰|°C|€|EUR|km²?|ha|m²?|m³|cm|mm|kg|t|kWh|MWh|MW|GB|MB|kB|"
    "milj\\.|mljrd\\.|miljon\\w*|miljard\\w*|tūkst\\.|million|billion|per cent|"
    "gad[sauiāo]\\w*|lpp\\.|pant[sau]\\w*|punkt[sau]\\w*"
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# What binds the number after it.
BEFORE_NUMBERS = ("Nr.", "nr.", "No.", "plkst.", "tālr.", "lpp.", "apm.", "pp.", "Art.", "EUR", "§")

BINDING = re.compile(
    "[ ](?:"
    r"(?<=\d\.[ ])(?=[a-zāčēģīķļņšūž])"  # 16. novembris, 5. pants, 2022. gada
    r"|(?:(?<=\b\d\.[ ])|(?<=\b\d\d\.[ ]))(?=[A-ZĀČĒĢĪĶĻŅŠŪŽ])"  # 7. Eiropas konference
    rf"|(?<=\d[ ])(?=(?:{UNITS})(?!\w))"  # 12 %, 20 km, 3 gadi
    rf"|(?<=\d[ ])(?=(?:{MONTHS})\b)"  # 16 November
    r"|(?<=\d[ ])(?=\d{3}(?!\d))"  # 10 000
    rf"|(?:{'|'.join(rf'(?<={re.escape(word)}[ ])' for word in BEFORE_NUMBERS)})(?=\d)"
    r"|(?<=\b[A-ZĀČĒĢĪĶĻŅŠŪŽ]\.[ ])(?=[A-ZĀČĒĢĪĶĻŅŠŪŽ])"  # J. Bērziņš
    r"|(?<=\b[ut]\.[ ])(?=(?:c|i|tml|sk)\.)"  # u. c., t. i.
    r"|(?<=\b[aI][ ])(?=\w)"  # a council
    r"|(?=[–—][ ])"  # before a dash
    ")"
)
HYPHEN_AS_DASH = re.compile(r"(?<=[\w.,)”“%]) -(?= )")
APOSTROPHE = re.compile(r"(?<=[^\W\d_])(?:'|&#x27;|&#39;)(?=[^\W\d_])")
QUOTE = re.compile(r'"|&quot;|&#34;|[„“”]')
ATTRIBUTES = r"""[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*"""
VERBATIM = re.compile(
    r"<!--.*?-->|<(code|kbd|pre|samp|script|style|textarea)\b.*?</\1>"
    rf"|</?[a-z]{ATTRIBUTES}>"
    r"|\b(?:https?://|www\.)[^\s<>\"„“”]+",
    re.DOTALL | re.IGNORECASE,
)
BLOCK = re.compile(r"</?(?:blockquote|br|dd|div|dt|figcaption|h\d|hr|li|ol|p|t[dhr]|ul)\b")
OPENS_AFTER = frozenset(" \n\t\N{NO-BREAK SPACE}([{–—-/")


def typeset(html: str, language: str) -> str:
    """Return HTML with its text set by the rules of ``language`` ("lv" or "en").

    Tags, attributes, addresses and code are left as they are.
    """
    quotes = _Quotes(language)
    parts, position = [], 0
    for match in VERBATIM.finditer(html):
        parts += quotes.set(_bind(html[position : match.start()])), match[0]
        position = match.end()
        if BLOCK.match(match[0]):
            quotes.start_anew()
    parts.append(quotes.set(_bind(html[position:])))
    return "".join(parts)


def _bind(text: str) -> str:
    if "'" in text or "&#" in text:
        text = APOSTROPHE.sub("’", text)
    if " -" in text:
        text = HYPHEN_AS_DASH.sub(" –", text)
    return BINDING.sub("\N{NO-BREAK SPACE}", text)


class _Quotes:
    """Sets the quotation marks of a text, part by part; in each paragraph they start anew."""

    def __init__(self, language):
        self.opening, self.closing = QUOTES[language]
        self.start_anew()

    def start_anew(self):
        self.before = " "  # the character before the part
        self.depth = 0  # how many quotations are open

    def set(self, text: str) -> str:
        if QUOTE.search(text):
            self.end_of_last = None
            text = QUOTE.sub(self._mark, text)
        self.before = text[-1:] or self.before
        return text

    def _mark(self, match) -> str:
        if match.start() == self.end_of_last:
            before = self.last
        else:
            before = match.string[match.start() - 1] if match.start() else self.before
        self.last, self.end_of_last = self._set_mark(match, before), match.end()
        return self.last

    def _set_mark(self, match, before) -> str:
        mark, text = match[0], match.string
        opens = before in OPENS_AFTER
        if mark == "„" or (mark == "”" and opens):  # certain, or a riddle
            self.depth += mark == "„"
            return mark
        is_nested = before in ("„", "“") and before != self.closing
        if mark == "“":  # opens in English, closes in Latvian
            opens = opens or (is_nested and self.opening == mark)
        elif mark != "”":  # straight
            opens = opens or is_nested
            is_last = text[match.end() : match.end() + 1].isspace()
            if (opens and is_last) or (before.isdigit() and not self.depth):  # alone, or 5"
                return mark
        self.depth = self.depth + 1 if opens else max(0, self.depth - 1)
        return self.opening if opens else self.closing
