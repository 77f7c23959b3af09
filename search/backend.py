"""Wagtail's database search backends, made to know Latvian: the same tables, analysed words.

The admin's own search goes through here as well. The hook points lie inside modelsearch, whose
version is pinned; tests/search/test_hook_points.py says which one has moved when they do.
"""

from importlib import import_module

from django.db import connection
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


def analyse_in(module):
    """Put our indexer where ``add_items`` of a backend's module looks for its own."""
    if not issubclass(module.ObjectIndexer, AnalysingIndexer):
        name = "AnalysingObjectIndexer"
        module.ObjectIndexer = type(name, (AnalysingIndexer, module.ObjectIndexer), {})


def SearchBackend(params):  # noqa: N802 (modelsearch's name for it)
    """Return the backend for the site's database, as ``wagtail.search.backends.database`` does.

    Each can be imported on its own database alone.
    """
    return import_module(f"search.{connection.vendor}_backend").Backend(params)
