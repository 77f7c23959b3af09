"""Wagtail's database search backends, made to know Latvian: the same tables, analysed words.

The admin's own search goes through here as well. The hook points lie inside modelsearch, whose
version is pinned; tests/search/test_hook_points.py says which one has moved when they do.
"""

from contextlib import contextmanager
from functools import cache
from importlib import import_module
from threading import local

from django.db import connection, transaction
from django.db.models import F
from modelsearch.index import AutocompleteField, RelatedFields
from modelsearch.query import Phrase, PlainText

from . import analysis
from .models import SearchDocument

_within = local()

LANGUAGES = (analysis.LATVIAN, analysis.ENGLISH)


class Words(PlainText):
    """A query of words in known languages; plain queries (the admin's) are taken in all."""

    def __init__(self, query_string, languages, operator="and"):
        super().__init__(query_string, operator=operator)
        self.languages = languages


def languages_of(obj) -> tuple[str, ...]:
    """Return the language of an object to be indexed; both for what has none (images, files)."""
    if isinstance(obj, SearchDocument):
        return (obj.language,)
    locale = getattr(obj, "locale", None)
    return (locale.language_code,) if locale else LANGUAGES


class AnalysingIndexer:
    """Mixed into modelsearch's ``ObjectIndexer``: hands on terms instead of text."""

    title_text = body_text = ""  # copies of the texts for PostgreSQL's fuzzy queries: not used here

    def __init__(self, obj, backend):
        super().__init__(obj, backend)
        # Stock asks for all fields three times: for the title, the rest, and autocompletion.
        self.terms = cache(self.terms)

    def prepare_field(self, obj, field):
        prepared = super().prepare_field(obj, field)
        if isinstance(field, RelatedFields):
            yield from prepared  # it comes here again with each field of the related objects
            return
        for _field, *rest, value in prepared:
            if isinstance(field, AutocompleteField):
                yield field, *rest, self.prefixes(value)
            else:
                yield from self.places(field, *self.terms(value))

    def places(self, field, terms: str, exact: str):
        """Yield what the backend's indexer does for a field, with the weight of its place."""
        raise NotImplementedError

    def terms(self, value: str) -> tuple[str, str]:
        terms = analysis.index_terms(value, *languages_of(self.obj))
        return terms, analysis.exact_terms(value)

    def prefixes(self, value: str) -> str:
        return " ".join(map(analysis.fold, analysis.words_of(value)))


def word_groups(query: PlainText) -> list[list[str]]:
    """Return for each word of a query the terms of which any will do."""
    languages = query.languages if isinstance(query, Words) else LANGUAGES
    groups = []
    for token in analysis.tokenise(query.query_string):
        terms = [term for code in languages for term in analysis.terms(token.word, code)]
        groups.append(list(dict.fromkeys([*terms, analysis.exact(token.word)])))
    return groups


def prefixes(query: PlainText) -> list[str]:
    """Return the folded words of a query that is still being typed."""
    return [analysis.fold(token.word) for token in analysis.tokenise(query.query_string)]


def exact_phrase(query: Phrase) -> list[str]:
    return [analysis.exact(token.word) for token in analysis.tokenise(query.query_string)]


class PlainIndex:
    """Mixed into modelsearch's index: short titles get no bonus.

    Stock computes the mean length of all titles after every save, which reads the whole table.
    """

    def _refresh_title_norms(self, full=False):
        pass


def is_between(field) -> bool:
    """Tell whether a field counts more than a body, and less than a title."""
    is_boosted = (getattr(field, "boost", None) or 1) > 1
    return is_boosted and field.field_name != "title"


class ScoringCompiler:
    """Mixed into modelsearch's compilers: what stock does with a query set of what was found."""

    BEST_IS_HIGHEST = True

    def in_order(self, queryset, score, start, stop, score_field=None):
        """Return the part of it asked for, scored where wanted, the best or the newest first."""
        name = score_field or "_score"
        if score_field or self.order_by_relevance:
            queryset = queryset.annotate(**{name: score})
        if self.order_by_relevance:
            best_first = F(name).desc() if self.BEST_IS_HIGHEST else F(name).asc()
            queryset = queryset.order_by(best_first, "-pk")
        elif not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]


@contextmanager
def by_index():
    """Have the database look words up rather than read all entries of the index.

    PostgreSQL's planner believes that a long vector, kept outside its row, costs nothing to read.
    For words that most documents have it is wrong by a factor of five. Within one block a further
    one does nothing: what belongs together shares a transaction.
    """
    if connection.vendor != "postgresql" or getattr(_within, "index", False):
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        _within.index = True
        try:
            yield
        finally:
            _within.index = False


def SearchBackend(params):  # noqa: N802 (modelsearch's name for it)
    """Return the backend for the site's database, as ``wagtail.search.backends.database`` does.

    Each can be imported on its own database alone.
    """
    return import_module(f"search.{connection.vendor}_backend").Backend(params)
