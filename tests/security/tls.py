"""A server with the settings of production behind real TLS, for the time of a test."""

import contextlib
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from django.utils.crypto import get_random_string

from scripts.certificates import make_certificate
from tests.processes import database_url

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30  # seconds


@contextlib.contextmanager
def production_server(folder: Path):
    """Serve the database of the tests as production does; yield the address and the certificate."""
    certificate, key = make_certificate(folder)
    with socket.create_server(("127.0.0.1", 0)) as listener, (folder / "log").open("w+") as log:
        command = [sys.executable, "-m", "gunicorn", "--chdir", "site", "config.wsgi"]
        command += ["--bind", f"fd://{listener.fileno()}", "--workers", "1", "--threads", "4"]
        command += ["--certfile", certificate, "--keyfile", key]
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parent),
            "DJANGO_SETTINGS_MODULE": "production_behind_tls",
            "SECRET_KEY": get_random_string(50),
            "ALLOWED_HOSTS": "localhost",
            "BASE_URL": "https://localhost",
            "DATABASE_URL": database_url(),
        }
        server = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment, pass_fds=[listener.fileno()], stderr=log
        )
        try:
            address = f"https://localhost:{listener.getsockname()[1]}"
            wait_for(f"{address}/robots.txt", certificate, server, log)
            yield address, certificate
        finally:
            server.terminate()
            server.wait(PATIENCE)


def wait_for(address, certificate, server, log):
    trusting = ssl.create_default_context(cafile=certificate)
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, context=trusting, timeout=PATIENCE).close()  # noqa: S310
            return
        time.sleep(0.1)
    log.seek(0)
    raise RuntimeError(f"The server did not start:\n{log.read()}")
