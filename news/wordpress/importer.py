"""Making pages of what was read, a few at a time: whatever interrupts it, it goes on from there."""

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from treebeard.exceptions import PathOverflow
from wagtail.models import Locale, Page, Site

from home.steps import in_steps
from news.models import NewsIndexPage

from .accounts import account_for
from .addresses import add_archive_redirects, add_redirects
from .conversion import filled
from .indexing import Indexing, postponed
from .items import Item
from .media import Library, MediaError
from .models import ImportedItem, ImportRun
from .oldsite import OldSite
from .pages import Made, Maker
from .report import Report
from .topics import Topics

logger = logging.getLogger(__name__)

State, Decision = ImportedItem.State, ImportedItem.Decision
AT_ONCE = 25  # items whose pages are written by one transaction
# Imported ones too: their topics may be others by now, their files here.
TO_IMPORT = (State.READ, State.IMPORTED, State.FAILED)
# With one item; a database that is away or a full disk end the run instead.
WRONG = (ValidationError, DataError, IntegrityError, PathOverflow, ValueError, RecursionError)
SETTLED = ("checksum", "imported_checksum", "state", "decision")
WRITTEN = ["state", "page", "revision", "imported_checksum", "is_indexed", "account"]


class NoPlace(Exception):
    """There is no page below which articles could go, in ``language`` of ``site``."""

    def __init__(self, site, language):
        super().__init__(site, language)
        self.site, self.language = site, language

    def __str__(self):
        sites = list(Site.objects.order_by("hostname").values_list("hostname", flat=True))
        if self.site not in sites:
            text = _("There is no site %(name)s here. There are: %(names)s.")
            return text % {"name": self.site, "names": ", ".join(sites)}
        languages = list(Locale.objects.values_list("language_code", flat=True))
        if self.language and self.language not in languages:
            text = _("There is no language %(name)s here. There are: %(names)s.")
            return text % {"name": self.language, "names": ", ".join(languages)}
        return _("There is no page for news in this language yet: make one, then import.")


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
    """Makes the pages of one old site, and tells ``report`` what became of each item.

    ``is_alone`` says that nothing else writes pages in this process (see ``indexing.postponed``),
    ``brings_files`` that ``library`` may have files that are not here yet.
    """

    def __init__(
        self, source, place, url="", library=None, report=None, is_alone=False, brings_files=False
    ):
        self.source, self.report = source, report or Report()
        self.is_alone, self.brings_files = is_alone, brings_files
        language = place.locale.language_code
        self.context = OldSite(source, url, library, language, home=place.home.pk)
        self.topics = Topics(source, place.locale)
        self.maker = Maker(self.context, place.index, place.home, self.topics)

    def run(self, rows, advance: Callable[[list[ImportedItem]], None] = lambda rows: None):
        """Make or bring up to date the pages of ``rows``; ``advance`` gets those that are done."""
        rows = rows.filter(state__in=TO_IMPORT)
        with postponed(self.is_alone):
            for batch in self._in_order(rows):
                self._import(batch)
                advance(batch)
            self._settle_links(rows)

    def _in_order(self, rows) -> Iterator[list]:
        """Yield pages, each after the one that it stands below, then posts; some at a time."""
        pages = rows.filter(type="page")
        numbers = dict(pages.values_list("post_id", "data__parent"))
        order = sorted(numbers, key=lambda number: (_depth(number, numbers), number))
        for start in range(0, len(order), AT_ONCE):
            batch = order[start : start + AT_ONCE]
            yield sorted(pages.filter(post_id__in=batch), key=lambda row: batch.index(row.post_id))
        yield from in_steps(rows.filter(type="post"), AT_ONCE)

    def _import(self, batch):
        items = [(row, row.item) for row in batch]
        if self.brings_files:
            for row, item in items:
                if not self._is_current(row, item):
                    self.maker.take_files(item)
        new = self._new_articles(items)  # outside of the transaction: others may write meanwhile
        with transaction.atomic():
            items = self._still_open(items)
            together = self._add_together(
                [(row, item, new[row.pk]) for row, item in items if row.pk in new]
            )
            _save(row for row, item in items if self._import_row(row, item, together))

    def _still_open(self, items) -> list:
        """Return the items that nobody else has imported or decided about meanwhile, locked."""
        now = ImportedItem.objects.select_for_update().filter(
            pk__in=[row.pk for row, _item in items]
        )
        now = set(now.values_list("pk", *SETTLED))
        return [
            (row, item)
            for row, item in items
            if (row.pk, *(getattr(row, name) for name in SETTLED)) in now
        ]

    def _new_articles(self, items) -> dict[int, Made]:
        """Return what is made of the new posts of a batch, not saved, by the keys of their rows."""
        new = {}
        for row, item in items:
            if row.type == "post" and not row.imported_checksum:
                with suppress(*WRONG):  # it comes again, and is reported, where it is made alone
                    new[row.pk] = self.maker.new(item, self._is_for_draft(row), self._seed(row))
        return new

    def _add_together(self, new) -> dict[int, Made]:
        """Save the new articles of a batch; none, if anything is wrong with one of them."""
        wanted = [(item, self._is_for_draft(row), made) for row, item, made in new]
        try:
            with transaction.atomic():
                if wanted:
                    self.maker.add_articles(wanted)
        except WRONG:
            logger.info("Articles are made one by one, to find the one that can't be made")
            return {}
        return {row.pk: made for row, _item, made in new}

    def _is_current(self, row, item) -> bool:
        """Whether the page of an item is what would be made of it now."""
        if row.imported_checksum != self._stamp(row, item):
            return False
        missing = row.account.get("missing", ())
        return not any(self.context.image(url) or self.context.document(url) for url in missing)

    def _import_row(self, row, item, together) -> bool:
        """Make the page of an item or bring it up to date; tell whether the row has changed."""
        if self._is_current(row, item):
            self.report.count("unchanged", row.type)
            if row.state == State.IMPORTED:
                return False
            made = None
        else:
            try:
                with transaction.atomic():
                    made = self._write(row, item, together.get(row.pk))
            except WRONG as error:
                logger.exception("Item %s of %s could not be imported", row.post_id, row.source)
                self.report.add("failed", error, row.post_id, row.title)
                row.state, row.account = State.FAILED, {"error": str(error)[:500]}
                return True
        row.state, row.imported_checksum = State.IMPORTED, self._stamp(row, item)
        if made:
            row.page, row.revision, row.is_indexed = made.page, made.page.latest_revision_id, False
            self.context.add_page(row.post_id, made.page.pk)
            row.account = account_for(row, made, self.report)
        return True

    def _write(self, row, item: Item, made):
        """Return what was made of an item, or None if editors have taken its page over."""
        if not row.imported_checksum:
            made = made or self.maker.make(item, self._is_for_draft(row), self._seed(row))
            self.report.count("imported", row.type)
            return made
        if row.page is None:
            self.report.add("deleted", "", row.post_id, row.title)
        elif row.page.latest_revision_id != row.revision:
            self.report.add("changed", row.page.title, row.post_id, row.title)
        else:
            self.report.count("brought up to date", row.type)
            return self.maker.bring_up_to_date(row.page, item, self._seed(row))
        return None

    def _is_for_draft(self, row) -> bool:
        return row.decision == Decision.ACCEPTED_AS_DRAFT

    def _seed(self, row) -> str:
        return f"{row.source}/{row.post_id}"

    def _stamp(self, row, item) -> str:
        """Return what the page is made of: the item, its categories and its reusable blocks."""
        whole = f"{row.checksum} {self.topics.stamp(item)}"
        content = filled(item.content, self.context.reused)
        if content != item.content:
            whole += content
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()

    def _settle_links(self, rows):
        """Turn links to pages that were made after the page with the link into links of ours."""
        open_rows = rows.filter(state=State.IMPORTED, page__isnull=False, account__has_key="open")
        for batch in in_steps(open_rows, AT_ONCE):
            with transaction.atomic():
                batch = [row for row in batch if any(map(self.context.page, row.account["open"]))]
                pages = Page.objects.filter(pk__in=[row.page_id for row in batch]).specific()
                pages = {page.pk: page for page in pages}
                batch = [row for row in batch if row.page_id in pages]  # not deleted meanwhile
                for row in batch:
                    row.page = pages[row.page_id]
                _save(row for row in batch if self._settle_row(row))

    def _settle_row(self, row) -> bool:
        if row.page.latest_revision_id != row.revision:
            return False
        made = self.maker.bring_links_up_to_date(row.page, row.item, self._seed(row))
        row.account, row.is_indexed = account_for(row, made), False
        return True


def _save(rows: Iterable[ImportedItem]):
    """Write what has changed of rows: ``save`` would compile a statement for each of thousands."""
    fields = [ImportedItem._meta.get_field(name) for name in WRITTEN]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    table = ImportedItem._meta.db_table
    statement = f'UPDATE "{table}" SET {columns} WHERE "id" = %s'  # noqa: S608 (names alone)

    def value(row, field):
        return field.get_db_prep_save(getattr(row, field.attname), connection)

    values = [[*(value(row, field) for field in fields), row.pk] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _depth(number, parents) -> int:
    """Return how many pages stand above one; a circle is cut where it closes."""
    above, seen = parents.get(number), {number}
    while above in parents and above not in seen:
        seen.add(above)
        above = parents[above]
    return len(seen)


def _options_of_last_run(source) -> dict:
    run = ImportRun.objects.filter(source=source, is_dry=False).first()
    return run.options if run else {}


def _folder_of_last_run(source) -> Path | None:
    """Return the folder of the old uploads that was named last, if it can still be read here."""
    runs = ImportRun.objects.filter(source=source, is_dry=False, options__has_key="media")
    folder = runs.values_list("options__media", flat=True).first()
    return Path(folder) if folder and os.access(folder, os.R_OK | os.X_OK) else None


def import_items(rows):
    """Make the pages of items that an editor has accepted.

    Files are those that are here already, and those in the folder of the last run; a later run of
    the command brings others. Where no page can be made at all, the items say why.
    """
    for source in list(rows.order_by().values_list("source", flat=True).distinct()):
        of_source = rows.filter(source=source)
        try:
            _import_accepted(source, of_source)
        except (NoPlace, MediaError) as error:
            logger.exception("What was accepted of %s could not be imported", source)
            still_open = of_source.filter(state=State.READ)
            still_open.update(state=State.FAILED, account={"error": str(error)[:500]})


def _import_accepted(source, rows):
    url, options = f"http://{source}/", _options_of_last_run(source)
    folder = _folder_of_last_run(source)
    place = Place.find(options.get("site", ""), options.get("language", ""))
    library = Library(source, url, folder)
    Importer(source, place, url, library, brings_files=bool(folder)).run(rows)
    add_redirects(rows)
    add_archive_redirects(source, place.index)
    for _done in Indexing().finish(source):
        pass
