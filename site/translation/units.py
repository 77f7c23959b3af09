"""Text units of a translation that nobody has translated yet, and filling many of them at once."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from . import status

MANUAL = StringTranslation.TRANSLATION_TYPE_MANUAL
MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE
SLUG = "slug"  # the path of addresses: each is unique in its folder, so a person has to choose it


def untranslated(translation: Translation):
    """Return the text units without any translation, addresses left out, in their order."""
    existing = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=translation.target_locale_id,
    )
    return (
        StringSegment.objects.filter(~Exists(existing), source=translation.source_id)
        .exclude(context__path=SLUG)
        .select_related("context", "string")
        .order_by("order")
    )


@transaction.atomic
def store(
    translation: Translation, texts: dict[StringSegment, str], *, kind: str, tool_name: str, user
):
    """Store translations of text units, in a constant number of queries; nothing is published.

    What a colleague has entered in the meantime stays. A page's draft takes its title, as when
    units are saved one by one.
    """
    places = {(unit.string_id, unit.context_id): text for unit, text in texts.items()}
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of_id=string_id,
                context_id=context_id,
                locale_id=translation.target_locale_id,
                data=text,
                translation_type=kind,
                tool_name=tool_name,
                last_translated_by=user,
            )
            for (string_id, context_id), text in places.items()
        ],
        ignore_conflicts=True,
    )
    # Written past the signals that mark it.
    status.outdate_count(translation.source.object_id, translation.target_locale_id)
    if title := next((text for unit, text in texts.items() if unit.context.path == "title"), ""):
        Page.objects.filter(
            translation_key=translation.source.object_id, locale=translation.target_locale_id
        ).update(draft_title=title)


def machine_translated(translation: Translation) -> list[int]:
    """Return the keys of the text units whose translation is a machine's."""
    by_machine = set(
        StringTranslation.objects.filter(
            locale=translation.target_locale_id,
            context__object_id=translation.source.object_id,
            translation_type=MACHINE,
        ).values_list("translation_of_id", "context_id")
    )
    units = translation.source.stringsegment_set.order_by("order")
    return [
        pk
        for pk, string_id, context_id in units.values_list("pk", "string_id", "context_id")
        if (string_id, context_id) in by_machine
    ]
