"""Addresses of the site as others are given them."""

from functools import lru_cache
from urllib.parse import urljoin

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import override
from wagtail.models import Site

from home import shared


def site_of(request) -> Site | None:
    """Return the site that a request is made to, and have Wagtail take the same.

    Wagtail asks for it, and for the roots of the sites, in every request; they are kept here.
    """
    if not hasattr(request, "_wagtail_site"):
        host = request._get_raw_host(), request.get_port()
        find = Site.find_for_request
        request._wagtail_site = shared.once(("site", *host), lambda: find(request))
        roots = shared.once("roots of sites", Site.get_site_root_paths)
        request._wagtail_cached_site_root_paths = roots
    return request._wagtail_site


def root_url(request) -> str:
    """Return the site's own address, without a slash at its end.

    It is the one of the site's settings, never the one of the request's Host header, which is
    whatever somebody wrote there; ALLOWED_HOSTS bounds it where there is no site.
    """
    site = site_of(request)
    return site.root_url if site else request.build_absolute_uri("/").rstrip("/")


def absolute(request, path: str) -> str:
    """Return the absolute address of a path of the site."""
    return urljoin(root_url(request), path)


def url_of(page, request) -> str | None:
    """Return ``page.get_url(request)``, which takes its time for pages that are not specific."""
    site = site_of(request)
    roots = page._get_relevant_site_root_paths(request)
    if site is None or [root.site_id for root in roots] != [site.pk]:
        return page.get_url(request)
    (root,) = roots
    return path_in(root.language_code, page.url_path[len(root.root_path) :])


def path_in(language: str, rest: str = "") -> str:
    """Return the path of the page that lies at ``rest`` below the home page of a language."""
    return _home_path(language, get_script_prefix()) + rest


@lru_cache
def _home_path(language, _prefix):
    with override(language):
        return reverse("wagtail_serve", args=[""])


def x_default(links: dict[str, str]) -> str:
    """Return the address for visitors of all other languages, of those by language."""
    return links.get(settings.LANGUAGE_CODE) or next(iter(links.values()))
