"""Whether visitors of a translation should know that its original says something newer."""

import datetime

from wagtail.models import Page

from .models import TranslationStatus


def newer_source(page: Page) -> Page | None:
    """Return the published original of a translation if it has changed since; one query.

    Where wagtail-localize keeps the pair, its original counts as newer from the change on until a
    translation made from the new text is published; a change that a translator has taken in
    without a new word ends it too. Where a translation is kept by hand, the dates decide. Of these,
    a publication that changed nothing moves none (see ``home.changes``).
    """
    row = (
        TranslationStatus.objects.filter(target_page=page.pk)
        .select_related("page__locale", "translation__source")
        .defer("units", "changed_fields", "translation__source__content_json")
        .first()
    )
    if row is None or row.page is None or not row.page.live:
        return None
    return row.page if _is_newer(row, page.last_published_at) else None


def _is_newer(row, published: datetime.datetime | None) -> bool:
    is_known = row.is_compared and not row.has_failed
    if not (row.translation and row.translation.enabled and is_known):
        changed = row.page.last_published_at
        return bool(changed and published) and changed > published
    if row.changed_at:
        return True
    # What changed has reached the translators; is it published yet?
    is_unwritten = row.written != row.current or row.translated_count < row.unit_count
    synced = row.translation.source.last_updated_at
    return is_unwritten and bool(published) and synced > published
