"""The folder of backups: names of archives, and which are kept."""

import datetime
import re
from pathlib import Path

from .archive import BackupError

NAME = re.compile(r"backup-(\d{8}T\d{6}Z)\.tar(\.age)?")
STAMP = "%Y%m%dT%H%M%SZ"
PARTIAL = ".partial"  # how names end of what is not finished


def name_of(moment: datetime.datetime, is_encrypted: bool) -> str:
    """Return the name of an archive that was begun at a moment in UTC."""
    return f"backup-{moment:{STAMP}}.tar" + (".age" if is_encrypted else "")


def archives(folder: Path) -> list[Path]:
    """Return the archives in a folder, the newest first."""
    return sorted((path for path in folder.iterdir() if NAME.fullmatch(path.name)), reverse=True)


def counts(values) -> tuple[int, int, int]:
    """Return the three numbers of the setting BACKUP_KEEP; raises BackupError."""
    try:
        days, weeks, months = map(int, values)
    except ValueError:
        raise BackupError("BACKUP_KEEP is three numbers: days, weeks, months (7,5,12).") from None
    return days, weeks, months


def to_delete(paths: list[Path], days: int, weeks: int, months: int) -> list[Path]:
    """Return which archives are not kept any more.

    Kept are all of the 24 hours before the newest, and the newest of each of the last ``days``
    days, ``weeks`` weeks and ``months`` months that have one (of UTC), so that a pause in the
    backups deletes nothing.
    """
    newest_first = sorted(paths, reverse=True)
    times = {path: _time_of(path) for path in paths}
    day = datetime.timedelta(days=1)
    kept = {path for path in newest_first if times[newest_first[0]] - times[path] < day}
    for form, count in (("%Y-%m-%d", days), ("%G-%V", weeks), ("%Y-%m", months)):
        periods = {}
        for path in newest_first:
            periods.setdefault(f"{times[path]:{form}}", path)
        kept.update(list(periods.values())[:count])
    return [path for path in newest_first if path not in kept]


def _time_of(path):
    return datetime.datetime.strptime(NAME.fullmatch(path.name)[1], STAMP)
