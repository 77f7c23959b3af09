"""What answers a query as strictly as it is asked: how many of which kind, and which, best first.

Written in Django's terms for every database; PostgreSQL has a way of its own, which does it all in
one statement (see ``search.postgresql_found``).
"""

from functools import cached_property
from importlib import import_module
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, F
from django.db.models.functions import ExtractYear
from modelsearch.query import SearchQuery

from .models import SearchDocument


class Group(NamedTuple):
    """How many of the documents found are alike in all that facets ask for."""

    kind: str
    year: int | None
    topics: dict[str, str]
    number: int


class Found:
    """The documents that answer a query in some languages.

    Those come first that were not found by a stricter query, ``before``; it holds fewer than are
    shown. ``filters`` (``kind``, ``topic``, ``year``) concern which are found, not the groups.
    """

    def __init__(
        self,
        query: SearchQuery,
        languages: tuple[str, ...],
        filters: dict,
        newest_first: bool = False,
        before: "Found | None" = None,
    ):
        self.query, self.languages, self.filters = query, languages, filters
        self.newest_first, self.before = newest_first, before

    @cached_property
    def groups(self) -> list[Group]:
        found = self._documents().search(self.query, order_by_relevance=False).get_queryset()
        groups = found.order_by().values_list("kind", ExtractYear("date"), "topics")
        return [Group(*group) for group in groups.annotate(number=Count("pk"))]

    def keys(self, first: int, last: int) -> list[int]:
        """Return the keys of the documents from ``first`` to ``last``, without those before."""
        documents = self._filtered()
        if self.before:
            documents = documents.exclude(pk__in=self.before.known)
        return self._keys(self._ranked(documents)[first:last])

    @cached_property
    def known(self) -> list[int]:
        """The keys of all, those before as well: a looser query finds again what a stricter did."""
        return self._keys(self._ranked(self._filtered()))

    def _keys(self, found):
        return list(found.get_queryset().values_list("pk", flat=True))

    def _documents(self):
        return SearchDocument.objects.filter(language__in=self.languages)

    def _filtered(self):
        documents = self._documents()
        if "kind" in self.filters:
            documents = documents.filter(kind=self.filters["kind"])
        if "year" in self.filters:
            documents = documents.filter(date__year=self.filters["year"])
        if "topic" in self.filters:
            documents = documents.filter(topics__has_key=self.filters["topic"])
        return documents

    def _ranked(self, documents):
        if not self.newest_first:
            return documents.search(self.query)
        by_date = documents.order_by(F("date").desc(nulls_last=True), "-id")
        return by_date.search(self.query, order_by_relevance=False)


def find(*arguments, **options) -> Found:
    """Return what is found, in the way of the site's database."""
    if connection.vendor == "postgresql":
        return import_module("search.postgresql_found").Found(*arguments, **options)
    return Found(*arguments, **options)
