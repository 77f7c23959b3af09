"""Finding in one statement on PostgreSQL: the documents that hold the words are looked up once.

From that list they are counted by group and put in order. See ``search.vectors``.
"""

import json
from functools import cached_property

from django.db import connection
from modelsearch.query import PlainText

from . import found
from .backend import by_index
from .found import Group
from .postgresql_backend import RANKED, WEIGHTS, text_of_any, text_of_query
from .vectors import TITLE

HITS = """
WITH hits AS MATERIALIZED (
    SELECT document_id AS id, date, facets
    FROM search_documentvector
    WHERE body @@ to_tsquery('simple', %(query)s) AND language = ANY(%(languages)s)
), groups AS MATERIALIZED (
    SELECT facets, number, kind, extract(year FROM date)::int AS year, topics
    FROM (SELECT facets, count(*) AS number, max(id) AS id FROM hits GROUP BY facets) counted
    JOIN search_searchdocument USING (id)
)"""
FILTERS = {
    "kind": "kind = %(kind)s",
    "year": "year = %(year)s",
    "topic": "topics ? %(topic)s",
}
CHOSEN = """, chosen AS MATERIALIZED (
    SELECT id, date FROM hits
    WHERE id <> ALL(%(known)s) AND facets IN (SELECT facets FROM groups WHERE {filters})
)"""
BY_DATE = """
    SELECT id FROM {chosen} ORDER BY date DESC NULLS LAST, id DESC LIMIT %(most)s"""
# All are ranked, but of more than RANKED. Of these come first those that have all words in the
# title in the forms asked for, then those that have them there in any form, then those with any of
# them there, then the others: each time the newest first. Of that order the beginning is ranked.
RANKED_OF_MANY = 250
TITLED = """, {name} AS MATERIALIZED (
    SELECT document_id AS id FROM search_documentvector
    WHERE body @@ to_tsquery('simple', %({name})s)
        AND EXISTS (SELECT FROM {chosen} OFFSET %(most)s)
)"""
IN_TITLE = "id IN (SELECT id FROM {name}) DESC"
CANDIDATES = """, candidates AS MATERIALIZED (
    SELECT id, row_number() OVER () <= CASE
        WHEN EXISTS (SELECT FROM {chosen} OFFSET %(most)s) THEN %(ranked)s ELSE %(most)s END
        AS is_ranked
    FROM (SELECT id FROM {chosen} ORDER BY {in_title}, id DESC LIMIT %(most)s) best
)"""
BY_RANK = """
    SELECT id
    FROM (SELECT *, row_number() OVER () AS place FROM candidates) placed
        JOIN search_documentvector ON document_id = id
    ORDER BY is_ranked DESC, CASE WHEN is_ranked THEN
            ts_rank(%(weights)s::float4[], body, to_tsquery('simple', %(words)s))
        END DESC, CASE WHEN is_ranked THEN -id ELSE place END"""
ANSWER = """
SELECT (SELECT json_agg(json_build_array(kind, year, topics, number)) FROM groups),
    ARRAY({order})"""


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
        known = self.before.known if self.before else []
        chosen, statement = "hits", HITS
        if known or self.filters:
            filters = " AND ".join(FILTERS[name] for name in self.filters) or "TRUE"
            chosen, statement = "chosen", HITS + CHOSEN.format(filters=filters)
        order = BY_DATE if self.newest_first else BY_RANK
        titles = self._titles
        if order is BY_RANK:
            statement += "".join(TITLED.format(name=name, chosen=chosen) for name in titles)
            in_title = ", ".join(IN_TITLE.format(name=name) for name in titles)
            statement += CANDIDATES.format(chosen=chosen, in_title=in_title)
        statement += ANSWER.format(order=order.format(chosen=chosen))
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
        titles = {
            "as_typed": text_of_query(self.query, TITLE, is_exact=True),
            "entitled": text_of_query(self.query, TITLE),
            "titled": text_of_any(self.query, TITLE),
        }
        if isinstance(self.query, PlainText):  # one word: all of the query and any of it
            del titles["entitled"]
        return titles

    def _values(self):
        """Return the filters; no text of the database has the character that it can't take."""
        return {
            name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
            for name, value in self.filters.items()
        }
