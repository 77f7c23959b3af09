"""Words that are none: keys struck at random, the same letters again and again, no vowel.

Latvian keyboards have the letters of QWERTY in its places; Russian ones have their own rows.
"""

import re
from functools import lru_cache

from .languages import fold

# How likely a letter follows another (rows: a space, a to z; so the columns): 9 + log2 of the
# probability, at least 0. Counted over the Latvian and English words of the demo content, folded;
# no word more than five times (`benchmarks/wordpress_corpus.py --letters` prints it anew).
FOLLOWING = """
054554333535445360565354012 603450130545645040666440022 070006000620513510542600020
460307005703300600325400020 761036020700221500440421036 641453240435456040665031312
550006500630400700505400010 670006004600402500553500020 662007000500223700325200030
634447240044536420455040004 380005000500000500040700000 570025000500513600465600000
570056120703420540254530040 774007020610032440051500000 660446350501112600056420000
533441230344556440655544000 470015002702530530644420001 222222222222222222222922222
563237030604243520154531032 860205002504222430036321010 662006014701112500552522031
733343030214465040665020004 370017000720100530130400000 660307006600205600450000000
551517111511111161117111111 803135000300210420062001000 551047030702343350343450001
"""
ALPHABET = " abcdefghijklmnopqrstuvwxyz"
LIKELIHOOD = {
    first + second: int(digit)
    for first, row in zip(ALPHABET, FOLLOWING.split(), strict=True)
    for second, digit in zip(ALPHABET, row, strict=True)
}
ROWS = fold("qwertyuiop asdfghjkl zxcvbnm йцукенгшщзхъ фывапролджэ ячсмитьбю").split()
NEIGHBOURS = {
    pair
    for row in ROWS
    for first, second in zip(row, row[1:], strict=False)
    for pair in (first + second, second + first)
}
FIRST_KEYS = {keys for row in ROWS for keys in (row[:3], row[2::-1])}
VOWELS = re.compile("[aeiouyаеиоуыэюяёіїє]")
REPEATED = re.compile(r"(.{1,4}?)\1{2,}.{0,3}")
DOUBLED = re.compile(r"(.{3,4})\1")
ONE_KEY = re.compile(r"(.)\1{3}|^([abd-hj-lnp-vyz])\2\2")  # XXX and www are something
WITHOUT_VOWELS = {"plkst", "html", "http", "https", "xhtml", "hmmm", "psst"}
MARKED = re.compile("[āčēģīķļņōŗšūž]")
DIGITS_IN_ORDER = re.compile(r"0*(?:123(?:4(?:5(?:6(?:7(?:8(?:90?)?)?)?)?)?)?|(\d)\1{2,})")

SHORTEST = 3  # letters of a word of which anything can be said
ABBREVIATION = 6  # letters of the longest
LIKELY = 3.6  # of 9: below are one in a thousand words of the demo content, abbreviations
FEW_LETTERS = 3  # different ones in a word of MANY letters: "asdasdsadsadasd"
MANY = 8
MOSTLY = 0.75  # share of neighbours on the keyboard, or of letters with diacritics, of no word


@lru_cache(maxsize=4096)
def nonsense(word: str) -> str:
    """Return the code of why a word, as it is written, is none: "mashing", "no_vowels", or ""."""
    folded = fold(word)
    if len(folded) < SHORTEST:
        return ""
    if _is_played(word.lower(), folded):
        return "mashing"
    if word.isupper() and len(word) <= ABBREVIATION:
        return ""
    if not VOWELS.search(folded):  # of three: "pdf", "plk"
        return "no_vowels" if len(folded) > SHORTEST and folded not in WITHOUT_VOWELS else ""
    if len(folded) > SHORTEST and folded.isascii() and _likelihood(folded) < LIKELY:
        return "mashing"
    return ""


def is_counting(number: str) -> bool:
    """Return whether digits are only those that come first on the keyboard: 123, 1111."""
    return bool(DIGITS_IN_ORDER.fullmatch(number))


def _is_played(word, folded) -> bool:
    pairs = [folded[place : place + 2] for place in range(len(folded) - 1)]
    beside = sum(pair in NEIGHBOURS for pair in pairs)
    if folded in FIRST_KEYS or (not VOWELS.search(folded) and beside == len(pairs)):
        return True
    return bool(
        ONE_KEY.search(folded)
        or (len(folded) >= 6 and REPEATED.fullmatch(folded))
        or (len(folded) >= 6 and DOUBLED.fullmatch(folded) and beside)
        or (len(folded) >= MANY and len(set(folded)) <= FEW_LETTERS)
        or (len(set(folded)) >= 4 and beside == len(pairs))
        or (len(pairs) >= 4 and beside >= MOSTLY * len(pairs))
        or (len(word) >= 6 and len(MARKED.findall(word)) >= MOSTLY * len(word))
    )


def _likelihood(folded) -> float:
    framed = f" {folded} "
    pairs = [framed[place : place + 2] for place in range(len(framed) - 1)]
    return sum(LIKELIHOOD.get(pair, 0) for pair in pairs) / len(pairs)
