"""Suggestions while a query is being typed: its last word completed, and titles."""

import unicodedata
from urllib.parse import urlencode, urljoin

from django.db.models import F
from django.urls import reverse

from . import analysis
from .models import SearchDocument, WordForm
from .query import MOST_WORDS, clean
from .templatetags.search_tags import kind_name

MOST_QUERIES, MOST_TITLES = 6, 4
SHORTEST = 2  # letters; with fewer, nearly every word of the site is meant
FORMS_READ = 60  # the commonest with the beginning: several are forms of one word


def suggest(typed: str, language: str) -> list[dict[str, str]]:
    """Return suggestions for a text as it stands in the field: queries, then documents.

    Each has a ``title``, a ``url`` and a ``kind``, as visitors call it: empty for a query.
    """
    text = unicodedata.normalize("NFC", clean(typed))
    words = [token for token in analysis.tokenise(text) if len(token.word) >= SHORTEST]
    if not words:
        return []
    last = words[-1]
    is_open = last.end == len(text) and not typed[-1].isspace()
    forms = complete(last.word, language) if is_open else []
    queries = (text[: last.start] + form for form in forms)
    documents = documents_titled([token.word for token in words[:MOST_WORDS]], language)
    return [_as_query(query) for query in queries] + [_as_link(d) for d in documents]


def complete(word: str, language: str) -> list[str]:
    """Return words of the site that begin like a word, diacritics aside, the commonest first.

    Of a word in several forms the dictionary's stands for all, or else the commonest.
    """
    beginning = analysis.fold(word)
    if not beginning.isalpha() or len(beginning) > analysis.LONGEST_WORD:
        return []
    found = WordForm.objects.beginning_with(beginning, language).order_by("-documents", "form")
    by_stem = {}
    for stem, form in found.values_list("stem", "form")[:FORMS_READ]:
        by_stem.setdefault(stem, []).append(form)
    best = [_best(forms, language) for forms in by_stem.values()]
    return [form for form in best if form != word][:MOST_QUERIES]


def _best(forms, language) -> str:
    if language != analysis.LATVIAN or len(forms) == 1:
        return forms[0]
    lemmas = analysis.lemmas_of(forms[0])
    return next((form for form in forms if form in lemmas), forms[0])


def documents_titled(words: list[str], language: str) -> list[SearchDocument]:
    """Return documents with words in the title that begin as given: lasting ones, then the newest.

    Places within a page, such as the moments of a recording, stay away: it has their title.
    """
    documents = SearchDocument.objects.filter(language=language)
    by_date = documents.order_by(F("date").desc(nulls_first=True), "-id")
    found = by_date.autocomplete(" ".join(words), order_by_relevance=False).get_queryset()
    found = found.filter(page__live=True).exclude(suffix__startswith="#")
    found = found.select_related("page__locale").defer("summary", "text")
    return list(found[:MOST_TITLES])


def _as_query(query) -> dict[str, str]:
    return {"title": query, "url": f"{reverse('search')}?{urlencode({'q': query})}", "kind": ""}


def _as_link(document) -> dict[str, str]:
    url = urljoin(document.page.get_url() or "", document.suffix)
    return {"title": document.title, "url": url, "kind": str(kind_name(document.kind))}
