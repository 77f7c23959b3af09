"""Making a backup: database, uploaded files and settings in one archive that is whole or not there.

The archive is written under another name, flushed to the disk and then renamed. Beside it stands
`NAME.sha256`, for `sha256sum --check` where there is no key.
"""

import contextlib
import datetime
import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from config.environment import VARIABLES, env
from sight.versions import project_version

from . import databases, rotation
from .archive import BackupError, Writer, encrypted, in_sentences
from .media import Changed, Copier
from .models import BackupRun

ATTEMPTS = 20  # snapshots, while somebody deletes files all the time
SETTINGS = "settings.json"
FAILED = "No backup was made. "
PASSWORD_IN_URL = re.compile(r"(?<=://)[^/@\s]*@")


@dataclass(frozen=True)
class Backup:
    """An archive that was made; ``lost`` are files that rows name and that were not there."""

    path: Path
    size: int
    files: int
    lost: list[str]
    deleted: list[Path]


def make(folder: Path, advance: Callable[[], None] = lambda: None) -> Backup:
    """Make a backup in a folder and delete those past their time; raises BackupError.

    ``advance`` is called for every file that was copied.
    """
    keep = rotation.counts(settings.BACKUP_KEEP)
    with in_sentences(FAILED):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(folder):
            for path in folder.glob(f"*{rotation.PARTIAL}"):  # of one that was killed
                path.unlink()
            run = _begin()
            try:
                with in_sentences(FAILED):
                    backup = _make(folder, keep, advance)
            except BaseException as error:
                _end(run, outcome=BackupRun.Outcome.FAILED, message=str(error) or repr(error))
                raise
            _end(
                run,
                outcome=BackupRun.Outcome.SUCCEEDED,
                archive=backup.path.name,
                size=backup.size,
                is_encrypted=bool(settings.BACKUP_RECIPIENT),
            )
            return backup


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which the kernel lets go of whatever happens to this process."""
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"Another backup is being made in {folder}.") from None
        yield


def _begin():
    """Record that a backup begins, if the database takes it; a read-only one is saved too."""
    with contextlib.suppress(DatabaseError):
        runs = BackupRun.objects
        running = runs.filter(outcome=BackupRun.Outcome.RUNNING)
        running.update(outcome=BackupRun.Outcome.INTERRUPTED)
        outdated = runs.order_by("-started_at").values_list("pk", flat=True)[BackupRun.KEPT :]
        runs.filter(pk__in=list(outdated)).delete()
        return runs.create()
    return None


def _end(run, **values):
    with contextlib.suppress(DatabaseError):
        if run:
            BackupRun.objects.filter(pk=run.pk).update(finished_at=timezone.now(), **values)


def _make(folder, keep, advance) -> Backup:
    begun = datetime.datetime.now(datetime.UTC)
    path = folder / rotation.name_of(begun, bool(settings.BACKUP_RECIPIENT))
    partial = path.with_name(path.name + rotation.PARTIAL)
    try:
        with _created(partial) as file:
            target = _Hashed(file)
            with _perhaps_encrypted(target) as stream, Writer(stream) as archive:
                files, lost = _write(archive, folder, begun, advance)
            file.flush()
            os.fsync(file.fileno())
        _publish(partial, path, target.hash.hexdigest())
    finally:
        partial.unlink(missing_ok=True)
    return Backup(path, path.stat().st_size, files, lost, _rotate(folder, keep))


def _created(path):
    """Create a file that nobody else may read."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))


class _Hashed:
    def __init__(self, file):
        self.file = file
        self.hash = hashlib.sha256()

    def write(self, data):
        self.hash.update(data)
        return self.file.write(data)

    def flush(self):
        self.file.flush()


def _perhaps_encrypted(file):
    if settings.BACKUP_RECIPIENT:
        return encrypted(file, settings.BACKUP_RECIPIENT)
    return contextlib.nullcontext(file)


def _write(archive: Writer, folder: Path, begun, advance) -> tuple[int, list[str]]:
    archive.add_json(SETTINGS, described_settings())
    copier = Copier(archive, advance)
    copier.copy_all()
    for attempt in range(ATTEMPTS):
        moment = timezone.now()
        with databases.vendor().snapshot(folder) as snapshot:
            try:
                names, lost = copier.complete(snapshot, moment)
            except Changed:
                if attempt == ATTEMPTS - 1:
                    raise BackupError("Files are deleted all the time: try again later.") from None
                continue
            member = _add_database(archive, snapshot, folder)
            manifest = {
                "site": settings.WAGTAIL_SITE_NAME,
                "version": project_version(),
                "begun": begun.isoformat(),
                "snapshot": moment.isoformat(),
                "database": {
                    "vendor": connection.vendor,
                    "version": snapshot.version,
                    "member": member,
                    "migrations": snapshot.migrations(),
                },
                "lost": lost,
            }
        archive.finish(manifest, {SETTINGS, member, *(f"media/{name}" for name in names)})
        return len(names), lost


def _add_database(archive, snapshot, folder) -> str:
    member = databases.vendor().member
    with tempfile.TemporaryFile(dir=folder) as dump:
        snapshot.write(dump)
        size = dump.seek(0, os.SEEK_END)
        dump.seek(0)
        archive.add(member, dump, size)
    return member


def _publish(partial: Path, path: Path, checksum: str):
    """Give a finished archive its name; its checksum stands beside it first."""
    beside = path.with_name(path.name + ".sha256")
    with open(beside, "w") as file:
        file.write(f"{checksum}  {path.name}\n")
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _rotate(folder: Path, keep) -> list[Path]:
    deleted = rotation.to_delete(rotation.archives(folder), *keep)
    for path in deleted:
        path.unlink()
    for beside in folder.glob("backup-*.sha256"):
        if not beside.with_suffix("").exists():
            beside.unlink()
    return deleted


def described_settings() -> dict[str, str]:
    """Return the settings that the environment sets, without any that is secret."""
    known = {variable.name: variable for variable in VARIABLES if not variable.secret}
    return {
        name: PASSWORD_IN_URL.sub("", env.ENVIRON[name])
        for name in sorted(known.keys() & env.ENVIRON.keys())
    }
