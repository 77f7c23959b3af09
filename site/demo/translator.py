"""Translating the demo content as a translator does: through wagtail-localize, text by text."""

from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from .data import Entry, texts


def translate(instance, locale, entry: Entry):
    """Make and publish the translation of ``instance`` with the texts of its entry.

    Raises ``LookupError`` when a text of the object has no translation there.
    """
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    phrases = phrasebook(entry)
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.context.path == "slug":
            text = entry.values["slug"].en
        else:
            text = phrases.get(segment.string.data)
        if not text:
            raise LookupError(f"{entry.key}: no translation of {segment.string.data!r}")
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": text, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
        )
    is_page = isinstance(instance, Page)
    translation.save_target(publish=not is_page)
    if is_page:
        # save_target() would publish only after the transaction, which is that of the whole load.
        translation.get_target_instance().get_latest_revision().publish()


def phrasebook(entry: Entry) -> dict[str, str]:
    """Return English by Latvian, both in the form in which wagtail-localize keeps them.

    Each text is listed as plain text and as rich text; they differ where there is markup.
    Raises ``ValueError`` when the entry translates the same text in two ways.
    """
    phrases = {}
    texts_but_slug = {name: value for name, value in entry.values.items() if name != "slug"}
    for text in texts(texts_but_slug):
        plain = [StringValue.from_plaintext(version).data for version in text]
        markup = [StringValue.from_source_html(version)[0].data for version in text]
        for latvian, english in (plain, markup):
            if phrases.setdefault(latvian, english) != english:
                raise ValueError(f"{entry.key}: two translations of {latvian!r}")
    return phrases
