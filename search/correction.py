"""Restoring diacritics and mending typing errors, from the words that stand on the site."""

import time
from threading import Lock

from rapidfuzz import process
from rapidfuzz.distance import OSA

from . import analysis
from .backend import Words
from .models import SearchDocument, WordForm

SECONDS_TO_REMEMBER = 60  # a process reads a language's words again after that
SHORTEST_MENDED = 4  # letters; in shorter words one error makes another word


class Vocabulary:
    """The folded words of a language with their commonest form, as one process knows them."""

    def __init__(self, language):
        self.language = language
        self.read_at = time.monotonic()
        self.forms = {}
        rows = WordForm.objects.filter(language=language, documents__gt=0).order_by("documents")
        for folded, form, documents in rows.values_list("folded", "form", "documents"):
            self.forms[folded] = (form, documents)  # the commonest comes last and stays
        self.folded = [folded for folded in self.forms if len(folded) >= SHORTEST_MENDED]

    def restore(self, word: str) -> str | None:
        """Return the commonest form that differs from ``word`` in diacritics alone, or None."""
        form, _documents = self.forms.get(analysis.fold(word), (None, 0))
        return form

    def mend(self, word: str) -> str | None:
        """Return the nearest word: one letter off, two in words of eight letters or more."""
        if len(word) < SHORTEST_MENDED or not word.isalpha():
            return None
        folded = analysis.fold(word)
        near = process.extract(
            folded,
            self.folded,
            scorer=OSA.distance,
            score_cutoff=2 if len(folded) >= 8 else 1,
            limit=20,
        )
        if not near:
            return None
        # The nearest, then one that begins with the same letter, then the commonest.
        best = min(
            near,
            key=lambda match: (match[1], match[0][0] != folded[0], -self.forms[match[0]][1]),
        )
        return self.forms[best[0]][0]


_lock = Lock()
_vocabularies: dict[str, Vocabulary] = {}


def vocabulary(language: str) -> Vocabulary:
    """Return the words of a language, at most a minute old."""
    with _lock:
        known = _vocabularies.get(language)
        if known is None or time.monotonic() - known.read_at > SECONDS_TO_REMEMBER:
            known = _vocabularies[language] = Vocabulary(language)
        return known


def forget():
    """Read the words again when next asked (after a build; in tests)."""
    _vocabularies.clear()


def correct(word: str, language: str) -> str:
    """Return the word that the visitor most likely meant; the same when it is found as it is."""
    words = vocabulary(language)
    restored = words.restore(word)
    if restored:
        return restored if analysis.fold(word) == word else word
    if SearchDocument.objects.filter(language=language).search(Words(word, language))[:1]:
        return word  # in another form than those that stand on the site
    return words.mend(word) or word
