"""Which terms of the glossary a text contains, in any inflected form.

Words are compared as the search does (``search.analysis``), and by their dictionary forms where
both have one: "domes" is a form of "dome", not of "doma", though the two share a stem.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from search import analysis

from .models import Term

LANGUAGE = analysis.LATVIAN  # the source of all translations
# From this length on, two dictionary forms with one stem are a man and a woman ("izpilddirektors",
# "izpilddirektore"); shorter ones are often different words ("doms", "dome").
LONG_LEMMA = 7


class Word(NamedTuple):
    """What a word is recognised by."""

    terms: frozenset[str]
    lemmas: frozenset[str]

    @classmethod
    def of(cls, word: str) -> "Word":
        """Return the signs of a word in lower case."""
        lemmas = () if any(map(str.isdigit, word)) else analysis.lemmas_of(word)
        return cls(frozenset(analysis.terms(word, LANGUAGE)), frozenset(lemmas))

    def is_form_of(self, other: "Word") -> bool:
        """Tell whether two words are forms of one, as far as a dictionary can tell."""
        if not self.terms & other.terms:
            return False
        if not (self.lemmas and other.lemmas) or self.lemmas & other.lemmas:
            return True
        return any(map(_is_long, self.lemmas)) and any(map(_is_long, other.lemmas))


def _is_long(lemma):
    return len(lemma) >= LONG_LEMMA


class Glossary:
    """All terms, ready to be looked up: made once for a request, in one query."""

    def __init__(self, terms: Iterable[Term] | None = None):
        self._by_first = defaultdict(list)
        for term in Term.objects.all() if terms is None else terms:
            words = [Word.of(token.word) for token in analysis.tokenise(term.source)]
            for sign in words[0].terms if words else ():
                self._by_first[sign].append((words, term))

    def terms_in(self, text: str) -> list[Term]:
        """Return the terms that a plain text contains, in its order, each once.

        Of terms within each other ("valde", "valdes loceklis") the longest counts.
        """
        words = [Word.of(token.word) for token in analysis.tokenise(text)] if self._by_first else []
        found, place = {}, 0
        while place < len(words):
            length, terms = self._longest_at(words, place)
            found |= {term.pk: term for term in terms}
            place += length or 1
        return list(found.values())

    def _longest_at(self, words, place) -> tuple[int, list[Term]]:
        candidates = {
            term.pk: (len(signs), term)
            for sign in words[place].terms
            for signs, term in self._by_first.get(sign, ())
            if _stands_at(signs, words, place)
        }
        longest = max((length for length, _term in candidates.values()), default=0)
        return longest, [term for length, term in candidates.values() if length == longest]


def _stands_at(signs, words, place):
    there = words[place : place + len(signs)]
    return len(there) == len(signs) and all(
        word.is_form_of(sign) for word, sign in zip(there, signs, strict=True)
    )
