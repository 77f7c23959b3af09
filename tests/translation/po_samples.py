"""Translations and the files of a translator, for the tests of PO files."""

import io
import zipfile

import polib
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from tests.factories import ContentPageFactory
from translation.po.exporting import export
from translation.po.importing import try_out

ID = "X-WagtailLocalize-TranslationID"
BODY = '<p>Raksti <a href="https://example.org">mums</a> <b>drīz</b>.</p><p>Otrā rindkopa.</p>'


def start(instance, language="en") -> Translation:
    """Submit an object for translation: its target is a draft, all of it still Latvian."""
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    locale = Locale.objects.get(language_code=language)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    translation.save_target(publish=False)
    return translation


def page_to_translate(parent, title="Par mums", **kwargs) -> Translation:
    kwargs.setdefault("body", [("text", BODY)])
    return start(ContentPageFactory(parent=parent, title=title, **kwargs))


def po_of(translation) -> polib.POFile:
    [(_name, content)] = export([translation], "Anna")
    return parsed(content)


def parsed(content: bytes) -> polib.POFile:
    # polib reads what no file system calls a file: never a path.
    return polib.pofile(content.decode())


def entry_of(po, source):
    return next(entry for entry in po if entry.msgid == source)


def filled(translation, texts: dict[str, str]) -> bytes:
    """A PO file in which somebody has translated ``texts``."""
    po = po_of(translation)
    for source, text in texts.items():
        entry_of(po, source).msgstr = text
    return str(po).encode()


def zipped(files: dict[str, bytes], **kwargs) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, **kwargs) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def uploaded(content: bytes, name="file.po"):
    return SimpleUploadedFile(name, content)


def tried(user, content: bytes, name="file.po", **kwargs):
    return try_out(user, io.BytesIO(content), name, **kwargs)


def results(upload) -> dict[str, str]:
    """The result of each text, by its source; a file's problem stands for its texts."""
    return {
        text["source"]: text["reason"] or text["result"]
        for file in upload.files.all()
        for text in file.texts
    }


def translations_of(translation) -> dict[str, str]:
    made = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale
    )
    return dict(made.values_list("translation_of__data", "data"))


def draft_of(translation):
    return translation.get_target_instance().get_latest_revision_as_object()
