"""Queries that are put together once answer as those that are put together each time."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import DateField, IntegerField, TextField
from django.db.models.sql.compiler import SQLCompiler
from wagtail.models import Page

from home.compiled import Compiled, Parameter
from news.models import NewsPage
from tests.factories import NewsIndexPageFactory, NewsPageFactory


@pytest.fixture
def articles(home_lv):
    news = NewsIndexPageFactory(parent=home_lv)
    days = [datetime.date(2026, 1, day) for day in (1, 2, 3)]
    return [NewsPageFactory(parent=news, title=f"Raksts {day.day}", date=day) for day in days]


@pytest.mark.django_db
def test_each_value_gets_its_own_answer_with_all_that_the_query_adds(articles):
    pages = NewsPage.objects.shown().prefetch_related("topic_links")
    of_pk = Compiled(pages.filter(pk=Parameter("pk", IntegerField())))
    for article in articles:
        [found] = of_pk.ask(pk=article.pk)
        assert (found, found.title, found.image) == (article, article.title, article.image)
        assert found.has_attachments is False
        assert list(found.topic_links.all()) == list(article.topic_links.all())
    assert list(of_pk.ask(pk=0)) == []


@pytest.mark.django_db
def test_dates_and_lists_of_texts_are_given_as_the_database_wants_them(articles):
    days = [Parameter(name, DateField()) for name in ("first", "last")]
    within = Compiled(NewsPage.objects.filter(date__range=days).order_by("date"))
    found = within.ask(first=datetime.date(2026, 1, 2), last=datetime.date(2026, 1, 3))
    assert list(found) == articles[1:]
    slugs = [Parameter(name, TextField()) for name in ("one", "other")]
    named = Compiled(Page.objects.filter(slug__in=slugs).order_by("pk").values_list("pk", "title"))
    found = named.ask(one=articles[2].slug, other=articles[0].slug)
    assert list(found) == [(article.pk, article.title) for article in (articles[0], articles[2])]


@pytest.mark.django_db
def test_the_statement_is_made_once(articles, monkeypatch):
    made = []
    as_sql = SQLCompiler.as_sql

    def count(compiler, *args, **kwargs):
        made.append(compiler)
        return as_sql(compiler, *args, **kwargs)

    of_date = Compiled(NewsPage.objects.filter(date=Parameter("date", DateField())))
    list(of_date.ask(date=articles[0].date))
    monkeypatch.setattr(SQLCompiler, "as_sql", count)
    assert list(of_date.ask(date=articles[1].date)) == [articles[1]]
    assert not made


@pytest.mark.django_db
def test_what_can_hold_nothing_is_not_asked(django_assert_num_queries):
    nothing = Compiled(Page.objects.filter(pk__in=[]))
    with django_assert_num_queries(0):
        assert list(nothing.ask()) == []


@pytest.mark.django_db(transaction=True)
def test_every_thread_asks_over_its_own_connection(articles):
    of_pk = Compiled(Page.objects.filter(pk=Parameter("pk", IntegerField())))
    list(of_pk.ask(pk=articles[0].pk))

    def ask(article):
        try:
            return [page.pk for page in of_pk.ask(pk=article.pk)], connection.connection
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        keys, used = thread.submit(ask, articles[1]).result()
    assert keys == [articles[1].pk]
    assert used is not connection.connection
