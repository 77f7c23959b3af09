"""Checkers that are programs of their own: the Nu HTML checker, the Observatory, Lighthouse.

They come from npm (`make checkers`). Each function returns pairs of address and finding; where the
program is missing it raises Missing, so that a report never claims what was not checked.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

from .checks import Finding, chromium

FOLDER = Path(__file__).parent
LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
LEAST_SCORE = 120  # of the Observatory; A+ begins at 100


class Missing(Exception):
    """A program that this machine lacks; the message says which and how to get it."""


def html(texts: dict[str, str]) -> list[tuple[str, Finding]]:
    """Check pages (HTML by address) with the Nu HTML checker, in one run."""
    from . import nu

    if lack := nu.missing():
        raise Missing(lack)
    return [
        (place, Finding("html", kind, message, [_node(f"line {line}", extract)]))
        for place, line, kind, message, extract in nu.check_texts(texts)
    ]


def _node(target, note):
    return {"target": target, "note": note}


def _node_js(script, *arguments):
    if not shutil.which("node") or not (FOLDER / "node_modules").exists():
        raise Missing(f"{script} needs Node.js and its packages (make checkers)")
    done = subprocess.run(  # noqa: S603
        ["node", str(FOLDER / script), *arguments],  # noqa: S607
        capture_output=True,
        text=True,
        env=os.environ | {"CHROME_PATH": chromium() or ""},
        check=False,
    )
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        raise Missing(f"{script} did not work: {done.stderr[-500:]}") from error


def observatory(addresses) -> list[tuple[str, Finding]]:
    """Rate the headers of pages that are served by https."""
    found = []
    for report in _node_js("observatory.mjs", *addresses):
        rating = report.get("scan") or {}
        if rating.get("score", 0) >= LEAST_SCORE:
            continue
        note = report.get("error") or f"{rating.get('grade')}, {rating.get('score')} points"
        failed = [
            _node(name, test.get("result", ""))
            for name, test in (report.get("tests") or {}).items()
            if not test.get("pass", True)
        ]
        finding = Finding("headers", "observatory", f"Less than A+ with 120 points: {note}", failed)
        found.append((report["address"], finding))
    return found


def lighthouse(addresses) -> list[tuple[str, Finding]]:
    """Measure pages on a phone and on a desktop; slow, a quarter of a minute each."""
    found = []
    for report in _node_js("lighthouse.mjs", *addresses):
        poor = [
            _node(name, f"{score} of at least {LEAST[name]}")
            for name, score in report["scores"].items()
            if score < LEAST[name]
        ]
        poor += [_node(name, f"{report[name]}") for name in ("cls", "tbt") if report[name] > 0]
        poor += [_node(failure["id"], failure["title"]) for failure in report["failures"]]
        if poor:
            finding = Finding(
                "lighthouse", "scores", "Below its mark", poor, "moderate", report["formFactor"]
            )
            found.append((report["url"], finding))
    return found
