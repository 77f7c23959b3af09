"""Finding a file in a copy of the uploads folder, and nothing outside of it."""

import contextlib
import functools
import os
import re
import stat
import unicodedata
from pathlib import Path

import ftfy.bad_codecs  # noqa: F401 (the code pages called sloppy)
from django.utils.translation import gettext as _

from .addresses import folded, is_picture
from .problems import MediaError, Refused

# As what programs that pack and copy take names in UTF-8.
WRONG_CODE_PAGES = ("sloppy-windows-1252", "sloppy-windows-1257", "cp437", "cp775")
FOLDERS_KEPT = 64  # whose names are remembered; uploads lie by year and month


class Folder:
    """The uploads folder, or one that has it in it: ``wp-content``, or the whole old site."""

    def __init__(self, path: Path):
        """Raises ``MediaError`` if ``path`` is no folder that can be read."""
        self._root = Path(os.path.realpath(path))
        self._names = functools.lru_cache(FOLDERS_KEPT)(_names)
        try:
            os.listdir(self._root)
        except OSError as error:
            raise MediaError(
                _("The folder %(folder)s can’t be read: %(error)s.")
                % {"folder": path, "error": error.strerror}
            ) from error
        below = ["wp-content/uploads", "uploads", ""]
        self._uploads = next(name for name in below if (self._root / name).is_dir())
        self._has_site = self._uploads == below[0]

    def find(self, path: str) -> tuple[Path, str] | None:
        """Return the file at ``path`` (see ``Address``), and its path as the folder has it.

        Names that differ in capitals or in how a letter is composed are found. None if there is
        none; raises ``Refused`` if it is no file of this folder.
        """
        if path.startswith("/"):
            if not self._has_site:
                return None
            start, below, slash = self._root, path[1:], "/"
        else:
            start, below, slash = self._root / self._uploads, path, ""
        try:
            found = self._walk(start, below)
        except OSError as error:
            raise Refused("unreadable", error.strerror) from error
        return found and (self._inside(found), slash + _readable(found.relative_to(start)))

    def largest_preview(self, path: str) -> tuple[Path, str] | None:
        """Return the widest preview of a picture that is itself missing, with its name."""
        if not is_picture(path) or path.startswith("/"):
            return None
        folder, _slash, name = path.rpartition("/")
        stem, _dot, extension = name.rpartition(".")
        preview = re.compile(
            rf"{re.escape(folded(stem))}-(?:(\d{{1,5}})x\d{{1,5}}|scaled)\.{re.escape(extension)}",
            re.IGNORECASE,
        )
        try:
            start = self._root / self._uploads
            start = self._walk(start, folder) if folder else start
            names = self._names(str(start)) if start else {}
        except OSError:
            return None
        found = [match for each in names if (match := preview.fullmatch(each))]
        if not found:
            return None
        widest = max(found, key=lambda match: int(match[1] or 100_000))
        found_name = names[widest.string][0]
        return self._inside(start / found_name), _readable(Path(found_name))

    def _walk(self, start: Path, below: str) -> Path | None:
        """Return what is at a path below a folder; each name may be written a little otherwise."""
        exact = start / below
        if os.path.lexists(exact):
            return exact
        for part in below.split("/"):
            if not start.is_dir():
                return None
            alike = self._names(str(start)).get(_comparable(part))
            if not alike:
                return None
            start /= part if part in alike else alike[0]
        return start

    def _inside(self, path: Path) -> Path:
        real = Path(os.path.realpath(path))
        if not real.is_relative_to(self._root):
            raise Refused("outside", path.relative_to(self._root))
        try:
            mode = real.stat().st_mode
        except FileNotFoundError as error:  # a link to nothing
            raise Refused("missing") from error
        except OSError as error:
            raise Refused("unreadable", error.strerror) from error
        if not stat.S_ISREG(mode):  # a pipe would keep us waiting for ever
            raise Refused("not_regular")
        return real


def _names(folder: str) -> dict[str, list[str]]:
    """Return the names in a folder by how they are compared."""
    names = {}
    for name in sorted(os.listdir(folder)):
        names.setdefault(_comparable(name), []).append(name)
    return names


def _readable(path: Path) -> str:
    """Return a path as text, of bytes that are none too."""
    text = os.fsencode(path).decode(errors="replace")
    return unicodedata.normalize("NFC", text)


def _comparable(name: str) -> str:
    """Return a name as it is compared; what a copy made of Latvian letters is mended."""
    if not name.isascii():
        try:
            name.encode()
        except UnicodeEncodeError:  # bytes that are not UTF-8
            name = os.fsencode(name).decode("cp1257", errors="replace")
        for code_page in WRONG_CODE_PAGES:
            with contextlib.suppress(UnicodeError):
                name = name.encode(code_page).decode()
                break
    return folded(name)
