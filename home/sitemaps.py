"""The sitemap: every public page of every language."""

from wagtail.contrib.sitemaps import Sitemap as WagtailSitemap
from wagtail.models import Page

from .querysets import is_private


class Sitemap(WagtailSitemap):
    """Wagtail's own lists the tree of the default language alone."""

    def items(self):
        root = self.get_wagtail_site().root_page
        homes = Page.objects.filter(translation_key=root.translation_key).live()
        pages = Page.objects.none()
        for home in homes:
            pages |= home.get_descendants(inclusive=True)
        return pages.live().filter(~is_private()).order_by("path").defer_streamfields().specific()
