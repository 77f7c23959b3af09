"""Run the web server and, beside it, the worker: what `make run` and `make dev` end with.

    python scripts/serve.py SERVER [ARGUMENT …]

SERVER and its arguments are those of manage.py: `runserver 127.0.0.1:8000`. Both run until one of
them ends or this is told to stop (Ctrl-C, a closed terminal, SIGTERM); then the other is stopped
as well. Exits with 0 if it was told to stop, else with the code of what ended first.

Nothing stays behind: on Linux the kernel stops both even when this process is killed.
"""

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

MANAGE = Path(__file__).resolve().parents[1] / "manage.py"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 30  # seconds that the worker has to finish what it does
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def start(arguments):
    """Start a command of manage.py that ends when this process does."""
    parent = os.getpid()

    def follow_parent():
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:  # it died before we asked
                os._exit(1)

    return subprocess.Popen([sys.executable, MANAGE, *arguments], preexec_fn=follow_parent)


def stop(processes):
    """End the processes; whoever does not within ``PATIENCE`` is killed."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def main(arguments):
    for number in SIGNALS:
        signal.signal(number, signal.default_int_handler)  # raises KeyboardInterrupt
    processes = []
    try:
        processes = [start(arguments), start(["work"])]
        _pid, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
    except KeyboardInterrupt:
        code = 0
    finally:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        stop(processes)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
