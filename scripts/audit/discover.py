"""Which addresses of a site are audited: those of its sitemap, and one of each further kind."""

import re
import urllib.error
import urllib.request
from urllib.parse import quote, urlsplit, urlunsplit

from defusedxml import ElementTree

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NOT_THERE = "there-is-no-such-page-404"


class Unreachable(Exception):
    """The site does not answer as a site with a sitemap; the message is a sentence."""


def read(address: str) -> bytes:
    """Return what an address answers; raises Unreachable."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310
            return answer.read()
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise Unreachable(f"{address} does not answer: {error}") from error


def moved(address: str, site: str) -> str:
    """Return the address on the host that is audited; a sitemap may name the public one."""
    host = urlsplit(site)
    return urlunsplit(urlsplit(address)._replace(scheme=host.scheme, netloc=host.netloc))


def sitemap(site: str) -> list[str]:
    """Return all addresses of the site's sitemap, also where it is an index of several."""
    waiting, found = [f"{site}/sitemap.xml"], []
    while waiting:
        try:
            root = ElementTree.fromstring(read(waiting.pop(0)))
        except ElementTree.ParseError as error:
            raise Unreachable(f"{site}/sitemap.xml is no sitemap: {error}") from error
        places = [moved(place.text.strip(), site) for place in root.iter(f"{NAMESPACE}loc")]
        (waiting if root.tag == f"{NAMESPACE}sitemapindex" else found).extend(places)
    return list(dict.fromkeys(found))


def shape(address: str) -> str:
    """Return an address without what tells pages of a kind apart: numbers, values of a query."""
    parts = urlsplit(address)
    names = sorted(re.findall(r"(?:^|&)([^=&]+)=", parts.query))
    return f"{re.sub(r'[0-9]+', '0', parts.path)}?{'&'.join(names)}"


def one_of_each_kind(addresses, known=()) -> list[str]:
    """Return the first address of each shape that is not among the known ones."""
    shapes, found = {shape(address) for address in known}, []
    for address in addresses:
        if shape(address) not in shapes:
            shapes.add(shape(address))
            found.append(address)
    return found


def spread(addresses, most) -> list[str]:
    """Return at most so many addresses, from all parts of the site rather than from its start."""
    if not most or most >= len(addresses):
        return addresses
    step = len(addresses) / most
    return [addresses[int(number * step)] for number in range(most)]


def searches(forms, title) -> list[str]:
    """Return searches that find something (a word of a title) and nothing, a form each.

    ``forms`` are pairs: the address of a search form, and the name of its field.
    """
    word = max(re.findall(r"\w+", title) or ["a"], key=len)
    return [f"{form}?{name}={quote(text)}" for form, name in forms for text in (word, "xyzqwerty")]


def missing_pages(addresses) -> list[str]:
    """Return an address in each language (the first part of a path) where there is no page."""
    parts = {urlsplit(address) for address in addresses}
    first = {(p.scheme, p.netloc, p.path.split("/")[1]) for p in parts if p.path.count("/") > 1}
    return [f"{scheme}://{host}/{folder}/{NOT_THERE}/" for scheme, host, folder in sorted(first)]
