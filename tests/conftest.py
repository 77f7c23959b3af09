"""What all tests share: the two home pages, an editor, and what makes a run honest."""

import os
import shutil

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from editorial import roles
from pagecache import generation
from tests import snapshots

IN_CI = bool(os.environ.get("CI"))
RESTORE = pytest.StashKey()


def pytest_report_header():
    """Name the database, for the reader of a log of several runs."""
    server = connection.settings_dict["HOST"]
    return f"database: {connection.display_name}" + (f" at {server}" if server else "")


def pytest_collection_modifyitems(config, items):
    """Leave out tests of the other database, and on it those for which one database is enough.

    They are not skipped: here they have no meaning, or nothing to add.
    """
    foreign = {"sqlite", "postgresql"} - {connection.vendor}
    if connection.vendor != "sqlite":
        foreign.add("once")
    left_out = [item for item in items if any(map(item.get_closest_marker, foreign))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Make a skipped test a failure in CI: there nothing may be missing."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI does not allow: {report.longrepr[-1]}"
    return report


def pytest_unconfigure():
    """Remove the database and the uploads of the tests."""
    if django_settings.configured:
        shutil.rmtree(django_settings.FOLDER, ignore_errors=True)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory):
    """A folder that all processes of a run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, request, tmp_path_factory):
    """Remember what the migrations wrote, and how to make the database that again."""
    migrated = tmp_path_factory.mktemp("migrated") / "snapshot"
    with django_db_blocker.unblock():
        snapshots.keep(migrated)

    def restore():
        with django_db_blocker.unblock():
            snapshots.put_back(migrated)

    request.config.stash[RESTORE] = restore
    yield
    generation.clock.stop()  # its connection would keep the database from being dropped
    del request.config.stash[RESTORE]  # before the database is dropped: never put back into another


@pytest.fixture(scope="session")
def restore_database(django_db_setup, request):
    """A function that makes the database what the migrations left."""
    return request.config.stash[RESTORE]


@pytest.fixture(scope="session")
def fill_with_demo(django_db_setup, django_db_blocker, run_folder, restore_database):
    """A function that fills the database with the demo content, which a run loads once."""
    demo = run_folder / "demo"

    def fill():
        with django_db_blocker.unblock(), snapshots.lock(run_folder):
            if demo.exists():
                snapshots.put_back(demo)
            else:
                restore_database()
                call_command("load_demo", verbosity=0)
                snapshots.keep(demo)

    return fill


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """After a test with real transactions, put back the languages and the home pages.

    Such a test ends with all tables empty, of what the migrations wrote too.
    """
    result = yield
    marker = item.get_closest_marker("django_db")
    commits = marker and marker.kwargs.get("transaction") or "transactional_db" in item.fixturenames
    if commits and RESTORE in item.config.stash:
        item.config.stash[RESTORE]()
    return result


@pytest.fixture(autouse=True)
def _nothing_left_over():
    """No test finds what another left: the roots of its sites in the cache, or its language."""
    cache.clear()
    translation.activate(django_settings.LANGUAGE_CODE)


@pytest.fixture
def home_lv(db):
    """The Latvian home page, the root of the default site (both are made by migration)."""
    from home.models import HomePage

    return HomePage.objects.get(locale__language_code="lv")


@pytest.fixture
def home_en(db):
    """The English home page, the translation of the Latvian one."""
    from home.models import HomePage

    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def person(db, django_user_model):
    """Make a person of a role: ``person(roles.TRANSLATOR)``; call it twice and they are two."""
    from django.contrib.auth.models import Group

    def make(role, username=""):
        name = username or f"person-{django_user_model.objects.count()}"
        user = django_user_model.objects.create_user(name, f"{name}@example.org", "password")
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def editor(person):
    """Somebody who writes in Latvian and submits, nothing more."""
    return person(roles.EDITOR, "editor")


@pytest.fixture
def editor_client(client, editor):
    """A client signed in as the editor."""
    client.force_login(editor)
    return client


@pytest.fixture
def chief_client(client, person):
    """A client signed in as a chief editor."""
    client.force_login(person(roles.CHIEF_EDITOR, "chief"))
    return client
