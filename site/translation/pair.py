"""A page and its translation, published together from one and the same text.

What is published as translation is made from the source as it is being published, not from what
was last sent to translators: a text that has changed since then has no translation yet.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationLog,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue


@dataclass
class TranslatedSegments:
    """The segments of a page in another language; what is missing there is in the source's."""

    segments: list = field(default_factory=list)
    missing: list[StringSegmentValue] = field(default_factory=list)


def translations_of(page) -> list[Page]:
    """Return the pages that translate this one, drafts too; none if it is not a source."""
    if page.locale.language_code != settings.LANGUAGE_CODE:
        return []
    return list(page.get_translations().filter(alias_of__isnull=True).specific())


def get_translation_record(source, translation) -> Translation | None:
    """Return wagtail-localize's record of the pair; None if the translation is written by hand."""
    return (
        Translation.objects.filter(
            source__object_id=source.translation_key,
            source__locale_id=source.locale_id,
            target_locale_id=translation.locale_id,
            enabled=True,
        )
        .select_related("source", "target_locale")
        .first()
    )


def translate_segments(source, locale) -> TranslatedSegments:
    """Translate the texts of a page with what translators have written so far.

    ``source`` may be any state of the page, an unpublished draft too. Writes nothing.
    """
    texts, overrides = _read_translations(source, locale)
    result = TranslatedSegments()
    for segment in extract_segments(source):
        if isinstance(segment, StringSegmentValue):
            text = texts.get((segment.path, segment.string.data))
            if text is None:
                result.missing.append(segment)
                if segment.path == "slug":
                    continue  # the translation keeps its own address
            else:
                segment.string = StringValue(text)
        elif isinstance(segment, OverridableSegmentValue):
            if segment.path not in overrides:
                continue
            segment.data = overrides[segment.path]
        elif isinstance(segment, RelatedObjectSegmentValue) and not _exists(segment, locale):
            continue  # as wagtail-localize: what is there stays
        result.segments.append(segment)
    return result


def _read_translations(source, locale) -> tuple[dict, dict]:
    """Return what translators wrote: texts by path and source text, other values by path."""
    texts = StringTranslation.objects.filter(
        context__object_id=source.translation_key, locale=locale, has_error=False
    ).values_list("context__path", "translation_of__data", "data")
    overrides = SegmentOverride.objects.filter(
        context__object_id=source.translation_key, locale=locale, has_error=False
    ).select_related("context")
    return (
        {(path, text): translated for path, text, translated in texts},
        {override.context.path: override.data for override in overrides},
    )


def _exists(segment, locale) -> bool:
    try:
        return bool(segment.get_instance(locale))
    except ObjectDoesNotExist:
        return False


def get_missing_texts(source, translation) -> list[str]:
    """Return the texts of the source, as it is given, that lack a translation in the language.

    A translation written by hand lacks nothing that could be known. One with an address of its own
    keeps it when that of the source changes.
    """
    if get_translation_record(source, translation) is None:
        return []
    has_own_address = translation.slug != Page.objects.get(pk=source.pk).slug
    return [
        segment.string.data
        for segment in translate_segments(source, translation.locale).missing
        if not (segment.path == "slug" and has_own_address)
    ]


@transaction.atomic
def publish_translation(source, translation, user):
    """Publish the translation of a source that was just published, or scheduled, as given.

    It goes live now, or at the same time as the source. Raises ``ValidationError`` if a value of
    the translation is not valid, and then changes nothing.
    """
    record = get_translation_record(source, translation)
    page = (
        make_draft(source, translation) if record else translation.get_latest_revision_as_object()
    )
    page.go_live_at = source.go_live_at
    revision = page.save_revision(user=user)
    if record:
        log_translation(record, revision)
        record.source.sync_view_restrictions(source, translation)
        if not is_scheduled_change(source):
            record.source.update_from_db()
    revision.publish(user=user)


@transaction.atomic
def save_draft(record: Translation, user):
    """Save what translators have written as a draft of the translation; return the revision.

    Unlike wagtail-localize's ``save_target(publish=False)``, which writes it to a page that is
    live, this changes nothing that visitors see. Raises ``ValidationError``.
    """
    draft = make_draft(record.source.as_instance(), record.get_target_instance())
    revision = draft.save_revision(user=user)
    log_translation(record, revision)
    return revision


def make_draft(source, translation):
    """Return the translation with the texts of the source as given; nothing is saved."""
    locale = translation.locale
    draft = type(source).objects.get(pk=translation.pk)
    copy_synchronised_fields(source, draft)
    segments = translate_segments(source, locale).segments
    ingest_segments(source, draft, source.locale, locale, segments)
    draft.slug = find_available_slug(
        translation.get_parent(), slugify(draft.slug), ignore_page_id=translation.pk
    )
    return draft


def log_translation(record, revision):
    TranslationLog.objects.create(
        source=record.source, locale=record.target_locale, revision=revision
    )


def is_scheduled_change(source) -> bool:
    """Tell whether the source, as given, will replace a version that is live until then."""
    is_live = Page.objects.filter(pk=source.pk, live=True).exists()
    return bool(is_live and source.go_live_at and source.go_live_at > timezone.now())
