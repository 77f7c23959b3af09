"""The sitemap: every public page of every language, with its translations.

Read in a constant number of queries, as plain values, and written while it is read: a tree of fifty
thousand pages neither waits nor fills the memory. (Django's and Wagtail's own sitemaps load each
page, and list the tree of the default language alone.)
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from django.apps import apps
from django.utils import timezone
from wagtail.models import Page, Site

from .addresses import x_default
from .querysets import is_private

# Locations a file. The protocol takes 50,000 in 50 MB; with two languages one needs up to 1 kB.
MOST_LOCATIONS = 40_000

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


class SitemapPart(NamedTuple):
    """An address below that of a page: what follows it, and what its translations share."""

    suffix: str
    translation_key: uuid.UUID
    modified: datetime.datetime | None


class Location(NamedTuple):
    """An entry of the sitemap. Entries that share a key are translations of one another."""

    url: str
    language: str
    key: uuid.UUID
    modified: datetime.datetime | None


class Sitemap:
    """The sitemap of the site that a request is made to."""

    def __init__(self, request):
        self.request = request
        self.site = Site.find_for_request(request)
        self.locations = sorted(self._locations(), key=lambda location: location.url)

    @property
    def number_of_files(self) -> int:
        return max(1, -(-len(self.locations) // MOST_LOCATIONS))

    def file(self, number: int) -> list[Location]:
        """Return the locations of a file; ``number`` begins with 1."""
        return self.locations[(number - 1) * MOST_LOCATIONS : number * MOST_LOCATIONS]

    def _locations(self) -> Iterator[Location]:
        root = self.site.root_page
        homes = Page.objects.filter(translation_key=root.translation_key).live()
        for home in homes.select_related("locale"):
            # Every address of a language begins with that of its home page.
            home_url = home.get_full_url(self.request)
            pages = Page.objects.filter(path__startswith=home.path).live().filter(~is_private())
            rows = pages.order_by().values_list("url_path", "translation_key", "last_published_at")
            for url_path, key, modified in rows.iterator():
                url = home_url + url_path.removeprefix(home.url_path)
                yield Location(url, home.locale.language_code, key, modified)
            yield from self._parts(home, home_url, pages)

    def _parts(self, home, home_url, pages) -> Iterator[Location]:
        for model in models_with_parts():
            for page in model.objects.filter(pk__in=pages.values("pk")).defer_streamfields():
                url = home_url + page.url_path.removeprefix(home.url_path)
                for suffix, key, modified in page.get_sitemap_parts():
                    yield Location(url + suffix, home.locale.language_code, key, modified)

    @property
    def modified(self) -> datetime.datetime | None:
        """The last moment at which any of it was published."""
        return max(filter(None, (location.modified for location in self.locations)), default=None)

    def write(self, number: int) -> Iterator[str]:
        """Yield a file as XML."""
        translations = defaultdict(dict)
        for location in self.locations:
            translations[location.key][location.language] = location.url
        yield f"{HEAD}<urlset {NAMESPACES}>\n"
        for location in self.file(number):
            yield entry(location, translations[location.key])
        yield "</urlset>\n"

    def write_index(self, addresses: list[str]) -> Iterator[str]:
        """Yield the list of the files as XML."""
        yield f'{HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        for address in addresses:
            yield f"<sitemap><loc>{escape(address)}</loc></sitemap>\n"
        yield "</sitemapindex>\n"


def entry(location: Location, translations: dict[str, str]) -> str:
    """Return one location; with translations, each language links all of them, itself too."""
    parts = [f"<loc>{escape(location.url)}</loc>"]
    if location.modified:
        moment = timezone.localtime(location.modified).isoformat(timespec="seconds")
        parts.append(f"<lastmod>{moment}</lastmod>")
    if len(translations) > 1:
        links = translations | {"x-default": x_default(translations)}
        for language, url in sorted(links.items()):
            parts.append(
                f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(url)}/>'
            )
    return f"<url>{''.join(parts)}</url>\n"


def models_with_parts() -> list[type[Page]]:
    """Return the page types that have addresses below their pages."""
    from .models import BasePage

    return [
        model
        for model in apps.get_models()
        if issubclass(model, BasePage) and model.get_sitemap_parts != BasePage.get_sitemap_parts
    ]
