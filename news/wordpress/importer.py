"""Making pages of what was read, a few at a time: whatever interrupts it, it goes on from there."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import Error, transaction
from django.db.models import Q
from wagtail.models import Locale, Site

from home.steps import in_steps
from news.models import NewsIndexPage

from .addresses import add_redirects
from .indexing import index_written, postponed
from .items import Item
from .models import ImportedItem
from .oldsite import OldSite
from .pages import Maker
from .report import Report
from .topics import Topics

logger = logging.getLogger(__name__)

State, Decision = ImportedItem.State, ImportedItem.Decision
AT_ONCE = 25  # items whose pages are written by one transaction
TO_IMPORT = Q(state=State.READ, type__in=("post", "page"))


class NoPlace(Exception):
    """There is no page below which articles could go, in ``language`` of ``site``."""

    def __init__(self, site, language):
        super().__init__(site, language)
        self.site, self.language = site, language


@dataclass
class Place:
    """Where imported pages go."""

    home: object
    index: object
    locale: Locale

    @classmethod
    def find(cls, hostname="", language="") -> "Place":
        """Return the news and the home page of a site of ours in a language; its own by default."""
        sites = Site.objects.filter(hostname=hostname) if hostname else Site.objects.all()
        site = sites.order_by("-is_default_site", "pk").select_related("root_page").first()
        locale = Locale.objects.filter(language_code=language or settings.LANGUAGE_CODE).first()
        home = site and locale and site.root_page.specific.get_translation_or_none(locale)
        index = home and NewsIndexPage.objects.child_of(home).order_by("-live", "pk").first()
        if not index:
            raise NoPlace(hostname or (site.hostname if site else ""), language)
        return cls(home, index, locale)


class Importer:
    """Makes the pages of one old site. ``advance`` is called with a number of items done."""

    def __init__(self, source, place: Place, url="", library=None, report=None):
        self.source, self.report = source, report or Report()
        self.context = OldSite(source, url, library, place.locale.language_code)
        self.topics = Topics(source, place.locale)
        self.maker = Maker(self.context, place.index, place.home, self.topics)

    def run(self, rows, advance: Callable[[int], None] = lambda number: None):
        """Make or bring up to date the pages of ``rows``; those of parents first."""
        with postponed():
            for kind in ("page", "post"):
                for batch in in_steps(rows.filter(TO_IMPORT, type=kind), AT_ONCE):
                    self._import(batch)
                    advance(len(batch))
            self._settle_links(rows)

    def _import(self, batch):
        with transaction.atomic():
            for row in batch:
                self._import_row(row)
            ImportedItem.objects.bulk_update(
                batch, ["state", "page", "revision", "imported_checksum", "is_indexed", "account"]
            )

    def _import_row(self, row):
        item = row.item
        stamp = self._stamp(row, item)
        if row.imported_checksum == stamp:
            row.state = State.IMPORTED
            self.report.count("unchanged", row.type)
            return
        try:
            with transaction.atomic():
                made = self._write(row, item)
        except (ValidationError, Error, ValueError, RecursionError) as error:
            logger.exception("Item %s of %s could not be imported", row.post_id, row.source)
            row.state, row.account = State.FAILED, {"error": str(error)[:500]}
            self._tell(row, "failed", str(error))
            return
        row.state, row.imported_checksum = State.IMPORTED, stamp
        if made:
            row.page, row.is_indexed = made.page, False
            row.revision = made.page.latest_revision_id
            self.context.add_page(row.post_id, made.page.pk)
            row.account = self._account(row, made)

    def _write(self, row, item: Item):
        """Return what was made of an item, or None if editors have taken its page over."""
        as_draft = row.decision == Decision.ACCEPTED_AS_DRAFT
        if not row.imported_checksum:
            self.report.count("imported", row.type)
            return self.maker.make(item, as_draft, self._seed(row))
        page = row.page
        if page is None:
            self._tell(row, "deleted")
            return None
        if page.latest_revision_id != row.revision:
            self._tell(row, "changed", page.title)
            return None
        self.report.count("brought up to date", row.type)
        return self.maker.bring_up_to_date(page, item, self._seed(row))

    def _seed(self, row) -> str:
        return f"{row.source}/{row.post_id}"

    def _stamp(self, row, item) -> str:
        """Return what the page is made of: the item, and what its categories become."""
        whole = f"{row.checksum} {self.topics.stamp(item)}"
        return hashlib.sha256(whole.encode()).hexdigest()

    def _account(self, row, made) -> dict:
        conversion = made.conversion
        self.report.count("characters in", number=conversion.characters_in)
        self.report.count("characters out", number=conversion.characters_out)
        for code, detail in made.notes:
            self._tell(row, code, detail)
        for code, text in conversion.removed:
            self.report.count("characters removed", code, len(text))
            if code not in QUIET:
                self._tell(row, f"removed {code}", text)
        for detail in conversion.legacy:
            self._tell(row, "legacy", detail)
        for address in conversion.missing:
            self._tell(row, "missing", address)
        return {
            "characters_in": conversion.characters_in,
            "characters_out": conversion.characters_out,
            "removed": [[code, text[:200]] for code, text in conversion.removed],
            "legacy": conversion.legacy,
            "missing": conversion.missing,
            "open_links": conversion.open_links,
            "notes": made.notes,
        }

    def _tell(self, row, code, detail=""):
        self.report.add(code, detail, row.post_id, row.title)

    def _settle_links(self, rows):
        """Turn links to pages that were made after the page with the link into links of ours."""
        open_rows = rows.filter(state=State.IMPORTED, page__isnull=False)
        for batch in in_steps(open_rows.exclude(account__open_links=[]), AT_ONCE):
            with transaction.atomic():
                for row in batch:
                    links = row.account.get("open_links", [])
                    if not any(map(self.context.page, links)):
                        continue
                    if row.page.latest_revision_id == row.revision:
                        self._write_links(row)

    def _write_links(self, row):
        made = self.maker.bring_up_to_date(row.page, row.item, self._seed(row))
        row.account["open_links"] = made.conversion.open_links
        row.is_indexed = False
        row.save(update_fields=["account", "is_indexed"])


# What is taken out of nearly every old text, and was never to be read.
QUIET = ("script", "style", "comment", "shortcode")


def import_items(rows, progress=None):
    """Make the pages of items that an editor has accepted; ``progress`` gets numbers of items."""
    sources = rows.order_by().values_list("source", flat=True).distinct()
    for source in list(sources):
        of_source = rows.filter(source=source)
        importer = Importer(source, Place.find())
        importer.run(of_source, progress or (lambda number: None))
        add_redirects(of_source)
        for _done in index_written(source):
            pass
