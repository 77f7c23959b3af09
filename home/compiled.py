"""Queries that are put together once.

Django makes the SQL of a query anew each time it is asked. Of a page with all that belongs to it
that takes ten times as long as Python spends on asking the database and reading its answer.
"""

from copy import copy

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Field, QuerySet, Value


class Parameter(Value):
    """Stands in a query for a value that is not known yet; ``output_field`` says of which kind."""

    def __init__(self, name: str, output_field: Field):
        super().__init__(name, output_field)

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def given(self, values, connection):
        """Return the value for the database."""
        return self.output_field.get_db_prep_value(values[self.value], connection)


class Compiled:
    """A query with parameters, of which the SQL is kept, for each database.

        of_slug = Compiled(Page.objects.filter(slug=Parameter("slug", SlugField())))
        list(of_slug.ask(slug="padome"))

    What the query set itself depends on (what is closed to the public, the time) is as it was when
    this was made.
    """

    def __init__(self, queryset: QuerySet):
        self._queryset = queryset
        self._made = {}  # by database: the compiler, its SQL and parameters

    def ask(self, **values) -> QuerySet:
        """Return a query set to be iterated, no more; ``values`` are those of the parameters."""
        queryset = self._queryset.all()
        connection = connections[queryset.db]
        try:
            made, sql, parameters = self._made.get(queryset.db) or self._make(queryset, connection)
        except EmptyResultSet:
            return queryset.none()
        parameters = tuple(
            one.given(values, connection) if isinstance(one, Parameter) else one
            for one in parameters
        )
        compiler = copy(made)
        compiler.connection = connection  # that of this thread
        compiler.as_sql = lambda *args, **kwargs: (sql, parameters)
        queryset.query.get_compiler = lambda *args, **kwargs: compiler
        return queryset

    def _make(self, queryset, connection):
        # A copy's query: to write SQL changes it for a moment, and other threads copy the original.
        compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        compiler.connection = None
        made = self._made[connection.alias] = compiler, sql, parameters
        return made
