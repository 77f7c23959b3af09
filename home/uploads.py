"""Files that editors upload are what their names say."""

import codecs
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .reencoding import written_anew

HEAD = TAIL = 64 * 1024  # bytes that are looked at, at either end
ZIP, ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
OFFICE = b"[Content_Types].xml"  # ECMA-376-2, 10.1.2: in every file of its kind
# What programs in a document are kept in: of Microsoft (MS-OVBA, 2.2.1) and of LibreOffice.
PROGRAMS = (b"vbaProject.bin", b"Basic/script-lc.xml", b"Scripts/python/")
# The older format of Office (MS-CFB, 2.2), and what says in it that there is a program: a name in
# its directory (MS-OVBA, 2.3.4.1), in presentations a record (MS-PPT, 2.4.11).
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_PROGRAMS = re.compile(
    re.escape("_VBA_PROJECT\0".encode("utf-16-le")) + rb"|\x02\0\0\x04\x0c\0\0\0.{4}\x01\0\0\0",
    re.DOTALL,
)
MEGABYTE = 1024 * 1024
# Characters that no text holds, and every program does.
CONTROLS = bytes({*range(32)} - {*b"\t\n\v\f\r\x1a\x1b"})


def _is_text(head, tail):
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return head.translate(None, CONTROLS) == head


def _is_zip(head, tail):
    # An archive may also end with nothing but its end: an empty one.
    return head.startswith((ZIP, ZIP_END)) and ZIP_END in tail


def _is_office(folder):
    def check(head, tail):
        return _is_zip(head, tail) and OFFICE in head + tail and folder in head + tail

    return check


def _is_open_document(kind):
    # OpenDocument 1.3, part 2, 3.3: the first member is named `mimetype` and holds the type, plain.
    signature = b"mimetypeapplication/vnd.oasis.opendocument." + kind

    def check(head, tail):
        return _is_zip(head, tail) and head[30:].startswith(signature)

    return check


def _starts_with(signature):
    def check(head, tail):
        # No archive at its end: such a file is two things at once.
        return head.startswith(signature) and ZIP_END not in tail

    return check


def _is_compound(head, tail):
    return head.startswith(COMPOUND)


def _is_sound(head, tail):
    # A tag before the sound (ID3v2), or a frame of MPEG layer 3 (ISO 11172-3, 2.4.1.3).
    is_frame = head[:1] == b"\xff" and head[1:2] in (b"\xfa", b"\xfb", b"\xf2", b"\xf3")
    return (is_frame or head.startswith(b"ID3")) and ZIP_END not in tail


def _is_film(head, tail):
    # ISO 14496-12, 4.3; pictures (AVIF, HEIC) begin so too.
    is_film = head[4:8] == b"ftyp" and head[8:11] not in (b"avi", b"hei", b"mif", b"msf")
    return is_film and ZIP_END not in tail


# For each extension of WAGTAILDOCS_EXTENSIONS, by what a file of it is known.
CONTENTS = {
    "csv": _is_text,
    "doc": _is_compound,
    "docx": _is_office(b"word/"),
    "mp3": _is_sound,
    "mp4": _is_film,
    "odp": _is_open_document(b"presentation"),
    "ods": _is_open_document(b"spreadsheet"),
    "odt": _is_open_document(b"text"),
    "pdf": _starts_with(b"%PDF-"),
    "pps": _is_compound,
    "ppsx": _is_office(b"ppt/"),
    "ppt": _is_compound,
    "pptx": _is_office(b"ppt/"),
    "rtf": _starts_with(b"{\\rtf"),
    "txt": _is_text,
    "xls": _is_compound,
    "xlsx": _is_office(b"xl/"),
    "zip": _is_zip,
}

_WITH_PARTS = ("docx", "odp", "ods", "odt", "ppsx", "pptx", "xlsx")
_COMPOUNDS = ("doc", "pps", "ppt", "xls")


def extension_of(name: str) -> str:
    """Return what stands after the last dot of a file's name, in lower case."""
    return name.rpartition(".")[2].lower()


def check_content(file):
    """Raise ``ValidationError`` if a file's content is not of the kind that its name says.

    Looks at both ends of it, reads one of the older Office once, and unpacks nothing, so that no
    file can make this expensive. Names with other extensions than those that are allowed are left
    to Wagtail, which refuses them.
    """
    extension = extension_of(file.name)
    is_of_its_kind = CONTENTS.get(extension)
    if is_of_its_kind is None:
        return
    file.seek(0)
    head = file.read(HEAD)
    file.seek(max(0, file.size - TAIL))
    tail = file.read(TAIL)
    file.seek(0)
    has_program = extension in _WITH_PARTS and any(name in head + tail for name in PROGRAMS)
    if has_program or (extension in _COMPOUNDS and _holds_old_program(file)):
        raise ValidationError(
            _(
                "This document holds a program (macros), which visitors’ computers refuse or run. "
                "Save it without macros."
            ),
            code="program",
        )
    if not is_of_its_kind(head, tail):
        raise ValidationError(
            _(
                "The content of this file is not that of a .%(extension)s file. Open it in the "
                "program that made it, and save it in that format."
            ),
            code="wrong_content",
            params={"extension": extension_of(file.name)},
        )


def _holds_old_program(file) -> bool:
    end = b""
    while chunk := file.read(MEGABYTE):
        if OLD_PROGRAMS.search(end + chunk):
            break
        end = chunk[-64:]  # what is sought may lie across
    file.seek(0)
    return bool(chunk)


class DocumentForm(BaseDocumentForm):
    """The form of a document in the admin: page by page, many at once, and in the chooser."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            check_content(file)
        return file


class ReadableImageField(WagtailImageField):
    """Refuses what begins like a picture and is none; Wagtail's field fails on it.

    What is stored is the picture written anew (see ``home.reencoding``), so that the original too
    may be seen by everybody.
    """

    def to_python(self, data):
        file = super().to_python(data)
        try:
            return file and written_anew(file)
        except (OSError, SyntaxError, ValueError) as error:  # it breaks off, or is damaged
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error

    def check_image_pixel_size(self, f):
        try:
            super().check_image_pixel_size(f)
        except (OSError, SyntaxError, ValueError) as error:  # so Pillow says it
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error


class ImageForm(BaseImageForm):
    """The form of an image in the admin: page by page, many at once, and in the chooser."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = ReadableImageField(
                label=field.label, required=field.required, widget=field.widget
            )
