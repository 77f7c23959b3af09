"""Where an export lies: a folder, a ZIP or a tar file, written and read as streams.

An export is written beside its place under another name, and renamed when it is whole.
"""

import contextlib
import hashlib
import os
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from .errors import ExchangeError

CHUNK = 1024 * 1024
LONGEST_LINE = 256 * 1024 * 1024  # bytes
PARTIAL = ".partial"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first time that ZIP knows; the same export, the same bytes


def is_safe(name: str) -> bool:
    """Tell whether the name of a file stays within a folder, on any system."""
    path = PurePosixPath(name)
    parts = name.split("/")
    is_plain = not path.is_absolute() and not {"", ".", ".."} & set(parts)
    return bool(name) and is_plain and not any(char in name for char in "\\:\0")


class Hashed:
    """A file to write to or to read, with the size and the SHA-256 of what passed."""

    def __init__(self, file):
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes):
        self._count(data)
        self._file.write(data)

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._count(data)
        return data

    def __iter__(self) -> Iterator[bytes]:
        while line := self._file.readline(LONGEST_LINE):
            self._count(line)
            yield line

    def _count(self, data):
        self._hash.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


# Writing


@contextlib.contextmanager
def created(path: Path) -> Iterator:
    """Yield something whose ``create(name)`` gives a file to write; it is whole or not there.

    OSError, or ExchangeError if something is there already.
    """
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise ExchangeError(_("%s exists: nothing is written over.") % path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + PARTIAL)
    _delete(partial)  # of one that was killed
    try:
        with _writer(path.suffix.lower(), partial) as writer:
            yield writer
        partial.replace(path)
    finally:
        _delete(partial)


def _delete(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _writer(suffix, path):
    # Drafts and private pages are in it: nobody else may read it.
    if suffix == ".zip":
        with _private(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            yield ZipWriter(archive)
    elif suffix == ".tar":
        with _private(path) as file, tarfile.open(fileobj=file, mode="w") as archive:
            yield TarWriter(archive)
    else:
        path.mkdir(mode=0o700)
        yield FolderWriter(path)


def _private(path):
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))


class FolderWriter:
    def __init__(self, folder: Path):
        self.folder = folder

    @contextlib.contextmanager
    def create(self, name: str):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            yield file


class ZipWriter:
    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive

    @contextlib.contextmanager
    def create(self, name: str):
        info = zipfile.ZipInfo(name, LONG_AGO)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        with self.archive.open(info, "w", force_zip64=True) as file:
            yield file


class TarWriter:
    def __init__(self, archive: tarfile.TarFile):
        self.archive = archive

    @contextlib.contextmanager
    def create(self, name: str):
        """Yield a file of its own: tar must know the size before the content."""
        with tempfile.TemporaryFile() as file:
            yield file
            info = tarfile.TarInfo(name)
            info.size = file.tell()
            info.mode = 0o600
            file.seek(0)
            self.archive.addfile(info, file)
            self.archive.members.clear()


# Reading


@contextlib.contextmanager
def opened(path: Path) -> Iterator:
    """Yield an export to read: ``names`` of its files, and ``open(name)``, a file of bytes."""
    if path.is_dir():
        yield FolderReader(path)
    elif not path.exists():
        raise ExchangeError(_("There is no export at %s.") % path)
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield ZipReader(archive)
    elif tarfile.is_tarfile(path):
        with tarfile.open(path) as archive:
            yield TarReader(archive)
    else:
        raise ExchangeError(_("%s is neither a folder nor a whole ZIP or tar file.") % path)


class FolderReader:
    def __init__(self, folder: Path):
        self.folder = folder.resolve()

    @property
    def names(self) -> set[str]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix() for path in files}

    def open(self, name: str):
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder):  # by a link
            raise ExchangeError(_("“%s” leads out of the export.") % name)
        return path.open("rb")


class ZipReader:
    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive

    @property
    def names(self) -> set[str]:
        return {info.filename for info in self.archive.infolist() if not info.is_dir()}

    def open(self, name: str):
        return self.archive.open(name)


class TarReader:
    def __init__(self, archive: tarfile.TarFile):
        self.archive = archive
        self.members = {info.name: info for info in archive if info.isreg()}

    @property
    def names(self) -> set[str]:
        return set(self.members)

    def open(self, name: str):
        return self.archive.extractfile(self.members[name])
