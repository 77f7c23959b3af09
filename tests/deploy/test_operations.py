"""Indexes that a migration makes while the site writes (config.operations), on each database."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.state import ProjectState
from wagtail.models import Page

from config.operations import AddIndexConcurrently, AddIndexUpstream, RemoveIndexConcurrently
from search.models import SearchDocument


@pytest.mark.django_db(transaction=True)
def test_an_index_is_made_and_removed_while_the_site_writes():
    """Also on SQLite, where Django's own operation knows no CONCURRENTLY."""

    def names():
        with connection.cursor() as cursor:
            table = SearchDocument._meta.db_table
            return set(connection.introspection.get_constraints(cursor, table))

    before = ProjectState.from_apps(apps)
    add = AddIndexConcurrently("searchdocument", models.Index(fields=["kind"], name="by_kind"))
    after = before.clone()
    add.state_forwards("search", after)
    remove = RemoveIndexConcurrently("searchdocument", "by_kind")
    with connection.schema_editor(atomic=False) as editor:
        add.database_forwards("search", editor, before, after)
        assert "by_kind" in names()
        remove.database_forwards("search", editor, after, before)
        assert "by_kind" not in names()
        remove.database_backwards("search", editor, before, after)
        assert "by_kind" in names()
        add.database_backwards("search", editor, after, before)
        assert "by_kind" not in names()


@pytest.mark.django_db(transaction=True)
def test_a_table_of_another_app_gets_an_index_where_sites_are_large():
    def names():
        with connection.cursor() as cursor:
            return set(connection.introspection.get_constraints(cursor, Page._meta.db_table))

    state = ProjectState.from_apps(apps)
    add = AddIndexUpstream("wagtailcore", "page", models.Index(fields=["live"], name="by_live"))
    after = state.clone()
    add.state_forwards("search", after)
    assert after == state
    with connection.schema_editor(atomic=False) as editor:
        add.database_forwards("search", editor, state, after)
        assert ("by_live" in names()) == (connection.vendor == "postgresql")
        add.database_backwards("search", editor, after, state)
        assert "by_live" not in names()
