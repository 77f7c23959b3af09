"""How PostgreSQL plans what the admin asks (editorial.middleware)."""

import pytest
from django.db import connection
from django.urls import reverse

pytestmark = pytest.mark.django_db

TIMES = 7  # a query is prepared when it comes the fifth time


def prepared() -> set[str]:
    """Return the queries about pages that this connection has planned for whatever they ask."""
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return {query for (query,) in cursor if 'FROM "wagtailcore_page"' in query}


def test_the_admin_s_queries_are_planned_for_what_they_ask(admin_client):
    explorer = reverse("wagtailadmin_explore_root")
    before = prepared()
    threshold = getattr(connection.connection, "prepare_threshold", None)
    for _time in range(TIMES):
        assert admin_client.get(explorer).status_code == 200
    assert prepared() == before
    assert getattr(connection.connection, "prepare_threshold", None) == threshold
