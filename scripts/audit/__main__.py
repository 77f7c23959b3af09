"""Audit a running site and write what is wrong with its pages.

    python -m scripts.audit [ADDRESS] [--only CHECK,…] [--pages N] [--lighthouse] [--record]

Finds the pages by the site's sitemap, looks at each in a real browser and writes report.json and
report.html. Needs Chromium, and nothing from the network but the site. Exits with 0 if nothing is
wrong, with 1 if something is, with 2 if the site could not be audited.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from . import discover, outside, report, run

ROOT = Path(__file__).resolve().parents[2]
LOCAL = {"127.0.0.1", "localhost", "::1"}
AMISS, IMPOSSIBLE, STOPPED = 1, 2, 130


def arguments(words):
    parser = argparse.ArgumentParser(prog="make audit", description=__doc__.splitlines()[0])
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--only", default="", help=f"some of: {', '.join(run.NAMES)}")
    parser.add_argument("--pages", type=int, default=0, metavar="N", help="at most so many pages")
    parser.add_argument("--lighthouse", action="store_true", help="also Lighthouse, which is slow")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "audit")
    parser.add_argument(
        "--record",
        choices=["auto", "1", "0"],
        default="auto",
        help="store the result for the accessibility statement (auto: if a local site was audited "
        "whole)",
    )
    options = parser.parse_args(words)
    options.only = {name.strip() for name in options.only.split(",") if name.strip()}
    if unknown := options.only - set(run.NAMES):
        parser.error(f"no such check: {', '.join(sorted(unknown))}. Known: {', '.join(run.NAMES)}")
    return options


def audit(options, console) -> dict:
    """Run the audit with a bar that shows how far it is; return the report."""
    columns = [TextColumn("Auditing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()]
    with Progress(*columns, TextColumn("{task.description}"), console=console) as progress:
        task = progress.add_task("", total=None)

        def tell(done, total, address):
            place = address.removeprefix(options.address)
            progress.update(task, completed=done, total=total or None, description=place[:60])

        subject = run.Audit(
            options.address, options.only, options.pages, options.lighthouse, tell=tell
        )
        return subject.run()


def is_to_be_recorded(choice, result) -> bool:
    """A part of the checks, or of the pages, is not the check that the statement dates."""
    is_local = urlsplit(result["site"]).hostname in LOCAL
    return choice == "1" or (choice == "auto" and is_local and result["is_complete"])


def write(result, folder) -> Path:
    """Write both forms of the report; return the path of the one that programs read."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.html").write_text(report.page(result), "utf-8")
    path = folder / "report.json"
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
    return path


def main(words) -> int:
    options, console = arguments(words), Console()
    try:
        result = audit(options, console)
    except (discover.Unreachable, outside.Missing) as error:
        console.print(f"{error}", markup=False, style="red")
        return IMPOSSIBLE
    except KeyboardInterrupt:
        console.print("Stopped. No report was written.")
        return STOPPED
    path = write(result, options.folder)
    failures = result["failures"]
    for (check, rule), times in Counter((f["check"], f["rule"]) for f in failures).most_common():
        console.print(f"{times:5}  {check}/{rule}", markup=False, highlight=False)
    for text in result["left_out"]:
        console.print(f"Not checked. {text}", markup=False, style="yellow")
    console.print(f"{len(failures)} failures on {result['pages']} pages.", highlight=False)
    console.print(f"The report: {path.with_suffix('.html')}", soft_wrap=True, highlight=False)
    if is_to_be_recorded(options.record, result):
        command = [sys.executable, str(ROOT / "manage.py"), "record_audit", str(path)]
        if subprocess.run(command, check=False).returncode:  # noqa: S603
            return IMPOSSIBLE
    return AMISS if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
