"""What others wrote and we run: is it what the lock says, does it fit, is a hole known?

The advisories come from PyPI. Where they can't be had (no network, or a mirror without them) that
is said and nothing fails; a finding fails.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
# Findings that were read and don't concern us: their identifiers, and why.
ACCEPTED: dict[str, str] = {}
SECONDS = 300

ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*])?==(?P<version>[^\s;\\]+)(?P<rest>.*)$")


def plain(name: str) -> str:
    """A package's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(text: str) -> dict[str, list[str]]:
    """Return the packages of a lock and the hashes of each."""
    packages = {}
    for entry in re.sub(r"\\\n\s*", " ", text).splitlines():
        if match := ENTRY.match(entry):
            hashes = re.findall(r"--hash=sha256:[0-9a-f]{64}", match["rest"])
            packages[plain(match["name"])] = hashes
    return packages


def wanted() -> set[str]:
    """Return the packages that pyproject.toml names for a public server."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {plain(re.match(r"[A-Za-z0-9._-]+", entry)[0]) for entry in project["dependencies"]}


def wrong_in_locks() -> list[str]:
    """Return what is wrong in the locks, as sentences."""
    found = []
    for lock in LOCKS:
        packages = locked((ROOT / lock).read_text())
        found += [f"{lock}: {name} has no hash." for name, hashes in packages.items() if not hashes]
        missing = sorted(wanted() - packages.keys())
        found += [f"{lock}: {name} is missing. Run: make lock" for name in missing]
    return found


def advisories(lock: str) -> tuple[list[str], int]:
    """Return the known holes of a lock's packages, and how many packages were looked at."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"]
    command += ["--requirement", str(ROOT / lock), "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return [], 0
    return findings(answer)


def findings(answer: dict) -> tuple[list[str], int]:
    """Read the answer of pip-audit: the holes, as sentences, and how many packages it knew."""
    known = [package for package in answer["dependencies"] if "vulns" in package]
    holes = [
        f"{package['name']} {package['version']}: {hole['id']}, mended in "
        f"{', '.join(hole['fix_versions']) or 'no version yet'}."
        for package in known
        for hole in package["vulns"]
        if not {hole["id"], *hole.get("aliases", [])} & ACCEPTED.keys()
    ]
    return holes, len(known)


def main() -> int:
    problems = wrong_in_locks()
    fits = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    if fits.returncode:
        problems.append(fits.stdout.strip())
    holes, known = advisories(LOCKS[1])  # all of the other lock too
    problems += holes
    if known:
        print(f"Advisories were read of {known} packages.")
    else:
        print("No advisories could be read here: known holes were NOT looked for.")
    print("\n".join(problems) or "Nothing was found.")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
