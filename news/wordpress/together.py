"""New articles written many at a time: with thousands, the statements of each by itself count.

Each is saved as ``index.add_child(instance=article)`` does it, but nobody is told by signals: what
else must know of it is written at the end of an import (see ``indexing``).
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from home.block_ids import renew_duplicate_ids
from news.models import NewsPage, NewsTopic

# What is known to be right, and would take a query each to check.
RELATIONS = {field.name for field in NewsPage._meta.concrete_fields if field.is_relation}
OF_PAGE = [field for field in Page._meta.concrete_fields if not field.primary_key]


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
    _insert(articles)
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


def _insert(articles):
    """Write the rows of both tables, which ``bulk_create`` refuses to do at once."""
    values = [
        {field.attname: getattr(each, field.attname) for field in OF_PAGE} for each in articles
    ]
    for article, page in zip(
        articles, Page.objects.bulk_create(Page(**row) for row in values), strict=True
    ):
        article.pk = article.id = page.pk
        article.save_base(raw=True, force_insert=True)  # its own table alone


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
