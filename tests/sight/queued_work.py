"""Tasks as the tests of the queue need them; a worker process imports them too."""

import time
from pathlib import Path

from django.db import connection
from django_tasks import task


@task()
def note(path: str, text: str):
    """Add a line to a file."""
    with Path(path).open("a") as file:
        file.write(f"{text}\n")


@task()
def wait(folder: str):
    """Say that it began, and end when it may."""
    folder = Path(folder)
    with (folder / "began").open("a") as file:
        file.write("began\n")
    while not (folder / "go").exists():
        time.sleep(0.02)
    (folder / "ended").touch()


@task()
def fail(path: str):
    """Fail until the file exists."""
    if not Path(path).exists():
        raise OSError(28, "No space left on device")


@task()
def lose_the_database():
    """Fail as when the database is restarted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
