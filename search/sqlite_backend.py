"""The search backend for SQLite (FTS5).

Terms are letters and digits alone, so the quotes around them can't be broken out of.
"""

from django.db.models import Value
from modelsearch.backends.database.sqlite import sqlite
from modelsearch.backends.database.sqlite.query import (
    BM25,
    SearchQueryCombinable,
    SearchQueryField,
    SQLiteFTSIndexEntry,
)
from modelsearch.query import Phrase, PlainText

from .backend import analyse_in, exact_phrase, prefixes, word_groups

analyse_in(sqlite)


class MatchText(SearchQueryCombinable, Value):
    """An FTS5 expression, written out, that keeps its parentheses when combined."""

    def __init__(self, value):
        super().__init__(value, output_field=SearchQueryField())

    def as_sql(self, compiler, connection):
        return "%s", [self.value]

    def _combine(self, other, connector, reversed=False, node=None):
        left, right = (other, self) if reversed else (self, other)
        return MatchText(f"({left.value}) {connector} ({right.value})")


class WeightedBM25(BM25):
    """FTS5's rank with a weight a column: autocomplete, body, title. Stock weighs all the same."""

    def as_sql(self, compiler, connection, function=None, template=None):
        return f"bm25({SQLiteFTSIndexEntry._meta.db_table}, 0, 1, 4)", []


class AnalysingSQLiteCompiler:
    def build_tsrank(self, vector, query, config=None, boost=1.0):
        return WeightedBM25()

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


class Backend(sqlite.SQLiteSearchBackend):
    query_compiler_class = SQLiteCompiler
    autocomplete_query_compiler_class = SQLiteAutocompleteCompiler
