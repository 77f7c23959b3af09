"""The check of what others wrote: it finds what it is for, and a missing network fails nothing."""

import pytest

from scripts import dependencies

pytestmark = pytest.mark.once

HASH = "--hash=sha256:" + "a" * 64
ANSWER = {
    "dependencies": [
        {"name": "good", "version": "1", "vulns": []},
        {"name": "unknown", "skip_reason": "Dependency not found on PyPI"},
        {
            "name": "bad",
            "version": "1.0",
            "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1"]}],
        },
    ]
}


def test_a_package_without_a_hash_is_seen():
    lock = f"good==1 \\\n    {HASH} \\\n    {HASH}\nbad==2 ; python_version < '4'\n"
    assert {name: len(hashes) for name, hashes in dependencies.locked(lock).items()} == {
        "good": 2,
        "bad": 0,
    }


def test_a_known_hole_is_a_finding_unless_it_was_read_and_accepted(monkeypatch):
    assert dependencies.findings(ANSWER) == (["bad 1.0: PYSEC-1, mended in 1.1."], 2)
    monkeypatch.setattr(dependencies, "ACCEPTED", {"CVE-1": "we don't use it"})
    assert dependencies.findings(ANSWER) == ([], 2)


def test_a_lock_without_a_wanted_package_is_seen(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["Some_Thing[x]>=1"]\n')
    for lock in dependencies.LOCKS:
        (tmp_path / lock).write_text(f"good==1 \\\n    {HASH}\n")
    monkeypatch.setattr(dependencies, "ROOT", tmp_path)
    assert dependencies.wrong_in_locks() == [
        f"{lock}: some-thing is missing. Run: make lock" for lock in dependencies.LOCKS
    ]


def test_without_an_answer_nothing_was_looked_at_and_nothing_fails(tmp_path, monkeypatch):
    monkeypatch.setattr(dependencies.sys, "executable", "false")
    assert dependencies.advisories("requirements.txt") == ([], 0)
