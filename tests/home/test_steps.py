"""Working on many rows some at a time, while others write."""

import sqlite3

import pytest
from django.db import connections, transaction
from wagtail.models import Locale

from home.steps import in_steps
from tests.factories import TopicFactory

pytestmark = pytest.mark.once


@pytest.mark.django_db
def test_every_row_comes_once_in_the_order_of_the_keys(home_lv):
    topics = TopicFactory.create_batch(7)
    steps = list(in_steps(type(topics[0]).objects.order_by("-name"), 3))
    assert [len(step) for step in steps] == [3, 3, 1]
    assert sum(steps, []) == topics


@pytest.mark.django_db
def test_nothing_comes_of_nothing():
    assert list(in_steps(Locale.objects.none(), 3)) == []


@pytest.fixture
def shared_file(tmp_path, django_db_blocker):
    """A database in a file, known as "shared", with five languages in it; yields its path."""
    path = tmp_path / "shared.sqlite3"
    connections.databases["shared"] = connections["default"].settings_dict | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 1},
    }
    with django_db_blocker.unblock():
        connection = connections["shared"]
        connection.cursor().execute("PRAGMA journal_mode=WAL")
        with connection.schema_editor() as editor:
            editor.create_model(Locale)
        for number in range(5):
            Locale.objects.using("shared").bulk_create([Locale(language_code=f"l{number}")])
        yield path
        connection.close()
    del connections["shared"], connections.databases["shared"]


def test_others_write_between_two_steps(shared_file):
    other = sqlite3.connect(shared_file)
    seen = 0
    for step in in_steps(Locale.objects.using("shared"), 2):
        other.execute("UPDATE wagtailcore_locale SET language_code = 'x' || language_code")
        other.commit()
        with transaction.atomic(using="shared"):  # refused at once while the rows are being read
            for locale in step:
                locale.save(using="shared")
        seen += len(step)
    assert seen == 5
    other.close()
