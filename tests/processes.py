"""Other processes on the test's database."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60  # seconds for a process on a busy machine


def database_url() -> str:
    """Return the address of the test's database, for another process."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    user = quote(settings["USER"], safe="")
    if settings["PASSWORD"]:
        user += f":{quote(settings['PASSWORD'], safe='')}"
    host = settings["HOST"]
    if host.startswith("/"):
        host = f"/{host}"  # the folder of a socket, as scripts/postgres.py writes it
    elif settings["PORT"]:
        host += f":{settings['PORT']}"
    return f"postgres://{user}@{host}/{settings['NAME']}"


def wait_until(condition):
    """Wait until the function returns something true, and return that."""
    end = time.monotonic() + PATIENCE
    while not (result := condition()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return result


@contextlib.contextmanager
def workers(**environment):
    """Yield a function that starts `manage.py work` on the test's database; all end with the block.

    What stands in ``environment`` the worker has besides ours.
    """
    processes = []
    settings = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings.test"}

    def start():
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, ROOT / "manage.py", "work"],
            env=os.environ | settings | environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    try:
        yield start
    finally:
        for process in processes:
            process.kill()
            process.communicate()
