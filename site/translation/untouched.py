"""Pages that translators never had, many at once: an import brings thousands.

There is nothing to compare them with; only their text units are to be known and counted.
"""

import logging
from collections import defaultdict

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from home.children import fetch_children

from .comparison import compare
from .models import TranslationStatus
from .rows import COMPARED, new_row, note_comparison, note_count, note_failure

AT_ONCE = 50  # pages held in memory
WRITTEN = [*COMPARED, "changed_at", "translation", "target_page"]

logger = logging.getLogger(__name__)


def add(pages: list):
    """Add the rows of pages of the source language, compared and counted, where they have none.

    The pages have their children already; those that have rows or are with translators are marked
    to be compared.
    """
    keys = [page.translation_key for page in pages]
    known = TranslationStatus.objects.filter(translation_key__in=keys)
    known.outdate()
    without = set(keys) - set(known.values_list("translation_key", flat=True))
    locales = Locale.objects.exclude(pk=Locale.get_default().pk)
    rows = [
        (page, new_row(page, locale))
        for locale in locales
        for page in pages
        if page.translation_key in without
    ]
    for page, row in rows:
        _compare(row, page)
        note_count(row, {}, [])
    TranslationStatus.objects.bulk_create(
        (row for _page, row in rows), ignore_conflicts=True, batch_size=AT_ONCE
    )
    given = TranslationSource.objects.filter(object_id__in=without)
    known.filter(translation_key__in=given.values("object_id")).outdate()


def untouched(rows):
    """Return those of the rows that are of pages, without anything brought to translators."""
    given = TranslationSource.objects.filter(object_id=OuterRef("translation_key"))
    return rows.filter(~Exists(given), page__isnull=False).order_by("pk")


@transaction.atomic
def settle_some(outdated) -> bool:
    """Compare some of the rows, which nobody else holds; return whether there were any."""
    rows = untouched(outdated).select_for_update(skip_locked=True, of=("self",))
    rows = list(rows[:AT_ONCE])
    pages, targets = _pages_of(rows), _targets_of(rows)
    gone = [row.pk for row in rows if not _is_of(row, pages.get(row.object_id))]
    rows = [row for row in rows if row.pk not in gone]
    for row in rows:
        row.target_page_id = targets.get((row.translation_key, row.target_locale_id))
        _compare(row, pages[row.object_id])
    TranslationStatus.objects.bulk_update(rows, WRITTEN, batch_size=AT_ONCE)
    TranslationStatus.objects.filter(pk__in=gone).delete()
    return bool(rows or gone)


def _pages_of(rows) -> dict[int, Page]:
    keys = defaultdict(list)
    for row in rows:
        keys[row.model].append(row.object_id)
    pages = {}
    for model, numbers in keys.items():
        found = model._default_manager.in_bulk(numbers)
        fetch_children(list(found.values()))
        pages |= found
    return pages


def _targets_of(rows) -> dict:
    keys = {row.translation_key for row in rows}
    found = Page.objects.filter(translation_key__in=keys)
    return {
        (key, locale): pk
        for key, locale, pk in found.values_list("translation_key", "locale", "pk")
    }


def _is_of(row, page) -> bool:
    return page is not None and page.translation_key == row.translation_key


def _compare(row, page):
    row.translation = row.changed_at = None
    try:
        found = compare(page, None)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("“%s” could not be compared with its translations", page)
        note_failure(row)
    else:
        note_comparison(row, page, found)
