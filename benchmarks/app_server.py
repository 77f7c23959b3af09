"""What an application server costs: processor time of a request, and memory of a worker.

    python benchmarks/app_server.py [--seconds 5] [SERVER …]

Asks for three things in turn: an answer made before Django (the server's own cost), an empty view
behind the site's middleware, and the home page without a cache. Settings are those of production;
DATABASE_URL must name a PostgreSQL with the site's tables, STATIC_ROOT the collected files, and wrk
(Debian: apt-get install wrk) must be there. granian, against which gunicorn was chosen, is measured
where it is installed.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
APPLICATION = "app_server_wsgi:application"
GUNICORN = "-m gunicorn --bind 127.0.0.1:{port} --pythonpath=site,benchmarks --workers 2"
GRANIAN = "-m granian --interface wsgi --host 127.0.0.1 --port {port} --workers 2 --no-ws"
SERVERS = {
    "gunicorn sync": f"{GUNICORN}",
    "gunicorn gthread 4": f"{GUNICORN} --worker-class gthread --threads 4",
    "gunicorn gthread 4, preload": f"{GUNICORN} --worker-class gthread --threads 4 --preload",
    "granian 1": f"{GRANIAN} --blocking-threads 1",
    "granian 4": f"{GRANIAN} --blocking-threads 4",
}
PATHS = {"before Django": "/-/wsgi", "empty view": "/-/empty", "home page": "/lv/"}
HEADERS = {"Host": "localhost", "X-Forwarded-Proto": "https"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address, seconds=30):
    """Return the seconds until an address answered."""
    start = time.monotonic()
    while time.monotonic() < start + seconds:
        try:
            request = urllib.request.Request(address, headers=HEADERS)  # noqa: S310 - our own
            urllib.request.urlopen(request, timeout=5).close()  # noqa: S310
            return time.monotonic() - start
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise SystemExit(f"{address} doesn't answer.")


def family_of(pid):
    """Return a process and all that come from it, by number."""
    listed = (tasks.read_text().split() for tasks in Path(f"/proc/{pid}/task").glob("*/children"))
    return [pid, *(one for children in listed for child in children for one in family_of(child))]


def processor_seconds(family):
    """Return what processes have taken so far, in user and in system mode (proc(5), stat)."""
    stats = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in family)
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


def megabytes(pid):
    """Return the memory of a process, and how much of it no other one has."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    found = {name: int(size) for name, size in (row.split()[:2] for row in rows)}
    own = found["Private_Clean:"] + found["Private_Dirty:"]
    return found["Rss:"] / 1024, own / 1024


def load(address, seconds):
    """Ask for an address with 8 connections; return requests, and how many of them failed."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", address]
    for name, value in HEADERS.items():
        command += ["-H", f"{name}: {value}"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    return int(re.search(r"(\d+) requests in", output)[1]), int(failed[1]) if failed else 0


def measure(command, seconds):
    """Start a server; return milliseconds per request by path, cold start, memory of a worker."""
    port = free_port()
    environment = os.environ | {"PYTHONPATH": f"{HERE.parent / 'site'}:{HERE}"}
    arguments = [sys.executable, *command.format(port=port).split(), APPLICATION]
    server = subprocess.Popen(  # noqa: S603
        arguments, cwd=HERE.parent, env=environment, stderr=subprocess.DEVNULL
    )
    try:
        start = wait_for(f"http://127.0.0.1:{port}{PATHS['home page']}")
        costs = {}
        for name, path in PATHS.items():
            address = f"http://127.0.0.1:{port}{path}"
            load(address, 1)  # both workers are warm
            family = family_of(server.pid)
            before = processor_seconds(family)
            requests, failed = load(address, seconds)
            if failed:
                raise SystemExit(f"{failed} of {requests} requests of {path} failed.")
            costs[name] = 1000 * (processor_seconds(family) - before) / requests
        return costs, start, *max(megabytes(pid) for pid in family[1:])
    finally:
        server.terminate()
        server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("servers", nargs="*", choices=[[], *SERVERS])
    options = parser.parse_args()
    print("| server |", " | ".join(f"{name}, ms" for name in PATHS), end=" ")
    print("| start, s | worker, MB | its own, MB |\n| --- |" + " --- |" * 6)
    for name in options.servers or SERVERS:
        costs, start, memory, own = measure(SERVERS[name], options.seconds)
        figures = " | ".join(f"{cost:.2f}" for cost in costs.values())
        print(f"| {name} | {figures} | {start:.1f} | {memory:.0f} | {own:.0f} |", flush=True)


if __name__ == "__main__":
    main()
