"""The whole demo content, in the order in which it can be loaded: an entry names earlier ones."""

from . import (
    conferences,
    meetings,
    municipalities,
    news_early,
    news_recent,
    news_seed,
    pages,
    partners,
    people,
    public,
    site,
    terms,
    topics,
)

ENTRIES = [
    *topics.ENTRIES,
    *partners.ENTRIES,
    *municipalities.ENTRIES,
    *people.SEATS,
    pages.HOME,
    pages.ABOUT,
    pages.GOALS,
    pages.BOARD,
    *people.PEOPLE,
    pages.MUNICIPALITIES,
    pages.JOINING,
    pages.NEWS,
    pages.INSIGHTS,
    pages.MEETINGS,
    pages.CONTACTS,
    pages.EASY_READ,
    public.ACCESSIBILITY,
    public.PRIVACY,
    *meetings.ENTRIES,
    *conferences.ENTRIES,
    *sorted(
        [*news_seed.ENTRIES, *news_early.ENTRIES, *news_recent.ENTRIES],
        key=lambda entry: entry.published,
    ),
    site.TEXTS,
]

SETTINGS = site.SETTINGS
TERMS = terms.TERMS
