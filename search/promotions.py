"""What editors promote for a query: Wagtail's search promotions, matched by words, not letters.

A promotion for "pašvaldība" answers "pašvaldībām" and "pasvaldiba" too. All words of the query must
meet the promotion's and the other way round; their order does not matter.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.html import escape
from wagtail.contrib.search_promotions.models import Query as Phrase
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from home import shared
from home.querysets import is_private

from . import analysis
from .query import Query

LINK = "link"  # the kind of what stands on another website


def find(query: Query, request: HttpRequest) -> list[dict]:
    """Return what is promoted for a query, in the editors' order, as the search page shows hits.

    A page appears in the language of the query: the one chosen or its translation, if it is live
    and public. Links to other websites have no language and always appear.
    """
    phrases = matching(query, shared.once("promoted phrases", promoted_phrases))
    if not phrases:
        return []
    promotions = SearchPromotion.objects.filter(query__in=phrases).select_related("page")
    promotions = promotions.order_by("sort_order", "pk")
    pages = _public_pages([p.page for p in promotions if p.page], query.language)
    hits = [
        _page_hit(promotion, pages.get(promotion.page.translation_key), request)
        if promotion.page
        else _link_hit(promotion)
        for promotion in promotions
    ]
    return list({hit["url"]: hit for hit in hits if hit}.values())


def promoted_phrases() -> list[tuple[int, str]]:
    """Return the key and the text of every query for which something is promoted."""
    phrases = Phrase.objects.filter(editors_picks__isnull=False)
    return list(phrases.order_by("pk").values_list("pk", "query_string").distinct())


def matching(query: Query, phrases: list[tuple[int, str]]) -> list[int]:
    """Return the keys of the phrases that say the same as a query, in any form and order."""
    asked = _words_asked(query)
    return [key for key, text in phrases if asked and _say_the_same(text, asked, query.language)]


def _say_the_same(text, asked, language) -> bool:
    promoted = [_terms(token.word, language) for token in analysis.tokenise(text)]
    return (
        bool(promoted)
        and all(any(word & other for other in asked) for word in promoted)
        and all(any(word & other for other in promoted) for word in asked)
    )


def _words_asked(query) -> list[frozenset[str]]:
    """Return the terms of each word of a query, as corrected and as typed.

    As typed too, since a typing error that many make may have a promotion of its own.
    """
    words = [*query.words, *(word for phrase in query.phrases for word in phrase)]
    typed = {new: old for old, new in query.corrections.items()}
    return [
        _terms(word, query.language) | _terms(typed.get(word, word), query.language)
        for word in words
    ]


def _terms(word, language) -> frozenset[str]:
    """Return the terms of a word with and without its diacritics."""
    bare = analysis.terms(analysis.fold(word), language)
    return frozenset({*analysis.terms(word, language), *bare})


def _public_pages(pages, language) -> dict:
    """Return the pages in a language that visitors may see, by translation key."""
    found = Page.objects.live().filter(
        ~is_private(),
        translation_key__in={page.translation_key for page in pages},
        locale__language_code=language,
    )
    return (
        {page.translation_key: page for page in found.select_related("locale").specific()}
        if pages
        else {}
    )


def _page_hit(promotion, page, request) -> dict | None:
    url = page and page.get_url(request)
    if not url:
        return None
    # What an editor wrote about the chosen page is not in the language of its translation.
    text = promotion.description if page.pk == promotion.page_id else ""
    return {
        "title": page.title,
        "plain_title": page.title,
        "url": url,
        "kind": getattr(page, "search_kind", "page"),
        "language": page.locale.language_code,
        "date": getattr(page, "search_date", None),
        "snippet": escape(text or getattr(page, "description", "")),
    }


def _link_hit(promotion) -> dict:
    return {
        "title": promotion.external_link_text,
        "plain_title": promotion.external_link_text,
        "url": promotion.external_link_url,
        "kind": LINK,
        "language": None,
        "host": urlsplit(promotion.external_link_url).hostname,
        "date": None,
        "snippet": escape(promotion.description),
    }
