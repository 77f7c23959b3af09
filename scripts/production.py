"""Run the site with the settings of production on this machine, with demo content: for audits.

    python scripts/production.py [--port 8250] [--folder FOLDER] [--] [COMMAND …]

gunicorn serves the hashed and compressed static files (WhiteNoise) and, in place of nginx, the
media. Database (SQLite) and files stand in FOLDER, which is made and removed again unless it is
given. With a COMMAND it runs that, with the address of the site in the variable SITE, and ends with
its exit code; else it serves until it is told to stop (Ctrl-C).

Nothing here is for a public server: it answers without TLS and has a known key.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60  # seconds until the server must answer


def environment(folder, port):
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "only-for-audits-on-this-machine-0123456789-abcdefghij",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "SECURE_SSL_REDIRECT": "false",
        "TASKS_BACKEND": "immediate",  # no worker runs here
        "SECURE_HSTS_SECONDS": "0",
    }


def prepare(folder, port):
    """Fill the folder: static files, and the demo content unless it is there."""
    settings = environment(folder, port)
    manage = [sys.executable, ROOT / "manage.py"]
    quiet = {"env": settings, "check": True, "stdout": subprocess.DEVNULL}
    subprocess.run([*manage, "collectstatic", "--noinput", "--clear", "--verbosity=0"], **quiet)
    subprocess.run([*manage, "prepare_site", "--port", str(port)], **quiet)
    subprocess.run([*manage, "draw_pictures"], **quiet)
    return settings


def serve(settings, port):
    command = [sys.executable, "-m", "gunicorn", "--workers=2", "--log-level=warning"]
    command += [f"--bind=127.0.0.1:{port}", "--pythonpath=site,scripts", "media_server:application"]
    return subprocess.Popen(command, cwd=ROOT, env=settings)


def refuse_taken(port):
    """End here if something answers at the port already: it would be measured instead."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise SystemExit(f"Port {port} is taken. Choose another: --port 8251")


def wait_for(address, server):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise SystemExit(f"{address} doesn't answer.")


def run(folder, port, command):
    refuse_taken(port)
    settings = prepare(folder, port)
    address = f"http://127.0.0.1:{port}"
    server = serve(settings, port)
    try:
        wait_for(f"{address}/lv/", server)
        if command:
            return subprocess.run(
                command, env=os.environ | {"SITE": address}, check=False
            ).returncode
        print(f"{address}/ (Ctrl-C ends it)", flush=True)
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        server.terminate()
        server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--port", type=int, default=8250)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = [part for part in options.command if part != "--"]
    for number in (signal.SIGINT, signal.SIGTERM):  # the first is ignored in a shell's background
        signal.signal(number, signal.default_int_handler)
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        return run(options.folder.resolve(), options.port, command)
    with tempfile.TemporaryDirectory(prefix="lpia-audit-") as folder:
        return run(Path(folder), options.port, command)


if __name__ == "__main__":
    sys.exit(main())
