"""What editors schedule goes live, and comes off, at its time."""

import datetime
import threading
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Workflow
from wagtail.signals import page_published, page_unpublished
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from editorial import roles
from editorial.schedule import FAILED, due_revisions, publish_due
from news.models import NewsPage
from search.models import SearchDocument
from tests.factories import ContentPageFactory, NewsIndexPageFactory, NewsPageFactory

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)
RIGA = ZoneInfo("Europe/Riga")


@pytest.fixture
def news(home_lv):
    return NewsIndexPageFactory(parent=home_lv, slug="zinas")


def scheduled(news, title="Ieplānota ziņa", go_live_at=None, **fields):
    """Return an article that an editor scheduled, for a minute ago unless told otherwise."""
    page = NewsPageFactory(parent=news, title=title, live=False, **fields)
    page.go_live_at = timezone.now() + MINUTE
    page.save_revision().publish()
    time_comes(page, go_live_at)
    return page


def time_comes(page, moment=None):
    """Move the time for which a page is scheduled to a minute ago: waiting takes too long."""
    moment = moment or timezone.now() - MINUTE
    revision = page.revisions.exclude(approved_go_live_at=None).get()
    revision.approved_go_live_at = moment
    revision.content["go_live_at"] = moment.isoformat()
    revision.save()


def article_form(**fields):
    return nested_form_data(
        {
            "title": "Atvērto durvju diena",
            "slug": "atverto-durvju-diena",
            "date": "2026-10-09",
            "lead": rich_text("<p>Nāciet ciemos.</p>"),
            "body": streamfield([]),
            "topic_links": inline_formset([]),
            "attachments": inline_formset([]),
            "partner_links": inline_formset([]),
            "corrections": inline_formset([]),
            "comments": inline_formset([]),
        }
        | fields
    )


def test_an_editor_schedules_an_article_and_visitors_get_it_at_its_time(client, person, news):
    chief = person(roles.CHIEF_EDITOR)
    client.force_login(chief)
    moment = timezone.now().astimezone(RIGA) + datetime.timedelta(hours=1)
    add = reverse("wagtailadmin_pages:add", args=["news", "newspage", news.pk])
    data = article_form(**{"go_live_at": f"{moment:%Y-%m-%d %H:%M}", "action-publish": "1"})
    assert client.post(add, data).status_code == 302
    page = NewsPage.objects.get()
    assert not page.live and page.scheduled_revision.user == chief

    client.logout()
    assert publish_due() == 0
    assert client.get(page.url).status_code == 404
    time_comes(page)
    assert publish_due() == 1
    assert client.get(page.url).status_code == 200
    assert page.url in client.get(news.url).content.decode()
    found = client.get(reverse("search"), {"q": "durvju dienas"})
    assert page.url in found.content.decode()
    entry = PageLogEntry.objects.get(page=page, action="wagtail.publish.scheduled")
    assert entry.revision.user == chief


def test_publishing_happens_once_and_tells_the_rest_of_the_site_once(news):
    page = scheduled(news)
    heard = []

    def listen(instance, **kwargs):
        heard.append(instance.pk)

    page_published.connect(listen)
    try:
        assert [publish_due(), publish_due()] == [1, 0]
    finally:
        page_published.disconnect(listen)
    assert heard == [page.pk]
    assert SearchDocument.objects.filter(page=page).count() == 1


def test_what_is_past_its_end_comes_off_and_is_found_no_more(client, news):
    page = NewsPageFactory(parent=news, expire_at=timezone.now() - MINUTE)
    page.save_revision().publish()
    heard = []
    page_unpublished.connect(lambda instance, **_: heard.append(instance.pk), weak=False)
    assert [publish_due(), publish_due()] == [1, 0]
    page.refresh_from_db()
    assert not page.live and page.expired
    assert client.get(page.url).status_code == 404
    assert not SearchDocument.objects.filter(page=page).exists()
    assert heard == [page.pk]


def test_what_should_have_been_seen_while_nothing_ran_is_not_left_online(news):
    page = scheduled(news)
    revision = page.scheduled_revision
    revision.content["expire_at"] = (timezone.now() - MINUTE / 2).isoformat()
    revision.save()
    assert publish_due() == 2
    page.refresh_from_db()
    assert not page.live and page.expired


def test_a_new_version_replaces_the_published_one_at_its_time(client, news):
    page = NewsPageFactory(parent=news, title="Vecais virsraksts")
    page.save_revision().publish()
    page.refresh_from_db()
    page.title = "Jaunais virsraksts"
    page.go_live_at = timezone.now() + MINUTE
    page.save_revision().publish()
    publish_due()
    assert "Vecais virsraksts" in client.get(page.url).content.decode()
    time_comes(page)
    publish_due()
    assert "Jaunais virsraksts" in client.get(page.url).content.decode()


def test_a_page_that_cannot_be_published_says_why_once_and_holds_up_no_other(news, admin_client):
    blocked = scheduled(news, slug="vieta")
    other = scheduled(news, title="Cita ziņa")
    revision = blocked.scheduled_revision
    revision.content["slug"] = other.slug
    revision.save()
    assert [publish_due(), publish_due()] == [1, 0]
    blocked.refresh_from_db(), other.refresh_from_db()
    assert other.live and not blocked.live
    entry = PageLogEntry.objects.get(action=FAILED)
    assert entry.page_id == blocked.pk and entry.data["reason"]
    history = admin_client.get(reverse("wagtailadmin_pages:history", args=[blocked.pk]))
    assert entry.data["reason"] in history.content.decode()


def test_a_schedule_that_an_editor_cancels_is_not_kept(news, chief_client):
    page = scheduled(news, go_live_at=timezone.now() + MINUTE)
    address = "wagtailadmin_pages:revisions_unschedule"
    chief_client.post(reverse(address, args=[page.pk, page.scheduled_revision.pk]))
    assert not due_revisions(timezone.now() + 2 * MINUTE).exists()


def test_nobody_edits_what_waits_for_its_time(news, chief_client):
    page = scheduled(news, go_live_at=timezone.now() + MINUTE)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = chief_client.post(edit, article_form(title="Cits virsraksts"))
    assert "slēgt" in response.content.decode()
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Ieplānota ziņa"


def test_a_page_in_moderation_does_not_go_live_by_itself_and_does_when_approved(
    home_lv, person, news
):
    editor, chief = person(roles.EDITOR), person(roles.CHIEF_EDITOR)
    page = NewsPageFactory(parent=news, live=False)
    page.go_live_at = timezone.now() + MINUTE
    page.save_revision(user=editor)
    Workflow.objects.get(name=roles.WORKFLOW).start(page, editor)
    revision = page.latest_revision
    revision.content["go_live_at"] = (timezone.now() - MINUTE).isoformat()
    revision.save()
    assert publish_due() == 0  # its time has come, and nobody has approved it
    page = NewsPage.objects.get(pk=page.pk)
    assert not page.live
    page.current_workflow_task_state.approve(user=chief)
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize(
    "local, utc",
    [
        ("2027-03-28 02:59", "2027-03-28T00:59:00+00:00"),  # the last minute of winter time
        ("2027-03-28 04:00", "2027-03-28T01:00:00+00:00"),  # the first of summer time
        ("2027-07-01 08:00", "2027-07-01T05:00:00+00:00"),
        ("2026-12-01 08:00", "2026-12-01T06:00:00+00:00"),
    ],
)
def test_times_are_those_of_riga_in_summer_and_winter(chief_client, news, local, utc):
    add = reverse("wagtailadmin_pages:add", args=["news", "newspage", news.pk])
    data = article_form(**{"go_live_at": local, "action-publish": "1"})
    assert chief_client.post(add, data).status_code == 302
    moment = NewsPage.objects.get().scheduled_revision.approved_go_live_at
    assert moment == datetime.datetime.fromisoformat(utc)


@pytest.mark.parametrize("local", ["2027-03-28 03:30", "2026-10-25 03:30"])
def test_a_time_that_riga_does_not_have_or_has_twice_is_refused(chief_client, news, local):
    add = reverse("wagtailadmin_pages:add", args=["news", "newspage", news.pk])
    data = article_form(**{"go_live_at": local, "action-publish": "1"})
    response = chief_client.post(add, data)
    assert response.status_code == 200 and response.context["form"].errors["go_live_at"]
    assert not NewsPage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_publish_each_page_once(home_lv):
    news = NewsIndexPageFactory(parent=home_lv)
    pages = [scheduled(news, title=f"Ziņa {number}") for number in range(6)]
    together = threading.Barrier(3)
    heard = []
    page_published.connect(lambda instance, **_: heard.append(instance.pk), weak=False)

    def work():
        together.wait()
        publish_due()
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(heard) == sorted(page.pk for page in pages)
    entries = PageLogEntry.objects.filter(action="wagtail.publish.scheduled")
    assert sorted(entries.values_list("page", flat=True)) == sorted(heard)


def test_wagtails_own_command_finds_nothing_left_to_do(news):
    page = scheduled(news)
    publish_due()
    call_command("publish_scheduled")
    assert PageLogEntry.objects.filter(page=page, action="wagtail.publish.scheduled").count() == 1


def test_looking_for_what_is_due_costs_the_same_for_many_pages(news, django_assert_max_num_queries):
    ContentPageFactory.create_batch(20, parent=news.get_parent())
    for number in range(5):
        scheduled(news, title=f"Ziņa {number}", go_live_at=timezone.now() + MINUTE)
    with django_assert_max_num_queries(2):
        assert publish_due() == 0
