"""Addresses of the site as others are given them."""

from urllib.parse import urljoin

from wagtail.models import Site


def root_url(request) -> str:
    """Return the site's own address, without a slash at its end.

    It is the one of the site's settings, never the one of the request's Host header, which is
    whatever somebody wrote there; ALLOWED_HOSTS bounds it where there is no site.
    """
    site = Site.find_for_request(request)
    return site.root_url if site else request.build_absolute_uri("/").rstrip("/")


def absolute(request, path: str) -> str:
    """Return the absolute address of a path of the site."""
    return urljoin(root_url(request), path)
