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

import psutil

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


def processor_seconds(family):
    return sum(sum(process.cpu_times()[:2]) for process in family)


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
        root = psutil.Process(server.pid)
        costs = {}
        for name, path in PATHS.items():
            address = f"http://127.0.0.1:{port}{path}"
            load(address, 1)  # both workers are warm
            family = [root, *root.children(recursive=True)]
            before = processor_seconds(family)
            requests, failed = load(address, seconds)
            if failed:
                raise SystemExit(f"{failed} of {requests} requests of {path} failed.")
            costs[name] = 1000 * (processor_seconds(family) - before) / requests
        memory = max(child.memory_full_info().rss for child in family[1:]) / 2**20
        own = max(child.memory_full_info().uss for child in family[1:]) / 2**20
        return costs, start, memory, own
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
