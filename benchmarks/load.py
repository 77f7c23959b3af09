"""A mixed load on the production stack, for a bounded time: errors and percentiles.

    python benchmarks/load.py [--articles 1000] [--keep NAME] [--clients 50] [--seconds 60]

locust plays visitors, of whom nine of ten requests read (a few addresses often, the rest of the
site seldom), and editors who publish meanwhile. Prints what the clients saw, what nginx measured by
what its page cache did with a request, and exits with 1 if anything failed.
"""

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from functools import partial
from pathlib import Path

import bench
import production
from production import HOST, Stack

EDITORS = 3  # of fifty clients, see locustfile.py


def run(url, folder, clients, seconds) -> bool:
    """Print the figures; return whether nothing failed."""
    initializer = partial(bench.set_up_as_public, str(folder))
    addresses, cookie = bench.run(url, production.addresses_and_cookie, initializer=initializer)
    settings = {
        "SECRET_KEY": production.SECRET_KEY,
        "SECOND_FACTOR": "false",
        "API_RATE": "",
        "MEDIA_ROOT": str(folder / "media"),
        "WEB_CONCURRENCY": "2",
    }
    with (
        tempfile.TemporaryDirectory(prefix="lpia-load-") as temporary,
        Stack(Path(temporary), settings=settings, database=url) as chain,
    ):
        temporary = Path(temporary)
        editors = -(-clients * EDITORS // 50) + 1
        load = {
            "read": {
                name: paths
                for name, paths in addresses.items()
                if not name.startswith("search") and name not in ("404", "explorer")
            },
            "search": [p for name, each in addresses.items() if "search" in name for p in each],
            "cookie": cookie,
            "forms": json.loads(chain.python("benchmarks/editor_form.py", editors)),
        }
        (temporary / "load.json").write_text(json.dumps(load))
        command = [sys.executable, "-m", "locust", "--locustfile", "benchmarks/locustfile.py"]
        command += ["--headless", "--users", clients, "--spawn-rate", clients, "--only-summary"]
        command += ["--run-time", f"{seconds}s", "--csv", temporary / "clients"]
        command += ["--host", f"https://{HOST}:{chain.https}", "--exit-code-on-error", "0"]
        done = subprocess.run(  # noqa: S603
            list(map(str, command)),
            env=os.environ | {"LOAD": str(temporary / "load.json")},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(done.stderr)
        failed = print_clients(temporary / "clients_stats.csv")
        failed += print_rows(temporary / "clients_failures.csv", "Name", "Error")
        failed += print_rows(temporary / "clients_exceptions.csv", "Message", "Traceback")
        print_nginx(chain.log("lpia-access"))
        return not failed


def print_clients(path) -> int:
    """Print what the clients saw; return how many requests failed."""
    print(bench.row("asked for", "requests", "failed", "a second", "p50, ms", "p95", "p99"))
    print(bench.row("---", *["---:"] * 6))
    failed = 0
    with path.open() as file:
        for line in csv.DictReader(file):
            failed = int(line["Failure Count"])  # the last line is of all
            name = line["Name"] if line["Name"] != "Aggregated" else "**all**"
            numbers = (line[each] for each in ("Request Count", "Failure Count"))
            rate = f"{float(line['Requests/s']):.0f}"
            print(bench.row(name, *numbers, rate, *(line[each] for each in ("50%", "95%", "99%"))))
    return failed


def print_rows(path, *columns) -> int:
    """Print what went wrong; return in how many ways."""
    with path.open() as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        print(*(row[column] for column in columns), sep=": ")
    return len(rows)


def print_nginx(log):
    """Print how long nginx took, by what its page cache did."""
    seconds = defaultdict(list)
    for line in map(json.loads, log.splitlines()):
        seconds[line["cache"] or "no page"].append(float(line["seconds"]) * 1000)
    print("", bench.row("nginx", "requests", "p50, ms", "p95", "p99"), sep="\n")
    print(bench.row("---", *["---:"] * 4))
    for name, times in sorted(seconds.items()):
        if len(times) > 1:
            cuts = statistics.quantiles(times, n=100, method="inclusive")
            print(bench.row(name, len(times), *(f"{cuts[at]:.0f}" for at in (49, 94, 98))))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--keep", default="")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    keep = f"{options.keep}_{options.articles}" if options.keep else ""
    with production.site(options.articles, keep) as (url, folder):
        if not run(url, folder, options.clients, options.seconds):
            sys.exit("Requests failed.")
    print(f"\n{bench.machine()}.")


if __name__ == "__main__":
    main()
