"""Machine translation as the environment asks for it: off unless a provider is named."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

DEEPL, LIBRETRANSLATE = "deepl", "libretranslate"


def configuration(provider: str, url: str, key: str) -> dict | None:
    """Return wagtail-localize's setting for a provider, or None for no machine translation.

    Raises ``ImproperlyConfigured`` with a sentence when the three do not make sense together.
    """
    if not provider:
        if url or key:
            raise ImproperlyConfigured(
                "MACHINE_TRANSLATOR_URL or MACHINE_TRANSLATOR_KEY is set, but not which service "
                f"that is: set MACHINE_TRANSLATOR to {DEEPL} or {LIBRETRANSLATE}, or remove them."
            )
        return None
    if url and not (urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname):
        raise ImproperlyConfigured(
            "MACHINE_TRANSLATOR_URL has to be a web address such as https://translate.example.org, "
            f"not {url!r}."
        )
    if not (key.isascii() and key.isprintable()):
        raise ImproperlyConfigured("MACHINE_TRANSLATOR_KEY has letters that no key has.")
    if provider == DEEPL:
        if not key:
            raise ImproperlyConfigured(
                "MACHINE_TRANSLATOR is deepl, which needs a key: set MACHINE_TRANSLATOR_KEY."
            )
        name = "DeepLTranslator"
    elif provider == LIBRETRANSLATE:
        if not url:
            raise ImproperlyConfigured(
                "MACHINE_TRANSLATOR is libretranslate, which has no address of its own: set "
                "MACHINE_TRANSLATOR_URL."
            )
        name = "LibreTranslator"
    else:
        raise ImproperlyConfigured(
            f"MACHINE_TRANSLATOR has to be {DEEPL} or {LIBRETRANSLATE}, not {provider!r}."
        )
    return {"CLASS": f"translation.machine.{name}", "OPTIONS": {"URL": url, "KEY": key}}
