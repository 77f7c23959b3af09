"""The examples of docs/api.md, each of them run."""

import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as project

from news.exports import COLUMNS
from search.documents import build_documents

TEXT = (Path(project.BASE_DIR) / "docs" / "api.md").read_text()
EXAMPLES = [
    line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()
]


@pytest.fixture
def address_of(content):
    """Return the address of an example, with the slugs of the test's content for the demo's."""
    list(build_documents())
    slugs = {
        "prague-2022": content.english.slug,
        "crisis-readiness": content.topic.get_translations().get().slug,
        "/en/insights/": content.english_library.url,
        "/lv/atzinas/": content.library.url,
        "LPIA-A-2022-03": "LPIA-A-2022-01",
    }

    def find(example):
        program, address = shlex.split(example)
        assert program == "curl"
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}"
        for theirs, ours in slugs.items():
            path = path.replace(theirs, ours)
        return path

    return find


@pytest.mark.django_db
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_documentation_finds_something(client, address_of, example):
    response = client.get(address_of(example))
    assert response.status_code == 200
    if "search=" in example:
        return  # what it finds is the demo's
    if response["Content-Type"] == "application/json":
        data = response.json()
        assert data.get("items") or data.get("insights") or data.get("endpoints")
    else:
        assert "LPIA-A-2022-01" in response.content.decode()


def test_all_columns_are_described():
    described = re.findall(r"`([a-z_]+)`", "\n".join(re.findall(r"^\| (`.*?) \|", TEXT, re.M)))
    assert set(described) >= {*COLUMNS, "license", "license_url"}
