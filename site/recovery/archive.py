"""The archive of a backup: a tar file that can be checked, encrypted if there is a key for it.

A member for each uploaded file (`media/…`), the database, the settings, then `manifest.json` with
the size and the SHA-256 of every member, and last `manifest.sha256`. A member may stand there twice
(see ``media.Copier``): the last one counts, as tar has it. What the manifest does not name is
ignored.

Encryption is that of age (https://age-encryption.org/v1), to a public key: the server can write
backups that it can't read, and any `age` program can open them. Everything is streamed.
"""

import contextlib
import hashlib
import io
import json
import os
import sqlite3
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import pyrage
from django.db import DatabaseError

FORMAT = 1  # of the manifest
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
MEDIA = "media/"
CHUNK = 1024 * 1024
AGE_MAGIC = b"age-encryption.org/"


class BackupError(Exception):
    """A sentence for the operator: what is wrong, and what was left as it was."""


@contextlib.contextmanager
def in_sentences(beginning: str = "") -> Iterator[None]:
    """Turn what disks and databases raise into a BackupError."""
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise BackupError(f"{beginning}{error.strerror or error}{where}.") from error
    except (DatabaseError, sqlite3.Error) as error:
        raise BackupError(f"{beginning}The database says: {error}".strip()) from error


class Writer:
    """Writes members into a stream and remembers what the manifest must say of them."""

    def __init__(self, stream):
        # POSIX.1-2001: names of any length, in UTF-8.
        self.tar = tarfile.TarFile.open(  # noqa: SIM115 - ended by finish
            fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT
        )
        self.members = {}

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if error:
            self.tar.fileobj.closed = True  # what is half written is not ended when it is forgotten

    def add(self, name: str, file, size: int):
        """Add a member of ``size`` bytes from a file; OSError if it has fewer."""
        info = tarfile.TarInfo(name)
        info.size = size
        info.mode = 0o600
        source = _Hashing(file)
        self.tar.addfile(info, source)
        self.tar.members.clear()  # tarfile keeps them all, for a list that nobody asks for
        self.members[name] = [size, source.hash.hexdigest()]

    def add_json(self, name: str, data) -> bytes:
        content = json.dumps(data, ensure_ascii=False, indent=1).encode()
        self.add(name, io.BytesIO(content), len(content))
        return content

    def finish(self, manifest: dict, names: set[str]):
        """Write the manifest, with the members in ``names``, and end the archive."""
        members = {name: self.members[name] for name in sorted(names)}
        content = self.add_json(MANIFEST, {"format": FORMAT, **manifest, "members": members})
        seal = hashlib.sha256(content).hexdigest().encode()
        self.add(SEAL, io.BytesIO(seal), len(seal))
        self.tar.close()


class _Hashing:
    """A file that is read once, with the SHA-256 of what was read."""

    def __init__(self, file):
        self.file = file
        self.hash = hashlib.sha256()

    def read(self, size):
        data = self.file.read(size)
        self.hash.update(data)
        return data


@contextlib.contextmanager
def encrypted(file, recipient: str) -> Iterator:
    """Yield a stream to write to: what comes out in ``file`` is encrypted to an age public key."""
    try:
        key = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise BackupError(f"BACKUP_RECIPIENT is no public key of age: {error}") from error
    target = _Target(file)
    try:
        with _piped(lambda end: pyrage.encrypt_io(end, target, [key]), writing=True) as stream:
            yield stream
    except pyrage.EncryptError as error:
        raise target.error or error from error


class _Target:
    """A file that remembers why it could not be written, which age tells in its own words."""

    def __init__(self, file):
        self.file = file
        self.error = None

    def write(self, data):
        try:
            return self.file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self):
        self.file.flush()


@contextlib.contextmanager
def opened(path: Path, identity: Path | None) -> Iterator:
    """Yield the plain stream of an archive; ``identity`` is the file with age's secret key."""
    with path.open("rb") as file:
        is_encrypted = file.read(len(AGE_MAGIC)) == AGE_MAGIC
        file.seek(0)
        if not is_encrypted:
            yield file
            return
        if identity is None:
            raise BackupError(
                "The archive is encrypted: name the file with the secret key (--identity FILE)."
            )
        key = read_identity(identity)
        with _piped(lambda writer: pyrage.decrypt_io(file, writer, [key]), writing=False) as stream:
            yield stream


def read_identity(path: Path):
    """Return the secret key in a file as age-keygen writes it."""
    lines = path.read_text().splitlines()
    for line in lines:
        if line.startswith("AGE-SECRET-KEY-"):
            with contextlib.suppress(pyrage.IdentityError):
                return pyrage.x25519.Identity.from_str(line.strip())
    raise BackupError(f"{path} holds no secret key of age (AGE-SECRET-KEY-…).")


@contextlib.contextmanager
def _piped(run: Callable, writing: bool) -> Iterator:
    """Yield one end of a pipe whose other end ``run`` gets, in a thread.

    An error of either side ends both; that of the thread is the cause.
    """
    reader, writer = os.pipe()
    ours, theirs = (writer, reader) if writing else (reader, writer)
    errors = []

    def work():
        with os.fdopen(theirs, "rb" if writing else "wb") as file:
            try:
                run(file)
            except Exception as error:
                errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        with os.fdopen(ours, "wb" if writing else "rb") as file:
            yield file
    except BrokenPipeError:
        thread.join()
        if not errors:
            raise
    except Exception:
        # The writer of a pipe that nobody reads ends too.
        thread.join()
        if errors and not writing:
            raise _explained(errors[0]) from errors[0]
        raise
    thread.join()
    if errors and not isinstance(errors[0], BrokenPipeError):
        raise _explained(errors[0]) from errors[0]


def _explained(error):
    # Damage within the file is an OSError without a number.
    if isinstance(error, pyrage.DecryptError) or (isinstance(error, OSError) and not error.errno):
        return BackupError(
            "The archive can't be decrypted: the key is not the one it was made for, "
            "or the file is damaged."
        )
    return error


def read(stream, take: Callable | None = None) -> dict:
    """Read an archive to its end; return its manifest once every member is proven.

    ``take`` is called with the name of each member and a file to read it from, before it is known
    to be whole: use nothing of it until this function has returned. Raises BackupError.
    """
    found, kept = {}, {}
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=64 * 1024) as tar:
            for info in tar:
                name = _safe(info)
                source = _Hashing(tar.extractfile(info))
                if name in (MANIFEST, SEAL):
                    kept[name] = source.read(info.size)
                elif take:
                    take(name, source)
                while source.read(CHUNK):
                    pass
                found[name] = [info.size, source.hash.hexdigest()]
                tar.members.clear()
        while stream.read(CHUNK):  # the end of what is encrypted proves the rest
            pass
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"The archive is damaged or incomplete: {error}.") from error
    return _proven(found, kept)


def _safe(info) -> str:
    path = PurePosixPath(info.name)
    if not info.isreg() or path.is_absolute() or ".." in path.parts:
        raise BackupError(f"The archive holds what no backup has: {info.name!r}.")
    return info.name


def _proven(found, kept) -> dict:
    if SEAL not in kept or MANIFEST not in kept:
        raise BackupError("The archive is incomplete: its manifest, which comes last, is missing.")
    if hashlib.sha256(kept[MANIFEST]).hexdigest().encode() != kept[SEAL]:
        raise BackupError("The archive is damaged: its manifest is not what was written.")
    manifest = json.loads(kept[MANIFEST])
    if manifest["format"] > FORMAT:
        raise BackupError("The archive was made by a newer version of the site: update first.")
    for name, expected in manifest["members"].items():
        if found.get(name) != expected:
            state = "is not what was written" if name in found else "is missing"
            raise BackupError(f"The archive is damaged: {name} {state}.")
    return manifest
