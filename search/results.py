"""Finding documents: ranking, filters, facets and snippets."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from . import analysis
from .found import Found, find
from .models import SearchDocument

MOST_SHOWN = 1000  # further results are counted, not shown
ENOUGH = 20  # with so many documents that have all words, those with some are left out
SNIPPET_BEFORE, SNIPPET_LENGTH = 60, 240  # characters
WORDS_TO_READ = 50_000  # of a text, for its first hit


class Results:
    """The documents that answer a query, best first: a sequence, read when asked.

    ``filters`` may hold ``kind``, ``topic`` (a slug) and ``year``. With ``newest_first`` they come
    by date, those alone that answer the query as strictly as any does.
    """

    def __init__(self, query, filters=None, newest_first=False):
        self.query = query
        self.filters = {key: value for key, value in (filters or {}).items() if value}
        self.newest_first = newest_first

    @cached_property
    def _levels(self) -> list[Found]:
        """What was found, from strict to loose.

        A looser one finds again what the stricter ones did.
        """
        levels = []
        for query in self.query.levels() if self.query else ():
            before = levels[-1] if levels and not self.newest_first else None
            found = find(query, self.query.languages, self.filters, self.newest_first, before)
            levels.append(found)
            number = sum(group.number for group in found.groups)
            if number >= ENOUGH or (number and self.newest_first):
                break
        return levels[-1:] if self.newest_first else levels

    @cached_property
    def total(self) -> int:
        """How many documents answer the query and pass the filters."""
        return self._number(self._levels[-1].groups) if self._levels else 0

    def _number(self, groups) -> int:
        return sum(group.number for group in groups if self._passes(group))

    def _passes(self, group, but=None) -> bool:
        if not self.filters:
            return True
        filters = {key: value for key, value in self.filters.items() if key != but}
        return (
            filters.get("kind", group.kind) == group.kind
            and ("topic" not in filters or filters["topic"] in group.topics)
            and filters.get("year", group.year) == group.year
        )

    @property
    def is_capped(self) -> bool:
        """Tell whether there are more results than can be shown."""
        return self.total > MOST_SHOWN

    def __len__(self):
        return min(self.total, MOST_SHOWN)

    def __getitem__(self, part: slice) -> list[SearchDocument]:
        keys = self._keys(part.start or 0, min(part.stop, len(self)))
        found = SearchDocument.objects.filter(page__live=True).select_related("page")
        found = found.only(*SearchDocument.SHOWN, "page__title", "page__url_path").in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def places(self) -> list[tuple[int, str]]:
        """Return where the results stand: the key of the page and the suffix, best first."""
        keys = self._keys(0, len(self))
        documents = SearchDocument.objects.filter(pk__in=keys)
        places = {key: place for key, *place in documents.values_list("pk", "page_id", "suffix")}
        return [tuple(places[key]) for key in keys if key in places]

    def _keys(self, start, stop) -> list[int]:
        """Return the keys of the results from ``start`` to ``stop``.

        A filter that no document passes is not asked of the database, whatever stands in it.
        """
        keys, before = [], 0
        if start >= stop:
            return keys
        for found in self._levels:
            number = self._number(found.groups)
            if start < number and stop > before:
                keys += found.keys(max(start - before, 0), min(stop, number) - before)
            before = number
        return keys

    @cached_property
    def facets(self) -> dict[str, list[tuple]]:
        """Counts of the documents that pass the other filters, the most frequent first.

        Of equally frequent values the order is theirs, not the database's.

        ``{"kind": [(kind, count)], "topic": [(slug, name, count)], "year": [(year, count)]}``
        """
        groups = self._levels[-1].groups if self._levels else []
        counts = {"kind": Counter(), "topic": Counter(), "year": Counter()}
        for group in groups:
            if self._passes(group, but="kind"):
                counts["kind"][group.kind] += group.number
            if self._passes(group, but="topic"):
                for topic in group.topics.items():
                    counts["topic"][topic] += group.number
            if group.year and self._passes(group, but="year"):
                counts["year"][group.year] += group.number
        topics = _most_frequent(counts["topic"])
        return {
            "kind": _most_frequent(counts["kind"]),
            "topic": [(slug, name, number) for (slug, name), number in topics],
            "year": sorted(counts["year"].items(), reverse=True),
        }

    def snippet(self, document) -> SafeString:
        """Return the part of a document's text around the first hit, the hits marked."""
        text = document.text or document.summary
        hits = self._first_hits(text, document.language)
        if not hits and document.summary:
            text, hits = document.summary, self._first_hits(document.summary, document.language)
        start = max(hits[0][0] - SNIPPET_BEFORE, 0) if hits else 0
        if start:
            start = text.find(" ", start) + 1
        end = min(start + SNIPPET_LENGTH, len(text))
        if end < len(text):
            end = max(text.rfind(" ", start, end), start + 1)
        return _mark(text, hits, start, end)

    def marked_title(self, document) -> SafeString:
        heading = document.heading
        hits = self._hits(heading, document.language)
        return _mark(heading, list(hits), 0, len(heading))

    def _first_hits(self, text, language) -> list[tuple[int, int]]:
        """Return where hits stand, from the first as far as a snippet goes."""
        hits = self._hits(text, language)
        first = next(hits, None)
        if first is None:
            return []
        rest = text[first[1] : first[0] + SNIPPET_LENGTH]
        return [first, *((s + first[1], e + first[1]) for s, e in self._hits(rest, language))]

    def _hits(self, text, language) -> Iterator[tuple[int, int]]:
        terms = self.query.terms(language)
        for token in islice(analysis.tokenise(text), WORDS_TO_READ):
            if not terms.isdisjoint(analysis.terms(token.word, language)):
                yield token.start, token.end


def _most_frequent(counter) -> list[tuple]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))


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
