"""The search backend for SQLite (FTS5).

Terms are letters and digits alone, so the quotes around them can't be broken out of.
"""

from django.db.models import F, FloatField, OuterRef, Subquery, Value
from modelsearch.backends.database.sqlite import sqlite
from modelsearch.backends.database.sqlite.query import (
    BM25,
    MatchExpression,
    SearchQueryCombinable,
    SearchQueryField,
    SQLiteFTSIndexEntry,
)
from modelsearch.query import And, Or, Phrase, PlainText
from modelsearch.utils import get_descendants_content_types_pks

from .backend import (
    AnalysingIndexer,
    PlainIndex,
    ScoringCompiler,
    exact_phrase,
    is_between,
    prefixes,
    word_groups,
)


class Indexer(AnalysingIndexer, sqlite.ObjectIndexer):
    def places(self, field, terms, exact):
        """FTS5 weighs columns, not fields: what stands between title and body is said twice."""
        times = 2 if is_between(field) else 1
        yield field, " ".join([terms, exact] * times)


sqlite.ObjectIndexer = Indexer  # where its ``add_items`` looks


class Index(PlainIndex, sqlite.SQLiteIndex):
    pass


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


class AnalysingCompiler(ScoringCompiler):
    BEST_IS_HIGHEST = False  # as FTS5 has it

    def search(self, config, start, stop, score_field=None):
        """Do as the stock compiler does, but read the index by the words asked for.

        Beside a filter by content type SQLite reads all entries of the type and looks each up.
        """
        if not isinstance(self.query, PlainText | Phrase | And | Or):
            return super().search(config, start, stop, score_field)
        match = MatchExpression(self.FTS_TABLE_FIELDS, self.build_search_query_content(self.query))
        types = get_descendants_content_types_pks(self.queryset.model)
        entries = SQLiteFTSIndexEntry.objects.filter(match).annotate(
            content_type=F("index_entry__content_type_id") + 0,  # no index on a sum
            object_id=F("index_entry__object_id"),
        )
        found = entries.filter(content_type__in=types).values("object_id")
        queryset = self.queryset.filter(pk__in=found)
        entry = entries.filter(index_entry__content_type__in=types, object_id=OuterRef("pk"))
        score = Subquery(entry.values(score=WeightedBM25())[:1], output_field=FloatField())
        return self.in_order(queryset, score, start, stop, score_field)

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


class Compiler(AnalysingCompiler, sqlite.SQLiteSearchQueryCompiler):
    pass


class AutocompleteCompiler(AnalysingCompiler, sqlite.SQLiteAutocompleteQueryCompiler):
    pass


class Backend(sqlite.SQLiteSearchBackend):
    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
