"""How the admin's queries are planned."""

from django.db import connection

from home.middleware import is_admin


class PlansMiddleware:
    """Have PostgreSQL plan each query of the admin for what it asks.

    Queries are prepared, which spares the public pages their planning. After ten times PostgreSQL
    plans a prepared query once and for all, for any parameters: then the explorer would read and
    sort all pages below a parent rather than take the latest fifty by their index. And an editor's
    many different queries would push those of the public pages out of the connection's memory.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        database = connection.connection  # who is asking has been looked up: it is open
        if not is_admin(request) or database is None or connection.vendor != "postgresql":
            return self.get_response(request)
        before, database.prepare_threshold = database.prepare_threshold, None
        try:
            return self.get_response(request)
        finally:
            database.prepare_threshold = before
