"""Taking what an export says into the database: every item once, however often it is read."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from django.db import transaction

from . import wxr
from .gone import parts_of
from .items import Author, Damage, Item, Site, Term, dump_item
from .models import ImportedItem, TermMapping, key_of

AT_ONCE = 100  # items written by one transaction

# What WordPress and its plugins keep beside posts, pages and files.
READ_TYPES = ("post", "page", "attachment")
# What was never meant to be seen, or is not any more.
UNSEEN = ("auto-draft", "trash")


class NotOneSite(Exception):
    """The exports are of two sites, or do not say of which; ``args`` are their hosts."""


class Reading:
    """One reading of exports. ``choice`` says which items are wanted; ``report`` is told of all.

    ``logins`` are those of the authors of what was taken in.
    """

    def __init__(self, report, choice=lambda item: True, source=""):
        self.report, self.choice, self.source = report, choice, source
        self.site = Site()
        self.authors, self.terms = {}, {}
        self.logins, self._file = set(), ""
        self._met = {}  # by number, what tells two items of one number apart

    @property
    def url(self) -> str:
        """The address of the old site's front page, made of its host where none is named."""
        return self.site.url if parts_of(self.site.url).netloc else f"http://{self.source}/"

    def read(self, path, advance=lambda items: None):
        """Take in one file; everything before a damage stays."""
        self._file = path.name
        found = wxr.read(path)
        while entries := list(islice(found, AT_ONCE)):
            items = [entry for entry in entries if self._is_item(entry)]
            with transaction.atomic():
                self._keep(items)
                self._keep_terms()
            advance(len(items))

    def forget(self):
        """Forget what only serves to read: some 100 bytes an item."""
        self._met.clear()

    def _is_item(self, entry) -> bool:
        match entry:
            case Item():
                return self._is_wanted(entry)
            case Site():
                self._meet_site(entry)
            case Author():
                self.authors[entry.login] = entry.name or entry.login
            case Term():
                self._meet_term(entry)
            case Damage():
                self.report.add(entry.code, entry.detail, entry.item, self._file)
        return False

    def _meet_site(self, site):
        host = host_of(site.url)
        if self.source and host and host != self.source:
            raise NotOneSite(self.source, host)
        self.site, self.source = site, self.source or host

    def _meet_term(self, term):
        self.terms.setdefault(key_of(term), term)

    def _is_wanted(self, item) -> bool:
        self.source = self.source or host_of(item.link) or host_of(item.guid)
        if not self.source:
            raise NotOneSite
        self.report.count("read", item.type)
        self.report.count("comments", number=item.comments)
        for code in item.problems:
            self.report.add(code, "", item.id, item.title)
        if self.choice(item):
            return True
        self.report.count("left out", item.type)
        return False

    def _keep(self, items: Iterable[Item]):
        """Write the items that are new or have changed."""
        items = {item.id: item for item in map(self._named, items)}  # the last one of a number
        rows = ImportedItem.objects.of(self.source).filter(post_id__in=items)
        known = {row.post_id: row for row in rows}
        new, changed = [], []
        for number, item in items.items():
            data = dump_item(item)
            checksum = checksum_of(data)
            row = known.get(number) or ImportedItem(source=self.source, post_id=number)
            if row.checksum == checksum:
                continue
            (changed if row.pk else new).append(row)
            row.type, row.title, row.date = item.type[:40], item.title[:500], item.date
            row.data, row.checksum = data, checksum
            if not is_to_import(item):
                row.state = ImportedItem.State.COUNTED
            elif row.state != ImportedItem.State.REJECTED:
                row.state = ImportedItem.State.READ
        ImportedItem.objects.bulk_create(new)
        ImportedItem.objects.bulk_update(
            changed, ["type", "title", "date", "data", "checksum", "state"]
        )

    def _named(self, item) -> Item:
        for term in item.terms:
            self._meet_term(term)
        if item.author and is_to_import(item):
            self.logins.add(item.author)
        number = item.id or number_for(item)
        known = self._met.setdefault(number, hash((item.guid, item.title)))
        if known != hash((item.guid, item.title)):
            self.report.add("twice", "", number, item.title)
        return replace(item, id=number, author=self.authors.get(item.author, item.author))

    def _keep_terms(self):
        """Write the categories and tags that were met, for an editor to say what they become."""
        TermMapping.objects.remember(self.source, self.terms.values())
        self.terms.clear()


def is_to_import(item) -> bool:
    return item.type in READ_TYPES and item.status not in UNSEEN


def number_for(item) -> int:
    """Return the number of an item that has none: below zero, the same at every reading."""
    name = item.guid or item.link or f"{item.title} {item.date}"
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=7).digest()
    return -1 - int.from_bytes(digest)


def checksum_of(data: dict) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def host_of(url: str) -> str:
    """Return the host of an address in small letters, without a leading ``www.``."""
    host = parts_of(url if "//" in url else f"//{url}").hostname or ""
    return host.removeprefix("www.")
