"""A public server starts with a whole and safe environment, or says what is wrong with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import environment, safety

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "w7Yt2Qn9Lx4Bv6Kd1Rz8Mc3Hp5Js0Fg-UaWeIoTyXuCvNbOpSqDfGhJk",
    "ALLOWED_HOSTS": "lpia.example,www.lpia.example",
    "BASE_URL": "https://lpia.example",
    "DATABASE_URL": "postgres://lpia@db/lpia",
}


def changed(changes):
    """Return the safe environment with changes; None takes a variable away."""
    return {name: value for name, value in {**SAFE, **changes}.items() if value is not None}


@pytest.fixture
def complaints(monkeypatch):
    """A function that returns the sentences about the safe environment with changes."""

    def find(**changes):
        for variable in environment.VARIABLES:
            monkeypatch.delenv(variable.name, raising=False)
        for name, value in changed(changes).items():
            monkeypatch.setenv(name, value)
        return safety.mistakes()

    return find


def start(command, **changes):
    """Run a command in the safe environment with changes."""
    own = changed(changes) | {"PATH": os.environ["PATH"], "PYTHONPATH": "site"}
    return subprocess.run(  # noqa: S603
        [sys.executable, *command], cwd=ROOT, env=own, capture_output=True, text=True, timeout=60
    )


def test_a_whole_and_safe_environment_is_accepted(complaints):
    assert complaints() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "django-insecure-" + "x7" * 30}, "SECRET_KEY is not safe"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is not safe"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is missing"),
        ({"ALLOWED_HOSTS": "lpia.example,*"}, "ALLOWED_HOSTS must name"),
        ({"BASE_URL": "http://lpia.example"}, "BASE_URL must begin with https://"),
        ({"BASE_URL": "https://other.example"}, "“other.example” is not"),
        ({"BASE_URL": "https://lpia.example/lv/"}, "without a path"),
        ({"SECURE_SSL_REDIRECT": "false"}, "only localhost"),
        ({"SECURE_SSL_REDIRECT": "maybe"}, "must be true or false"),
        ({"TRUSTED_PROXIES": "one"}, "“one” is not a whole number"),
        ({"DATABASE_URL": "oracel://x@y/z"}, "DATABASE_URL cannot be read"),
        ({"CACHE_URL": "reddis://cache"}, "CACHE_URL cannot be read"),
        ({"EMAIL_URL": "smpt://mail"}, "EMAIL_URL cannot be read"),
        ({"SERVERS": "2", "DATABASE_URL": "sqlite:////x"}, "SQLite, which several"),
        ({"SERVERS": "2"}, "CACHE_URL must name a Redis"),
        ({"SITE_NAMES": "LPIA"}, "SITE_NAME was probably meant"),
        ({"SECRET_KEY": None, "SECRET_KEY_FILE": "/nowhere"}, "/nowhere, which cannot be read"),
    ],
)
def test_a_mistake_is_said_in_a_sentence(complaints, changes, words):
    assert any(words in sentence for sentence in complaints(**changes))


def test_all_mistakes_are_said_at_once_and_no_secret_is_shown(complaints):
    found = complaints(SECRET_KEY="my-short-secret", ALLOWED_HOSTS="*", SERVERS="2")
    assert len(found) == 3
    assert "my-short-secret" not in " ".join(found)


@pytest.mark.parametrize(
    "command",
    [["manage.py", "migrate"], ["-m", "gunicorn", "--bind=127.0.0.1:0"]],
    ids=["manage.py", "gunicorn"],
)
def test_whatever_is_started_ends_with_the_sentences_and_no_traceback(command):
    result = start(command, SECRET_KEY="short", ALLOWED_HOSTS=None)
    assert result.returncode == 3
    assert result.stderr.count("ALLOWED_HOSTS is missing") == 1
    assert "Traceback" not in result.stderr + result.stdout


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text(SAFE["SECRET_KEY"] + "\n")
    read = "from config.environment import env; print(env('SECRET_KEY'))"
    result = start(["-c", read], SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "key"))
    assert result.stdout.strip() == SAFE["SECRET_KEY"]


def test_a_secret_in_a_file_counts_where_the_template_s_line_is_empty(tmp_path):
    """Of containers: deploy/settings.env has the line `SECRET_KEY=`."""
    (tmp_path / "key").write_text(SAFE["SECRET_KEY"])
    result = start(["-m", "config.safety"], SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "key"))
    assert (result.returncode, result.stderr) == (0, "")


def test_what_an_earlier_key_signed_is_read_as_long_as_the_environment_names_it():
    read = "from django.conf import settings; print(settings.SECRET_KEY_FALLBACKS)"
    assert start(["-c", read]).stdout.strip() == "[]"
    result = start(["-c", read], SECRET_KEY_FALLBACKS="before,long-before")
    assert result.stdout.strip() == "['before', 'long-before']"


def test_a_machine_of_ones_own_may_do_without_tls(complaints):
    local = {"ALLOWED_HOSTS": "localhost,127.0.0.1", "BASE_URL": "http://127.0.0.1:8250"}
    assert complaints(SECURE_SSL_REDIRECT="false", **local) == []


def test_the_table_of_the_settings_is_that_of_the_schema():
    page = (ROOT / "docs" / "settings.md").read_text()
    assert environment.table() in page, "Run `make settings` and commit docs/settings.md."


def test_a_default_stands_there_as_one_would_write_it():
    assert "| `7,5,12` |" in environment.table()


def test_every_setting_of_the_environment_stands_in_the_schema():
    """No module reads a variable with a default of its own."""
    for path in (ROOT / "site" / "config" / "settings").glob("*.py"):
        assert "default=" not in path.read_text(), path
