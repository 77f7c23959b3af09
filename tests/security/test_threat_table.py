"""Each row of the threat table names tests, and they exist."""

import re

import pytest

from config.environment import BASE_DIR

pytestmark = pytest.mark.once
TABLE = (BASE_DIR / "docs" / "security.md").read_text()
ROWS = re.findall(r"^\| (?!Who \||---)(.+) \|$", TABLE, flags=re.M)
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_the_table_is_read():
    assert len(ROWS) > 20


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split(" | ")[1][:40])
def test_a_row_names_tests_that_exist(row):
    who, what, defence, tests = row.split(" | ")
    assert who and what and defence
    named = NAMED.findall(tests)
    assert named and len(named) == tests.count("`") // 2
    for path, function in named:
        source = (BASE_DIR / path).read_text()
        assert f"def {function or 'test_'}" in source, (path, function)
