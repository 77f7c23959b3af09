"""Work on many rows, some at a time."""

from collections.abc import Iterator

from django.db.models import QuerySet


def in_steps(rows: QuerySet, most: int) -> Iterator[list]:
    """Yield the rows in lists of at most ``most``, in the order of their keys.

    Nothing is being read while the caller works on a list. SQLite refuses at once ("database is
    locked") to let somebody write who still reads what another process has changed meanwhile.
    """
    rows = rows.order_by("pk")
    remaining = rows
    while step := list(remaining[:most]):
        yield step
        remaining = rows.filter(pk__gt=step[-1].pk)
