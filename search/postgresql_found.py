"""Finding in one statement on PostgreSQL: the documents that hold the words are looked up once.

From that list they are counted by group and put in order. See ``search.vectors``.
"""

import json
from collections.abc import Iterable
from functools import cached_property

from django.db import connection
from modelsearch.query import PlainText

from . import found
from .backend import by_index
from .found import Group
from .postgresql_backend import RANKED, WEIGHTS, text_of_any, text_of_query
from .vectors import TITLE

# The keys of each group stand in one value: no further pass over all that was found.
GROUPS = """
WITH groups AS MATERIALIZED (
    SELECT counted.*, kind, extract(year FROM date)::int AS year, topics
    FROM (
        SELECT facets, array_agg(document_id) AS ids{dates}
        FROM search_documentvector
        WHERE body @@ to_tsquery('simple', %(query)s) AND language = ANY(%(languages)s)
        GROUP BY facets
    ) counted JOIN search_searchdocument ON id = ids[1]
)"""
DATES = ", array_agg(date) AS dates"
FILTERS = {
    "kind": "kind = %(kind)s",
    "year": "year = %(year)s",
    "topic": "topics ? %(topic)s",
}
IN_GROUPS = "AND facets IN (SELECT facets FROM groups WHERE {filters})"
NEW = "AND id <> ALL(%(known)s)"
BY_DATE = """
    SELECT id FROM groups, unnest(ids, dates) AS hit (id, date) WHERE {filters} {new}
    ORDER BY hit.date DESC NULLS LAST, id DESC LIMIT %(most)s"""
# All are ranked, but of more than RANKED. Of these come first those that have all words in the
# title in the forms asked for, then those that have them there in any form, then those with any of
# them there, then the others: each time the newest first. Of that order the beginning is ranked.
RANKED_OF_MANY = 250
NUMBER = """, number AS MATERIALIZED (
    SELECT sum(cardinality(ids)) - cardinality(%(known)s::bigint[]) > %(most)s AS is_many
    FROM groups WHERE {filters}
)"""
# Each list holds the stricter ones before it, and is made while these are shorter than what is
# shown. Ordered by the key itself, the planner would walk along it and read the vectors of all.
TITLED = """, {name} AS MATERIALIZED (
    SELECT document_id AS id FROM search_documentvector
    WHERE (SELECT is_many FROM number) AND {is_short} AND body @@ to_tsquery('simple', %({name})s)
        AND language = ANY(%(languages)s) AND document_id <> ALL(%(known)s) {in_groups}
    ORDER BY -document_id LIMIT %(most)s
)"""
IS_SHORT = "(SELECT count(*) < %(most)s FROM {name})"
CANDIDATES = """, newest AS MATERIALIZED (
    SELECT id FROM (SELECT unnest(ids) AS id FROM groups WHERE {is_short} AND {filters}) hit
    WHERE TRUE {new} ORDER BY id DESC LIMIT %(most)s
), candidates AS MATERIALIZED (
    SELECT id, row_number() OVER () AS place,
        row_number() OVER () <= CASE
            WHEN (SELECT is_many FROM number) THEN %(ranked)s ELSE %(most)s END AS is_ranked
    FROM (
        SELECT id FROM ({lists}) listed
        GROUP BY id ORDER BY min(list), id DESC LIMIT %(most)s
    ) ordered
)"""
# One vector after the other by its key: joined, the planner would walk along all keys.
BY_RANK = """
    SELECT id FROM candidates
    ORDER BY is_ranked DESC, CASE WHEN is_ranked THEN (
            SELECT ts_rank(%(weights)s::float4[], body, to_tsquery('simple', %(words)s))
            FROM search_documentvector WHERE document_id = candidates.id
        ) END DESC, CASE WHEN is_ranked THEN -id ELSE place END"""
ANSWER = """
SELECT (SELECT json_agg(json_build_array(kind, year, topics, cardinality(ids))) FROM groups),
    ARRAY({order})"""


def by_date(parts: dict[str, str]) -> str:
    """Return the statement that puts the newest first."""
    return GROUPS.format(dates=DATES) + ANSWER.format(order=BY_DATE.format(**parts))


def by_rank(titles: Iterable[str], parts: dict[str, str]) -> str:
    """Return the statement that puts the best first; ``titles`` are the lists, the strictest first.

    ``parts`` are the conditions for what is asked with it: filters, and what is known already.
    """
    statement, is_short = GROUPS.format(dates="") + NUMBER.format(**parts), "TRUE"
    for name in titles:
        statement += TITLED.format(name=name, is_short=is_short, **parts)
        is_short = IS_SHORT.format(name=name)
    names = enumerate([*titles, "newest"])
    lists = " UNION ALL ".join(f"SELECT id, {place} AS list FROM {name}" for place, name in names)  # noqa: S608
    statement += CANDIDATES.format(lists=lists, is_short=is_short, **parts)
    return statement + ANSWER.format(order=BY_RANK)


class Found(found.Found):
    """As for any database; of the keys there are at most ``RANKED``, as many as results show."""

    @property
    def groups(self) -> list[Group]:
        return self._answer[0]

    def keys(self, first, last):
        return self._answer[1][first:last]

    @property
    def known(self):
        return (self.before.known if self.before else []) + self._answer[1]

    @cached_property
    def _answer(self) -> tuple[list[Group], list[int]]:
        known, titles = self.before.known if self.before else [], self._titles
        filters = " AND ".join(FILTERS[name] for name in self.filters) or "TRUE"
        parts = {
            "filters": filters,
            "in_groups": IN_GROUPS.format(filters=filters) if self.filters else "",
            "new": NEW if known else "",
        }
        statement = by_date(parts) if self.newest_first else by_rank(titles, parts)
        values = {
            "query": text_of_query(self.query),
            "words": text_of_any(self.query),
            "languages": list(self.languages),
            "weights": WEIGHTS,
            "most": RANKED,
            "ranked": RANKED_OF_MANY,
            "known": known,
        }
        with by_index(), connection.cursor() as cursor:
            cursor.execute(statement, values | titles | self._values())
            groups, keys = cursor.fetchone()
        groups = json.loads(groups) if isinstance(groups, str) else groups
        return [Group(*group) for group in groups or ()], keys

    @property
    def _titles(self) -> dict[str, str]:
        """Return what to look for in titles, by how much it says, the most first."""
        if isinstance(self.query, PlainText):  # one word: all of the query and any of it
            return {
                "as_typed": text_of_query(self.query, TITLE, is_exact=True),
                "titled": text_of_any(self.query, TITLE),
            }
        found = text_of_query(self.query)
        titles = {
            "as_typed": text_of_query(self.query, TITLE, is_exact=True),
            "entitled": text_of_query(self.query, TITLE),
            "titled": text_of_any(self.query, TITLE),
        }
        return {name: f"({found}) & ({title})" for name, title in titles.items()}

    def _values(self):
        """Return the filters; no text of the database has the character that it can't take."""
        return {
            name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
            for name, value in self.filters.items()
        }
