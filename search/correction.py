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
        self.forms, self.stems = {}, {}
        rows = WordForm.objects.filter(language=language, documents__gt=0).order_by("documents")
        for folded, stem, form, documents in rows.values_list(
            "folded", "stem", "form", "documents"
        ):
            self.forms[folded] = (form, documents)  # the commonest comes last and stays
            self.stems[stem] = (form, documents)
        self.long_forms = [folded for folded in self.forms if len(folded) >= SHORTEST_MENDED]
        self.long_stems = [stem for stem in self.stems if len(stem) >= SHORTEST_MENDED]

    def restore(self, word: str) -> str | None:
        """Return the commonest form that differs from ``word`` in diacritics alone, or None."""
        form, _documents = self.forms.get(analysis.fold(word), (None, 0))
        return form

    def mend(self, word: str) -> str | None:
        """Return the nearest word: one letter off, two in words of eight letters or more.

        The form that was meant may not stand on the site, so stems are compared as well.
        """
        if len(word) < SHORTEST_MENDED or not word.isalpha():
            return None
        stem = analysis.terms(word, self.language)[0]
        near = [
            *self._near(analysis.fold(word), self.long_forms, self.forms),
            *self._near(stem, self.long_stems, self.stems),
        ]
        return min(near)[-1] if near else None

    @staticmethod
    def _near(text, choices, words) -> list[tuple]:
        """Return the words near ``text``, to be sorted: distance, other initial, rarity, word."""
        matches = process.extract(
            text,
            choices,
            scorer=OSA.distance,
            score_cutoff=2 if len(text) >= 8 else 1,
            limit=20,
        )
        return [
            (distance, choice[0] != text[0], -words[choice][1], words[choice][0])
            for choice, distance, _index in matches
        ]


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
