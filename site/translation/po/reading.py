"""Reads what somebody uploads: a PO file or a zip of them, well-meant or not.

Nothing that a file says about itself is trusted: sizes are counted while reading, names are shown
and never used. A bad file is a ``ReadFile`` with a problem; a bad upload raises ``Refused``.
"""

import os
import re
import struct
import tempfile
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import polib
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from . import EXPORTED_AT, TRANSLATION_ID

CHUNK = 64 * 1024
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # of the others Python bounds no chunk
# The end of a zip's directory (PKWARE's APPNOTE, 4.3.15 and 4.3.16), and room for a comment.
END = struct.Struct("<4s4H2LH")
END_SIGNATURE, END_64_SIGNATURE, LOCATOR_64 = b"PK\5\6", b"PK\6\7", 20
LONGEST_COMMENT = 0xFFFF
DIRECTORY_ENTRY = 512  # bytes: 46 and a name
LONGEST_RUN = 2_000  # lines of one text or comment; polib joins them at a quadratic price
LEFTOVERS = (".", "Thumbs.db", "desktop.ini")  # what systems add unasked
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Refused(Exception):
    """The upload as a whole cannot be read; the message is for the person."""


@dataclass
class ReadText:
    """A text of a file, before anybody has asked whether it fits."""

    context: str
    source: str
    text: str
    is_fuzzy: bool = False
    is_plural: bool = False
    is_ambiguous: bool = False


@dataclass
class ReadFile:
    """A file of an upload: its texts, or the ``problem`` (see ``reasons.FILES``) with it."""

    name: str
    problem: str = ""
    params: dict = field(default_factory=dict)
    translation: uuid.UUID | None = None
    exported_at: datetime | None = None
    texts: list[ReadText] = field(default_factory=list)


class _Problem(Exception):
    def __init__(self, code, **params):
        self.code, self.params = code, params


def read(file, name: str) -> Iterator[ReadFile]:
    """Yield the files of an upload, one in memory at a time.

    Args:
        file: open for reading bytes, seekable.
        name: as the person's machine calls it.

    Raises:
        Refused: also in the middle, when the files together grow too large.
    """
    limits = settings.PO_UPLOAD_LIMITS
    size = file.seek(0, os.SEEK_END)
    if size > limits["size"]:
        limit = filesizeformat(limits["size"])
        raise Refused(
            _("The file is larger than %(limit)s. Upload fewer pages at once.") % {"limit": limit}
        )
    file.seek(0)
    if file.read(2) == b"PK":
        yield from _read_archive(file, size)
    elif name.lower().endswith(".zip"):
        raise Refused(_("This is not a zip archive, or it is damaged. Pack the files again."))
    else:
        file.seek(0)
        yield _read_file(name, lambda: _bounded(file))


def _read_file(name, get_content) -> ReadFile:
    read_file = ReadFile(name)
    try:
        _parse(read_file, get_content())
    except _Problem as problem:
        read_file.problem, read_file.params = problem.code, problem.params
        read_file.texts = []
    return read_file


# Archives


def _read_archive(file, size) -> Iterator[ReadFile]:
    limits = settings.PO_UPLOAD_LIMITS
    _check_directory(file, size)
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN_ZIP as error:
        raise Refused(_("The zip archive is damaged. Pack the files again.")) from error
    members = [info for info in archive.infolist() if not info.is_dir() and not _is_leftover(info)]
    if len(members) > limits["files"]:
        _refuse_many()
    if not any(info.filename.lower().endswith(".po") for info in members):
        raise Refused(_("The archive has no PO file (.po) in it."))
    budget = _Budget(limits["unpacked"])
    for info in members:
        yield _read_file(info.filename, lambda info=info: _read_member(archive, info, budget))


def _check_directory(file, size):
    """Refuse a directory that would fill the memory, before ``zipfile`` reads it whole.

    Finds the end of the directory as ``zipfile`` does. Its 64-bit form, which tells other sizes, is
    for archives beyond our limits.
    """
    file.seek(max(0, size - LONGEST_COMMENT - END.size - LOCATOR_64))
    tail = file.read()
    start = len(tail) - END.size
    if not (start >= 0 and tail[start:].startswith(END_SIGNATURE) and tail.endswith(b"\0\0")):
        start = tail.rfind(END_SIGNATURE)
    if start < 0 or len(tail) - start < END.size:
        raise Refused(_("The zip archive is damaged. Pack the files again."))
    directory_size = END.unpack_from(tail, start)[5]
    is_64 = tail[max(0, start - LOCATOR_64) : start].startswith(END_64_SIGNATURE)
    if is_64 or directory_size > settings.PO_UPLOAD_LIMITS["files"] * DIRECTORY_ENTRY:
        _refuse_many()


def _refuse_many():
    limit = settings.PO_UPLOAD_LIMITS["files"]
    raise Refused(
        _("The archive has more than %(limit)s files. Upload fewer pages at once.")
        % {"limit": limit}
    )


class _Budget:
    """The bytes that all files of an archive may still unpack to."""

    def __init__(self, left):
        self.left = left

    def spend(self, number):
        self.left -= number
        if self.left < 0:
            limit = filesizeformat(settings.PO_UPLOAD_LIMITS["unpacked"])
            raise Refused(
                _("Unpacked, the archive is larger than %(limit)s. Upload fewer pages at once.")
                % {"limit": limit}
            )


def _is_leftover(info) -> bool:
    folder, name = os.path.split(info.filename.replace("\\", "/"))
    return folder.startswith("__MACOSX") or name.startswith(LEFTOVERS)


def _read_member(archive, info, budget) -> bytes:
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
        raise _Problem("name")
    if name.lower().endswith(".zip"):
        raise _Problem("nested")
    if not name.lower().endswith(".po"):
        raise _Problem("extension")
    if info.flag_bits & 1:
        raise _Problem("encrypted")
    if info.compress_type not in PLAIN:
        raise _Problem("compression")
    try:
        with archive.open(info) as member:
            return _bounded(member, budget)
    except BROKEN_ZIP as error:
        raise _Problem("damaged") from error


def _bounded(file, budget=None) -> bytes:
    limit = settings.PO_UPLOAD_LIMITS["file"]
    content = bytearray()
    while chunk := file.read(CHUNK):
        if budget:
            budget.spend(len(chunk))
        content += chunk
        if len(content) > limit:
            raise _Problem("file_size", limit=filesizeformat(limit))
    return bytes(content)


# PO files


def _parse(read_file: ReadFile, content: bytes):
    if b"\0" in content or b"msgid" not in content:
        raise _Problem("not_po")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Problem("not_utf8") from error
    po = _parsed(text)
    try:
        read_file.translation = uuid.UUID(po.metadata.get(TRANSLATION_ID, ""))
    except ValueError as error:
        raise _Problem("no_metadata") from error
    exported_at = _time(po.metadata.get(EXPORTED_AT, ""))
    read_file.exported_at = exported_at
    read_file.texts = list(_texts(po))


def _parsed(text: str) -> polib.POFile:
    _check_runs(text)
    # A file, since polib takes a string that is the path of one for that file.
    with tempfile.NamedTemporaryFile("w", suffix=".po", encoding="utf-8", newline="") as copy:
        copy.write(text)
        copy.flush()
        try:
            return polib.pofile(copy.name, encoding="utf-8")
        except (OSError, ValueError, LookupError, AttributeError) as error:
            found = re.search(r"\(line (\d+)\)", str(error))
            if found:
                raise _Problem("syntax", line=int(found[1])) from error
            raise _Problem("not_po") from error


def _check_runs(text):
    run = 0
    for number, line in enumerate(re.split(r"\r\n?|\n", text), 1):
        line = line.strip()
        begins = line.removeprefix("#~").removeprefix("#|").lstrip().startswith("msg")
        run = (0 if begins else run) + bool(line) + line.count(r"\n")
        if run > LONGEST_RUN:
            raise _Problem("syntax", line=number)


def _time(text) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and is_aware(moment) else None


def _texts(po) -> Iterator[ReadText]:
    seen = {}
    for entry in po:
        if entry.obsolete:
            continue
        text = ReadText(
            context=entry.msgctxt or "",
            source=entry.msgid,
            text=entry.msgstr,
            is_fuzzy=entry.fuzzy,
            is_plural=bool(entry.msgid_plural or entry.msgstr_plural),
        )
        first = seen.setdefault((text.context, text.source), text)
        if first is text:
            yield text
        elif first.text != text.text:
            first.is_ambiguous = True
