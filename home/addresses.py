"""Addresses of the site as others are given them."""

from urllib.parse import urljoin

from wagtail.models import Site


def absolute(request, path: str) -> str:
    """Return the absolute address of a path, under the name that the site has in its settings.

    Never under the one of the request's Host header, which is whatever somebody wrote there.
    """
    return urljoin(Site.find_for_request(request).root_url, path)
