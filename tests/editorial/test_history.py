"""Who did what: the histories of pages and of the site name the person, in Latvian."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail_localize.models import StringTranslation, Translation

from editorial import history, roles
from home.models import ContentPage, SiteSettings
from news.models import Topic
from tests.factories import ContentPageFactory, TopicFactory
from tests.translating import translate

pytestmark = pytest.mark.django_db

SITE_HISTORY = "wagtailadmin_reports:site_history"


@pytest.fixture
def chief(person):
    return person(roles.CHIEF_EDITOR, "Anna")


@pytest.fixture
def anna(chief):
    return signed_in(chief)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def page(home_lv):
    page = ContentPageFactory(parent=home_lv, title="Par mums", slug="par-mums")
    page.save_revision().publish()
    return page


def page_form(**fields):
    return nested_form_data(
        {
            "title": "Par mums",
            "slug": "par-mums",
            "lead": rich_text(""),
            "body": streamfield([]),
            "attachments": inline_formset([]),
            "comments": inline_formset([]),
        }
        | fields
    )


def url(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def edit(client, page, home, **fields):
    client.post(url("edit", page.pk), page_form(**fields))


def create(client, page, home):
    client.post(url("add", "home", "contentpage", home.pk), page_form(slug="jauna"))


def publish(client, page, home):
    edit(client, page, home, **{"action-publish": "1"})


def schedule(client, page, home):
    edit(client, page, home, **{"go_live_at": "2099-01-01 08:00", "action-publish": "1"})


def unschedule(client, page, home):
    schedule(client, page, home)
    revision = ContentPage.objects.get(pk=page.pk).scheduled_revision
    client.post(url("revisions_unschedule", page.pk, revision.pk))


def revert(client, page, home):
    first = page.latest_revision
    edit(client, page, home, title="Jauns")
    client.post(url("revisions_revert", page.pk, first.pk), page_form())


def unpublish(client, page, home):
    client.post(url("unpublish", page.pk))


def move(client, page, home):
    target = ContentPageFactory(parent=home, slug="arhivs")
    client.post(url("move_confirm", page.pk, target.pk))


def lock(client, page, home):
    client.post(url("lock", page.pk))


def submit(client, page, home):
    edit(client, page, home, **{"action-submit": "1"})


def approve(client, page, home):
    submit(client, page, home)
    state = ContentPage.objects.get(pk=page.pk).current_workflow_task_state
    client.post(url("workflow_action", page.pk, "approve", state.pk))


def reject(client, page, home):
    submit(client, page, home)
    state = ContentPage.objects.get(pk=page.pk).current_workflow_task_state
    client.post(url("workflow_action", page.pk, "reject", state.pk), {"comment": "Nē"})


def delete(client, page, home):
    client.post(url("delete", page.pk))


DEEDS = {
    "wagtail.create": create,
    "wagtail.edit": edit,
    "wagtail.publish": publish,
    "wagtail.publish.schedule": schedule,
    "wagtail.schedule.cancel": unschedule,
    "wagtail.revert": revert,
    "wagtail.unpublish": unpublish,
    "wagtail.move": move,
    "wagtail.lock": lock,
    "wagtail.workflow.start": submit,
    "wagtail.workflow.approve": approve,
    "wagtail.workflow.reject": reject,
    "wagtail.delete": delete,
}


@pytest.mark.parametrize("action, deed", DEEDS.items(), ids=DEEDS)
def test_what_is_done_to_a_page_stands_in_the_history_with_the_person(
    anna, chief, page, home_lv, admin_client, action, deed
):
    deed(anna, page, home_lv)
    entry = PageLogEntry.objects.filter(action=action).latest("timestamp")
    assert entry.user == chief
    assert_told(admin_client.get(reverse(SITE_HISTORY)), entry)
    if action != "wagtail.delete":
        assert_told(admin_client.get(url("history", entry.page_id)), entry)


def assert_told(response, entry):
    """Assert that a history says what happened and who did it, not in English."""
    text = response.content.decode()
    said = str(entry.message) or str(entry.action)
    assert said in text.replace("&#x27;", "'") or entry.comment in text
    assert entry.user.username in text
    assert not re.search(r"\b(the|page|was|has|been|translat\w+|changed)\b", said, re.IGNORECASE)


def change_topic(client):
    topic = TopicFactory(name="Budžets")
    client.post(
        reverse(Topic.snippet_viewset.get_url_name("edit"), args=[topic.pk]),
        {"name": "Finanses", "slug": topic.slug, "tone": topic.tone, "description": ""},
    )
    return topic


def add_topic(client):
    add = reverse(Topic.snippet_viewset.get_url_name("add"))
    client.post(add, {"name": "Nauda", "slug": "nauda", "tone": "carmine", "description": ""})
    return Topic.objects.get(slug="nauda")


def change_settings(client):
    from wagtail.models import Site

    site = Site.objects.get()
    settings_url = reverse("wagtailsettings:edit", args=["home", "sitesettings", site.pk])
    data = {"playlist_id": "PL0123456789", "youtube_channel": "", "mark": ""}
    data |= {"accent_light": "", "accent_dark": "", "social_links-count": "0"}
    client.post(settings_url, data)
    return SiteSettings.objects.get(playlist_id="PL0123456789")


def user_form(**fields):
    return {
        "username": "ilze",
        "email": "ilze@example.org",
        "first_name": "Ilze",
        "last_name": "Liepa",
        "is_active": "on",
        "password1": "garā-un-droša-7",
        "password2": "garā-un-droša-7",
    } | fields


def add_user(client):
    from django.contrib.auth import get_user_model

    client.post(reverse("wagtailusers_users:add"), user_form())
    return get_user_model().objects.get(username="ilze")


def change_user(client):
    user = add_user(client)
    data = user_form(last_name="Kalniņa", groups=[Group.objects.get(name=roles.EDITOR).pk])
    client.post(reverse("wagtailusers_users:edit", args=[user.pk]), data)
    return user


def change_group(client):
    group = Group.objects.create(name="Viesi")
    edit = reverse("wagtailusers_groups:edit", args=[group.pk])
    form = client.get(edit)
    data = {"name": "Ciemiņi", "permissions": []}
    for panel in form.context["permission_panels"]:
        for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM"):
            data[f"{panel.prefix}-{name}_FORMS"] = "0"
    assert client.post(edit, data).status_code == 302
    return group


RECORD_DEEDS = {
    "a topic is changed": ("wagtail.edit", change_topic),
    "a topic is made": ("wagtail.create", add_topic),
    "settings are changed": ("wagtail.edit", change_settings),
    "a user is made": ("wagtail.create", add_user),
    "a user is changed": ("wagtail.edit", change_user),
    "a group is changed": ("wagtail.edit", change_group),
}


@pytest.mark.parametrize("action, deed", RECORD_DEEDS.values(), ids=RECORD_DEEDS)
def test_what_is_done_to_records_settings_and_people_too(person, admin_client, action, deed):
    administrator = person(roles.ADMINISTRATOR, "Jānis")
    instance = deed(signed_in(administrator))
    entries = ModelLogEntry.objects.for_instance(instance)
    entry = entries.get(action=action)
    assert entry.user == administrator
    assert_told(admin_client.get(reverse(SITE_HISTORY)), entry)


@pytest.fixture
def translation(page):
    page.lead = "<p>Pirmais teikums.</p>"
    page.save_revision().publish()
    translate(page, {})
    return Translation.objects.get(source__object_id=page.translation_key)


def test_translators_stand_in_the_history_once_an_hour(person, admin_client, translation):
    translator = person(roles.TRANSLATOR, "Tija")
    client = signed_in(translator)
    english = translation.get_target_instance()
    segment = translation.source.stringsegment_set.order_by("order").first()
    address = "wagtail_localize:edit_string_translation"
    for text in ("One", "Two"):
        client.put(
            reverse(address, args=[translation.pk, segment.pk]),
            f"value={text}",
            content_type="application/x-www-form-urlencoded",
        )
    assert StringTranslation.objects.filter(data="Two", last_translated_by=translator).exists()
    entry = PageLogEntry.objects.get(page=english, action=history.WRITTEN)
    assert entry.user == translator
    assert_told(admin_client.get(url("history", english.pk)), entry)


def test_a_published_translation_names_who_published_it(
    anna, chief, translation, django_capture_on_commit_callbacks, admin_client
):
    english = translation.get_target_instance()
    with django_capture_on_commit_callbacks(execute=True):
        anna.post(url("edit", english.pk), {"action": "publish"})
    entries = PageLogEntry.objects.filter(page=english, user=chief)
    assert {history.SAVED} <= set(entries.values_list("action", flat=True))
    assert_told(admin_client.get(url("history", english.pk)), entries.get(action=history.SAVED))


def test_a_translated_record_names_who_saved_it(anna, chief, admin_client):
    topic = TopicFactory(name="Budžets")
    english = translate(topic, {"Budžets": "Budget"})
    anna.post(
        reverse(Topic.snippet_viewset.get_url_name("edit"), args=[english.pk]),
        {"action": "publish"},
    )
    entry = ModelLogEntry.objects.for_instance(english).get(action=history.SAVED, user=chief)
    assert_told(admin_client.get(reverse(SITE_HISTORY)), entry)


def test_translating_outside_the_admin_is_recorded_without_a_person(page):
    english = translate(page, {"Par mums": "About us"})
    assert PageLogEntry.objects.get(page=english, action=history.SAVED).user is None
    assert not PageLogEntry.objects.filter(action=history.WRITTEN).exists()


@pytest.mark.parametrize(
    "role, sees_latvian, sees_english",
    [
        (roles.TRANSLATOR, False, True),
        (roles.EDITOR, True, False),
        (roles.CHIEF_EDITOR, True, True),
        (roles.ADMINISTRATOR, True, True),
    ],
)
def test_the_sites_history_shows_what_is_done_in_ones_own_language(
    person, anna, home_lv, home_en, role, sees_latvian, sees_english
):
    for home, title in ((home_lv, "Slepens melnraksts"), (home_en, "Secret draft")):
        page = ContentPageFactory(parent=home, title=title, live=False)
        anna.post(url("edit", page.pk), page_form(title=title, slug=page.slug))
    response = signed_in(person(role)).get(reverse(SITE_HISTORY))
    text = response.content.decode()
    assert ("Slepens melnraksts" in text) == sees_latvian
    assert ("Secret draft" in text) == sees_english


def test_visitors_see_no_history(client, page):
    assert client.get(reverse(SITE_HISTORY)).status_code == 302
    assert client.get(url("history", page.pk)).status_code == 302
