"""A page and its translation go live together, and the translation never before its source."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.test.utils.form_data import nested_form_data
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from editorial import roles
from home.models.pair import SourceNotLive
from tests.factories import ContentPageFactory, NewsPageFactory
from tests.translation.editing import editor_data
from translation.pair import save_draft

pytestmark = pytest.mark.django_db

TEXTS = {"Ziņa": "Item", "zina": "item", "Kas notika": "What happened"}


@pytest.fixture
def draft(news):
    """A Latvian draft with an English draft, all of it translated."""
    page = NewsPageFactory(parent=news, title="Ziņa", slug="zina", lead="Kas notika", live=False)
    page.save_revision()
    submit(page, TEXTS)
    return page


def submit(page, strings):
    """Translate as `translate` does, but leave the translation a draft."""
    from wagtail.models import Locale

    english = Locale.objects.get(language_code="en")
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=english)
    for segment in source.stringsegment_set.select_related("string"):
        if segment.string.data in strings:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=english,
                context=segment.context,
                defaults={"data": strings[segment.string.data], "translation_type": "manual"},
            )
    translation.save_target(publish=False)


def english(page):
    return page.get_translations().get().specific


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def post(client, page, action="publish", value="both", **changes):
    data = editor_data(page.get_latest_revision_as_object())
    return client.post(edit_url(page), data | {f"action-{action}": value} | changes)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def let_time_pass():
    """Make due what is scheduled."""
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        moment = revision.approved_go_live_at - datetime.timedelta(days=2)
        revision.approved_go_live_at = moment
        revision.content["go_live_at"] = moment.isoformat()
        revision.save()


def tomorrow():
    return timezone.localtime() + datetime.timedelta(days=1)


def schedule(page, moment=None):
    page = page.get_latest_revision_as_object()
    page.go_live_at = moment or tomorrow()
    page.save_revision().publish()


# Together


def test_both_are_published_when_the_translation_is_ready(chief_client, client, draft):
    response = post(chief_client, draft)
    assert any("Item" in text for text in said(response)), said(response)
    assert "Kas notika" in client.get("/lv/aktualitates/zina/").content.decode()
    assert "What happened" in client.get("/en/news/item/").content.decode()
    user = chief_client.get("/admin/").context["user"]
    assert english(draft).live_revision.user == user


def test_a_text_changed_in_the_editor_leaves_the_translation_behind(chief_client, client, draft):
    response = post(chief_client, draft, lead="Kas notika patiesībā")
    texts = said(response)
    assert any("1" in text and "Item" in text for text in texts), texts
    assert client.get("/lv/aktualitates/zina/").status_code == 200
    assert client.get("/en/news/item/").status_code == 404


def test_a_translation_with_an_error_is_not_ready(chief_client, client, draft):
    StringTranslation.objects.filter(data="What happened").update(has_error=True)
    post(chief_client, draft)
    assert client.get("/lv/aktualitates/zina/").status_code == 200
    assert client.get("/en/news/item/").status_code == 404


def test_what_translators_have_not_seen_counts_not_what_was_last_sent(chief_client, client, pair):
    """Upstream calls such a translation up to date."""
    response = post(chief_client, pair, lead="Cits teksts")
    assert any("Item" in text for text in said(response))
    assert "Cits teksts" in client.get("/lv/aktualitates/zina/").content.decode()
    page = client.get("/en/news/item/").content.decode()
    assert "What happened" in page
    assert "Cits teksts" not in page


def test_a_change_without_new_text_reaches_the_translation(chief_client, client, pair):
    post(chief_client, pair, date="2020-02-29")
    assert "Item" in client.get("/en/news/2020/2/29/").content.decode()


def test_an_address_changed_in_latvian_leaves_the_english_one(chief_client, client, pair):
    post(chief_client, pair, slug="jauna")
    assert client.get("/lv/aktualitates/jauna/").status_code == 200
    assert client.get("/en/news/item/").status_code == 200


def test_a_translation_written_by_hand_is_published_as_it_stands(chief_client, client, draft):
    Translation.objects.update(enabled=False)
    page = english(draft)
    page.lead = "By hand"
    page.save_revision()
    post(chief_client, draft)
    assert "By hand" in client.get("/en/news/item/").content.decode()


def test_a_value_that_is_not_valid_keeps_the_translation_back(chief_client, client, draft):
    draft.image_credit = "Foto"
    draft.save_revision()
    draft.save()
    submit(draft, {"Foto": "Photo"})
    StringTranslation.objects.filter(data="Photo").update(data="x" * 200)
    response = post(chief_client, draft)
    assert any("160" in text for text in said(response)), said(response)
    assert client.get("/lv/aktualitates/zina/").status_code == 200
    assert client.get("/en/news/item/").status_code == 404


def test_plain_publishing_publishes_the_page_alone(chief_client, client, draft):
    post(chief_client, draft, value="action-publish")
    assert client.get("/lv/aktualitates/zina/").status_code == 200
    assert client.get("/en/news/item/").status_code == 404


def test_both_are_published_at_the_scheduled_time(chief_client, client, draft):
    moment = tomorrow()
    response = post(chief_client, draft, go_live_at=moment.strftime("%Y-%m-%d %H:%M"))
    assert len(said(response)) == 2
    for page in (draft, english(draft)):
        assert abs(page.scheduled_revision.approved_go_live_at - moment).seconds <= 60
    call_command("publish_scheduled")
    assert client.get("/lv/aktualitates/zina/").status_code == 404
    let_time_pass()
    call_command("publish_scheduled")
    assert client.get("/lv/aktualitates/zina/").status_code == 200
    assert client.get("/en/news/item/").status_code == 200
    for page in (draft, english(draft)):
        assert page.revisions.filter(approved_go_live_at__isnull=False).count() == 0


def test_a_scheduled_change_touches_neither_live_page_before_its_time(chief_client, client, pair):
    post(chief_client, pair, date="2020-02-29", go_live_at=tomorrow().strftime("%Y-%m-%d %H:%M"))
    days = {"/lv/aktualitates/2020/2/29/": "Ziņa", "/en/news/2020/2/29/": "Item"}
    for url, title in days.items():
        assert title not in shown(client.get(url))
    let_time_pass()
    call_command("publish_scheduled")
    for url, title in days.items():
        assert title in shown(client.get(url))


def shown(response):
    """What stands in the page's content."""
    return BeautifulSoup(response.content, "html.parser").main.get_text()


def test_the_action_is_offered_to_who_may_publish_both(
    client, person, chief_client, draft, home_lv
):
    assert 'value="both"' in chief_client.get(edit_url(draft)).content.decode()
    alone = ContentPageFactory(parent=home_lv)
    assert 'value="both"' not in chief_client.get(edit_url(alone)).content.decode()
    client.force_login(person(roles.EDITOR))
    assert 'value="both"' not in client.get(edit_url(draft)).content.decode()


@pytest.mark.parametrize("role", [None, roles.EDITOR, roles.TRANSLATOR])
def test_who_may_not_publish_publishes_neither(client, person, draft, role):
    if role:
        client.force_login(person(role))
    post(client, draft)
    client.post(edit_url(english(draft)), {"action": "publish"})
    assert not Page.objects.filter(translation_key=draft.translation_key, live=True).exists()


# The translation not before its source


def assert_refused(response, page):
    page.refresh_from_db()
    assert not page.live
    assert page.latest_revision_id
    assert any("Ziņa" in text for text in said(response)), said(response)


def test_the_translation_editor_refuses(chief_client, draft):
    page = english(draft)
    response = chief_client.post(edit_url(page), {"action": "publish"})
    assert_refused(response, page)
    assert StringTranslation.objects.filter(data="What happened").exists()


def test_the_page_editor_refuses_and_keeps_the_draft(chief_client, draft):
    Translation.objects.update(enabled=False)
    page = english(draft)
    response = post(chief_client, page, value="1", lead="Corrected")
    assert_refused(response, page)
    assert page.get_latest_revision_as_object().lead == "Corrected"


def test_a_bulk_action_refuses(chief_client, draft):
    page = english(draft)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert_refused(chief_client.post(f"{url}?id={page.pk}"), page)
    parent = page.get_parent()
    response = chief_client.post(f"{url}?id={parent.pk}", {"include_descendants": "on"})
    assert_refused(response, page)


def test_a_last_approval_refuses_and_stays_open(chief_client, person, draft):
    page = english(draft)
    page.get_workflow().start(page, person(roles.TRANSLATOR))
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    response = chief_client.post(url, {"comment": ""})
    assert_refused(response, page)
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS
    headers = {"x-requested-with": "XMLHttpRequest"}
    response = chief_client.post(url, {"comment": ""}, headers=headers)
    assert response.json() == {"step": "success", "redirect": edit_url(page)}
    draft.get_latest_revision().publish()
    chief_client.post(url, {"comment": ""})
    page.refresh_from_db()
    assert page.live


@pytest.mark.django_db(transaction=True)
def test_synchronising_with_publishing_refuses(admin_client, draft):
    page = english(draft)
    source = TranslationSource.objects.get_for_instance(draft)
    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert_refused(admin_client.post(url, {"publish_translations": "on"}), page)


def test_the_admin_api_refuses(chief_client, draft):
    page = english(draft)
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
    response = chief_client.post(url)
    page.refresh_from_db()
    assert (response.status_code, page.live) == (400, False)
    assert "Ziņa" in response.content.decode()


def test_code_is_refused_too(draft):
    page = english(draft)
    with pytest.raises(SourceNotLive):
        page.get_latest_revision().publish()
    page.live = True
    with pytest.raises(SourceNotLive):
        page.save(clean=False)


def test_what_is_due_waits_for_its_source(draft, caplog):
    page = english(draft)
    schedule(page)
    let_time_pass()
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert not page.live
    assert page.scheduled_revision
    assert "Item" in caplog.text
    draft.get_latest_revision().publish()
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.live


def test_a_translation_due_before_its_source_waits_for_it(draft):
    page = english(draft)
    moment = tomorrow()
    schedule(page, moment)
    schedule(draft, moment + datetime.timedelta(seconds=1))
    let_time_pass()
    call_command("publish_scheduled")
    page.refresh_from_db()
    draft.refresh_from_db()
    assert page.live and draft.live
    assert draft.first_published_at <= page.first_published_at
    for published in (page, draft):
        entries = PageLogEntry.objects.filter(page=published.pk)
        assert entries.filter(action="wagtail.publish.scheduled").count() == 1


def test_a_page_in_english_only_waits_for_nothing(home_en):
    page = ContentPageFactory(parent=home_en, live=False)
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.live


def test_approving_the_source_publishes_it(chief_client, editor, draft):
    draft.get_workflow().start(draft, editor)
    state = draft.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk])
    chief_client.post(url, nested_form_data({"comment": ""}))
    draft.refresh_from_db()
    assert draft.live
    assert not english(draft).live


def test_a_saved_draft_changes_nothing_that_visitors_see(client, admin_user, pair):
    """Upstream's own way of saving a draft writes it to the live page."""
    record = Translation.objects.get(source__object_id=pair.translation_key)
    StringTranslation.objects.filter(data="What happened").update(data="Better")
    StringTranslation.objects.filter(data="item").update(data="thing")
    revision = save_draft(record, admin_user)
    assert "What happened" in client.get("/en/news/item/").content.decode()
    assert client.get("/en/news/thing/").status_code == 404
    assert (revision.as_object().lead, revision.user) == ("Better", admin_user)
    revision.publish()
    assert "Better" in client.get("/en/news/thing/").content.decode()
