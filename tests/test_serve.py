"""`make run`: the web server and the worker start together and end together."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.ports import free_port

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60  # seconds for processes on a busy machine


@pytest.fixture
def serve(tmp_path):
    """Start scripts/serve.py as `make run` does; returns the process and its port."""
    processes = []

    def start(*options, port=None):
        port = port or free_port()
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "TMPDIR": str(tmp_path),
        }
        options = options or ("--noreload", "--skip-checks")
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, ROOT / "scripts" / "serve.py", "runserver", f"127.0.0.1:{port}"]
            + list(options),
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a terminal of its own, so to say
        )
        processes.append(process)
        wait_until(lambda: listens(port))
        return process, port

    yield start
    for process in processes:
        process.kill()
        process.wait()


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def descendants(pid):
    """Return the processes below one, as numbers."""
    found = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found += [int(child), *descendants(child)]
    return found


def command_of(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")


def is_running(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")")[1].split()[0]
    except FileNotFoundError:
        return False


def worker_below(process):
    [worker] = [pid for pid in descendants(process.pid) if "work" in command_of(pid)]
    return worker


@pytest.mark.parametrize(
    ("number", "reload"),
    [
        pytest.param(signal.SIGTERM, True, id="make dev"),
        pytest.param(signal.SIGKILL, True, id="make dev, killed"),
        pytest.param(signal.SIGTERM, False, id="make run"),
        pytest.param(signal.SIGINT, False, id="make run, Ctrl-C"),
        pytest.param(signal.SIGHUP, False, id="make run, terminal closed"),
        pytest.param(signal.SIGKILL, False, id="make run, killed"),
    ],
)
def test_nothing_stays_behind_whatever_ends_it(serve, number, reload):
    process, port = serve(*(["--skip-checks"] if reload else []))
    below = descendants(process.pid)
    assert len(below) == 2 + reload
    process.send_signal(number)
    process.wait(PATIENCE)
    assert process.returncode == (0 if number != signal.SIGKILL else -signal.SIGKILL)
    wait_until(lambda: not any(map(is_running, below)))
    again, _port = serve(port=port)  # nobody holds the port
    assert again.poll() is None


def test_ctrl_c_in_a_terminal_reaches_all_and_is_no_error(serve):
    process, _port = serve()
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(PATIENCE) == 0


def test_a_server_that_crashes_takes_the_worker_with_it(serve):
    process, _port = serve()
    worker = worker_below(process)
    [server] = [pid for pid in descendants(process.pid) if pid != worker]
    os.kill(server, signal.SIGKILL)
    assert process.wait(PATIENCE) == 128 + signal.SIGKILL
    assert not is_running(worker)


def test_a_worker_that_crashes_is_not_missed_in_silence(serve):
    process, port = serve()
    os.kill(worker_below(process), signal.SIGKILL)
    assert process.wait(PATIENCE) == 128 + signal.SIGKILL
    assert not listens(port)


def test_a_taken_port_ends_with_the_servers_code(serve):
    _first, port = serve()
    second, _port = serve(port=port)
    assert second.wait(PATIENCE) == 1
