"""Writes translations as PO files, and many of them as one archive."""

import zipfile
from collections.abc import Iterator

import polib
from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page
from wagtail_localize.models import Translation

from . import EXPORTED_AT, TRANSLATION_ID
from .places import place_of
from .selection import existing
from .texts import Text, texts_of

BATCH = 100  # translations in memory at a time
# As in the catalogues of Django; other languages go without.
PLURAL_FORMS = {
    "en": "nplurals=2; plural=(n != 1);",
    "lv": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
}


def export(translations: list[Translation], person: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each translation's PO file, in the language of now.

    Args:
        translations: with ``source`` and ``target_locale``; the queries are a constant number.
        person: who takes the files, for their headers.
    """
    texts = texts_of(translations)
    pages = _live_pages(translations)
    for translation in translations:
        key = (translation.source.object_id, translation.source.locale_id)
        page = pages.get(key)
        po = _file(translation, person, page.full_url if page else "")
        model = translation.source.specific_content_type.model_class()
        po.extend(_entry(text, place_of(model, text.field).label) for text in texts[translation.pk])
        for entry in po:
            entry.comment += f"\n{po.where}"
        yield filename(translation), str(po).encode()


def filename(translation: Translation) -> str:
    """Return a name that people recognise, unlike that of any other translation."""
    title = slugify(translation.source.object_repr)[:60].strip("-") or "po"
    return f"{title}-{translation.target_locale.language_code}-{translation.pk}.po"


def archive(keys: list[int], person: str, language: str) -> Iterator[bytes]:
    """Yield a zip of the PO files of translations in pieces; never more than ``BATCH`` in memory.

    The pieces are asked for after the view has returned: the language is set for each batch.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
        for start in range(0, len(keys), BATCH):
            batch = Translation.objects.filter(pk__in=keys[start : start + BATCH]).select_related(
                "source__specific_content_type", "target_locale"
            )
            with override(language):
                for name, content in export(list(batch.order_by("pk")), person):
                    packed.writestr(_member(name), content)
            yield sink.take()
    yield sink.take()


class _Sink:
    """A file that is only written to, and emptied in between."""

    def __init__(self):
        self.pieces = []

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self):
        pass

    def take(self) -> bytes:
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _live_pages(translations) -> dict:
    keys = [
        translation.source.object_id
        for translation in translations
        if issubclass(translation.source.specific_content_type.model_class(), Page)
    ]
    return {key: page for key, page in existing(Page, keys).items() if page.live}


def _file(translation: Translation, person: str, address: str) -> polib.POFile:
    po = polib.POFile(wrapwidth=0)  # polib's wrapping loses some white space
    language = translation.target_locale.language_code
    title = " ".join(translation.source.object_repr.split())
    po.where = " · ".join(filter(None, [title, address]))
    po.header = "\n".join(
        [
            po.where,
            _("Keep the tags, such as <b> and <a id=…>, around the same words."),
            _("Keep the headers below: they say which page the file belongs to."),
        ]
    )
    now = timezone.localtime()
    po.metadata = {
        "Project-Id-Version": settings.WAGTAIL_SITE_NAME,
        "Report-Msgid-Bugs-To": settings.DEFAULT_FROM_EMAIL,
        "POT-Creation-Date": now.strftime("%Y-%m-%d %H:%M%z"),
        "PO-Revision-Date": now.strftime("%Y-%m-%d %H:%M%z"),
        "Last-Translator": " ".join(person.split()),
        "Language-Team": str(translation.target_locale.language_name),
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS.get(language.split("-")[0], ""),
        TRANSLATION_ID: str(translation.uuid),
        EXPORTED_AT: now.isoformat(),
    }
    po.metadata = {name: value for name, value in po.metadata.items() if value}
    return po


def _entry(text: Text, label: str) -> polib.POEntry:
    entry = polib.POEntry(msgctxt=text.context, msgid=text.source, msgstr=text.current or "")
    entry.comment = label or text.context
    if text.translation and text.translation.has_error:
        entry.flags = ["fuzzy"]
        error = " ".join((text.translation.get_error() or "").split())
        entry.comment += f"\n{error}" if error else ""
    return entry
