"""The way back from an archive: all of it, or nothing.

The archive is unpacked beside the uploads and proven whole before anything is touched. Then the
files come, which nobody sees as long as no row names them; then the database in one transaction;
then those files whose name another had. Stopped at any point, the site is the old one or the new
one, and the same command again completes it.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from . import archive, databases, media
from .archive import MEDIA, BackupError, in_sentences


@dataclass(frozen=True)
class Restored:
    """What was restored, and how many migrations this version of the site has besides."""

    manifest: dict
    files: int
    migrations_left: int


def check(path: Path, identity: Path | None = None) -> dict:
    """Return the manifest of an archive that is whole; raises BackupError if it is not."""
    with in_sentences(), archive.opened(path, identity) as stream:
        return archive.read(stream)


def restore(path: Path, identity: Path | None = None, replace: str | None = None) -> Restored:
    """Make database and uploads of this site what an archive holds; raises BackupError.

    Both must be empty, unless ``replace`` is the name of the database that may be lost.
    """
    with in_sentences():
        _refuse_full_target(replace)
        with _staging() as folder:
            with archive.opened(path, identity) as stream:
                manifest = archive.read(stream, _unpack_into(folder))
            _refuse_foreign(manifest)
            files = _put_in_place(manifest, folder, bool(replace))
    with contextlib.suppress(Exception):  # a cache that is away knows nothing old either
        cache.clear()
    return Restored(manifest, files, _migrations_left())


def database_name() -> str:
    """Return the name by which an operator knows the database: of a file, its last part."""
    name = str(connection.settings_dict["NAME"])
    return Path(name).name if connection.vendor == "sqlite" else name


def _refuse_full_target(replace):
    if replace:
        if replace not in (database_name(), str(connection.settings_dict["NAME"])):
            raise BackupError(f"The database of this site is “{database_name()}”, not “{replace}”.")
        return
    was_begun = next(_leftovers(), None)
    if not databases.is_empty():
        what = f"The database “{database_name()}” is not empty."
    elif not media.is_empty() and not was_begun:
        what = "The folder of uploads is not empty."
    else:
        return
    raise BackupError(
        f"{what} To lose what is there now, say so: restore ARCHIVE --replace {database_name()}"
    )


def _leftovers() -> Iterator[Path]:
    """Yield the folders of restores that were killed."""
    if isinstance(default_storage, FileSystemStorage):
        yield from Path(default_storage.location).glob(f"{media.STAGING}*")


@contextlib.contextmanager
def _staging() -> Iterator[Path]:
    """Yield a folder on the disk of the uploads, so that they are moved and not copied."""
    beside = None
    if isinstance(default_storage, FileSystemStorage):
        beside = Path(default_storage.location)
        beside.mkdir(parents=True, exist_ok=True)
    left = list(_leftovers())
    folder = Path(tempfile.mkdtemp(prefix=media.STAGING, dir=beside))
    for path in left:
        shutil.rmtree(path)
    try:
        yield folder
    finally:
        # Goes last: as long as it is there, files may be without their rows.
        shutil.rmtree(folder, ignore_errors=True)


def _unpack_into(folder: Path):
    """Return a function that writes members into a folder (their names are safe)."""

    def take(name, file):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            while chunk := file.read(archive.CHUNK):
                target.write(chunk)

    return take


def _refuse_foreign(manifest):
    database = manifest["database"]
    if database["vendor"] != connection.vendor:
        raise BackupError(
            f"The archive is of {database['vendor']}, the database of this site is "
            f"{connection.vendor}: a backup is restored on the kind of database it was made of."
        )
    known = MigrationExecutor(connection).loader.disk_migrations
    applied = [tuple(migration) for migration in database["migrations"]]
    newer = [".".join(migration) for migration in applied if migration not in known]
    if newer:
        raise BackupError(
            f"The archive was made by a newer version of the site ({manifest['version']}): this "
            f"one does not know {', '.join(newer[:3])}. Update the site first."
        )
    databases.vendor().refuse(manifest)


def _put_in_place(manifest, folder, replaces) -> int:
    names = [name for name in manifest["members"] if name.startswith(MEDIA)]
    taken = []
    for name in names:
        if not media.put(name.removeprefix(MEDIA), folder / name):
            taken.append(name)
    databases.vendor().restore(folder / manifest["database"]["member"], replaces)
    for name in taken:
        media.replace(name.removeprefix(MEDIA), folder / name)
    return len(names)


def _migrations_left() -> int:
    connection.close()
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
