"""The places inside modelsearch that our backends rely on. Its version is pinned; when one of
these fails after an upgrade, search/backend.py and its two siblings need the reader's eye."""

import inspect

from django.db import connection
from wagtail.search.backends import get_search_backend


def test_add_items_still_makes_its_indexers_by_the_name_that_we_replace():
    from search.backend import AnalysingIndexer

    backend = type(get_search_backend())
    module = inspect.getmodule(backend.__mro__[1])
    assert "ObjectIndexer(obj, self.backend)" in inspect.getsource(backend.index_class.add_items)
    assert issubclass(module.ObjectIndexer, AnalysingIndexer)


def test_queries_are_still_built_by_the_method_that_we_override():
    names = {"postgresql": "build_tsquery_content", "sqlite": "build_search_query_content"}
    compiler = type(get_search_backend()).query_compiler_class
    assert all(names[connection.vendor] in vars(base) for base in compiler.__mro__[1:3])
