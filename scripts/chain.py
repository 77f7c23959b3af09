"""The whole chain on this machine: PostgreSQL, Redis, application servers, nginx with TLS.

    with Stack(folder, servers=2) as stack:
        stack.get("/lv/").status

Everything is what a public server has: the settings of production, gunicorn's own configuration and
the very nginx configuration of deploy/, rendered with other paths and ports. All of it lives in
``folder`` and on free ports, and ends with the block.
"""

import contextlib
import http.client
import os
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from deploy import configure
from scripts import postgres
from scripts.certificates import make_certificate
from scripts.ports import free_port

ROOT = Path(__file__).resolve().parents[1]
PYTHONPATH = os.pathsep.join(str(ROOT / name) for name in ("site", ".", "tests"))
HOST = "localhost"
PATIENCE = 30  # seconds until a part must answer
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
MAIN = """
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/logs/nginx.log warn;
{user}
load_module {brotli};
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path {folder}/temp/body;
    proxy_temp_path {folder}/temp/proxy;
    fastcgi_temp_path {folder}/temp/fastcgi;
    uwsgi_temp_path {folder}/temp/uwsgi;
    scgi_temp_path {folder}/temp/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass
class Answer:
    """What came back: headers by their names in small letters, the last of those with one name."""

    status: int
    headers: dict
    body: bytes


def missing() -> str:
    """Return what this machine lacks for the chain, with the way to get it; or nothing."""
    programs = {"nginx": "nginx", "redis-server": "redis-server"}
    lacking = [package for name, package in programs.items() if not shutil.which(name)]
    if not BROTLI.exists():
        lacking.append("libnginx-mod-http-brotli-static")
    if not postgres.find_binaries():
        lacking.append("postgresql")
    return f"Debian: apt-get install {' '.join(lacking)}" if lacking else ""


def wait_until(ready, what):
    """Ask until ``ready`` returns something true, and return it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if found := ready():
                return found
        time.sleep(0.05)
    raise RuntimeError(f"{what} was not there within {PATIENCE} seconds.")


class Stack:
    """The chain with ``servers`` application servers; use it in a with block.

    ``settings`` are more variables of the environment, ``nginx`` more values for its template,
    ``application`` a WSGI application in the place of the site (then nothing is migrated).
    ``database`` is the address of one that is there, else PostgreSQL is started for the chain.
    """

    def __init__(self, folder, servers=1, settings=None, nginx=None, application="", database=""):
        self.folder = Path(folder)
        self.number = servers
        self.application = application
        self.database = database
        self.http, self.https = free_port(), free_port()
        self.media, self.static = self.folder / "media", self.folder / "static"
        self.own_settings = settings or {}
        self.own_nginx = nginx or {}
        self.servers = [None] * servers
        self._closing = contextlib.ExitStack()

    # Its life

    def __enter__(self):
        with contextlib.ExitStack() as closing:
            closing.callback(self._close)
            self._start()
            closing.pop_all()
        return self

    def __exit__(self, *_):
        self._close()

    def _close(self):
        self._closing.close()

    def _start(self):
        for name in ("logs", "temp", "media", "static", "run"):
            (self.folder / name).mkdir()
        if not self.application:
            if not self.database:
                server = postgres.server(postgres.find_binaries())
                self.database = self._closing.enter_context(server)
            self._start_redis()
        self.settings = self._settings()
        if not self.application:
            collect = self.popen([sys.executable, "manage.py", "collectstatic", "--noinput"])
            self.manage("migrate")
            self.manage("set_address")
            if collect.wait():
                raise RuntimeError("collectstatic failed.")
        for index in range(self.number):
            self.start_server(index)
        self._start_nginx()

    def _settings(self):
        return {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "ALLOWED_HOSTS": HOST,
            "BASE_URL": f"https://{HOST}",
            "DATABASE_URL": self.database,
            "CACHE_URL": f"redis://{self.folder}/run/redis.sock",
            "MEDIA_ROOT": str(self.media),
            "STATIC_ROOT": str(self.static),
            "SERVERS": str(self.number),
            "TRUSTED_PROXIES": "1",
            "WEB_CONCURRENCY": "1",
            **self.own_settings,
        }

    def _start_redis(self):
        path = self.folder / "run" / "redis.sock"
        command = ["redis-server", "--port", "0", "--unixsocket", path, "--save", "", "--dir"]
        self._run(self.popen([*command, self.folder / "temp"], log="redis"))
        wait_until(path.exists, "Redis")

    def start_server(self, index):
        """Start application server ``index`` (from 0), and wait until it answers."""
        path = self.socket(index)
        command = [sys.executable, "-m", "gunicorn", "--bind", f"unix:{path}"]
        if self.application:
            command += ["--pythonpath", ROOT / "tests" / "deploy", "--config", "/dev/null"]
            command += ["--threads", "8", "--no-control-socket", self.application]
        self.servers[index] = self.popen(command, log=f"server-{index}")
        self._run(self.servers[index])
        wait_until(lambda: self.ask_server(index, "/robots.txt"), f"Application server {index}")

    def stop_server(self, index, number=signal.SIGTERM):
        """Send a signal to application server ``index`` and wait for its end."""
        self.servers[index].send_signal(number)
        self.servers[index].wait(PATIENCE)

    def workers(self, index) -> set[int]:
        """Return the processes that answer for application server ``index``."""
        pid = self.servers[index].pid
        return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))

    def _start_nginx(self):
        certificate, key = make_certificate(self.folder)
        # One that was away a moment ago is asked all the same when another fails.
        sockets = [
            f"server unix:{self.socket(index)} max_fails=3 fail_timeout=2s;"
            for index in range(self.number)
        ]
        values = configure.values(
            HOST,
            http=f"127.0.0.1:{self.http}",
            https=f"127.0.0.1:{self.https}",
            port_suffix=f":{self.https}",
            servers="\n    ".join(sockets),
            static=str(self.static),
            media=str(self.media),
            pages=str(ROOT / "deploy" / "nginx" / "pages"),
            cache=str(self.folder / "cache"),
            logs=str(self.folder / "logs"),
            webroot=str(self.folder / "temp"),
            certificate=str(certificate),
            key=str(key),
            **self.own_nginx,
        )
        (self.folder / "site.conf").write_text(configure.render("nginx/site.conf", values))
        user = "user root;" if os.geteuid() == 0 else ""
        main = MAIN.format(folder=self.folder, user=user, brotli=BROTLI, workers=1)
        (self.folder / "nginx.conf").write_text(main)
        self.nginx = self.popen(["nginx", "-c", self.folder / "nginx.conf"], log="nginx-start")
        self._run(self.nginx)
        self.trust = ssl.create_default_context(cafile=certificate)
        wait_until(self.connect, "nginx").close()

    def popen(self, command, log="commands"):
        """Start a program in the project's folder with the chain's settings."""
        with (self.folder / "logs" / f"{log}.log").open("a") as output:
            return subprocess.Popen(  # noqa: S603
                list(map(str, command)),
                cwd=ROOT,
                env=self.environment(),
                stdout=output,
                stderr=output,
            )

    def environment(self):
        return getattr(self, "settings", {"PATH": os.environ["PATH"]})

    def _run(self, process):
        """Have a process ended with the chain, by force if it takes too long."""

        def end():
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

        self._closing.callback(end)

    # Its use

    def manage(self, *arguments):
        """Run a management command with the chain's settings; return what it writes."""
        return self.python("manage.py", *arguments)

    def python(self, *arguments, **variables):
        """Run Python in the project's folder with the chain's settings; return what it writes."""
        result = subprocess.run(  # noqa: S603
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env=self.settings | {"PYTHONPATH": PYTHONPATH} | variables,
            capture_output=True,
            text=True,
        )
        if result.returncode:
            raise RuntimeError(f"{arguments} failed:\n{result.stdout}{result.stderr}")
        return result.stdout

    def socket(self, index):
        return self.folder / "run" / f"web-{index}.sock"

    def connect(self, timeout=PATIENCE):
        """Return a connection with TLS to nginx, for bytes of one's own."""
        plain = socket.create_connection(("127.0.0.1", self.https), timeout)
        return self.trust.wrap_socket(plain, server_hostname=HOST)

    def keep_alive(self, source=""):
        """Return an HTTPSConnection to nginx that a block closes; ``source``: our own address."""
        connection = http.client.HTTPSConnection(HOST, self.https, context=self.trust)
        address, own = ("127.0.0.1", self.https), (source, 0) if source else None
        plain = socket.create_connection(address, PATIENCE, own)
        connection.sock = self.trust.wrap_socket(plain, server_hostname=HOST)
        return contextlib.closing(connection)

    def get(self, path, method="GET", body=None, source="", **headers):
        """Ask nginx over HTTPS; return an Answer. ``Accept_Encoding="br"`` gives a header."""
        with self.keep_alive(source) as connection:
            return _answer(connection, method, path, body, headers)

    def ask_http(self, path, **headers):
        """Ask nginx without TLS."""
        connection = http.client.HTTPConnection("127.0.0.1", self.http, timeout=PATIENCE)
        with contextlib.closing(connection):
            return _answer(connection, "GET", path, None, {"Host": HOST} | headers)

    def ask_server(self, index, path, **headers):
        """Ask an application server past nginx, as nginx does."""
        connection = http.client.HTTPConnection(HOST, timeout=PATIENCE)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(PATIENCE)
        connection.sock.connect(str(self.socket(index)))
        with contextlib.closing(connection):
            return _answer(connection, "GET", path, None, {"X_Forwarded_Proto": "https"} | headers)

    def raw(self, request: bytes, timeout=PATIENCE) -> bytes:
        """Send bytes to nginx and return all that comes back until it closes the connection."""
        with self.connect(timeout) as connection:
            with contextlib.suppress(OSError):  # it may refuse before it has read everything
                connection.sendall(request)
            return receive(connection)

    def log(self, name):
        """Return the text of a log: nginx, server-0 …, redis, commands, lpia-access, lpia-error."""
        path = self.folder / "logs" / f"{name}.log"
        return path.read_text() if path.exists() else ""


def receive(connection) -> bytes:
    """Return all that a connection gives until it is closed."""
    parts = []
    with contextlib.suppress(OSError):
        while part := connection.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def _answer(connection, method, path, body, headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, named)
    response = connection.getresponse()
    found = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, found, response.read())
