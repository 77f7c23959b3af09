"""Taking a file in as an upload in the admin is: the same forms, the same rules.

What people have called by a wrong name is given its right one, and old formats of pictures become
one that browsers show; anything else that the admin would refuse is refused here.
"""

import contextlib
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db.models import Model
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image as PillowImage
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection
from wagtail.utils.file import hash_filelike

from home.uploads import CONTENTS, HEAD, TAIL

from .addresses import extension_of
from .problems import DISK_FULL, MediaError, Refused, full_disk

LONGEST_STORED = 90  # characters of a name in the storage; the models have 100
TO_CONVERT = ("bmp", "tiff")
SAME = {"jpg": "jpeg", "jpe": "jpeg", "jfif": "jpeg", "tif": "tiff"}
# What is known for certain by its content, and served under a name that says so.
CERTAIN = ("pdf", "rtf", "docx", "xlsx", "pptx", "odt", "ods", "odp")
# Office does not open what it calls a document with programs under another name.
NEVER = ("docm", "dotm", "xlsm", "xltm", "xlsb", "pptm", "ppsm", "potm")
# What Wagtail's and our forms call what they refuse.
CODES = {
    "file_too_large": "too_large",
    "file_too_many_pixels": "too_many_pixels",
    "invalid_image": "broken",
    "invalid_image_extension": "refused_type",
    "invalid_image_known_format": "wrong_content",
    "invalid_extension": "refused_type",
    "program": "program",
    "wrong_content": "wrong_content",
    "empty": "empty",
}
PAGE_MARKS = (b"<!doctype html", b"<html", b"<head", b"<script", b"<body", b"<?php")


class Texts(NamedTuple):
    title: str
    alt: str = ""


class Candidate(NamedTuple):
    """A file that passed: an unsaved image or document, and its content under its right name.

    ``notes`` are codes and details of what was changed.
    """

    instance: Model
    content: UploadedFile
    notes: list[tuple[str, str]]


def largest(path: str) -> int:
    """Return how many bytes a file of this name may have."""
    own = settings.WORDPRESS_MEDIA["size"]
    is_document = extension_of(path) in settings.WAGTAILDOCS_EXTENSIONS
    kind = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE if is_document else None
    return min(own, kind or settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits; raises ``Refused``."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Refused("unreadable", error.strerror) from error


@contextlib.contextmanager
def examined(path: Path, name: str, texts: Texts, collection: Collection) -> Iterator[Candidate]:
    """Check a file by the rules of uploads, and yield it open; ``name`` is its own at the old site.

    Writes nothing. Raises ``Refused``.
    """
    with open(path, "rb") as file:
        yield _examine(file, path.stat().st_size, name, texts, collection)


def _examine(file, size, name, texts, collection):
    if not size:
        raise Refused("empty")
    most = max(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    if size > min(most, settings.WORDPRESS_MEDIA["size"]):
        raise Refused("too_large", filesizeformat(min(most, settings.WORDPRESS_MEDIA["size"])))
    head, tail = _ends(file, size)
    if kind := picture_kind(head):
        if size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE and kind not in TO_CONVERT:
            raise Refused("too_large", filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE))
        return _examine_picture(file, kind, name, texts, collection)
    extension = _document_extension(head, tail, name)
    return _examine_document(file, size, extension, name, texts, collection)


def _ends(file, size) -> tuple[bytes, bytes]:
    head = file.read(HEAD)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    file.seek(0)
    return head, tail


def picture_kind(head: bytes) -> str:
    """Return what kind of picture a file begins as, by the name of its format; else nothing."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return "avif"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "tiff"
    # BITMAPFILEHEADER: reserved are four zeros, after them a header of 12 to 124 bytes begins.
    if head.startswith(b"BM") and head[6:10] == bytes(4) and head[15:18] == bytes(3):
        return "bmp"
    return ""


def _examine_picture(file, kind, name, texts, collection):
    notes = []
    extension = extension_of(name)
    if kind in TO_CONVERT:
        content, extension = _converted(file)
        notes.append(("converted", kind.upper()))
    else:
        content = file.read()
        if SAME.get(extension, extension) != kind:
            extension = kind.replace("jpeg", "jpg")
            notes.append(("renamed", f".{extension}"))
        elif extension not in settings.WAGTAILIMAGES_EXTENSIONS:  # .jpe, .jfif
            extension = "jpg"
    upload = SimpleUploadedFile(_named(name, extension), content)
    data = {"title": texts.title, "description": texts.alt, "collection": collection.pk, "tags": ""}
    form = _validated(get_image_form(get_image_model()), data, upload)
    image, content = form.instance, form.cleaned_data["file"]
    with PillowImage.open(content) as opened:
        image.width, image.height = opened.size
        if getattr(opened, "is_animated", False):
            notes.append(("animated", ""))
    return Candidate(image, content, notes)


def _converted(file) -> tuple[bytes, str]:
    """Return a picture of an old format as PNG, or as JPEG where that would be too large."""
    try:
        with PillowImage.open(file, formats=["BMP", "TIFF"]) as picture:
            width, height = picture.size
            if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                raise Refused("too_many_pixels")
            if getattr(picture, "n_frames", 1) > 1:
                raise Refused("many_pages")
            plain = picture if picture.mode in ("1", "L", "P", "RGB") else picture.convert("RGB")
            output = io.BytesIO()
            plain.save(output, "PNG")
            if output.tell() <= settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
                return output.getvalue(), "png"
            output = io.BytesIO()
            plain.convert("RGB").save(output, "JPEG", quality=95)
            return output.getvalue(), "jpg"
    except Refused:
        raise
    except Exception as error:  # there is no end to what a broken file makes decoders raise
        raise Refused("broken") from error


def _document_extension(head, tail, name) -> str:
    """Return the extension that a document has by its content: its own, if that fits."""
    extension = extension_of(name)
    is_of_its_kind = CONTENTS.get(extension)
    if is_of_its_kind and is_of_its_kind(head, tail):
        return extension
    for certain in CERTAIN if extension not in NEVER else ():
        if CONTENTS[certain](head, tail):
            return certain
    start = head[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(PAGE_MARKS) or (start.startswith(b"<?xml") and b"<html" in start):
        raise Refused("page")
    if is_of_its_kind or extension in settings.WAGTAILIMAGES_EXTENSIONS:
        raise Refused("wrong_content", f".{extension}")
    raise Refused("refused_type", f".{extension}" if extension else _("no extension"))


def _examine_document(file, size, extension, name, texts, collection):
    notes = [] if extension == extension_of(name) else [("renamed", f".{extension}")]
    upload = UploadedFile(file, _named(name, extension), size=size)
    data = {"title": texts.title, "collection": collection.pk, "tags": ""}
    form = _validated(get_document_form(get_document_model()), data, upload)
    return Candidate(form.instance, form.cleaned_data["file"], notes)


def _named(name, extension) -> str:
    name = name.rpartition("/")[2]
    stem = name.rpartition(".")[0] if "." in name else name
    return f"{stem or 'file'}.{extension}"


def _validated(form_class, data, upload):
    """Return the form that takes the upload; raises ``Refused`` with its first reason."""
    form = form_class(data, {"file": upload})
    try:
        if form.is_valid():
            return form
    except Exception as error:  # there is no end to what a broken file makes decoders raise
        raise Refused("broken") from error
    error = next(iter(form.errors.as_data().values()))[0]
    code = CODES.get(error.code, "invalid")
    details = {
        "invalid": " ".join(map(str, error.messages)),
        "too_large": filesizeformat(largest(upload.name)),
    }
    raise Refused(code, details.get(code, f".{extension_of(upload.name)}"))


def store(candidate: Candidate, place: str) -> Model:
    """Put a file into the storage and return its instance, ready to be saved.

    ``place`` is the same for a file in every run: what a run that was cut off has left there, and
    no row names, is written over. Raises ``MediaError`` and leaves nothing when that fails.
    """
    instance, content, _notes = candidate
    field = instance._meta.get_field("file")
    name = _stored_name(field.generate_filename(instance, content.name), place)
    model = type(instance)
    try:
        if field.storage.exists(name) and not model.objects.filter(file=name).exists():
            field.storage.delete(name)
        name = field.storage.get_available_name(name, max_length=field.max_length)
        content.seek(0)
        stored = _save(field.storage, name, content)
    except OSError as error:
        if error.errno in DISK_FULL:
            raise full_disk(error) from error
        raise _no_storage(error) from error
    except Exception as error:  # whatever a service of buckets raises
        raise _no_storage(error) from error
    content.seek(0)
    values = {
        each.attname: getattr(instance, each.attname)
        for each in instance._meta.concrete_fields
        if each.attname in ("title", "description", "collection_id", "width", "height")
    }
    # A new one: assigning the name to a picture would read it back from the storage.
    return model(file=stored, file_size=content.size, file_hash=hash_filelike(content), **values)


def _save(storage, name, content) -> str:
    try:
        return storage.save(name, content)
    except BaseException:
        with contextlib.suppress(Exception):
            storage.delete(name)
        raise


def _no_storage(error) -> MediaError:
    return MediaError(
        _("The file can’t be stored: %(error)s. Start the import again: it goes on where it was.")
        % {"error": error}
    )


def _stored_name(name: str, place: str) -> str:
    folder, _slash, name = name.rpartition("/")
    stem, _dot, extension = name.rpartition(".")
    room = LONGEST_STORED - len(folder) - len(place) - len(extension) - 3
    return f"{folder}/{place}/{stem.lstrip('.')[:room] or 'file'}.{extension}"
