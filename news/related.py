"""Which articles stand beside a page: those nearest to what it is about.

First those about its conference, then those that share most topics with it, then the newest.

Only the newest ``COMPARED`` articles of each topic, and of the conference, are compared, so that
the cost does not grow with the archive: an older article is not brought forward by a second topic
that it shares. What is compared is read once per change (``home.shared``), whatever the number of
pages that ask.
"""

import datetime
import uuid
from collections import Counter
from collections.abc import Callable
from heapq import nlargest
from typing import NamedTuple

from home import shared

COMPARED = 200


class Candidate(NamedTuple):
    """An article; the newer one is the greater one."""

    date: datetime.date
    pk: int


def nearest(articles, locale_id: int, topics, number: int, conference: uuid.UUID | None = None):
    """Return the nearest of ``articles``, all public ones of a language, the nearest first.

    ``topics`` are those of the page, ``conference`` is the translation key of its conference. A
    page that is an article finds itself too.
    """
    topics = frozenset(topic.pk for topic in topics)
    key = ("nearest articles", locale_id, topics, conference, number)
    return shared.once(key, lambda: _nearest(articles, locale_id, topics, number, conference))


def newest_about(articles, locale_id: int, conference: uuid.UUID) -> list[Candidate]:
    """Return the newest of ``articles`` about a conference."""
    return _newest("articles of conference", locale_id, [conference], articles.about_conference)[
        conference
    ]


def _nearest(articles, locale_id, topics, number, conference):
    on_topics = _newest("articles of topic", locale_id, topics, articles.about)
    common = Counter(found for newest in on_topics.values() for found in newest)
    first = set(newest_about(articles, locale_id, conference)) if conference else set()
    order = nlargest(number, first | common.keys(), lambda it: (it in first, common[it], it))
    return with_links(articles, order)


def with_links(articles, candidates) -> list:
    """Return the articles that were found, in the same order, with what links to them need."""
    found = articles.for_links().in_bulk([candidate.pk for candidate in candidates])
    return [found[candidate.pk] for candidate in candidates if candidate.pk in found]


def _newest(name, locale_id, keys, choose: Callable) -> dict:
    """Return the newest that ``choose`` leaves, for each key; one query for each unknown one."""

    def read(keys):
        return {
            key: [
                Candidate(*row)
                for row in choose(key).newest_first().values_list("date", "pk")[:COMPARED]
            ]
            for key in keys
        }

    return shared.each(f"{name} {locale_id}", keys, read)
