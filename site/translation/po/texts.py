"""The texts of translations, read in bulk."""

from collections import defaultdict
from dataclasses import dataclass

from wagtail_localize.models import StringSegment, StringTranslation, Translation

# As in Text. Plain rows: models would take most of the time of a large archive.
COLUMNS = ("context__path", "string__data", "context__field_path", "string", "context")


@dataclass
class Text:
    """A text of the original and its translation of now, if there is one."""

    context: str
    source: str
    field: str
    string_id: int
    context_id: int
    translation: StringTranslation | None

    @property
    def current(self) -> str | None:
        """The translation as a PO file has it."""
        return self.translation and as_in_po(self.source, self.translation.data)


def as_in_po(source: str, text: str) -> str:
    """Return a translation with line ends outside like those of its source.

    ``msgfmt --check`` refuses a file in which only one of the two begins or ends with one. A text
    of nothing but line ends is none.
    """
    before = source[: len(source) - len(source.lstrip("\n"))]
    after = source[len(source.rstrip("\n")) :]
    inner = text.strip("\n")
    return before + inner + after if inner else ""


def texts_of(translations: list[Translation], for_update=False) -> dict[int, list[Text]]:
    """Return the texts of each translation (by primary key) in the order of the original.

    A text that occurs several times in one context is one text: it has one translation. Two
    queries, however many translations. ``for_update`` locks the translated texts.
    """
    made = StringTranslation.objects.filter(
        context__object_id__in={translation.source.object_id for translation in translations},
        locale__in={translation.target_locale_id for translation in translations},
    ).select_related("last_translated_by")
    if for_update:
        made = made.select_for_update(of=("self",))
    made = {(text.locale_id, text.translation_of_id, text.context_id): text for text in made}
    segments = defaultdict(dict)
    for source, *row in (
        StringSegment.objects.filter(source__in={each.source_id for each in translations})
        .order_by("order", "pk")
        .values_list("source", *COLUMNS)
    ):
        segments[source][tuple(row)] = None  # each once, in order
    return {
        translation.pk: [
            Text(*row, made.get((translation.target_locale_id, *row[-2:])))
            for row in segments[translation.source_id]
        ]
        for translation in translations
    }
