"""What a visitor asks: words and phrases in quotes, understood and corrected."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from modelsearch.query import And, Phrase

from . import analysis
from .backend import Words
from .correction import correct

LONGEST_QUERY = 200  # characters; the rest of what was sent is ignored
MOST_WORDS = 12
PHRASE = re.compile(r'["„“”«]([^"„“”«»]*)["“”»]')


def clean(text: str) -> str:
    """Return a query without control characters, spaces in a row and what is too long."""
    printable = "".join(char if char.isprintable() else " " for char in text[: 4 * LONGEST_QUERY])
    return " ".join(printable.split())[:LONGEST_QUERY].strip()


@dataclass(frozen=True)
class Query:
    """A query in one language. ``is_exact`` takes the words as they were typed."""

    text: str
    language: str
    is_exact: bool = False
    corrections: dict[str, str] = field(default_factory=dict, compare=False)

    @cached_property
    def phrases(self) -> list[list[str]]:
        phrases = ([t.word for t in analysis.tokenise(m[1])] for m in PHRASE.finditer(self.text))
        return [phrase for phrase in phrases if phrase]

    @cached_property
    def words(self) -> list[str]:
        """The words outside quotes, corrected unless the visitor wants them as typed."""
        typed = [token.word for token in analysis.tokenise(PHRASE.sub(" ", self.text))]
        typed = list(dict.fromkeys(typed))[:MOST_WORDS]
        if self.is_exact:
            return typed
        words = [correct(word, self.language) for word in typed]
        self.corrections.update(
            {old: new for old, new in zip(typed, words, strict=True) if old != new}
        )
        return words

    def __bool__(self):
        return bool(self.words or self.phrases)

    @property
    def understood(self) -> str:
        """The query as it is answered, to be shown and linked to."""
        quoted = [f'"{" ".join(phrase)}"' for phrase in self.phrases]
        return " ".join([*self.words, *quoted])

    def of_all(self):
        """Return the query for documents that have every word and every phrase."""
        return self._with_phrases([Words(word, self.language) for word in self.words])

    def of_any(self):
        """Return the query for documents that have some of the words; phrases always hold."""
        words = [Words(" ".join(self.words), self.language, operator="or")] if self.words else []
        return self._with_phrases(words)

    def _with_phrases(self, parts):
        parts = [*parts, *(Phrase(" ".join(phrase)) for phrase in self.phrases)]
        return parts[0] if len(parts) == 1 else And(parts)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of all words and phrases, for marking them in a text."""
        words = [*self.words, *(word for phrase in self.phrases for word in phrase)]
        return frozenset(term for word in words for term in analysis.terms(word, self.language))
