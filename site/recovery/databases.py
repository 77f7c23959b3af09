"""A snapshot of the database in a file, and the way back, for each vendor by its own means."""

import contextlib
import gzip
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import connection, models
from django.db.backends.postgresql.client import DatabaseClient

from .archive import BackupError


def vendor():
    """Return how the database of this site is saved and restored."""
    try:
        return {"sqlite": SQLite, "postgresql": PostgreSQL}[connection.vendor]
    except KeyError:
        raise BackupError(f"Backups of {connection.display_name} are not supported.") from None


def file_columns() -> list[tuple[str, str]]:
    """Return (table, column) of everything that names an uploaded file."""
    return sorted(
        {
            (model._meta.db_table, field.column)
            for model in apps.get_models(include_auto_created=True)
            if model._meta.managed and not model._meta.proxy
            for field in model._meta.local_fields
            if isinstance(field, models.FileField)
        }
    )


class Snapshot:
    """The database as it was at one moment; ``select`` asks it, ``write`` puts it into a file."""

    def __init__(self, select, write, version):
        self.select = select
        self.write = write
        self.version = version

    def file_names(self) -> set[str]:
        """Return the names of all uploaded files that a row has."""
        names = set()
        for table, column in file_columns():
            query = f'SELECT DISTINCT "{column}" FROM "{table}"'  # noqa: S608 - names of models
            names.update(name for (name,) in self.select(query) if name)
        return names

    def migrations(self) -> list[list[str]]:
        rows = self.select("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [list(row) for row in rows]


def still_named(name: str) -> bool:
    """Return whether a row has the file now."""
    with connection.cursor() as cursor:
        for table, column in file_columns():
            query = f'SELECT 1 FROM "{table}" WHERE "{column}" = %s LIMIT 1'  # noqa: S608
            cursor.execute(query, [name])
            if cursor.fetchone():
                return True
    return False


def is_empty() -> bool:
    """Return whether the database of this site has no table."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


class SQLite:
    """The online backup API: a copy page by page, which other processes do not disturb."""

    member = "database.sqlite3.gz"

    @staticmethod
    @contextlib.contextmanager
    def snapshot(folder: Path) -> Iterator[Snapshot]:
        path = folder / ".database.partial"
        path.unlink(missing_ok=True)
        try:
            connection.ensure_connection()
            with contextlib.closing(sqlite3.connect(path)) as copy:
                path.chmod(0o600)
                connection.connection.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")

                def write(target):
                    copy.commit()
                    with path.open("rb") as source, gzip.open(target, "wb", 6) as packed:
                        shutil.copyfileobj(source, packed, 1024 * 1024)

                yield Snapshot(copy.execute, write, sqlite3.sqlite_version)
        finally:
            path.unlink(missing_ok=True)

    @staticmethod
    def refuse(manifest):
        pass  # SQLite reads files of every version

    @classmethod
    def restore(cls, path: Path, replace: bool):
        """Make the database what is in a file, in one transaction."""
        plain = path.with_suffix(".plain")
        with gzip.open(path) as packed, plain.open("wb") as file:
            shutil.copyfileobj(packed, file, 1024 * 1024)
        with contextlib.closing(sqlite3.connect(plain)) as source:
            state = source.execute("PRAGMA integrity_check").fetchone()[0]
            if state != "ok":
                raise BackupError(f"The database in the archive is damaged: {state}")
            connection.ensure_connection()
            source.backup(connection.connection)
        plain.unlink()


class PostgreSQL:
    """pg_dump of an exported snapshot; pg_restore through psql, in one transaction."""

    member = "database.pgdump"

    @classmethod
    @contextlib.contextmanager
    def snapshot(cls, folder: Path) -> Iterator[Snapshot]:
        own = connection.copy()  # another transaction than the caller's
        try:
            with own.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
                cursor.execute("SET idle_in_transaction_session_timeout = 0")
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                name = cursor.fetchone()[0]

                def select(query):
                    cursor.execute(query)
                    return cursor.fetchall()

                def write(target):
                    options = ["--format=custom", "--no-owner", "--no-acl", f"--snapshot={name}"]
                    cls._run("pg_dump", options, stdout=target)

                yield Snapshot(select, write, cls.server_version())
        finally:
            own.close()

    @staticmethod
    def server_version() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            return cursor.fetchone()[0]

    @classmethod
    def refuse(cls, manifest):
        theirs, ours = manifest["database"]["version"], cls.server_version()
        if int(theirs.split(".")[0]) > int(ours.split(".")[0]):
            raise BackupError(
                f"The archive is of PostgreSQL {theirs}, this server is {ours}: update it first."
            )

    @classmethod
    def restore(cls, path: Path, replace: bool):
        """Make the database what is in a file, in one transaction: psql commits what it got whole.

        ``replace`` empties the database first, in the same transaction.
        """
        connection.close()
        arguments, environment = cls._access("psql")
        quiet = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
        with tempfile.TemporaryFile() as errors:
            psql = subprocess.Popen(  # noqa: S603
                [*arguments, *quiet],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
            failure = None
            with contextlib.suppress(BrokenPipeError), psql.stdin as script:
                script.write(b"BEGIN;\n")
                if replace:
                    script.write(b"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n")
                script.flush()
                failure = cls._write_script(path, script)
                if failure is None:
                    script.write(b"COMMIT;\n")
            if psql.wait() or failure:
                errors.seek(0)
                said = errors.read().decode(errors="replace").strip() or failure
                raise BackupError(f"The database was not restored, it is as before: {said}")

    @classmethod
    def _write_script(cls, path, script):
        """Write the SQL of a dump; return None, or why it is not whole."""
        options = ["--no-owner", "--no-acl", "--no-comments", "--file=-", str(path)]
        done = subprocess.run(  # noqa: S603
            [cls._program("pg_restore"), *options], stdout=script, stderr=subprocess.PIPE
        )
        return done.stderr.decode(errors="replace").strip() if done.returncode else None

    @classmethod
    def _run(cls, program, options, **streams):
        arguments, environment = cls._access(program)
        done = subprocess.run(  # noqa: S603
            [*arguments, *options], env=environment, stderr=subprocess.PIPE, **streams
        )
        if done.returncode:
            raise BackupError(f"{program}: {done.stderr.decode(errors='replace').strip()}")

    @classmethod
    def _access(cls, program):
        """Return the command with host, port, user and database; the password stays out of it."""
        arguments, variables = DatabaseClient.settings_to_cmd_args_env(
            connection.settings_dict, ["--no-password"]
        )
        # Limits of the web server are none here, but a lock that never comes is an error.
        environment = {**os.environ, **(variables or {}), "PGOPTIONS": "-c lock_timeout=60s"}
        return [cls._program(program), *arguments[1:]], environment

    @staticmethod
    def _program(name) -> str:
        """Return the newest client program: an older one refuses a newer server."""
        installed = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
        newest = max(installed, key=lambda path: int(path.parts[4]), default=None)
        found = newest or shutil.which(name)
        if not found:
            raise BackupError(f"{name} is missing (Debian: apt-get install postgresql-client).")
        return str(found)
