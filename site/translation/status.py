"""Keeping the statuses of translations true to what is published in the source language.

wagtail-localize compares a translation with the source as it was last synchronised, so that later
changes don't show. Here the published source is compared with that.

Whatever changes a source, a translation or its texts only marks the rows concerned, in the same
transaction: ``outdate`` for the comparison, ``outdate_count`` for the number of translated units.
``settle`` then writes what was marked. It is called once a change is committed, and before rows are
shown, so that none is ever shown as it was before. Whoever changes sources or string translations
past Django's signals (``update``, ``bulk_create``) marks the rows themselves.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from django.db.models import F, Max
from django.utils import timezone
from wagtail.models import Locale, ModelLogEntry, Page, TranslatableMixin, get_page_models
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)

from home.steps import in_steps

from . import untouched
from .comparison import compare
from .models import TranslationStatus
from .rows import COUNTED, new_row, note_comparison, note_count

ROOT_DEPTH = 1
AT_ONCE = 400  # rows counted by one set of queries; SQLite takes 999 parameters
SOURCES_AT_ONCE = 100  # held in memory while everything is written anew

logger = logging.getLogger(__name__)


# What is translated


def record_models() -> list[type]:
    """Return the translatable models that are no pages and have an editor of their own."""
    return [
        model
        for model in get_snippet_models()
        if issubclass(model, TranslatableMixin) and not issubclass(model, Page)
    ]


def is_listed(instance) -> bool:
    """Whether an object is a page or record that is translated by itself."""
    if isinstance(instance, Page):
        return instance.depth != ROOT_DEPTH
    return isinstance(instance, tuple(record_models()))


def translated_models() -> list[type]:
    return [*get_page_models(), *record_models()]


def sources_of(model):
    """Return the objects of exactly this type in the source language."""
    found = model._default_manager.filter(locale=Locale.get_default())
    if issubclass(model, Page):
        content_type = ContentType.objects.get_for_model(model)
        found = found.filter(content_type=content_type, depth__gt=ROOT_DEPTH)
    return found


def number_of_sources() -> int:
    return sum(sources_of(model).count() for model in translated_models())


# Marking what has changed


def outdate(source):
    """Have a page or record of the source language compared anew; a new one gets its rows."""
    found = TranslationStatus.objects.filter(translation_key=source.translation_key)
    if not found.outdate():
        _add_rows(source)


def outdate_count(translation_key, locale_id):
    """Have the translated units of an object in one language counted anew."""
    TranslationStatus.objects.filter(
        translation_key=translation_key, target_locale=locale_id
    ).outdate_count()


def _add_rows(source):
    """Add the rows that a source lacks; the rest is written by the comparison."""
    locales = Locale.objects.exclude(pk=source.locale_id)
    rows = [new_row(source, locale) for locale in locales]
    TranslationStatus.objects.bulk_create(rows, ignore_conflicts=True)


def target_values(target, is_page: bool) -> dict:
    """Return the fields of a row that name its translated object, or that there is none."""
    key = target.pk if target else None
    return {"target_page_id": key} if is_page else {"target_id": key}


# Comparing

_is_postponed = ContextVar("comparisons of translations are postponed", default=False)


@contextmanager
def postponed():
    """Mark what changes, but compare nothing when it is committed: the caller settles it later."""
    token = _is_postponed.set(True)
    try:
        yield
    finally:
        _is_postponed.reset(token)


def is_postponed() -> bool:
    return _is_postponed.get()


def settle(**which):
    """Compare and count what was marked; ``which`` narrows the rows down."""
    uncounted = TranslationStatus.objects.filter(is_counted=False, **which)
    outdated = uncounted.filter(is_compared=False).order_by("translation_key")
    keys = outdated.values_list("translation_key", flat=True).distinct()
    pending = list(keys)
    while pending and untouched.settle_some(outdated):
        pass
    for key in list(keys) if pending else ():
        source = outdated.filter(translation_key=key)
        try:
            _settle_source(source)
        except DatabaseError:
            raise
        except Exception:
            # For instance a block that upstream can't read: the row says so, the others go on.
            logger.exception("The source %s could not be compared with its translations", key)
            source.update(
                has_failed=True, is_compared=True, is_counted=True, compared_at=timezone.now()
            )
    _settle_counts(uncounted)


@transaction.atomic
def _settle_source(outdated):
    # A row that somebody else holds is being compared, or will be marked once more.
    rows = list(outdated.order_by("pk").select_for_update(skip_locked=True))
    if not rows:
        return
    instance = rows[0].model._default_manager.filter(pk=rows[0].object_id).first()
    if not instance or instance.translation_key != rows[0].translation_key:
        TranslationStatus.objects.filter(pk__in=[row.pk for row in rows]).delete()
        return
    _compare(instance, rows)


def _compare(instance, rows):
    synced = TranslationSource.objects.filter(
        object_id=instance.translation_key, locale=instance.locale_id
    ).first()
    found = compare(instance, synced)
    for row in rows:
        _link(row, synced)
        was_changed_at = row.changed_at
        note_comparison(row, instance, found)
        row.changed_at = None
        if row.changed_fields:
            is_later = was_changed_at and was_changed_at > synced.last_updated_at
            row.changed_at = was_changed_at if is_later else _saved_at(instance, synced)
        row.save()


def _link(row, synced):
    """Name the translated object and the record of its translation, where they exist."""
    row.translation = Translation.objects.filter(
        source=synced, target_locale=row.target_locale_id
    ).first()
    model = Page if row.page_id else row.model
    target = model._default_manager.filter(
        translation_key=row.translation_key, locale=row.target_locale_id
    ).first()
    for name, value in target_values(target, is_page=bool(row.page_id)).items():
        setattr(row, name, value)


def _saved_at(instance, synced):
    """Return when a source that differs was last saved, as far as that is known."""
    if isinstance(instance, Page):
        saved = instance.last_published_at
    else:
        log = ModelLogEntry.objects.for_instance(instance)
        saved = log.aggregate(last=Max("timestamp"))["last"]
    return saved if saved and saved > synced.last_updated_at else timezone.now()


# Counting


def _settle_counts(uncounted):
    while uncounted.exists():
        with transaction.atomic():
            rows = list(uncounted.order_by("pk").select_for_update(skip_locked=True)[:AT_ONCE])
            _count(rows)
        if not rows:
            return


def _count(rows):
    keys = {row.translation_key for row in rows}
    translations, overrides = _translations(keys), _overrides(keys)
    written = _last_written([row for row in rows if not row.written])
    for row in rows:
        key = (row.translation_key, row.target_locale_id)
        note_count(row, translations[key], overrides[key])
        saved = [time for time in (translations.times[key], overrides.times[key]) if time]
        if key in written and all(time <= written[key] for time in saved):
            row.written = row.current
    TranslationStatus.objects.bulk_update(rows, [*COUNTED, "written"], batch_size=50)


class Texts(defaultdict):
    """Texts by translation key and language, and in ``times`` when the last of each was saved."""

    def __init__(self, kind):
        super().__init__(kind)
        self.times = defaultdict(lambda: None)

    def saved(self, key, time):
        self.times[key] = max(filter(None, (self.times[key], time)))


def _translations(keys) -> Texts:
    """Return the translations without error: {(path, hash of the source text): text}."""
    found = StringTranslation.objects.filter(context__object__in=keys, has_error=False)
    texts = Texts(dict)
    for key, locale, path, source, text, time in found.values_list(
        "context__object_id",
        "locale_id",
        "context__path_id",
        "translation_of__data_hash",
        "data",
        "updated_at",
    ):
        texts[key, locale][str(path), str(source)] = text
        texts.saved((key, locale), time)
    return texts


def _overrides(keys) -> Texts:
    """Return the values that translations have of their own, such as links."""
    found = SegmentOverride.objects.filter(context__object__in=keys, has_error=False)
    texts = Texts(list)
    names = ["context__object_id", "locale_id", "context__path_id", "data_json", "updated_at"]
    for key, locale, path, value, time in found.order_by("pk").values_list(*names):
        texts[key, locale].append([str(path), value])
        texts.saved((key, locale), time)
    return texts


def _last_written(rows) -> dict:
    """Return when translated objects were last made of their texts, if not synchronised since."""
    logs = TranslationLog.objects.filter(source__object__in=[row.translation_key for row in rows])
    logs = logs.order_by().values("source__object_id", "locale_id").annotate(last=Max("created_at"))
    logs = logs.filter(last__gte=F("source__last_updated_at"))
    return {(log["source__object_id"], log["locale_id"]): log["last"] for log in logs}


def mark_written(translation_key, locale_id):
    """Note that the translated object was just made of the texts as they are."""
    which = {"translation_key": translation_key, "target_locale": locale_id}
    outdate_count(translation_key, locale_id)
    settle(**which)
    TranslationStatus.objects.filter(**which).update(written=F("current"))


# Everything anew


def build() -> Iterator[int]:
    """Write all rows anew, yielding the number of objects done; the site stays in use.

    Broken off, what was done stays.
    """
    started = timezone.now()
    done = 0
    for model in translated_models():
        for sources in in_steps(sources_of(model), SOURCES_AT_ONCE):
            for source in sources:
                _add_rows(source)
                outdate(source)
                settle(translation_key=source.translation_key)
                done += 1
                yield done
    # Not those that somebody has just marked again: their own comparison follows.
    TranslationStatus.objects.filter(compared_at__lt=started, is_counted=True).delete()
