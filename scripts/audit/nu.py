"""Checks HTML, CSS and SVG by the Nu HTML checker (validator.w3.org/nu), many at once.

    python scripts/audit/nu.py [FILE|FOLDER|URL …]

Prints what is wrong, a line each, and exits with 1 if anything is. From Python: ``check()`` takes
files, ``check_texts()`` what was rendered. Needs Java, and `make checkers`.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import NamedTuple

JAR = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
SECONDS = 300  # for all files together


class Finding(NamedTuple):
    """An error or a warning; ``place`` is the name of what was checked, ``line`` begins with 1."""

    place: str
    line: int
    kind: str
    message: str
    extract: str

    def __str__(self):
        return f"{self.place}:{self.line}: {self.kind}: {self.message}\n    {self.extract}"


def missing() -> str:
    """Return what the checker lacks on this machine, or an empty string."""
    if not JAR.exists():
        return "The Nu HTML checker is not installed (make checkers)"
    if not shutil.which("java"):
        return "Java is not installed (Debian: apt-get install default-jre-headless)"
    return ""


def check(paths) -> list[Finding]:
    """Return the errors and warnings of files, each checked as what its suffix says it is."""
    command = ["java", "-Xss4m", "-jar", str(JAR), "--format", "json", "--also-check-css"]
    command += ["--also-check-svg", "--stdout", "--exit-zero-always", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"The Nu HTML checker failed: {done.stderr[-2000:]}")
    findings = []
    for message in json.loads(done.stdout)["messages"]:
        kind = message.get("subType", message["type"])
        if kind != "info":
            findings.append(
                Finding(
                    message.get("url", "").removeprefix("file:"),
                    message.get("lastLine", 1),
                    kind,
                    message["message"],
                    " ".join(message.get("extract", "").split()),
                )
            )
    return findings


def check_texts(texts: dict[str, str | bytes], files=(), suffix: str = ".html") -> list[Finding]:
    """Return the errors and warnings of texts, and of files with them, in one run of Java.

    The keys of the texts name them in the findings.
    """
    with tempfile.TemporaryDirectory(prefix="nu-") as folder:
        names = {}
        for number, (name, text) in enumerate(texts.items()):
            path = Path(folder).resolve() / f"{number}{suffix}"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            names[str(path)] = name
        findings = check([*names, *files])
    return [finding._replace(place=names.get(finding.place, finding.place)) for finding in findings]


def read(address: str) -> bytes:
    """Return a page as it is served, whatever its status."""
    opener = urllib.request.build_opener(AnyStatus)
    with opener.open(address, timeout=60) as response:
        return response.read()


class AnyStatus(urllib.request.HTTPErrorProcessor):
    """Takes the answer of every status: pages of errors are pages too."""

    def http_response(self, request, response):
        return response

    https_response = http_response


def main(places: list[str]) -> int:
    if lack := missing():
        sys.exit(lack)
    addresses = [place for place in places if place.startswith(("http://", "https://"))]
    files = [place for place in places if place not in addresses]
    findings = check(files) if files else []
    if addresses:
        findings += check_texts({address: read(address) for address in addresses})
    print(*findings, f"{len(findings)} findings in {len(places)} places", sep="\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
