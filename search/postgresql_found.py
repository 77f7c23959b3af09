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
TITLED = """, {name} AS MATERIALIZED (
    SELECT document_id AS id FROM search_documentvector
    WHERE body @@ to_tsquery('simple', %({name})s) AND (SELECT count(*) FROM {chosen}) > %(most)s
)"""
IN_TITLE = "id IN (SELECT id FROM {name}) DESC"
# Of more documents than are ranked, those come first that answer the query with their title alone,
# then those with any of its words there, then the others; in each case the newest.
CANDIDATES = """, candidates AS MATERIALIZED (
    SELECT id FROM {chosen}
    ORDER BY {in_title}, id DESC LIMIT %(most)s
)"""
BY_RANK = """
    SELECT id FROM candidates JOIN search_documentvector ON document_id = id
    ORDER BY ts_rank(%(weights)s::float4[], body, to_tsquery('simple', %(words)s)) DESC, id DESC"""
ANSWER = """
SELECT (SELECT json_agg(json_build_array(kind, year, topics, number)) FROM groups),
    ARRAY({order})"""


class Found(found.Found):
    """As for any database; of the keys there are at most ``RANKED``, more than results show."""

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
            "known": known,
        }
        with by_index(), connection.cursor() as cursor:
            cursor.execute(statement, values | titles | self._values())
            groups, keys = cursor.fetchone()
        groups = json.loads(groups) if isinstance(groups, str) else groups
        return [Group(*group) for group in groups or ()], keys

    @property
    def _titles(self) -> dict[str, str]:
        """Return what to look for in titles: all that was asked, and any word; once if the same."""
        whole, any_word = text_of_query(self.query, TITLE), text_of_any(self.query, TITLE)
        is_word = isinstance(self.query, PlainText)
        return {"titled": any_word} if is_word else {"entitled": whole, "titled": any_word}

    def _values(self):
        """Return the filters; no text of the database has the character that it can't take."""
        return {
            name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
            for name, value in self.filters.items()
        }
