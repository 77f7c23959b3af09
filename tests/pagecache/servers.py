"""Real servers on the database of the test: gunicorn with the page cache, and Redis."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.ports import free_port
from tests.processes import PATIENCE, database_url

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """One gunicorn with one worker, in a process group of its own."""

    def __init__(self, folder, cache_url=""):
        self.port = free_port()
        folder.mkdir(parents=True)
        environment = os.environ | {
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "server_settings",
            "CACHE_URL": cache_url or "locmemcache://",
            "TMPDIR": str(folder),
        }
        command = [sys.executable, "-m", "gunicorn", "--workers=1", "--threads=4"]
        command += [
            f"--bind=127.0.0.1:{self.port}",
            "--pythonpath=site,tests/pagecache",
            "config.wsgi",
        ]
        self.log = (folder / "log").open("w+")
        self.process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment, stderr=self.log, start_new_session=True
        )

    def wait(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(OSError):
                if self.get("/lv/").status == 200:
                    return self
            time.sleep(0.1)
        self.log.seek(0)
        raise AssertionError(f"The server does not answer:\n{self.log.read()}")

    def ask(self, method, address, body=None, **headers):
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {name.replace("_", "-"): value for name, value in headers.items()}
            client.request(method, address, body=body, headers={"Host": "localhost"} | headers)
            answer = client.getresponse()
            answer.text = answer.read().decode(errors="replace")
            return answer
        finally:
            client.close()

    def get(self, address, **headers):
        return self.ask("GET", address, **headers)

    def kill(self):
        """Kill the server and its worker at once, as if the machine lost power."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()


@contextlib.contextmanager
def redis_server(folder):
    """Start Redis; yield its process and address. Skips the test where there is none."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("There is no Redis here (Debian: apt-get install redis-server).")
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.02)
        yield process, f"redis://127.0.0.1:{port}/0"
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()
