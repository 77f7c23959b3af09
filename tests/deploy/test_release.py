"""deploy/release as it stands, with versions that write down what they are told to do."""

import os
import pwd
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
RELEASE = Path(__file__).resolve().parents[2] / "deploy" / "release"
# In place of .venv/bin/python: says what it was asked; a version may be one that can't migrate.
PYTHON = """#!/bin/sh
echo "$(basename "$PWD" | cut -d- -f3) $*" >> ../../said
case "$*" in *migrate*) ! grep -q fails version ;; esac
"""
ENVIRONMENT = """
from pathlib import Path
python = Path(".venv/bin/python")
python.parent.mkdir(parents=True)
python.write_text(Path("python").read_text())
python.chmod(0o755)
"""


class Server:
    """A folder as on a server, with a repository beside it from which versions come."""

    def __init__(self, root):
        self.root, self.origin = root, root / "origin"
        (root / "releases").mkdir()
        (self.origin / "scripts").mkdir(parents=True)
        (self.origin / "scripts" / "environment.py").write_text(ENVIRONMENT)
        (self.origin / "python").write_text(PYTHON)
        self._git("init", "--quiet", "--initial-branch=main")
        self.commit("first")
        self._git("clone", "--quiet", self.origin, root / "source")

    def _git(self, *arguments) -> str:
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        command = ["git", *who, *arguments]
        return subprocess.check_output(command, cwd=self.origin, text=True).strip()  # noqa: S603

    def commit(self, version) -> str:
        """Make a version; return the beginning of its commit, in which its folder ends."""
        (self.origin / "version").write_text(version)
        self._git("add", ".")
        self._git("commit", "--quiet", "--message", version)
        return self._git("rev-parse", "--short=8", "HEAD")

    def release(self, *arguments) -> int:
        own = {"ROOT": str(self.root), "RESTART": "true"}
        own["SITE_USER"] = pwd.getpwuid(os.getuid()).pw_name
        (self.root / "said").write_text("")
        return subprocess.run(  # noqa: S603
            [RELEASE, *arguments], env=os.environ | own, stdout=subprocess.DEVNULL
        ).returncode

    def said(self, word) -> list[str]:
        """Return which versions were told to do something, in order."""
        lines = (self.root / "said").read_text().splitlines()
        return [line.split()[0] for line in lines if word in line]

    @property
    def current(self) -> Path:
        return (self.root / "current").resolve()


@pytest.fixture
def server(tmp_path):
    return Server(tmp_path)


def test_a_version_comes_into_service_and_the_one_before_stays(server):
    assert server.release() == 0
    first = server.current
    second = server.commit("second")
    assert server.release() == 0
    assert server.current.name.endswith(second)
    assert (server.current / "version").read_text() == "second"
    assert first.exists()


def test_a_version_that_can_not_migrate_changes_nothing(server):
    """Not the static files either: they are those of the version in service, all versions' own."""
    server.release()
    before = server.current
    bad = server.commit("fails")
    assert server.release() != 0
    assert server.current == before
    assert server.said("migrate") == [bad]
    assert server.said("collectstatic") == []
    assert list(server.root.glob(f"releases/*{bad}")) == []


def test_who_goes_back_gets_the_static_files_of_that_version(server):
    """The list of their names is that of whoever collected last."""
    server.release()
    first = server.current
    server.commit("second")
    server.release()
    assert server.release("--back", first) == 0
    assert server.current == first
    assert server.said("collectstatic") == [first.name[-8:]]


def test_there_is_no_way_back_to_what_is_not_there(server):
    server.release()
    before = server.current
    assert server.release("--back", server.root / "releases" / "none") == 1
    assert server.release("no-such-version") == 1
    assert server.current == before
