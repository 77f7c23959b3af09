"""The uploaded files of a backup, through the storage: a folder, or S3 by django-storages.

Files are written before the rows that name them and deleted after. So whatever a snapshot of the
database names is there at that moment; what is deleted between the snapshot and its copy shows,
because no row names it any more, and then a later snapshot is taken.
"""

import datetime
import io
import os
from collections.abc import Callable, Iterator

from django.core.files import File
from django.core.files.storage import default_storage

from .archive import MEDIA, Writer
from .databases import Snapshot, still_named

STAGING = ".restoring-"  # what a restore works in, beside the files


class Changed(Exception):
    """A file that the snapshot names was deleted since: take another snapshot."""


class Copier:
    """Copies files into an archive, each once unless it changed."""

    def __init__(self, archive: Writer, advance: Callable[[], None]):
        self.archive = archive
        self.advance = advance
        self.copied = {}  # name → (size, time of modification)

    def copy_all(self):
        """Copy what is there now: the long part, before the snapshot."""
        for name in walk():
            self._copy(name)

    def complete(self, snapshot: Snapshot, moment: datetime.datetime) -> tuple[set[str], list[str]]:
        """Make sure that every file of a snapshot taken at ``moment`` or later is copied.

        Returns the names of all files that belong to the backup, and of those that rows name though
        they were lost before. Raises ``Changed``.
        """
        named = snapshot.file_names()
        lost = [name for name in sorted(named) if not self._is_whole(name, moment)]
        # Files that no row names belong to it too (links in old texts), but not what is deleted.
        others = {name for name in self.copied.keys() - named if default_storage.exists(name)}
        return (named - set(lost)) | others, lost

    def _is_whole(self, name, moment) -> bool:
        state = _state(name)
        if state and state == self.copied.get(name):
            return True
        if state is None or state[1] > moment:  # deleted since, and another may have its name
            if state is None and still_named(name):
                return False
            raise Changed(name)
        return self._copy(name)

    def _copy(self, name) -> bool:
        state = _state(name)
        if state is None:
            return False
        try:
            with default_storage.open(name) as file:
                self.archive.add(MEDIA + name, file, state[0])
        except FileNotFoundError:
            return False
        self.copied[name] = state
        self.advance()
        return True


def walk(folder: str = "") -> Iterator[str]:
    """Yield the names of all files in the storage."""
    if not folder and not default_storage.exists(""):
        return
    folders, files = default_storage.listdir(folder)
    for name in sorted(files):
        yield os.path.join(folder, name)
    for name in sorted(folders):
        if not name.startswith(STAGING):
            yield from walk(os.path.join(folder, name))


def is_empty() -> bool:
    return next(walk(), None) is None


def _state(name):
    """Return the size and the time of a file, or None if it is not there."""
    try:
        return default_storage.size(name), default_storage.get_modified_time(name)
    except FileNotFoundError:
        return None


class Placed(File):
    """A file that a storage on the same disk may move to its place; others read it."""

    def temporary_file_path(self):
        return self.file.name


def put(name: str, path: os.PathLike) -> bool:
    """Put a file into the storage; return False, and do nothing, if another has its name."""
    if default_storage.exists(name):
        return _same(name, path)
    with open(path, "rb") as file:
        stored = default_storage.save(name, Placed(file))
    if stored != name:
        raise FileExistsError(f"{name} became {stored}")
    return True


def replace(name: str, path: os.PathLike):
    """Put a file into the storage in place of another."""
    default_storage.delete(name)
    put(name, path)


def _same(name, path) -> bool:
    if default_storage.size(name) != os.path.getsize(path):
        return False
    with default_storage.open(name) as one, open(path, "rb") as other:
        while True:
            left = one.read(io.DEFAULT_BUFFER_SIZE)
            if left != other.read(io.DEFAULT_BUFFER_SIZE):
                return False
            if not left:
                return True
