"""The search backend for PostgreSQL; nothing has to be installed on its server.

The configuration "simple" leaves our terms as they are. Terms are letters and digits alone, so the
quotes around them can't be broken out of.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db.models import CharField, F, FloatField, OuterRef, Subquery, Value
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from modelsearch.backends.database.postgres import postgres
from modelsearch.query import And, Or, Phrase, PlainText
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks

from . import analysis
from .backend import (
    AnalysingIndexer,
    PlainIndex,
    ScoringCompiler,
    exact_phrase,
    is_between,
    prefixes,
    word_groups,
)
from .models import DocumentVector, SearchDocument

LONGEST_TERM = 500  # letters; PostgreSQL takes 2,046 bytes
RANKED = 1000  # of more matches, those with a word in the title and the newest are ranked
TITLE, BETWEEN, EXACT, BODY = "ABCD"  # PostgreSQL's labels, and what they weigh from D to A:
WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"


class Vector(Value):
    """The terms of texts, each text with a label: a ``tsvector`` written out.

    So PostgreSQL need not parse texts whose words are known, nor Django compile a function for
    each: it is a third of what indexing an article costs.
    """

    def __init__(self, texts: Iterable[tuple[str, str]]):
        super().__init__(tuple(texts), output_field=SearchVectorField())

    def __add__(self, other):
        return Vector([*self.value, *other.value])

    def as_sql(self, compiler, connection):
        terms = [(term, label) for text, label in self.value for term in text.split()]
        places = defaultdict(list)
        for place, (term, label) in enumerate(terms, start=1):
            if len(term) <= LONGEST_TERM:
                places[term].append(f"{place}{label}")
        return "%s::tsvector", [
            " ".join(f"'{term}':{','.join(found)}" for term, found in places.items())
        ]


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

    def as_vector(self, texts, for_autocomplete=False):
        return Vector(texts)

    @cached_property
    def body(self):
        """What is searched: the title as well, and the content type, so that one index serves.

        ``title`` alone says which of many come first.
        """
        type_term = _type_term(get_content_type_pk(type(self.obj)))
        return self.title + super().body + self.as_vector([(type_term, BODY)])


def _type_term(key: int) -> str:
    return f"{analysis.EXACT}type{key}"


postgres.ObjectIndexer = Indexer  # where its ``add_items`` looks


class Index(PlainIndex, postgres.PostgresIndex):
    def add_items(self, model, objs):
        super().add_items(model, objs)
        if issubclass(model, SearchDocument):
            DocumentVector.objects.refresh([document.pk for document in objs])


class AnalysingCompiler(ScoringCompiler):
    def build_tsquery_content(self, query, config=None, invert=False):
        if isinstance(query, PlainText) and self.LAST_TERM_IS_PREFIX:
            text = " & ".join(f"'{prefix}':*" for prefix in prefixes(query))
        elif isinstance(query, PlainText | Phrase):
            text = text_of_query(query)
        else:
            return super().build_tsquery_content(query, config=config, invert=invert)
        search_query = _tsquery(text)
        return ~search_query if invert else search_query

    def search(self, config, start, stop, score_field=None, backend=None):
        """Do as the stock compiler does, but read the index by the words asked for.

        Stock concatenates two columns, for which no index serves, and filters by content type,
        whose own index the planner likes better: it takes reading long vectors for cheap.
        """
        if self.fields or not isinstance(self.query, PlainText | Phrase | And | Or):
            return super().search(config, start, stop, score_field, backend)
        types = get_descendants_content_types_pks(self.queryset.model)
        wanted = self._wanted()
        entries = self._entries(types).annotate(
            key=Cast("object_id", _key_field(self.queryset.model))
        )
        if self.order_by_relevance and stop is not None:
            in_title = SearchRank(F("title"), wanted)
            entries = entries.filter(key__in=self.queryset.order_by().values("pk"))
            entries = entries.order_by(in_title.desc(), "-key")[: max(RANKED, stop)]
        queryset = self.queryset.filter(pk__in=entries.values("key"))
        entry = postgres.IndexEntry.objects.filter(
            content_type__in=types, object_id=Cast(OuterRef("pk"), CharField())
        )
        rank = SearchRank(F(self.COLUMN), wanted, weights=WEIGHTS)
        score = Subquery(entry.values(score=rank)[:1], output_field=FloatField())
        return self.in_order(queryset, score, start, stop, score_field)

    def _entries(self, types):
        """Return the entries that match, of some content types."""
        query = self.build_tsquery(self.query)
        of_types = _tsquery(_any_of(map(_type_term, types)))
        return postgres.IndexEntry.objects.filter(body=query & of_types)

    def _wanted(self):
        """Rank by how much of the query there is: what has to be there, the filter has seen to.

        For a query of alternatives PostgreSQL takes each word alone; else it wants them near each
        other, and a vector has to be read once a word.
        """
        if self.LAST_TERM_IS_PREFIX:
            return self.build_tsquery(self.query)
        return _tsquery(text_of_any(self.query))


def _key_field(model):
    """Return the field of a model's key, that of the first parent for one with parents."""
    field = model._meta.pk
    while field.remote_field:
        field = field.target_field
    return field


def text_of_query(query, mark="", is_exact=False) -> str:
    """Return a query of words and phrases, or of several, as PostgreSQL writes it.

    ``mark`` is put before each term; marked terms have no place, so phrases become words.
    ``is_exact`` takes words in the forms asked for alone.
    """
    if isinstance(query, PlainText):
        terms = [group[-1:] if is_exact else group for group in word_groups(query)]
        groups = [_any_of(group, mark) for group in terms]
        operator = " & " if query.operator.lower() == "and" else " | "
        return operator.join(f"({group})" for group in groups)
    if isinstance(query, Phrase):
        operator = " & " if mark else " <-> "
        return operator.join(f"'{mark}{term}'" for term in exact_phrase(query))
    operator = " & " if isinstance(query, And) else " | "
    return operator.join(f"({text_of_query(part, mark, is_exact)})" for part in query.subqueries)


def text_of_any(query, mark="") -> str:
    """Return the query for any of the terms of a query, each with a mark before it."""
    terms = (term for leaf in _leaves(query) for term in _terms(leaf))
    return _any_of(dict.fromkeys(terms), mark)


def _leaves(query):
    if isinstance(query, PlainText | Phrase):
        return [query]
    subqueries = getattr(query, "subqueries", None) or [query.subquery]
    return [leaf for subquery in subqueries for leaf in _leaves(subquery)]


def _terms(leaf):
    if isinstance(leaf, Phrase):
        return exact_phrase(leaf)
    return [term for group in word_groups(leaf) for term in group]


def _any_of(terms, mark=""):
    return " | ".join(f"'{mark}{term}'" for term in terms)


def _tsquery(text):
    # Without a word nothing is found: no object is of the type 0.
    return SearchQuery(text or f"'{_type_term(0)}'", search_type="raw", config="simple")


class Compiler(AnalysingCompiler, postgres.PostgresSearchQueryCompiler):
    COLUMN = "body"


class AutocompleteCompiler(AnalysingCompiler, postgres.PostgresAutocompleteQueryCompiler):
    COLUMN = "autocomplete"

    def _entries(self, types):
        matching = postgres.IndexEntry.objects.filter(content_type__in=types)
        return matching.filter(autocomplete=self.build_tsquery(self.query))


class Backend(postgres.PostgresSearchBackend):
    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler

    def __init__(self, params):
        super().__init__({"SEARCH_CONFIG": "simple", **params})
