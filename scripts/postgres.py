"""Run a command with DATABASE_URL naming a PostgreSQL server, started for it if there is none.

    python scripts/postgres.py COMMAND [ARGUMENT …]

Takes, in this order: the server that DATABASE_URL in the environment names; Debian's, of the
package postgresql; Debian's again, unpacked into var/postgresql and not installed (the servers
that PyPI offers know no ICU, so they can't sort as Latvian does). A server started here lives in
a temporary folder, listens on a socket in it and nowhere else, and is gone afterwards.

Exits with the command's code. Where no server can be had the command is left out, with a sentence:
a success, but in CI (CI is set) a failure.
"""

import contextlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

UNPACKED = Path(__file__).resolve().parents[1] / "var" / "postgresql"
# A test database need not survive a power cut.
SPEED = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off"]


def find_binaries():
    """Return the folder with `initdb` and `postgres` in it, or None."""
    for root in (Path("/"), UNPACKED):
        found = [program.parent for program in root.glob("usr/lib/postgresql/*/bin/initdb")]
        if found:
            return max(found, key=lambda path: int(path.parent.name))
    return None


def unpack_debian():
    """Download Debian's server with the libraries it lacks here, and unpack them: no root needed.

    Raises CalledProcessError or FileNotFoundError where that is impossible: not on Debian, no
    network, no lists of packages and no right to fetch them.
    """
    print("Fetching Debian's PostgreSQL into var/postgresql (nothing is installed)", flush=True)
    install = ["apt-get", "--simulate", "--no-install-recommends", "install", "postgresql"]
    plan = subprocess.run(install, capture_output=True, text=True)
    if plan.returncode:
        subprocess.run(["apt-get", "--quiet=2", "update"], check=True)
        plan = subprocess.run(install, capture_output=True, text=True, check=True)
    packages = [
        package
        for package in re.findall(r"^Inst (\S+)", plan.stdout, re.MULTILINE)
        if not package.startswith(("libllvm", "libz3"))  # 40 MB for a compiler we switch off
    ]
    UNPACKED.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=UNPACKED.parent) as folder:
        download = ["apt-get", "--quiet=2", "download", *packages]
        subprocess.run(download, cwd=folder, check=True, stderr=subprocess.DEVNULL)
        for archive in Path(folder).glob("*.deb"):
            subprocess.run(["dpkg-deb", "--extract", archive, f"{folder}/unpacked"], check=True)
        Path(folder, "unpacked").rename(UNPACKED)


def unprivileged():
    """Return what subprocess needs to start a server, which refuses to be root's."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def server(binaries):
    """Start a server with the programs in ``binaries``; yield the address of its database."""
    owner = unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="lpia-postgres-"))
    environment = {**os.environ, "HOME": str(folder)}
    if binaries.is_relative_to(UNPACKED):
        if owner:  # who may not look into root's folders
            shutil.copytree(UNPACKED, folder / "debian", symlinks=True)
            binaries = folder / "debian" / binaries.relative_to(UNPACKED)
        libraries = binaries.parents[4].glob("usr/lib/*-linux-gnu*")
        environment["LD_LIBRARY_PATH"] = ":".join(map(str, libraries))
    settings = {"cwd": folder, "env": environment, **owner}
    data, log = folder / "data", folder / "log"
    try:
        if owner:
            shutil.chown(folder, owner["user"], owner["group"])
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
            wait_for(folder, process, log)
            yield f"postgres://postgres@/{folder}/postgres"  # a path is the socket's folder
        finally:
            process.send_signal(signal.SIGINT)  # at once, not when the last client has left
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(folder, process, log):
    """Wait until the server answers in ``folder``; exit with its log if it stops instead."""
    import psycopg

    while process.poll() is None:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(host=str(folder), user="postgres").close()
            return
        time.sleep(0.1)
    sys.exit(f"PostgreSQL did not start:\n{log.read_text()}")


def main(command):
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.run(command).returncode
    if not find_binaries():
        with contextlib.suppress(subprocess.CalledProcessError, FileNotFoundError):
            unpack_debian()
    binaries = find_binaries()
    if not binaries:
        print("There is no PostgreSQL server here (Debian: apt-get install postgresql). LEFT OUT:")
        print(" ".join(command))
        return 1 if os.environ.get("CI") else 0
    with server(binaries) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
