"""Backups are made, kept, checked and restored; whatever goes wrong is a sentence."""

import contextlib
import datetime
import fcntl
import gzip
import hashlib
import io
import json
import os
import random
import resource
import shutil
import signal
import tarfile
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail_factories import ImageFactory

from config.environment import VARIABLES
from recovery import archive, backups, databases, rotation
from recovery.models import BackupRun
from recovery.restoring import database_name

from .machine import Machine, empty_machine, files_of, rows_of, url_of

committed = pytest.mark.django_db(transaction=True)
once = pytest.mark.once
Outcome = BackupRun.Outcome


@pytest.fixture
def folder(tmp_path, settings):
    """An empty folder for backups, and no uploads but those of the test."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    settings.BACKUP_DIR = tmp_path / "backups"
    return settings.BACKUP_DIR


def run(*command):
    """Run a command here; return None, or the sentence with which it fails."""
    try:
        call_command(*map(str, command), verbosity=0)
    except CommandError as error:
        return str(error)
    return None


def made(folder) -> list[Path]:
    return rotation.archives(folder)


def manifest_of(path) -> dict:
    with tarfile.open(path) as tar:
        return json.load(tar.extractfile("manifest.json"))


@committed
def test_a_backup_is_recorded_with_its_result(folder, settings):
    assert BackupRun.objects.last_backup() is None
    assert run("backup") is None
    last = BackupRun.objects.last_backup()
    (path,) = made(folder)
    assert (last.outcome, last.archive, last.size) == (
        Outcome.SUCCEEDED,
        path.name,
        path.stat().st_size,
    )
    assert last.finished_at > last.started_at
    settings.BACKUP_RECIPIENT = "nonsense"
    assert "BACKUP_RECIPIENT" in run("backup")
    failed = BackupRun.objects.last_backup()
    assert failed.outcome == Outcome.FAILED and "age" in failed.message
    assert BackupRun.objects.last_good() == last


@committed
def test_a_backup_is_read_by_nobody_else_and_its_checksum_stands_beside_it(folder):
    run("backup")
    (path,) = made(folder)
    assert path.stat().st_mode & 0o077 == 0 and folder.stat().st_mode & 0o077 == 0
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.with_name(path.name + ".sha256").read_text() == f"{checksum}  {path.name}\n"


@committed
def test_what_a_killed_backup_left_is_cleared_away_and_said(folder):
    folder.mkdir()
    left = folder / "backup-20260101T000000Z.tar.partial"
    left.write_bytes(b"half")
    BackupRun.objects.create()
    assert run("backup") is None
    assert not left.exists()
    assert sorted(BackupRun.objects.values_list("outcome", flat=True)) == [
        Outcome.INTERRUPTED,
        Outcome.SUCCEEDED,
    ]


@committed
def test_two_backups_at_once_are_refused(folder):
    folder.mkdir()
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert "Another backup" in run("backup")
    assert run("backup") is None


@committed
def test_no_secret_is_in_a_backup(folder, monkeypatch):
    for variable in VARIABLES:
        monkeypatch.setitem(os.environ, variable.name, f"value-of-{variable.name}")
    monkeypatch.setenv("CACHE_URL", "redis://:hushhush@cache/0")
    described = backups.described_settings()
    assert described["CACHE_URL"] == "redis://cache/0"
    assert described["SITE_NAME"] == "value-of-SITE_NAME"
    secrets = [variable.name for variable in VARIABLES if variable.secret]
    assert "SECRET_KEY" in secrets and not described.keys() & set(secrets)


@committed
def test_a_file_that_rows_name_and_nobody_has_is_said_and_the_rest_is_saved(folder, capsys):
    lost, whole = ImageFactory(), ImageFactory()
    default_storage.delete(lost.file.name)
    assert run("backup") is None
    assert lost.file.name in capsys.readouterr().err
    (path,) = made(folder)
    manifest = manifest_of(path)
    assert manifest["lost"] == [lost.file.name]
    assert f"media/{whole.file.name}" in manifest["members"]


@committed
def test_a_file_deleted_between_snapshot_and_copy_makes_another_snapshot(folder, monkeypatch):
    """It comes after the first pass and goes before the second: only the row tells."""
    vendor = databases.vendor()
    original, fleeting = vendor.snapshot, []

    @contextlib.contextmanager
    def snapshot(where):
        if not fleeting:
            fleeting.append(ImageFactory())
        with original(where) as taken:
            yield taken

    class Meddling(vendor):
        @staticmethod
        @contextlib.contextmanager
        def snapshot(where):
            with snapshot(where) as taken:
                if get_image_model().objects.filter(pk=fleeting[0].pk).exists():
                    fleeting[0].delete()
                yield taken

    monkeypatch.setattr(databases, "vendor", lambda: Meddling)
    kept = ImageFactory()
    assert run("backup") is None
    manifest = manifest_of(made(folder)[0])
    assert manifest["lost"] == []
    assert [name for name in manifest["members"] if name.startswith("media/")] == [
        f"media/{kept.file.name}"
    ]


def archive_names(*moments):
    return [Path(f"backup-{moment}T000000Z.tar") for moment in moments]


@once
def test_of_days_weeks_and_months_one_backup_each_is_kept():
    start = datetime.date(2026, 11, 30)
    days = [start - datetime.timedelta(days=number) for number in range(420)]
    paths = archive_names(*(f"{day:%Y%m%d}" for day in days))
    left = set(paths) - set(rotation.to_delete(paths, 7, 5, 12))
    names = sorted(path.name[7:15] for path in left)
    assert len(names) == 7 + 3 + 11
    assert names[0] == "20251231" and names[-7:] == [f"202611{day}" for day in range(24, 31)]
    # Deleting every day leaves the same as deleting once.
    kept = []
    for path in reversed(paths):
        kept.append(path)
        kept = [each for each in kept if each not in rotation.to_delete(kept, 7, 5, 12)]
    assert set(kept) == left


@once
def test_all_backups_of_the_last_day_are_kept_and_a_pause_deletes_nothing():
    paths = [Path(f"backup-20260310T{hour:02}0000Z.tar.age") for hour in range(24)]
    assert rotation.to_delete(paths, 1, 1, 1) == []
    old = archive_names("20250101", "20250601")
    assert rotation.to_delete([*paths, *old], 3, 1, 1) == []
    assert rotation.to_delete([], 1, 1, 1) == []


@once
@pytest.mark.parametrize("value", [["7"], ["7", "a", "1"], ["1", "2", "3", "4"]])
def test_a_rotation_that_nobody_understands_is_said_at_once(folder, settings, value):
    settings.BACKUP_KEEP = value
    assert "three numbers" in run("backup")
    assert not folder.exists()


@committed
def test_what_is_past_its_time_is_deleted_with_its_checksum_and_nothing_else(folder, settings):
    settings.BACKUP_KEEP = (1, 1, 1)
    folder.mkdir()
    for name in ("backup-20200101T000000Z.tar", "backup-20200102T000000Z.tar", "notes.tar"):
        (folder / name).write_bytes(b"x")
        (folder / f"{name}.sha256").write_text("x")
    run("backup")
    left = {path.name for path in folder.iterdir()} - {".lock"}
    new = made(folder)[0].name
    assert left == {new, f"{new}.sha256", "notes.tar", "notes.tar.sha256"}


def assert_refused(sentence, *command):
    before = rows_of(site()), files_of(Path(default_storage.location))
    assert sentence in run(*command)
    assert (rows_of(site()), files_of(Path(default_storage.location))) == before


def site():
    return Machine(Path(default_storage.location).parent, url_of(connection.settings_dict["NAME"]))


@committed
def test_a_restore_into_what_is_not_empty_needs_the_name_of_what_may_be_lost(folder):
    run("backup")
    (path,) = made(folder)
    Page.objects.filter(depth=2).update(title="Later")
    assert_refused("is not empty", "restore", path)
    assert_refused("not “other”", "restore", path, "--replace", "other")
    assert run("restore", path, "--replace", database_name()) is None
    assert not Page.objects.filter(title="Later").exists()


@committed
def test_a_restore_over_a_site_brings_back_rows_and_files(folder, settings):
    image = ImageFactory(file__color="red")
    before = rows_of(site())
    content = default_storage.open(image.file.name).read()
    run("backup")
    (path,) = made(folder)
    name = image.file.name
    image.delete()
    default_storage.save(name, ContentFile(b"another file of that name"))
    ImageFactory()
    assert run("restore", path, "--replace", database_name()) is None
    assert rows_of(site()) == before
    assert default_storage.open(name).read() == content
    assert not list(Path(settings.MEDIA_ROOT).glob(".restoring-*"))


def changed(path, target, change):
    """Write an archive again, with a manifest that ``change`` has edited."""
    with tarfile.open(path) as tar:
        contents = {info.name: tar.extractfile(info).read() for info in tar}
    manifest = json.loads(contents.pop("manifest.json"))
    del contents["manifest.sha256"]
    change(manifest, contents)
    with target.open("wb") as file, archive.Writer(file) as writer:
        for name, content in contents.items():
            writer.add(name, io.BytesIO(content), len(content))
        writer.finish(manifest, set(contents))
    return target


@committed
def test_a_restore_that_can_not_be_right_is_refused_and_changes_nothing(folder, tmp_path):
    ImageFactory()
    run("backup")
    (path,) = made(folder)
    member = databases.vendor().member
    newer = ["news", "0999_of_tomorrow"]
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    broken = gzip.compress(b"SQLite format 3\0" + bytes(5000))
    whole = len(path.read_bytes())
    cases = {
        "newer version": lambda m, _c: m["database"]["migrations"].append(newer),
        f"is of {other}": lambda m, _c: m["database"].update(vendor=other),
        "": lambda _m, contents: contents.update(
            {member: contents[member][: len(contents[member]) // 2]}
            if connection.vendor == "postgresql"
            else {member: broken}
        ),
    }
    if connection.vendor == "postgresql":
        cases["update it first"] = lambda m, _c: m["database"].update(version="99.1")
    replace = "--replace", database_name()
    for sentence, change in cases.items():
        wrong = changed(path, tmp_path / "wrong.tar", change)
        assert_refused(sentence, "restore", wrong, *replace)
    cut = tmp_path / "cut.tar"
    cut.write_bytes(path.read_bytes()[: whole // 2])
    assert_refused("damaged or incomplete", "restore", cut, *replace)
    assert_refused("No such file", "restore", tmp_path / "none.tar", *replace)
    assert run("check_backup", path) is None
    assert "damaged or incomplete" in run("check_backup", cut)


@committed
def test_encrypted_backups_are_restored_with_the_secret_key(folder, settings, tmp_path, capsys):
    key = tmp_path / "key"
    call_command("backup_key", str(key))
    settings.BACKUP_RECIPIENT = capsys.readouterr().out.strip()
    assert key.stat().st_mode & 0o077 == 0
    assert "exists" in run("backup_key", key)
    before = rows_of(site())
    assert run("backup") is None
    (path,) = made(folder)
    assert path.suffix == ".age" and BackupRun.objects.last_backup().is_encrypted
    replace = "--replace", database_name()
    assert_refused("--identity", "restore", path, *replace)
    Page.objects.filter(depth=2).update(title="Later")
    assert run("restore", path, "--identity", key, *replace) is None
    assert rows_of(site()) == before


def limit_files(size):
    """Return a function after which no file of a process may become larger: the disk is full."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # write() says EFBIG instead
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@committed
def test_a_full_disk_and_a_kill_leave_no_half_archive_and_no_half_site(folder, tmp_path, settings):
    default_storage.save("documents/large.pdf", ContentFile(os.urandom(9_000_000)))
    machine = Machine(
        tmp_path, url_of(connection.settings_dict["NAME"]), media=Path(settings.MEDIA_ROOT)
    )
    said = machine.fail("backup", preexec_fn=limit_files(8_000_000))
    assert said == "No backup was made. File too large."
    assert made(folder) == [] and not list(folder.glob("*.partial"))
    assert BackupRun.objects.last_backup().outcome == Outcome.FAILED
    chance = random.Random(6)  # noqa: S311
    for _ in range(2):
        process = machine.start("backup")
        wait_until_there(folder, "*.partial", process)
        time.sleep(chance.random() / 20)
        process.kill()
        process.communicate()
        assert all(archive_is_whole(path) for path in made(folder))
    machine.succeed("backup")
    assert not list(folder.glob("*.partial"))
    path = made(folder)[0]
    with empty_machine(tmp_path / "new", "drill_kill") as other:
        assert (
            "too large"
            in other.fail("restore", str(path), preexec_fn=limit_files(8_000_000)).lower()
        )
        process = other.start("restore", str(path))
        wait_until_there(other.media, ".restoring-*", process)
        time.sleep(chance.random() / 4)
        process.kill()
        process.communicate()
        rows = rows_of(other)
        if not rows:  # nothing, or everything: then the same command completes it
            other.succeed("restore", str(path))
        assert rows_of(other) == rows_of(machine)
        assert files_of(other.media).items() >= files_of(machine.media).items()


def archive_is_whole(path):
    with archive.opened(path, None) as stream:
        return archive.read(stream)


def wait_until_there(folder, pattern, process):
    end = time.monotonic() + 60
    while not list(folder.glob(pattern)) and process.poll() is None:
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.002)
