"""The benchmarks still run: a function of the site that got another name is noticed here.

Nothing is measured; each address is asked for as seldom as the code allows.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"
LOAD_ALL = """
import importlib, sys
from pathlib import Path

folder = Path.cwd()
for path in (folder / "benchmarks", folder / "site", folder):
    sys.path.insert(0, str(path))
import django
django.setup()
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    if "argparse" not in vars(module) or not hasattr(module, "main"):
        continue
    sys.argv = [name, "--help"]
    try:
        module.main()
    except SystemExit as end:
        assert not end.code, name
    else:
        raise AssertionError(f"{name} has no --help")
"""
# Do their work when they are imported, for other programs that start them.
STARTED_BY_OTHERS = {"app_server_wsgi", "editor_form", "locustfile"}
ARTICLES = 20


def test_each_script_is_imported_and_says_what_it_takes(tmp_path):
    names = sorted({path.stem for path in FOLDER.glob("*.py")} - STARTED_BY_OTHERS)
    assert {"content", "load", "pages", "production"} <= set(names)
    settings = {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
    }
    done = run("-c", LOAD_ALL, *names, **settings)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("usage: ") >= 9


def test_locust_finds_who_plays_visitors_and_editors(tmp_path):
    load = tmp_path / "load.json"
    load.write_text(json.dumps({"read": {"home": ["/lv/"]}}))
    done = run("-m", "locust", "-f", str(FOLDER / "locustfile.py"), "--list", LOAD=str(load))
    assert done.returncode == 0, done.stderr
    assert {"Visitor", "Editor"} <= set((done.stdout + done.stderr).split())


def run(*arguments, **environment):
    return subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=FOLDER.parent,
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def modules(monkeypatch):
    """The scripts `content` and `pages`, imported as a benchmark imports them."""
    monkeypatch.setattr(sys, "path", [str(FOLDER), *sys.path])
    import content
    import pages

    return content, pages


@pytest.mark.django_db(transaction=True)
def test_a_filled_site_answers_each_address_that_is_measured(
    modules, fill_with_demo, monkeypatch, settings
):
    content, pages = modules
    settings.ALLOWED_HOSTS = ["localhost"]
    for name in ("SECONDS", "WARM"):
        monkeypatch.setattr(pages, name, 0)
    for name in ("FEWEST", "MOST", "PUBLICATIONS"):
        monkeypatch.setattr(pages, name, 1)
    from home import shared
    from news.models import NewsPage
    from search.models import SearchDocument

    monkeypatch.setattr(shared, "generation", shared.generation)  # which the benchmark replaces

    fill_with_demo()
    content.prepare(ARTICLES)
    words = content.write(range(ARTICLES))
    content.finish(ARTICLES, words)
    made = NewsPage.objects.filter(slug__regex="^(raksts|article)-[0-9]+$")
    assert made.filter(locale__language_code="lv").count() == ARTICLES
    assert made.filter(locale__language_code="en").count() == ARTICLES / content.IN_ENGLISH
    assert SearchDocument.objects.filter(page__in=made).count() == made.count()
    assert NewsPage.find_problems() == ([], [], [], [], [])

    costs = pages.measure()
    assert {"empty view", "home", "article", "feed", "explorer", "publishing"} <= set(costs)
    assert pages.table({ARTICLES: costs}).count("\n") == len(costs) + 1


def test_an_import_is_measured_killed_and_compared():
    """The process that the benchmark kills, and the comparison of what is left."""
    done = run("benchmarks/wordpress.py", "--posts", "60", "--database", "sqlite", "--killed", "1")
    assert done.returncode == 0, done.stderr
    lines = (line.strip("| ").split(" | ") for line in done.stdout.splitlines())
    cells = dict(cells for cells in lines if len(cells) == 2)
    assert cells["posts, pages made"] == "60, 57"  # three are junk
    assert cells["— differs in"] == "nothing"
    assert "killed 1 times, pages left" in cells
    assert float(cells["— statements a page"]) < 5
