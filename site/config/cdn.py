"""A CDN in front of the site: an address in the environment, as Wagtail's settings."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKENDS = "wagtail.contrib.frontend_cache.backends"


def configuration(url: str) -> dict:
    """Return Wagtail's settings for the address of a cache that purges.

    ``http://host:port`` is sent PURGE requests, ``cloudflare://token@zone`` is Cloudflare.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme == "cloudflare":
        options = {"ZONEID": parts.hostname, "BEARER_TOKEN": unquote(parts.username or "")}
        return {"default": {"BACKEND": f"{BACKENDS}.CloudflareBackend", **options}}
    if parts.scheme in ("http", "https") and parts.netloc:
        return {"default": {"BACKEND": f"{BACKENDS}.HTTPBackend", "LOCATION": url}}
    raise ImproperlyConfigured(
        "CDN_PURGE_URL has to begin with http://, https:// or cloudflare://token@zone."
    )
