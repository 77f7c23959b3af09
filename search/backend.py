"""Wagtail's database search backends, made to know Latvian: the same tables, analysed words.

The admin's own search goes through here as well. The hook points lie inside modelsearch, whose
version is pinned; tests/search/test_hook_points.py says which one has moved when they do.
"""

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Value
from modelsearch.backends.database.sqlite import sqlite
from modelsearch.backends.database.sqlite.query import SearchQueryCombinable, SearchQueryField
from modelsearch.index import AutocompleteField, RelatedFields
from modelsearch.query import Phrase, PlainText

from . import analysis

LANGUAGES = (analysis.LATVIAN, analysis.ENGLISH)


class Words(PlainText):
    """A query of words in a known language; plain queries (the admin's) are taken in both."""

    def __init__(self, query_string, language, operator="and"):
        super().__init__(query_string, operator=operator)
        self.language = language


def languages_of(obj) -> tuple[str, ...]:
    """Return the language of an object to be indexed; both for what has none (images, files)."""
    locale = getattr(obj, "locale", None)
    return (locale.language_code,) if locale else LANGUAGES


class AnalysingIndexer:
    """Mixed into modelsearch's ``ObjectIndexer``: hands on terms instead of text."""

    def prepare_field(self, obj, field):
        prepared = super().prepare_field(obj, field)
        if isinstance(field, RelatedFields):
            return prepared  # it comes here again with each field of the related objects
        analyse = self.analyse_prefixes if isinstance(field, AutocompleteField) else self.analyse
        return ((*rest, analyse(value)) for *rest, value in prepared)

    def analyse(self, value: str) -> str:
        texts = (analysis.index_terms(value, code) for code in languages_of(self.obj))
        return " ".join(texts)

    def analyse_prefixes(self, value: str) -> str:
        return " ".join(analysis.fold(token.word) for token in analysis.tokenise(value))


def word_groups(query: PlainText) -> list[list[str]]:
    """Return for each word of a query the terms of which any will do."""
    languages = (query.language,) if isinstance(query, Words) else LANGUAGES
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


# SQLite (FTS5). Terms are letters and digits alone, so quotes can't be broken out of.


class MatchText(SearchQueryCombinable, Value):
    """An FTS5 expression, written out, that keeps its parentheses when combined."""

    def __init__(self, value):
        super().__init__(value, output_field=SearchQueryField())

    def as_sql(self, compiler, connection):
        return "%s", [self.value]

    def _combine(self, other, connector, reversed=False, node=None):
        left, right = (other, self) if reversed else (self, other)
        return MatchText(f"({left.value}) {connector} ({right.value})")


class AnalysingSQLiteCompiler:
    def build_search_query_content(self, query, config=None):
        if isinstance(query, PlainText) and self.LAST_TERM_IS_PREFIX:
            parts = [f'"{prefix}"*' for prefix in prefixes(query)]
            return MatchText(" AND ".join(parts) or '""')
        if isinstance(query, PlainText):
            groups = [" OR ".join(f'"{term}"' for term in group) for group in word_groups(query)]
            operator = f" {query.operator.upper()} "
            return MatchText(operator.join(f"({group})" for group in groups) or '""')
        if isinstance(query, Phrase):
            return MatchText(f'"{" ".join(exact_phrase(query))}"')
        return super().build_search_query_content(query, config=config)


class SQLiteCompiler(AnalysingSQLiteCompiler, sqlite.SQLiteSearchQueryCompiler):
    pass


class SQLiteAutocompleteCompiler(AnalysingSQLiteCompiler, sqlite.SQLiteAutocompleteQueryCompiler):
    pass


class SQLiteBackend(sqlite.SQLiteSearchBackend):
    query_compiler_class = SQLiteCompiler
    autocomplete_query_compiler_class = SQLiteAutocompleteCompiler


def _sqlite_backend(params):
    _analyse_in(sqlite)
    return SQLiteBackend(params)


# PostgreSQL. The configuration "simple" leaves our terms as they are.


def _postgres_backend(params):
    from modelsearch.backends.database.postgres import postgres

    class AnalysingPostgresCompiler:
        def build_tsquery_content(self, query, config=None, invert=False):
            if isinstance(query, PlainText) and self.LAST_TERM_IS_PREFIX:
                text = " & ".join(f"'{prefix}':*" for prefix in prefixes(query))
            elif isinstance(query, PlainText):
                groups = [" | ".join(f"'{term}'" for term in group) for group in word_groups(query)]
                operator = " & " if query.operator == "and" else " | "
                text = operator.join(f"({group})" for group in groups)
            elif isinstance(query, Phrase):
                text = " <-> ".join(f"'{term}'" for term in exact_phrase(query))
            else:
                return super().build_tsquery_content(query, config=config, invert=invert)
            search_query = SearchQuery(text or "''", search_type="raw", config="simple")
            return ~search_query if invert else search_query

    class PostgresCompiler(AnalysingPostgresCompiler, postgres.PostgresSearchQueryCompiler):
        pass

    class PostgresAutocompleteCompiler(
        AnalysingPostgresCompiler, postgres.PostgresAutocompleteQueryCompiler
    ):
        pass

    class PostgresBackend(postgres.PostgresSearchBackend):
        query_compiler_class = PostgresCompiler
        autocomplete_query_compiler_class = PostgresAutocompleteCompiler

    _analyse_in(postgres)
    return PostgresBackend({"SEARCH_CONFIG": "simple", **params})


def _analyse_in(module):
    """Put our indexer where ``add_items`` of a backend's module looks for its own."""
    if not issubclass(module.ObjectIndexer, AnalysingIndexer):
        name = "AnalysingObjectIndexer"
        module.ObjectIndexer = type(name, (AnalysingIndexer, module.ObjectIndexer), {})


def SearchBackend(params):  # noqa: N802 (modelsearch's name for it)
    """Return the backend for the site's database, as ``wagtail.search.backends.database`` does."""
    makers = {"postgresql": _postgres_backend, "sqlite": _sqlite_backend}
    return makers[connection.vendor](params)
