"""Links to pages in rich text, resolved in one query a text."""

from django.utils.html import format_html
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler as WagtailPageLinkHandler


class PageLinkHandler(WagtailPageLinkHandler):
    """Links to the translation in the active language, else to the page that was chosen.

    Wagtail's own handler reads each page, its translation and the language one by one, and links
    to pages that are not published.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        ids = [int(attrs["id"]) for attrs in attrs_list]
        chosen = Page.objects.filter(pk__in=ids).order_by()
        pages = Page.objects.filter(translation_key__in=chosen.values("translation_key"))
        pages = list(pages.select_related("locale"))
        by_id = {page.pk: page for page in pages}
        localized = {
            page.translation_key: page
            for page in pages
            if page.live and page.locale.language_code == get_language()
        }
        return [cls._open_tag(by_id.get(pk), localized) for pk in ids]

    @staticmethod
    def _open_tag(page, localized):
        target = page and localized.get(page.translation_key, page)
        if not target or not target.live:
            return "<a>"
        if target.locale.language_code == get_language():
            return format_html('<a href="{}">', target.url)
        return format_html('<a href="{}" hreflang="{}">', target.url, target.locale.language_code)
