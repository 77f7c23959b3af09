"""The search backend for PostgreSQL; nothing has to be installed on its server.

The configuration "simple" leaves our terms as they are. Terms are letters and digits alone, so the
quotes around them can't be broken out of.
"""

from django.contrib.postgres.search import SearchQuery
from modelsearch.backends.database.postgres import postgres
from modelsearch.query import Phrase, PlainText

from .backend import analyse_in, exact_phrase, prefixes, word_groups

analyse_in(postgres)


class AnalysingCompiler:
    def build_tsquery_content(self, query, config=None, invert=False):
        if isinstance(query, PlainText) and self.LAST_TERM_IS_PREFIX:
            text = " & ".join(f"'{prefix}':*" for prefix in prefixes(query))
        elif isinstance(query, PlainText):
            groups = [" | ".join(f"'{term}'" for term in group) for group in word_groups(query)]
            operator = " & " if query.operator.lower() == "and" else " | "
            text = operator.join(f"({group})" for group in groups)
        elif isinstance(query, Phrase):
            text = " <-> ".join(f"'{term}'" for term in exact_phrase(query))
        else:
            return super().build_tsquery_content(query, config=config, invert=invert)
        search_query = SearchQuery(text or "''", search_type="raw", config="simple")
        return ~search_query if invert else search_query


class Compiler(AnalysingCompiler, postgres.PostgresSearchQueryCompiler):
    pass


class AutocompleteCompiler(AnalysingCompiler, postgres.PostgresAutocompleteQueryCompiler):
    pass


class Backend(postgres.PostgresSearchBackend):
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler

    def __init__(self, params):
        super().__init__({"SEARCH_CONFIG": "simple", **params})
