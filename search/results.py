"""Finding documents: ranking, filters, facets and snippets."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from . import analysis
from .models import SearchDocument

MOST_CANDIDATES = 1000  # further ones are not counted, listed or offered as facets
ENOUGH = 20  # with so many documents that have all words, those with some are left out
SNIPPET_BEFORE, SNIPPET_LENGTH = 60, 240  # characters


@dataclass(frozen=True)
class Candidate:
    """What facets and order need of a document found."""

    pk: int
    kind: str
    year: int | None
    topics: tuple[str, ...]


class Results:
    """The documents that answer a query, with filters; read when asked.

    ``filters`` may hold ``kind``, ``topic`` (a slug) and ``year``; facets are counted over the
    documents that pass the other filters.
    """

    def __init__(self, query, filters=None, newest_first=False):
        self.query = query
        self.filters = {key: value for key, value in (filters or {}).items() if value}
        self.newest_first = newest_first

    @cached_property
    def candidates(self) -> list[Candidate]:
        """The documents found, best first, without filters."""
        if not self.query:
            return []
        found = self._search(self.query.of_all())
        if len(found) < ENOUGH and len(self.query.words) > 1:
            known = {candidate.pk for candidate in found}
            found += [c for c in self._search(self.query.of_any()) if c.pk not in known]
        if self.newest_first:
            found.sort(key=lambda candidate: candidate.year or 0, reverse=True)
        return found

    def _search(self, query) -> list[Candidate]:
        documents = SearchDocument.objects.filter(language=self.query.language).only(
            "kind", "date", "topics"
        )
        return [
            Candidate(
                document.pk,
                document.kind,
                document.date.year if document.date else None,
                tuple(document.topics),
            )
            for document in documents.search(query)[:MOST_CANDIDATES]
        ]

    def _passes(self, candidate, but=None) -> bool:
        filters = {key: value for key, value in self.filters.items() if key != but}
        return (
            filters.get("kind", candidate.kind) == candidate.kind
            and ("topic" not in filters or filters["topic"] in candidate.topics)
            and filters.get("year", candidate.year) == candidate.year
        )

    @cached_property
    def keys(self) -> list[int]:
        """The keys of the documents that pass the filters, best first; a paginator slices it."""
        return [candidate.pk for candidate in self.candidates if self._passes(candidate)]

    @cached_property
    def facets(self) -> dict[str, list[tuple]]:
        """``{"kind"|"topic"|"year": [(value, count), …]}``, the most frequent first."""
        values = {
            "kind": lambda candidate: [candidate.kind],
            "topic": lambda candidate: candidate.topics,
            "year": lambda candidate: [candidate.year] if candidate.year else [],
        }
        facets = {
            name: Counter(
                value
                for candidate in self.candidates
                if self._passes(candidate, but=name)
                for value in values_of(candidate)
            ).most_common()
            for name, values_of in values.items()
        }
        facets["year"].sort(reverse=True)
        return facets

    def documents(self, keys) -> list[SearchDocument]:
        """Return the documents with the given keys, in that order, with their pages."""
        found = SearchDocument.objects.select_related("page").in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def snippet(self, document) -> SafeString:
        """Return the part of a document's text around the first hit, the hits marked."""
        text = document.text or document.summary
        hits = self._hits(text)
        if not hits and document.summary:
            text, hits = document.summary, self._hits(document.summary)
        start = max(hits[0][0] - SNIPPET_BEFORE, 0) if hits else 0
        if start:
            start = text.find(" ", start) + 1
        end = min(start + SNIPPET_LENGTH, len(text))
        if end < len(text):
            end = max(text.rfind(" ", start, end), start + 1)
        return self._mark(text, hits, start, end)

    def marked_title(self, document) -> SafeString:
        return self._mark(document.title, self._hits(document.title), 0, len(document.title))

    def _hits(self, text) -> list[tuple[int, int]]:
        terms = self.query.terms
        return [
            (token.start, token.end)
            for token in analysis.tokenise(text)
            if not terms.isdisjoint(analysis.terms(token.word, self.query.language))
        ]

    @staticmethod
    def _mark(text, hits, start, end) -> SafeString:
        parts, position = ["… " if start else ""], start
        for hit_start, hit_end in hits:
            if hit_start < position or hit_end > end:
                continue
            parts += [escape(text[position:hit_start]), "<mark>"]
            parts += [escape(text[hit_start:hit_end]), "</mark>"]
            position = hit_end
        parts += [escape(text[position:end]), " …" if end < len(text) else ""]
        return mark_safe("".join(parts))  # noqa: S308 (every part is escaped above)
