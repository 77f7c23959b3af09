"""The grade of the real HTTP Observatory, on the settings of production behind real TLS."""

import json
import os
import shutil
import subprocess

import pytest
from django.conf import settings

from tests.factories import NewsIndexPageFactory, NewsPageFactory
from tests.security.tls import production_server

pytestmark = pytest.mark.once

AUDIT = settings.BASE_DIR / "scripts" / "audit"
BEST, POINTS = "A+", 120


@pytest.fixture
def observatory():
    """Rate addresses: a function that returns a report for each."""
    node = shutil.which("node")
    if not node or not (AUDIT / "node_modules" / "@mdn" / "mdn-http-observatory").is_dir():
        pytest.skip("The HTTP Observatory is not installed (make checkers)")

    def rate(addresses, certificate):
        result = subprocess.run(  # noqa: S603
            [node, AUDIT / "observatory.mjs", *addresses],
            env=os.environ | {"NODE_EXTRA_CA_CERTS": str(certificate)},
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return json.loads(result.stdout)

    return rate


@pytest.mark.django_db(transaction=True)
def test_home_page_article_and_search_get_the_best_grade(observatory, home_lv, tmp_path):
    article = NewsPageFactory(parent=NewsIndexPageFactory(parent=home_lv))
    paths = [home_lv.url, article.url, "/lv/meklet/?q=LPIA", "/en/"]
    with production_server(tmp_path) as (address, certificate):
        reports = observatory([address + path for path in paths], certificate)
    assert [report["scan"]["statusCode"] for report in reports] == [200] * len(paths)
    for report in reports:
        scan = report["scan"]
        results = {name: test["result"] for name, test in report["tests"].items()}
        assert (scan["grade"], scan["score"] >= POINTS) == (BEST, True), results
        assert all(test["pass"] for test in report["tests"].values()), results
