"""Many articles at once, past Wagtail's own ways: the same as each by itself.

This uses private parts of Django, treebeard and Wagtail. When one of these tests fails after an
upgrade, news/wordpress/together.py and indexing.py need the reader's eye.
"""

import pytest
from django.db.models import Q
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from news.models import NewsPage, NewsTopic
from news.wordpress.indexing import references_of
from news.wordpress.together import add_articles
from tests.factories import NewsIndexPageFactory, TopicFactory

# What tells one page from the next.
OWN = {"id", "page_ptr_id", "path", "slug", "url_path", "translation_key"}


@pytest.fixture
def index(home_lv):
    return NewsIndexPageFactory(parent=home_lv)


@pytest.fixture
def articles(index):
    """Three articles that differ in their slugs alone; the first added as editors do it."""
    topic = TopicFactory()
    found = [
        NewsPage(
            title="Ziņa",
            draft_title="Ziņa",
            slug=f"zina-{number}",
            lead="Kas notika.",
            date="2015-03-24",
            body=[("text", f'<p>Skat. <a linktype="page" id="{index.pk}">ziņas</a>.</p>')],
            locale=index.locale,
            topic_links=[NewsTopic(topic=topic, locale=index.locale)],
        )
        for number in range(3)
    ]
    index.add_child(instance=found[0])
    add_articles(index, found[1:])
    return NewsPage.objects.order_by("path")


def test_the_rows_are_those_of_pages_added_one_by_one(articles):
    one, *others = articles.values()
    shared = {name: value for name, value in one.items() if name not in OWN}
    # The ids of blocks are their own.
    body = shared.pop("body")
    for other in others:
        assert {**other, **shared} == other
        assert [block["value"] for block in other["body"].raw_data] == [
            block["value"] for block in body.raw_data
        ]
    assert not any(Page.find_problems())
    assert articles[0].get_parent().numchild == 3


def test_topics_and_history_come_along(articles):
    one, *others = articles
    for other in others:
        for relation in get_all_child_relations(NewsPage):
            name = relation.get_accessor_name()
            assert getattr(other, name).count() == getattr(one, name).count()
        assert other.topic_links.get().topic == one.topic_links.get().topic
    entries = PageLogEntry.objects.filter(page__in=articles).order_by("page")
    told = [(entry.action, entry.label, entry.content_type) for entry in entries]
    assert len(told) == 3 and len(set(told)) == 1


def test_references_are_those_that_wagtail_writes(articles):
    page = articles[0]
    ReferenceIndex.create_or_update_for_object(page)
    of_page = Q(object_id=str(page.pk), base_content_type__model="page")
    names = [field.attname for field in ReferenceIndex._meta.concrete_fields if field.name != "id"]
    written = [
        list(map(str, row)) for row in ReferenceIndex.objects.filter(of_page).values_list(*names)
    ]
    ours = [[str(getattr(row, name)) for name in names] for row in references_of(page)]
    assert sorted(ours) == sorted(written) != []
