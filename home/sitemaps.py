"""The sitemap: every public page of every language, with its translations.

Beyond ``MOST_LOCATIONS`` it is a list of files, each of which reads its own pages alone, as plain
values and in a constant number of queries: a tree of fifty thousand pages neither waits nor fills
the memory. (Django's and Wagtail's own sitemaps load each page, and list the tree of the default
language alone.)
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from django.apps import apps
from django.db.models import Count, Max, Q
from django.utils import timezone
from wagtail.models import Page, Site

from . import shared
from .addresses import x_default
from .querysets import is_public

# Locations a file: what is read at once. The protocol takes up to 50,000 in 50 MB.
MOST_LOCATIONS = 1_000

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
    """The sitemap of the site that a request is made to: its pages, then addresses below them."""

    def __init__(self, request):
        self.request = request
        self.site = Site.find_for_request(request)
        root = self.site.root_page
        homes = Page.objects.filter(translation_key=root.translation_key).live()
        self.homes = list(homes.select_related("locale").order_by("path"))
        # Every address of a language begins with that of its home page.
        self.home_urls = {home: home.get_full_url(self.request) for home in self.homes}

    @cached_property
    def pages(self):
        """The public pages in the order of the tree."""
        in_trees = Q(pk__in=[])
        for home in self.homes:
            in_trees |= Q(path__startswith=home.path)
        return Page.objects.live().filter(in_trees, is_public()).order_by("path")

    @cached_property
    def totals(self) -> dict:
        """The ``number`` of pages, and when one was ``modified`` last."""
        totals = self.pages.order_by().aggregate
        return shared.once(
            ("sitemap", self.site.pk),
            lambda: totals(number=Count("pk"), modified=Max("last_published_at")),
        )

    @property
    def modified(self) -> datetime.datetime | None:
        """The last moment at which any of it was published."""
        return self.totals["modified"]

    @property
    def number_of_files(self) -> int:
        return max(1, -(-(self.totals["number"] + len(self.parts)) // MOST_LOCATIONS))

    def file(self, number: int) -> list[Location]:
        """Return the locations of a file; ``number`` begins with 1."""
        end = number * MOST_LOCATIONS
        start = end - MOST_LOCATIONS
        locations = self._locations(self.pages[start:end])
        if (after_pages := end - self.totals["number"]) > 0:
            locations += self.parts[max(0, after_pages - MOST_LOCATIONS) : after_pages]
        return locations

    def _locations(self, pages) -> list[Location]:
        rows = pages.values_list("path", "url_path", "translation_key", "last_published_at")
        return [
            Location(
                self.home_urls[home] + url_path.removeprefix(home.url_path),
                home.locale.language_code,
                key,
                modified,
            )
            for path, url_path, key, modified in rows
            for home in self.homes
            if path.startswith(home.path)
        ]

    @cached_property
    def parts(self) -> list[Location]:
        """The addresses below those of pages."""
        return [
            Location(url + suffix, home.locale.language_code, key, modified)
            for model in models_with_parts()
            for home in self.homes
            for url, page in self._pages_with_parts(model, home)
            for suffix, key, modified in page.get_sitemap_parts()
        ]

    def _pages_with_parts(self, model, home) -> Iterator[tuple[str, Page]]:
        pages = model.objects.filter(path__startswith=home.path).live().filter(is_public())
        for page in pages.defer_streamfields().order_by("path"):
            yield self.home_urls[home] + page.url_path.removeprefix(home.url_path), page

    def _translations(self, locations) -> dict[uuid.UUID, dict[str, str]]:
        """Return the addresses of each location by language, its own among them."""
        keys = {location.key for location in locations}
        translations = defaultdict(dict)
        pages = self._locations(self.pages.order_by().filter(translation_key__in=keys))
        for location in (*pages, *self.parts):
            translations[location.key][location.language] = location.url
        return translations

    def write(self, number: int) -> Iterator[str]:
        """Yield a file as XML."""
        locations = self.file(number)
        translations = self._translations(locations)
        yield f"{HEAD}<urlset {NAMESPACES}>\n"
        for location in locations:
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
