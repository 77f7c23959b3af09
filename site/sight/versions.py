"""What runs here: the versions of the site and of what it stands on, and since when."""

import functools
import platform
import subprocess
import tomllib

import django
import wagtail
from django.conf import settings
from django.db import connection
from django.utils import timezone

STARTED_AT = timezone.now()


@functools.cache
def site_version() -> str:
    """Return the version of the project, with the commit where the site is a git checkout."""
    commit = _commit()
    return f"{project_version()} ({commit})" if commit else project_version()


def project_version() -> str:
    """Return the version in pyproject.toml."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["version"]


def _commit() -> str:
    command = ["git", "-C", str(settings.BASE_DIR), "rev-parse", "--short=10", "HEAD"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.strip()


def versions() -> list[tuple[str, str]]:
    """Return name and version of each part."""
    return [
        ("Wagtail", wagtail.__version__),
        ("Django", django.get_version()),
        ("Python", platform.python_version()),
        (connection.display_name, _database_version()),
    ]


def _database_version() -> str:
    return ".".join(str(part) for part in connection.get_database_version())
