"""The search backend for PostgreSQL; nothing has to be installed on its server.

The configuration "simple" leaves our terms as they are. Terms are letters and digits alone, so the
quotes around them can't be broken out of.
"""

from django.contrib.postgres.search import SearchQuery, SearchRank
from modelsearch.backends.database.postgres import postgres
from modelsearch.query import Phrase, PlainText

from .backend import (
    AnalysingIndexer,
    PlainIndex,
    exact_phrase,
    is_between,
    prefixes,
    put_in_place,
    word_groups,
)

RANKED = 1000  # of more matches, those with a word in the title and the newest are ranked
TITLE, BETWEEN, EXACT, BODY = "ABCD"  # PostgreSQL's labels, and what they weigh from D to A:
WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"


class Indexer(AnalysingIndexer, postgres.ObjectIndexer):
    def places(self, field, terms, exact):
        """Label by place; modelsearch spreads the boosts of all models over the four labels."""
        if field.field_name == "title":
            yield field, TITLE, f"{terms} {exact}"
        elif is_between(field):
            yield field, BETWEEN, f"{terms} {exact}"
        else:
            yield field, BODY, terms
            yield field, EXACT, exact


put_in_place(postgres, Indexer)


class Index(PlainIndex, postgres.PostgresIndex):
    pass


class AnalysingCompiler:
    def build_tsquery_content(self, query, config=None, invert=False):
        if isinstance(query, PlainText) and self.LAST_TERM_IS_PREFIX:
            text = " & ".join(f"'{prefix}':*" for prefix in prefixes(query))
        elif isinstance(query, PlainText):
            groups = [_any_of(group) for group in word_groups(query)]
            operator = " & " if query.operator.lower() == "and" else " | "
            text = operator.join(f"({group})" for group in groups)
        elif isinstance(query, Phrase):
            text = " <-> ".join(f"'{term}'" for term in exact_phrase(query))
        else:
            return super().build_tsquery_content(query, config=config, invert=invert)
        search_query = _tsquery(text)
        return ~search_query if invert else search_query

    def build_tsrank(self, vector, query, config=None, boost=1.0):
        """Rank by how much of the query there is: what has to be there, the filter has seen to.

        For a query of alternatives PostgreSQL takes each word alone; else it wants them near each
        other, in one field, and a vector has to be read once a word.
        """
        return SearchRank(vector, self._wanted(query), weights=WEIGHTS)

    def _wanted(self, query):
        if self.LAST_TERM_IS_PREFIX:
            return self.build_tsquery(query)
        terms = (term for leaf in _leaves(query) for term in _terms(leaf))
        return _tsquery(_any_of(dict.fromkeys(terms)))

    def _apply_ordering_and_scoring(self, queryset, rank_expression, start, stop, score_field=None):
        """Rank no more than ``RANKED`` rows, or those asked for: reading a vector is the cost."""
        if self.order_by_relevance and stop is not None:
            (title, _boost), *_others = self.get_search_vectors(self.query)
            in_title = SearchRank(title, self._wanted(self.query))
            best = queryset.order_by(in_title.desc(), "-pk").values("pk")
            queryset = self.queryset.filter(pk__in=best[: max(RANKED, stop)])
        return super()._apply_ordering_and_scoring(
            queryset, rank_expression, start, stop, score_field
        )


def _leaves(query):
    if isinstance(query, PlainText | Phrase):
        return [query]
    subqueries = getattr(query, "subqueries", None) or [query.subquery]
    return [leaf for subquery in subqueries for leaf in _leaves(subquery)]


def _terms(leaf):
    if isinstance(leaf, Phrase):
        return exact_phrase(leaf)
    return [term for group in word_groups(leaf) for term in group]


def _any_of(terms):
    return " | ".join(f"'{term}'" for term in terms)


def _tsquery(text):
    return SearchQuery(text or "''", search_type="raw", config="simple")


class Compiler(AnalysingCompiler, postgres.PostgresSearchQueryCompiler):
    pass


class AutocompleteCompiler(AnalysingCompiler, postgres.PostgresAutocompleteQueryCompiler):
    pass


class Backend(postgres.PostgresSearchBackend):
    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler

    def __init__(self, params):
        super().__init__({"SEARCH_CONFIG": "simple", **params})
