"""What a visitor asks: words and phrases in quotes, understood and corrected."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import combinations

from modelsearch.query import And, Or, Phrase, SearchQuery

from . import analysis
from .backend import Words
from .correction import corrections, likelier

LONGEST_QUERY = 200  # characters; the rest of what was sent is ignored
MOST_WORDS = 12
PHRASE = re.compile(r'["„“”«]([^"„“”«»]*)["“”»]')


def clean(text: str) -> str:
    """Return a query without control characters, spaces in a row and what is too long."""
    printable = "".join(char if char.isprintable() else " " for char in text[: 4 * LONGEST_QUERY])
    return " ".join(printable.split())[:LONGEST_QUERY].strip()


class Query:
    """A query for documents in some languages, the visitor's first.

    ``is_exact`` takes the words as they were typed: no diacritics restored, no errors mended.
    """

    def __init__(self, text: str, languages: tuple[str, ...], is_exact: bool = False):
        self.text, self.languages, self.is_exact = text, languages, is_exact

    @property
    def language(self) -> str:
        """The visitor's language."""
        return self.languages[0]

    @cached_property
    def phrases(self) -> list[list[str]]:
        phrases = ([t.word for t in analysis.tokenise(m[1])] for m in PHRASE.finditer(self.text))
        return [phrase for phrase in phrases if phrase]

    @cached_property
    def typed(self) -> list[str]:
        """The words outside quotes, as they were typed."""
        words = (token.word for token in analysis.tokenise(PHRASE.sub(" ", self.text)))
        return list(dict.fromkeys(words))[:MOST_WORDS]

    @cached_property
    def corrections(self) -> dict[str, str]:
        """The words that are answered in another spelling, with that spelling."""
        return {} if self.is_exact else corrections(self.typed, self.languages)

    @cached_property
    def words(self) -> list[str]:
        """The words outside quotes, corrected."""
        return list(dict.fromkeys(self.corrections.get(word, word) for word in self.typed))

    def __bool__(self):
        return bool(self.typed or self.phrases)

    @property
    def understood(self) -> str:
        """The query as it is answered, to be shown and linked to."""
        return self._spelled(self.corrections)

    @cached_property
    def alternative(self) -> str:
        """Another spelling that may have been meant, or nothing; for queries with few results."""
        words = [*self.typed, *(word for phrase in self.phrases for word in phrase)]
        unknown = corrections(words, self.languages)
        other = self._spelled(likelier(words, self.languages[0]) | unknown)
        return "" if other.lower() == self.understood.lower() else other

    def _spelled(self, spellings) -> str:
        parts, position = [], 0
        for token in analysis.tokenise(self.text):
            parts += [self.text[position : token.start], spellings.get(token.word, "")]
            position = token.start if token.word not in spellings else token.end
        return "".join([*parts, self.text[position:]])

    def levels(self) -> Iterator[SearchQuery]:
        """Yield what to search for, ever looser: all words, most of them, any.

        Phrases always hold.
        """
        number = len(self.words)
        phrases = [Phrase(" ".join(phrase)) for phrase in self.phrases]
        for size in sorted({number, number - 1, 2, 1} & set(range(1, number + 1)), reverse=True):
            yield _joined(And, [*self._choices(size), *phrases])
        if not number:
            yield _joined(And, phrases)

    def _choices(self, size) -> list[SearchQuery]:
        """Return the query for documents with any ``size`` of the words."""
        words = [Words(word, self.languages) for word in self.words]
        if size == len(words):
            return words
        return [_joined(Or, [_joined(And, choice) for choice in combinations(words, size)])]

    def terms(self, language: str) -> frozenset[str]:
        """Return the terms of all words and phrases, for marking them in a text."""
        words = [*self.words, *(word for phrase in self.phrases for word in phrase)]
        return frozenset(term for word in words for term in analysis.terms(word, language))


def _joined(operator, queries) -> SearchQuery:
    queries = list(queries)
    return queries[0] if len(queries) == 1 else operator(queries)
