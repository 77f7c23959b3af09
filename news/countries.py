"""Countries: kept as codes of ISO 3166-1, named in any language by CLDR (Babel)."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language

from home.collation import sort_key

# What CLDR names besides countries: unions, the unknown, tests, and parts reserved by ISO.
NO_COUNTRIES = {
    *("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"),
}


@cache
def names(language: str) -> dict[str, str]:
    """Return ``{code: name}`` of all countries in a language, in the order of its alphabet."""
    territories = Locale.parse(language).territories.items()
    found = [(c, name) for c, name in territories if len(c) == 2 and c not in NO_COUNTRIES]
    return dict(sorted(found, key=lambda country: sort_key(country[1])))


def name(code: str, language: str = "") -> str:
    """Return what a country is called in a language, else in the active one."""
    return names(language or get_language()).get(code, code)


def choices() -> list[tuple[str, str]]:
    """Return the choices of a form, in the active language."""
    return list(names(get_language()).items())
