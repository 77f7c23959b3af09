"""An archive is whole and to be trusted, or refused with a sentence."""

import io
import json
import subprocess
import sys
import tarfile

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery import archive
from recovery.archive import BackupError, Writer, encrypted, opened, read

pytestmark = pytest.mark.once
CONTENT = {"media/ā.jpg": b"picture" * 50_000, "media/b/c.pdf": b"", "settings.json": b"{}"}


def written(content=CONTENT, format_=archive.FORMAT) -> bytes:
    stream = io.BytesIO()
    with Writer(stream) as writer:
        for name, data in content.items():
            writer.add(name, io.BytesIO(data), len(data))
        writer.finish({"format": format_, "lost": []} | {"version": "1"}, set(content))
    return stream.getvalue()


WHOLE = written()


def unpacked(data):
    found = {}

    def take(name, file):
        found[name] = b"".join(iter(lambda: file.read(1000), b""))

    return read(io.BytesIO(data), take), found


def test_what_was_written_is_read_again():
    manifest, found = unpacked(WHOLE)
    assert found == CONTENT
    assert set(manifest["members"]) == set(CONTENT)


def test_tar_and_sha256sum_can_read_it_without_us():
    with tarfile.open(fileobj=io.BytesIO(WHOLE)) as tar:
        assert tar.extractfile("media/ā.jpg").read() == CONTENT["media/ā.jpg"]
        assert json.load(tar.extractfile("manifest.json"))["format"] == archive.FORMAT


@given(st.integers(0, len(WHOLE) - 1))
def test_an_archive_cut_anywhere_is_refused_or_lost_nothing_but_padding(length):
    try:
        manifest, found = unpacked(WHOLE[:length])
    except BackupError as error:
        assert str(error).startswith("The archive is ")
    else:
        assert found == CONTENT and length > len(WHOLE) - tarfile.RECORDSIZE


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_changed_byte_changes_no_content_that_is_taken(place, difference):
    damaged = bytearray(WHOLE)
    damaged[place] ^= difference
    try:
        manifest, found = unpacked(bytes(damaged))
    except BackupError:
        return
    assert {name: found[name] for name in manifest["members"]} == CONTENT


def test_of_two_members_of_a_name_the_last_counts_and_others_are_ignored():
    stream = io.BytesIO()
    with Writer(stream) as writer:
        for name, data in (("media/a", b"old"), ("media/gone", b"x"), ("media/a", b"new")):
            writer.add(name, io.BytesIO(data), len(data))
        writer.finish({}, {"media/a"})
    manifest, found = unpacked(stream.getvalue())
    assert found["media/a"] == b"new"
    assert list(manifest["members"]) == ["media/a"]


@pytest.mark.parametrize("name", ["../out", "/etc/passwd", "media/../../out"])
def test_no_member_leaves_the_folder_it_is_unpacked_to(name):
    with pytest.raises(BackupError, match="no backup has"):
        unpacked(written({name: b"x"}))


def test_a_link_is_refused():
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        link = tarfile.TarInfo("media/a")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(BackupError, match="no backup has"):
        unpacked(stream.getvalue())


def test_a_newer_format_is_refused():
    with pytest.raises(BackupError, match="newer version of the site"):
        unpacked(written(format_=archive.FORMAT + 1))


@pytest.fixture
def keys(tmp_path):
    """Two files with secret keys; the first one's public key is ``keys.public``."""
    paths = [tmp_path / "right", tmp_path / "wrong"]
    identities = [pyrage.x25519.Identity.generate() for _ in paths]
    for path, identity in zip(paths, identities, strict=True):
        path.write_text(f"# created: today\n{identity}\n")
    return *paths, str(identities[0].to_public())


@pytest.fixture
def locked(tmp_path, keys):
    """An encrypted archive."""
    path = tmp_path / "backup.tar.age"
    with path.open("wb") as file, encrypted(file, keys[2]) as stream:
        stream.write(WHOLE)
    return path


def read_locked(path, identity):
    with opened(path, identity) as stream:
        return read(stream)


def test_an_encrypted_archive_opens_with_its_key_alone(locked, keys):
    right, wrong, _public = keys
    assert set(read_locked(locked, right)["members"]) == set(CONTENT)
    assert b"picture" not in locked.read_bytes()
    with pytest.raises(BackupError, match="the key is not the one"):
        read_locked(locked, wrong)
    with pytest.raises(BackupError, match="--identity"):
        read_locked(locked, None)
    wrong.write_text("no key")
    with pytest.raises(BackupError, match="holds no secret key"):
        read_locked(locked, wrong)


@pytest.mark.parametrize("part", [0.0, 0.3, 0.999])
def test_an_encrypted_archive_that_was_cut_or_changed_is_refused(locked, keys, part):
    whole = locked.read_bytes()
    place = int(len(whole) * part)
    locked.write_bytes(whole[: max(place, 30)])
    with pytest.raises(BackupError):
        read_locked(locked, keys[0])
    place = max(place, 200)  # behind the first lines, which say that it is encrypted at all
    locked.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    with pytest.raises(BackupError):
        read_locked(locked, keys[0])


def test_a_public_key_that_is_none_is_said():
    with pytest.raises(BackupError, match="BACKUP_RECIPIENT"), encrypted(io.BytesIO(), "age1x"):
        pass


def test_an_error_of_the_disk_ends_encryption_with_that_error(keys):
    class Full(io.RawIOBase):
        def write(self, data):
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"), encrypted(Full(), keys[2]) as stream:
        for _ in range(100):
            stream.write(b"x" * 100_000)


def test_memory_does_not_grow_with_the_archive(tmp_path, keys):
    """A process writes 300 MB encrypted, reads them again, and never has half of them."""
    code = f"""
from pathlib import Path
from recovery.archive import Writer, encrypted, opened, read
class Zeros:
    def read(self, size): return bytes(size)
path = Path({str(tmp_path / "large")!r})
with path.open("wb") as file, encrypted(file, {keys[2]!r}) as stream, Writer(stream) as writer:
    writer.add("media/large", Zeros(), 300_000_000)
    writer.finish({{}}, {{"media/large"}})
with opened(path, Path({str(keys[0])!r})) as stream:
    read(stream)
status = Path("/proc/self/status").read_text()
print(*(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")))
"""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], cwd="site", capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 150, "MB"
