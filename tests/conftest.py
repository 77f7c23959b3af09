"""What all tests share: the two home pages, an editor, and what makes a run honest."""

import os
import shutil

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

IN_CI = bool(os.environ.get("CI"))
RESTORE = pytest.StashKey()


def pytest_report_header():
    """Name the database, for the reader of a log of several runs."""
    server = connection.settings_dict["HOST"]
    return f"database: {connection.display_name}" + (f" at {server}" if server else "")


def pytest_collection_modifyitems(config, items):
    """Leave out tests of the other database: not skipped, they have no meaning here."""
    foreign = {"sqlite", "postgresql"} - {connection.vendor}
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
def django_db_setup(django_db_setup, django_db_blocker, request):
    """Remember what the migrations wrote, and how to make the database that again."""
    with django_db_blocker.unblock():
        migrated = connection.creation.serialize_db_to_string()

    def restore():
        with django_db_blocker.unblock():
            # Sequences go on: the rows that come back have their numbers already.
            options = {"reset_sequences": False, "inhibit_post_migrate": True}
            call_command("flush", interactive=False, verbosity=0, **options)
            connection.creation.deserialize_db_from_string(migrated)

    request.config.stash[RESTORE] = restore


@pytest.fixture(scope="session")
def restore_database(django_db_setup, request):
    """A function that makes the database what the migrations left."""
    return request.config.stash[RESTORE]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """After a test with real transactions, put back the languages and the home pages.

    Such a test ends with all tables empty, of what the migrations wrote too.
    """
    result = yield
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        item.config.stash[RESTORE]()
    return result


@pytest.fixture(autouse=True)
def _empty_cache():
    """Wagtail keeps the roots of its sites in the cache: no test may find another's."""
    cache.clear()


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
def editor(db, django_user_model):
    """A member of the group of editors, nothing more."""
    from django.contrib.auth.models import Group

    user = django_user_model.objects.create_user("editor", "editor@example.org", "password")
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def editor_client(client, editor):
    """A client signed in as the editor."""
    client.force_login(editor)
    return client
