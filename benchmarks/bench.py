"""What the benchmarks share: throwaway databases, processes with the site in them, figures.

Nothing here ever opens the site's own database: each benchmark makes one, on SQLite in a temporary
folder, on PostgreSQL with a name of its own on the server that ``scripts/postgres.py`` finds.
"""

import contextlib
import multiprocessing
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
for folder in (ROOT, ROOT / "site"):
    sys.path.insert(0, str(folder))

from scripts import postgres  # noqa: E402 (found by the lines above)

DATABASES = ("sqlite", "postgresql")
SECRET_KEY = "only-for-benchmarks-and-long-enough-to-be-taken-for-a-real-one-0123456789"  # noqa: S105
STOCK = {"default": {"BACKEND": "wagtail.search.backends.database"}}


# Databases


@contextlib.contextmanager
def database(vendor: str, keep: str = ""):
    """Yield the address of an empty database, and remove it afterwards.

    ``keep`` names one that stays, with what it holds, for the next run to find: in the temporary
    folder of this machine, or on the server of DATABASE_URL.
    """
    opened = _sqlite(keep) if vendor == "sqlite" else _postgresql(keep)
    with opened as url:
        yield url


@contextlib.contextmanager
def _sqlite(keep):
    if keep:
        yield f"sqlite:///{tempfile.gettempdir()}/{keep}.sqlite3"
        return
    with tempfile.TemporaryDirectory(prefix="lpia-benchmark-") as folder:
        yield f"sqlite:///{folder}/db.sqlite3"


@contextlib.contextmanager
def _postgresql(keep):
    import psycopg

    name = keep or f"lpia_benchmark_{os.getpid()}"
    with _server(keep) as server:
        parts = urlsplit(server)
        place = parts.path.rpartition("/")[0]  # of the socket, where it is one
        own = f"{parts.scheme}://{parts.netloc}{place}/{name}"
        host = place or parts.hostname
        login = {"host": host, "port": parts.port, "user": parts.username}
        with psycopg.connect(
            **login, password=parts.password, dbname="postgres", autocommit=True
        ) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not known.fetchone():
                connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
            try:
                yield own
            finally:
                if not keep:
                    connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def _server(keep):
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        yield url
        return
    if keep:
        sys.exit("A database that stays needs a server that stays: set DATABASE_URL.")
    binaries = postgres.find_binaries()
    if not binaries:
        postgres.unpack_debian()
        binaries = postgres.find_binaries()
    with postgres.server(binaries) as url:
        yield url


# Processes: Django takes one database and one search backend for life


def run(url: str, function, *arguments, initializer=None, stock=False):
    """Return ``function(*arguments)``, run in a process of its own with the site on ``url``.

    ``stock`` gives it Wagtail's own search backend in the place of ours; ``initializer(url)``
    starts Django in another way than ``set_up``. The function must be one of a module; what it
    takes and returns is pickled.
    """
    initializer = initializer or partial(set_up, stock=stock)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=initializer, initargs=(url,)) as pool:
        return pool.submit(_and_clean_up, function, arguments).result()


def run_all(url: str, function, arguments: list, workers: int, initializer=None) -> Iterator:
    """Yield ``function(argument)`` of each argument, run by so many processes at once."""
    context = multiprocessing.get_context("spawn")
    initializer = initializer or set_up
    with ProcessPoolExecutor(workers, context, initializer=initializer, initargs=(url,)) as pool:
        yield from pool.map(function, arguments)


def set_up(url: str, stock=False):
    """Start Django on the database at ``url``, with the settings of the tests."""
    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    import django
    from django.conf import settings

    settings.WHITENOISE_AUTOREFRESH = False  # as on a public server
    settings.STATIC_ROOT = settings.FOLDER
    if stock:
        settings.WAGTAILSEARCH_BACKENDS = STOCK
    django.setup()


def set_up_as_public(folder: str, url: str):
    """Start Django on the database at ``url`` as a public server does, its files in ``folder``."""
    os.environ |= {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": "localhost",
        "BASE_URL": "https://localhost",
        "MEDIA_ROOT": f"{folder}/media",
        "STATIC_ROOT": f"{folder}/static",
        "PAGE_CACHE_MEGABYTES": "0",
        "SECOND_FACTOR": "false",
    }
    import django

    _hide_log()
    django.setup()


def _hide_log():
    """Have the log made, for a request pays for its line, but only warnings written."""
    from django.conf import settings

    log = settings.LOGGING  # set up anew by each django.setup(), that of config.wsgi too
    log["handlers"]["console"]["level"] = "WARNING"
    log["handlers"]["hidden"] = {
        "class": "logging.FileHandler",
        "filename": os.devnull,
        "formatter": "default",
    }
    log["root"]["handlers"].append("hidden")


def _and_clean_up(function, arguments):
    from django.conf import settings

    try:
        return function(*arguments)
    finally:
        if folder := getattr(settings, "FOLDER", None):  # of the settings of the tests
            shutil.rmtree(folder, ignore_errors=True)


def migrate():
    """Make the tables, the languages and the two home pages (for ``run``)."""
    command("migrate")


def collect_static():
    """Collect, hash and compress the static files (for ``run``)."""
    command("collectstatic", interactive=False)


def command(name: str, **options):
    """Run a management command silently (for ``run``)."""
    from django.core.management import call_command

    with open(os.devnull, "w") as nothing, contextlib.redirect_stdout(nothing):
        call_command(name, verbosity=0, **options)


# Figures


@contextlib.contextmanager
def timed():
    """Yield a list that holds the seconds when the block is done."""
    seconds, start = [], time.perf_counter()
    yield seconds
    seconds.append(time.perf_counter() - start)


def percentile(values, percent: int) -> float:
    """Return the value below which ``percent`` of at least two values lie."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def row(*cells) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def heading(*cells) -> str:
    """Return the head of a Markdown table."""
    return "\n".join([row(*cells), row(*["---"] * len(cells))])


def machine() -> str:
    """Return on what and when the figures were taken, for under a table."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{date.today()}, {os.cpu_count()} processors, {memory:.0f} GB, "
        f"Python {platform.python_version()}"
    )
