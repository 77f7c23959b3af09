"""Other ways to what the old site showed at an address, of which one alone is kept.

WordPress shows an item at its address and below it (feeds, pages of its text, of its comments),
and at what a query says; whoever shares a link appends what counts visitors.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qs

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from .gone import BELOW, normalise, number_in
from .lists import ALL
from .media.addresses import is_picture, originals

BEFORE = re.compile(r"^/index\.php(?=/)")
KIND_OF_FEED = re.compile(r"(?<=/feed)/(?:rss2?|rdf|atom)$")
FURTHER = re.compile(r"/(?:page/\d+|(?<=[^\d/]/)\d{1,2})$")  # of a list, of a text
MONTHS = re.compile(r"(\d{4})(?:(\d\d)(\d\d)?)?", re.ASCII)
# Fields of a query, with the address that says the same.
NAMED = {
    "category_name": "/category/{}",
    "tag": "/tag/{}",
    "author_name": "/author/{}",
    "pagename": "/{}",
}
LISTS = ("cat", "author", "paged")  # whose numbers the export may not name
# What is appended to count visitors.
COUNTING = re.compile(r"(?:utm_\w+|fbclid|gclid|gbraid|wbraid|msclkid|yclid|mc_[ce]id|igshid)=")
LONGEST = Redirect._meta.get_field("old_path").max_length


def ways(path: str, query: str) -> list[str]:
    """Return what an address may be kept as, the likeliest first, but for itself."""
    whole = unicodedata.normalize("NFC", Redirect.normalise_path(path))
    found = [*_in_query(query)] if not normalise(path) else []
    if meant := [field for field in query.split("&") if field and not COUNTING.match(field)]:
        found.append(Redirect.normalise_path(f"{path}?{'&'.join(meant)}"))
    for start in dict.fromkeys((BEFORE.sub("", whole), BEFORE.sub("", normalise(path)))):
        found += _above(start)
    asked = {Redirect.normalise_path(path), Redirect.normalise_path(f"{path}?{query}")}
    return [way for way in dict.fromkeys(found) if 1 < len(way) <= LONGEST and way not in asked]


def _in_query(query) -> Iterator[str]:
    if (number := number_in(query)) is not None:
        yield f"/?p={number}"
    fields = {name: values[0] for name, values in parse_qs(query[:1000]).items()}
    if match := MONTHS.fullmatch(fields.get("m", "")):
        yield "/" + "/".join(filter(None, match.groups()))
    for name, address in NAMED.items():
        if fields.get(name):
            yield address.format(fields[name].strip("/"))
    if fields.get("cat", "").isdecimal():
        yield f"/?cat={fields['cat']}"
    if "feed" in fields:
        yield "/feed"
    if any(fields.get(name) for name in LISTS):
        yield ALL


def _above(path) -> Iterator[str]:
    """Yield a path, and those above it that show the same."""
    yield path
    for pattern in (KIND_OF_FEED, BELOW, FURTHER):
        shorter = pattern.sub("", path)
        if shorter != path:
            yield from _above(shorter or ALL)
            return
    if is_picture(path):
        yield from originals(path)


def find_redirect(request, path: str, query: str) -> Redirect | None:
    """Return the redirect that is kept for another way to what an address shows."""
    wanted = ways(path, query)
    if not wanted:
        return None
    site = Site.find_for_request(request)
    kept = Redirect.get_for_site(site).filter(old_path__in=wanted).select_related("redirect_page")
    kept = [redirect for redirect in kept if redirect.link]
    return min(kept, key=lambda each: wanted.index(each.old_path), default=None)
