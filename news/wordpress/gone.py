"""The addresses of what was rejected: they answer 410, whatever host they are asked of.

Addresses are kept and compared as Wagtail writes those of redirects (``Redirect.normalise_path``:
decoded, without a slash at the end), in small letters and without their host. WordPress writes the
letters of Latvian as percent-encoded UTF-8 in small letters; browsers send capitals.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from wagtail.contrib.redirects.models import Redirect

from .models import ImportedItem, OldAddress

BATCH = 500  # rows in one statement
# What WordPress calls an item by its number with; a number is that of one item of any type.
NUMBERS = ("p", "page_id", "attachment_id")
NO_ADDRESS = SplitResult("invalid", "", "", "", "")
OLD_SLUG = "_wp_old_slug"
INDEX = re.compile(r"/index\.php$")
# What lies below the address of an item: its feeds, and other ways to show it.
BELOW = re.compile(r"/(feed(/(rss2?|rdf|atom))?|trackback|amp|embed|comment-page-\d+)$")


def parts_of(address: str) -> SplitResult:
    """Return the parts of an address; of what is none ("http://[") a scheme that leads nowhere."""
    try:
        return urlsplit(address.strip())
    except ValueError:  # brackets where only an IPv6 address may have them
        return NO_ADDRESS


def normalise(path: str) -> str:
    """Return a path (encoded or not) as it is kept; empty for the root of a site."""
    path = Redirect.normalise_path(re.sub("/+", "/", f"/{path}"))
    path = unicodedata.normalize("NFC", path).lower()
    return INDEX.sub("", path).rstrip("/")


def addresses_of(path: str, query: str) -> list[str]:
    """Return as what an address may be kept: by its path, and by a number in its query."""
    path = normalise(path)
    numbered = f"{path}/?p={number}" if (number := number_in(query)) else ""
    above = BELOW.sub("", path)
    found = dict.fromkeys(filter(None, (numbered, path, above)))
    return [address for address in found if len(address) <= OldAddress.LONGEST]


def number_in(query: str) -> int | None:
    """Return the number by which the query of an address names an item, or None."""
    fields = parse_qs(query) if len(query) < 1000 else {}
    for name in NUMBERS:
        value = fields.get(name, [""])[0].strip()
        if value.isascii() and value.isdecimal() and 0 < len(value) < 19:
            return int(value)
    return None


def is_gone(path: str, query: str) -> bool:
    """Return whether an address is one of something that was rejected; one query."""
    addresses = addresses_of(path, query)
    gone = OldAddress.objects.filter(path__in=addresses, item__state=ImportedItem.State.REJECTED)
    return bool(addresses) and gone.exists()


def remember_addresses(rows: Iterable[ImportedItem]) -> int:
    """Keep the addresses of items, and those of the pages of their attachments; return how many.

    To be called when the attachments have been read too. Calling it again does no harm.
    """
    count = 0
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        known = _with_attachments(batch)
        addresses = [
            OldAddress(path=path, item_id=pk) for pk, data in known for path in _of_item(data)
        ]
        OldAddress.objects.bulk_create(addresses, batch_size=BATCH, ignore_conflicts=True)
        count += len(addresses)
    return count


def read_later_addresses(
    pairs: Iterable[tuple[str, str]], number_of
) -> Iterator[tuple[str, SplitResult, int | None]]:
    """Yield each address that an item had after WordPress, its parts, and the item's number.

    ``pairs`` are such an address, with or without a host, and the old one or its number;
    ``number_of`` finds the number of an old address, or None.
    """
    for address, old in pairs:
        number = int(old) if old.isdecimal() and len(old) < 19 else number_of(old)
        with_host = address if "//" in address else f"//x/{address.lstrip('/')}"
        yield address, parts_of(with_host), number


def remember_later_addresses(source, pairs: Iterable[tuple[str, str]], number_of) -> set[str]:
    """Keep the later addresses (see ``read_later_addresses``) of items that are no pages.

    Returns the addresses of what is rejected already.
    """
    later, rejected = {}, set()
    for address, parts, number in read_later_addresses(pairs, number_of):
        path = normalise(parts.path)
        if number and path and not parts.query and len(path) <= OldAddress.LONGEST:
            later.setdefault(number, {})[path] = address
    numbers = list(later)
    for start in range(0, len(numbers), BATCH):
        part = numbers[start : start + BATCH]
        rows = ImportedItem.objects.of(source).filter(post_id__in=part, page=None)
        addresses = []
        for pk, number, state in rows.values_list("pk", "post_id", "state"):
            addresses += [OldAddress(path=path, item_id=pk) for path in later[number]]
            if state == ImportedItem.State.REJECTED:
                rejected.update(later[number].values())
        OldAddress.objects.bulk_create(addresses, batch_size=BATCH, ignore_conflicts=True)
    return rejected


def _with_attachments(rows) -> Iterator[tuple[int, dict]]:
    """Yield the primary key of a row with its data, and with those of each of its attachments."""
    yield from ((row.pk, row.data) for row in rows)
    for source in {row.source for row in rows}:
        keys = {row.post_id: row.pk for row in rows if row.source == source}
        attached = ImportedItem.objects.of(source).filter(
            type="attachment", data__parent__in=list(keys)
        )
        for data in attached.values_list("data", flat=True):
            yield keys[data["parent"]], data


def old_slugs(data) -> list[str]:
    """Return the slugs that an item had before (see ``dump_item``); WordPress led on from them."""
    slugs = [*data["earlier_meta"].get(OLD_SLUG, ()), data["meta"].get(OLD_SLUG, "")]
    return [unquote(slug) for slug in slugs if slug]


def _of_item(data) -> set[str]:
    """Return the addresses of an item, given as ``dump_item`` writes it."""
    found = {f"/?p={data['id']}"} if data["id"] else set()
    for address in (data["link"], data["guid"]):
        parts = parts_of(address)
        number = number_in(parts.query)
        if number is not None:
            found.add(f"{normalise(parts.path)}/?p={number}")
        elif address == data["link"]:  # a guid without a number may be that of a file
            path = normalise(parts.path)
            above = path.rpartition("/")[0]
            found |= {path, *(normalise(f"{above}/{slug}") for slug in old_slugs(data) if path)}
    return {path for path in found if path and len(path) <= OldAddress.LONGEST}
