"""The rows of the translation report: a new one, and what comparing and counting note in one."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page

from .comparison import digest
from .models import TranslationStatus
from .models.status import folded

# What ``note_comparison`` and ``note_count`` write.
COMPARED = ["title", "folded_title", "units", "synced_digest", "changed_fields", "has_failed"]
COMPARED += ["is_compared", "is_counted", "compared_at"]
COUNTED = ["unit_count", "translated_count", "words_left", "changed_words", "current", "is_counted"]


def specific_model(instance) -> type:
    return instance.specific_class if isinstance(instance, Page) else type(instance)


def new_row(source, locale) -> TranslationStatus:
    """Return the row of a source and a language, to be compared; it is not saved."""
    model = specific_model(source)
    title = str(source)
    return TranslationStatus(
        content_type=ContentType.objects.get_for_model(model),
        object_id=source.pk,
        translation_key=source.translation_key,
        title=title,
        folded_title=folded(title),
        page_id=source.pk if issubclass(model, Page) else None,
        target_locale=locale,
    )


def note_comparison(row: TranslationStatus, source, found: dict):
    """Note what ``comparison.compare`` found; to be counted after."""
    row.title = str(source)
    row.folded_title = folded(row.title)
    row.units = found["units"]
    row.synced_digest = found["synced_digest"]
    row.changed_fields = found["changed_fields"]
    row.has_failed, row.is_compared, row.is_counted = False, True, False
    row.compared_at = timezone.now()


def note_failure(row: TranslationStatus):
    """Note that the source could not be compared, for instance for a block upstream can't read."""
    row.has_failed = row.is_compared = row.is_counted = True
    row.compared_at = timezone.now()


def note_count(row: TranslationStatus, texts: dict, overrides: list):
    """Count the units that have a text: {(path, hash of the source text): text}."""
    left = [unit for unit in row.units if tuple(unit[:2]) not in texts]
    row.unit_count = len(row.units)
    row.translated_count = len(row.units) - len(left)
    row.words_left = sum(words for _path, _hash, words, _is_new in left)
    row.changed_words = sum(words for _path, _hash, words, is_new in left if is_new)
    content = [row.synced_digest, sorted([*unit, text] for unit, text in texts.items())]
    row.current = digest([*content, overrides])
    row.is_counted = True
