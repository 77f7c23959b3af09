"""Rich text on its way to the page: links to pages in one query a text, and nothing harmful."""

from functools import lru_cache

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler as WagtailPageLinkHandler

from home import shared

# What rich text may hold on a page: what its editor can write, and what imported texts bring.
_CLEANER = nh3.Cleaner(
    tags={
        *("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "div", "hr", "br"),
        *("a", "abbr", "b", "code", "del", "em", "i", "s", "span", "strong", "sub", "sup"),
    },
    attributes={
        "*": {"dir", "lang"},
        "a": {"href", "hreflang", "rel"},
        "abbr": {"title"},
        "ol": {"reversed", "start", "type"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,  # `rel` says what our own links say
)


@lru_cache(maxsize=512)
def clean(html: str) -> SafeString:
    """Return HTML without scripts, styles, forms, frames and addresses that run code.

    Wagtail's editor lets none of it in; this holds for what came another way: an import, a
    database written by hand. The same texts are shown again and again, so the newest are kept.
    """
    return mark_safe(_CLEANER.clean(html))  # noqa: S308 - that is what it is for


class PageLinkHandler(WagtailPageLinkHandler):
    """Links to the translation in the active language, else to the page that was chosen.

    Wagtail's own handler reads each page, its translation and the language one by one, and links
    to pages that are not published.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        ids = [int(attrs["id"]) for attrs in attrs_list]
        tags = shared.each(f"links {get_language()}", ids, cls._open_tags)
        return [tags[pk] for pk in ids]

    @classmethod
    def _open_tags(cls, ids) -> dict[int, str]:
        chosen = Page.objects.filter(pk__in=ids).order_by()
        pages = Page.objects.filter(translation_key__in=chosen.values("translation_key"))
        names = ("url_path", "live", "translation_key", "locale__language_code")
        pages = list(pages.select_related("locale").only(*names))
        by_id = {page.pk: page for page in pages}
        localized = {
            page.translation_key: page
            for page in pages
            if page.live and page.locale.language_code == get_language()
        }
        return {pk: cls._open_tag(by_id.get(pk), localized) for pk in ids}

    @staticmethod
    def _open_tag(page, localized):
        target = page and localized.get(page.translation_key, page)
        if not target or not target.live:
            return "<a>"
        if target.locale.language_code == get_language():
            return format_html('<a href="{}">', target.url)
        return format_html('<a href="{}" hreflang="{}">', target.url, target.locale.language_code)
