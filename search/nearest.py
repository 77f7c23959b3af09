"""The pages nearest to an address at which there is none."""

import re
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import urljoin

from django.db.models import Q
from modelsearch.query import SearchQuery
from wagtail.models import Locale, Page

from home.querysets import is_public
from home.routing import root_path_of

from .backend import by_index
from .models import SearchDocument, WordForm
from .query import Query, clean

MOST = 5
DEEPEST = 8  # levels of an address that are looked at
HOME_DEPTH = 2
MOST_OF_A_SLUG = 50  # pages with the same slug in all trees that are looked at
MOST_MATCHES = 500  # documents that are ranked, about: what a search costs
# Words of addresses that say nothing about the page.
EMPTY = {"html", "htm", "php", "asp", "aspx", "index", "default", "www"}
SLUG = re.compile(r"[a-z0-9-]{2,255}")


@dataclass(frozen=True)
class Near:
    title: str
    url: str


def nearest_pages(request, language: str) -> list[Near]:
    """Return public pages of a language that may be meant by an address, the likeliest first.

    The translation of a page that another language has there; what is found by the words of the
    address; the page above. A constant number of queries, whatever the address holds.
    """
    parts = [part.lower() for part in request.path.split("/") if part][:DEEPEST]
    if parts and parts[0] == language:
        parts = parts[1:]
    slugs = [part for part in parts if SLUG.fullmatch(part)]
    if not parts:
        return []
    same, above = _in_tree(slugs, root_path_of(request))
    found = [Near(page.title, page.get_url(request)) for page in same]
    found += _by_words(parts[-2:], language, request)
    found += [Near(page.title, page.get_url(request)) for page in above]
    first_of_each = {near.url: near for near in reversed(found) if near.url}
    return [near for near in found if first_of_each.pop(near.url, None)][:MOST]


def _in_tree(slugs, root_path) -> tuple[list[Page], list[Page]]:
    """Return the pages that any language has at the last slug, and the nearest page above."""
    if not slugs or not root_path:
        return [], []
    paths = [f"{root_path}{'/'.join(slugs[:end])}/" for end in range(1, len(slugs))]
    keys = Page.objects.filter(slug=slugs[-1], depth__gt=HOME_DEPTH).order_by()
    # Each side of the condition has an index: with the keys as a query in it none would be used.
    keys = list(keys.values_list("translation_key", flat=True)[:MOST_OF_A_SLUG])
    pages = Page.objects.live().filter(
        is_public(),
        Q(translation_key__in=keys) | Q(slug__in=slugs[:-1], url_path__in=paths),
        locale=Locale.get_active(),
        depth__gt=HOME_DEPTH,
    )
    pages = list(pages.order_by("-depth", "pk")[: MOST + DEEPEST])
    above = [page for page in pages if page.url_path in paths]
    return [page for page in pages if page not in above], above[:1]


def _by_words(parts, language, request) -> list[Near]:
    words = [word for word in re.split(r"[^\w]|_", " ".join(parts)) if word.isalpha()]
    words = [word for word in words if len(word) > 1 and word not in EMPTY]
    # As typed: mending words costs queries for each, and addresses have no diacritics.
    query = Query(clean(" ".join(words)), (language,), is_exact=True)
    search_query = _telling(query) if query else None
    if search_query is None:
        return []
    documents = SearchDocument.objects.filter(language=language).search(search_query)[:MOST]
    with by_index():
        keys = list(documents.get_queryset().values_list("pk", flat=True))
    found = SearchDocument.objects.filter(page__live=True).select_related("page").in_bulk(keys)
    return [
        Near(found[key].heading, urljoin(found[key].page.get_url(request) or "", found[key].suffix))
        for key in keys
        if key in found
    ]


def _telling(query) -> SearchQuery | None:
    """Return what to search for; None where the words say too little.

    Any of the words: the more of them, the better. Those that are left out because too many
    documents have them say least which page is meant. Where each of them is so frequent, all of
    them together have to be there, and one alone says nothing.
    """
    documents = WordForm.objects.documents_with(query.typed, query.language)
    known = sorted(filter(documents.get, query.typed), key=documents.get)
    matches = accumulate(map(documents.get, known))
    frequent = [word for word, many in zip(known, matches, strict=True) if many > MOST_MATCHES]
    if known and frequent == known:
        return next(_exact(known, query).levels()) if len(known) > 1 else None
    telling = [word for word in query.typed if word not in frequent]
    *_stricter, loosest = _exact(telling, query).levels()
    return loosest


def _exact(words, query) -> Query:
    return Query(" ".join(words), query.languages, is_exact=True)
