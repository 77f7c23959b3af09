"""Further servers of what the site stands on."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.db import connection

from scripts import postgres


class Standby:
    """A copy of the tests' PostgreSQL that follows it, as replicas do."""

    def __init__(self, folder: Path, primary: str):
        self.folder, self.primary = folder, primary
        self.binaries = postgres.find_binaries()
        self.data = folder / "data"
        self.process = None

    def _run(self, program, *arguments):
        command = [self.binaries / program, *arguments]
        subprocess.run(command, check=True, cwd=self.folder, **postgres.unprivileged())  # noqa: S603

    def copy(self):
        login = ["--host", self.primary, "--username", "postgres"]
        self._run(
            "pg_basebackup", *login, "--pgdata", self.data, "--write-recovery-conf", "-c", "fast"
        )

    def start(self):
        options = [f"unix_socket_directories={self.folder}", "listen_addresses=", *postgres.SPEED]
        flags = [part for option in options for part in ("-c", option)]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [self.binaries / "postgres", "-D", self.data, *flags],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                **postgres.unprivileged(),
            )
        postgres.wait_for(self.folder, self.process, self.folder / "log")

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()


@pytest.fixture(scope="module")
def standby(django_db_setup):
    """A standby of the tests' own server, which must be on a socket of this machine."""
    folder = Path(tempfile.mkdtemp(prefix="lpia-standby-"))
    if owner := postgres.unprivileged():
        os.chown(folder, owner["user"], owner["group"])
    server = Standby(folder, connection.settings_dict["HOST"])
    server.copy()
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)
