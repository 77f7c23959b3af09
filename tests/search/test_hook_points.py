"""The places inside modelsearch that our backends rely on. Its version is pinned; when one of
these fails after an upgrade, search/backend.py and its two siblings need the reader's eye."""

import inspect

import pytest
from django.db import connection
from wagtail.models import Locale
from wagtail.search.backends import get_search_backend

from search.backend import AnalysingIndexer, PlainIndex
from search.models import SearchDocument

MOVED = "modelsearch has changed: read search/backend.py and its siblings beside its new version, "


@pytest.fixture
def stock():
    """The module of the stock backend that ours is built on."""
    return inspect.getmodule(type(get_search_backend()).__mro__[1])


def says(text, function):
    return text in inspect.getsource(function)


def test_add_items_still_makes_its_indexers_by_the_name_that_we_replace(stock):
    add_items = get_search_backend().index_class.__mro__[2].add_items
    assert says("ObjectIndexer(obj, self.backend)", add_items), MOVED + "who makes the indexers"
    assert issubclass(stock.ObjectIndexer, AnalysingIndexer), MOVED + "who makes the indexers"


def test_the_indexer_still_takes_its_texts_from_prepare_field(stock):
    stock_indexer = stock.ObjectIndexer.__mro__[2]
    for name in ("title", "body", "autocomplete"):
        read = vars(stock_indexer)[name].func
        assert says("self.prepare_field(self.obj, field)", read), MOVED + f"where {name} comes from"
    if connection.vendor == "postgresql":
        for name in ("title_text", "body_text"):
            assert name in vars(stock_indexer), MOVED + f"whether {name} is still stored"
        assert says("as_vector(texts)", vars(stock_indexer)["body"].func), MOVED


def test_queries_are_still_built_by_the_methods_that_we_override(stock):
    ours = {
        "postgresql": {"PostgresSearchQueryCompiler": ["build_tsquery_content", "search"]},
        "sqlite": {"SQLiteSearchQueryCompiler": ["build_search_query_content", "search"]},
    }
    for name, methods in ours[connection.vendor].items():
        compiler = getattr(stock, name)
        assert get_search_backend().query_compiler_class.__mro__[3] is compiler, MOVED
        for method in methods:
            assert method in vars(compiler), MOVED + f"what has become of {method}"


def test_the_mean_length_of_titles_is_still_computed_by_the_method_that_we_leave_empty():
    index = get_search_backend().index_class
    assert issubclass(index, PlainIndex)
    stock_index = index.__mro__[2]
    assert "_refresh_title_norms" in vars(stock_index), MOVED + "how titles are weighed"
    assert says("self._refresh_title_norms()", stock_index.add_items), MOVED + "how titles weigh"


@pytest.mark.postgresql
@pytest.mark.django_db
def test_vectors_that_we_write_out_are_those_that_stock_computes(stock):
    texts = [
        ("xvardspasvaldiba pasvald pasvald", "A"),
        ("  ", "B"),
        ("2024 covid19 12abc pasvald" + " viens" * 200, "D"),
        ("x" * 3000, "D"),  # longer than PostgreSQL takes
    ]
    indexer = stock.ObjectIndexer(SearchDocument(language="lv"), get_search_backend())
    ours, theirs = (
        indexer.as_vector(texts),
        stock.ObjectIndexer.__mro__[2].as_vector(indexer, texts),
    )
    assert type(ours) is not type(theirs), MOVED + "who makes vectors"
    row = Locale.objects.annotate(ours=ours, theirs=theirs).values("ours", "theirs").first()
    assert row["ours"] == row["theirs"]
    assert row["ours"].startswith("'12abc'")
