"""A machine of its own for the site: another database, other folders, other processes."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds for a process on a busy machine


class Machine:
    """A folder with uploads and backups, and a database; ``run`` is manage.py there."""

    def __init__(self, folder: Path, url: str, media: Path | None = None):
        self.folder = folder
        self.media = media or folder / "media"
        self.backups = folder / "backups"
        folder.mkdir(parents=True, exist_ok=True)
        self.environment = os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "machine_settings",
            "MEDIA_ROOT": str(self.media),
            "BACKUP_DIR": str(self.backups),
            # A query that takes longer than this is an outage to the tests too.
            "DATABASE_TIMEOUT": "5",
            "TMPDIR": str(folder),
            "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "site", Path(__file__).parent))),
        }

    def start(self, *command, **options) -> subprocess.Popen:
        """Start manage.py with a command."""
        return subprocess.Popen(  # noqa: S603
            [sys.executable, ROOT / "manage.py", *command],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def run(self, *command, **options) -> tuple[int, str, str]:
        """Return the exit code of manage.py with a command, what it said, and its complaints."""
        process = self.start(*command, **options)
        said, complained = process.communicate(timeout=PATIENCE)
        return process.returncode, said, complained

    def succeed(self, *command, **options) -> str:
        code, said, complained = self.run(*command, **options)
        assert code == 0 and "Traceback" not in complained, complained
        return said

    def fail(self, *command, **options) -> str:
        """Return the one sentence with which a command fails."""
        code, _said, complained = self.run(*command, **options)
        assert code == 1 and complained.startswith("CommandError: "), (code, complained)
        assert len(complained.strip().splitlines()) == 1
        return complained.removeprefix("CommandError: ").strip()

    @contextlib.contextmanager
    def serve(self, *options):
        """Yield a web server of one process (its address, its process, its log)."""
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        log = self.folder / "server.log"
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--chdir", ROOT / "site"]
        command += [f"--bind=127.0.0.1:{port}", "--workers=1", "--threads=3", "--preload", *options]
        with log.open("w") as output:
            process = subprocess.Popen(  # noqa: S603
                command, env=self.environment, stdout=output, stderr=output
            )
        try:
            server = Server(f"http://127.0.0.1:{port}", process, log)
            server.wait()
            yield server
        finally:
            process.kill() if process.poll() else process.terminate()
            process.wait(PATIENCE)

    def answers(self, paths) -> dict[str, tuple[int, str]]:
        """Return status and body of each address, as a process of this machine answers."""
        code = (
            "import json, sys, django; django.setup(); from django.test import Client; "
            "client = Client(); paths = json.load(sys.stdin); "
            "answers = {path: client.get(path) for path in paths}; "
            "print(json.dumps({path: (a.status_code, b''.join(a).decode()) "
            "for path, a in answers.items()}))"
        )
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code],
            env=self.environment,
            input=json.dumps(sorted(paths)),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return {path: tuple(answer) for path, answer in json.loads(done.stdout).items()}


class Server:
    """A web server that runs; ``get`` and ``post`` ask it as a browser with a session does."""

    def __init__(self, address, process, log):
        self.address = address
        self.process = process
        self.log = log
        self.session = requests.Session()

    def wait(self):
        end = time.monotonic() + PATIENCE
        while True:
            assert self.process.poll() is None and time.monotonic() < end, self.log.read_text()
            with contextlib.suppress(requests.ConnectionError):
                return requests.get(f"{self.address}/robots.txt", timeout=PATIENCE)
            time.sleep(0.1)

    def get(self, path, **options):
        return self.session.get(self.address + path, timeout=PATIENCE, **options)

    def post(self, path, data, **options):
        """Send a form with the token that Django wants."""
        token = "a" * 32
        self.session.cookies.set("csrftoken", token)
        data = {"csrfmiddlewaretoken": token} | data
        return self.session.post(self.address + path, data=data, timeout=PATIENCE, **options)

    def workers(self) -> list[int]:
        """Return the ids of the processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in children.read_text().split()]


def url_of(name, settings=None) -> str:
    """Return the address of a database on the server of the tests; of SQLite, of a file."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    settings = settings or connection.settings_dict
    host = "/" + settings["HOST"] if settings["HOST"].startswith("/") else settings["HOST"]
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgres://{settings['USER']}:{settings['PASSWORD']}@{host}{port}/{name}"


@contextlib.contextmanager
def empty_machine(folder: Path, name: str):
    """Yield a machine without tables and without files."""
    if connection.vendor == "sqlite":
        yield Machine(folder, url_of(folder / "db.sqlite3"))
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield Machine(folder, url_of(name))
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def rows_of(machine: Machine) -> dict[str, list]:
    """Return all rows of all tables of a machine's database, but for the runs of backups."""
    other = _connect(machine)
    try:
        with other.cursor() as cursor:
            tables = sorted(other.introspection.table_names(cursor))
            return {
                table: _rows(cursor, table) for table in tables if table != "recovery_backuprun"
            }
    finally:
        other.close()


def query(machine: Machine, sql: str) -> list:
    other = _connect(machine)
    try:
        with other.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()
    finally:
        other.close()


def _connect(machine):
    from config.environment import env

    other = connection.copy()
    other.settings_dict = connection.settings_dict | {
        "NAME": env.db_url_config(machine.environment["DATABASE_URL"])["NAME"]
    }
    return other


def _rows(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
    return sorted(map(repr, cursor.fetchall()))


def files_of(folder: Path | str) -> dict[str, bytes]:
    """Return what all files below a folder hold."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }
