"""The whole database and the uploads as they were, kept in a folder and put back within a moment.

Loading the demo content takes half a minute; the processes of a run share what one has loaded.
"""

import fcntl
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction


def keep(folder: Path):
    """Write the database and the uploads to a folder that does not exist yet."""
    folder.mkdir(parents=True)
    _vendor().keep(folder)
    if Path(settings.MEDIA_ROOT).exists():
        shutil.copytree(settings.MEDIA_ROOT, folder / "media")


def put_back(folder: Path):
    """Make the database and the uploads what ``keep`` has written to a folder."""
    from django.contrib.contenttypes.models import ContentType

    _vendor().put_back(folder)
    ContentType.objects.clear_cache()
    cache.clear()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    if (folder / "media").exists():
        shutil.copytree(folder / "media", settings.MEDIA_ROOT)


@contextmanager
def lock(folder: Path):
    """Hold back other processes that want to make something in a folder."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class SQLite:
    """SQLite copies a database page by page, also one that others have open."""

    @staticmethod
    def keep(folder):
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "db.sqlite3")) as copy:
            connection.connection.backup(copy)

    @staticmethod
    def put_back(folder):
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "db.sqlite3")) as copy:
            copy.backup(connection.connection)


class PostgreSQL:
    """Each table in a file, by COPY, and the numbers that come next."""

    @classmethod
    def keep(cls, folder):
        with transaction.atomic(), connection.cursor() as cursor:
            for table in cls._tables(cursor):
                copy = f"COPY {cls._name(table)} TO STDOUT (FORMAT binary)"
                with (folder / table).open("wb") as file, cursor.copy(copy) as rows:
                    for row in rows:
                        file.write(row)
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
            (folder / "sequences").write_text(
                "".join(f"{name} {value or 0}\n" for name, value in cursor.fetchall())
            )

    @classmethod
    def put_back(cls, folder):
        with transaction.atomic(), connection.cursor() as cursor:
            tables = cls._tables(cursor)
            cursor.execute(f"TRUNCATE {', '.join(map(cls._name, tables))}")
            for table in tables:
                with cursor.copy(f"COPY {cls._name(table)} FROM STDIN (FORMAT binary)") as rows:
                    rows.write((folder / table).read_bytes())
            for line in (folder / "sequences").read_text().splitlines():
                name, value = line.split()
                was_used = value != "0"
                cursor.execute(
                    "SELECT setval(%s, %s, %s)", [cls._name(name), int(value) or 1, was_used]
                )

    @staticmethod
    def _tables(cursor):
        tables = connection.introspection.get_table_list(cursor)
        return sorted(table.name for table in tables if table.type == "t")

    @staticmethod
    def _name(name):
        return connection.ops.quote_name(name)


def _vendor():
    return {"sqlite": SQLite, "postgresql": PostgreSQL}[connection.vendor]
