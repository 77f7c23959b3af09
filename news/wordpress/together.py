"""New articles written many at a time: with thousands, the statements of each by itself count.

Each is saved as ``index.add_child(instance=article)`` does it, but nobody is told by signals: what
else must know of it is written at the end of an import (see ``indexing``).
"""

from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from home.block_ids import renew_duplicate_ids
from news.models import NewsPage, NewsTopic

# What is known to be right, and would take a query each to check.
RELATIONS = {field.name for field in NewsPage._meta.concrete_fields if field.is_relation}
OF_PAGE = [field for field in Page._meta.local_concrete_fields if not field.primary_key]


@transaction.atomic
def add_articles(index: Page, articles: list[NewsPage]):
    """Save new articles, which have free slugs, as the last ones below ``index``, in this order.

    Raises ValidationError, DatabaseError or ``PathOverflow``, and has written nothing then.
    """
    parent = Page.objects.select_for_update().get(pk=index.pk)
    _place(parent, articles)
    for article in articles:
        renew_duplicate_ids(article)
        article.clean_fields(exclude=RELATIONS)
    insert(articles)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(articles))
    NewsTopic.objects.bulk_create(_links_of(articles))
    PageLogEntry.objects.bulk_create(map(_log_entry, articles))


def _place(parent, articles):
    before = parent.get_last_child()
    for article in articles:
        article.depth = parent.depth + 1
        article.path = (
            before._inc_path() if before else Page._get_path(parent.path, article.depth, 1)
        )
        article.set_url_path(parent)
        before = article


def insert(pages: list[Page]):
    """Write new pages of one type, and give them their keys.

    ``bulk_create`` refuses models with a parent; this is what it does with each table. SQLite takes
    some 1,000 pages at once.
    """
    own = type(pages[0])
    keys = Page._base_manager._insert(
        pages, OF_PAGE, using=DEFAULT_DB_ALIAS, returning_fields=[Page._meta.pk]
    )
    for page, (key,) in zip(pages, keys, strict=True):
        page.pk = page.id = key
    own._base_manager._insert(pages, own._meta.local_concrete_fields, using=DEFAULT_DB_ALIAS)
    for page in pages:
        page._state.adding, page._state.db = False, DEFAULT_DB_ALIAS


def _links_of(articles) -> Iterable[NewsTopic]:
    for article in articles:
        for link in article.topic_links.all():
            link.page_id = article.pk
            yield link


def _log_entry(article) -> PageLogEntry:
    return PageLogEntry(
        page_id=article.pk,
        content_type_id=article.content_type_id,
        label=article.get_admin_display_title(),
        action="wagtail.create",
        timestamp=timezone.now(),
        content_changed=True,
    )
