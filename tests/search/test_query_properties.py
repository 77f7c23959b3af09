"""Whatever a visitor types, the query parser understands something, and both databases answer."""

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from modelsearch.query import Phrase, PlainText
from wagtail.models import Page

from search import analysis
from search.documents import update_documents
from search.query import LONGEST_QUERY, MOST_WORDS, Query, clean
from search.results import Results
from tests.factories import ContentPageFactory

OPERATORS = ["&", "|", "!", ":*", "'", "--", "<->", "*", "^", "(", ")", "{", "}", "\\", "%", ";"]
OPERATORS += [
    "AND",
    "OR",
    "NOT",
    "NEAR(a b)",
    "title:",
    '"',
    "„",
    "”",
    "“",
    "«",
    "»",
    "\x00",
    "\u200b",
]
WORDS = ["pašvaldība", "pasvaldiba", "pašvaldībs", "novads", "meeting", "2022", "Привет", "😀", "ß"]
pieces = st.sampled_from(OPERATORS + WORDS) | st.text(max_size=12)
typed = st.lists(pieces, max_size=16).map(" ".join) | st.lists(pieces, max_size=16).map("".join)
languages = st.sampled_from([("lv",), ("en",), ("lv", "en"), ("en", "lv")])
EXAMPLES = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def page(home_lv):
    cache.clear()
    page = ContentPageFactory(parent=home_lv, title="Pašvaldība un novads")
    update_documents(page)
    return page


@given(text=st.text() | typed)
def test_a_cleaned_query_is_short_printable_and_clean_already(text):
    once = clean(text)
    assert len(once) <= LONGEST_QUERY
    assert once == clean(once) == once.strip()
    assert once.isprintable()


@pytest.mark.django_db
@EXAMPLES
@given(text=typed, languages=languages, is_exact=st.booleans())
def test_a_query_keeps_what_was_typed(page, text, languages, is_exact):
    query = Query(clean(text), languages, is_exact)
    words = [token.word for token in analysis.tokenise(query.text)]
    assert bool(query) == bool(words)
    assert len(query.typed) <= MOST_WORDS
    assert {*query.typed, *sum(query.phrases, [])} <= set(words)
    assert len(query.words) <= len(query.typed)
    assert set(query.corrections) <= set(query.typed)
    if is_exact:
        assert query.words == query.typed
        assert query.understood == query.text


@pytest.mark.django_db
@EXAMPLES
@given(
    text=typed,
    languages=languages,
    filters=st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["", "page", "x'"]),
            "topic": typed,
            "year": st.none() | st.integers(0, 9999),
        }
    ),
    newest_first=st.booleans(),
)
def test_the_database_answers_every_query(page, text, languages, filters, newest_first):
    results = Results(Query(clean(text), languages), filters, newest_first)
    found = results[0:10]
    assert len(found) == min(len(results), 10)
    assert results.total == sum(number for _kind, number in results.facets["kind"]) or any(
        filters.values()
    )
    for document in found:
        assert document.title in results.marked_title(document).replace("<mark>", "").replace(
            "</mark>", ""
        )
        assert results.snippet(document).count("<mark>") == results.snippet(document).count(
            "</mark>"
        )
    if results.query.words == ["pašvaldība"] and not any(filters.values()):
        assert [document.page_id for document in found] == [page.pk] * ("lv" in languages)


@pytest.mark.django_db
@pytest.mark.parametrize("phrase", ["", "(", "'", "\"'(", "“”"])
def test_what_holds_no_word_finds_nothing_and_breaks_nothing(home_lv, phrase):
    home_lv.save()
    pages = Page.objects.all()
    for query in (Phrase(phrase), PlainText(phrase), PlainText("sākums") & Phrase(phrase)):
        assert list(pages.search(query)) == []
    assert list(pages.autocomplete(phrase)) == []
