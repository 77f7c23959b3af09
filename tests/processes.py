"""Other processes on the test's database."""

import time

from django.db import connection

PATIENCE = 60  # seconds for a process on a busy machine


def database_url() -> str:
    """Return the address of the test's database, for another process."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    host = "/" + settings["HOST"] if settings["HOST"].startswith("/") else settings["HOST"]
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    user = f"{settings['USER']}:{settings['PASSWORD']}"
    return f"postgres://{user}@{host}{port}/{settings['NAME']}"


def wait_until(condition):
    """Wait until the function returns something true, and return that."""
    end = time.monotonic() + PATIENCE
    while not (result := condition()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return result
