"""Two people at once: nothing is lost, nothing breaks, and each is told what the other did."""

import threading

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail_localize.models import StringTranslation, Translation

from editorial import roles
from home.models import ContentPage, MeetingPage, SiteSettings
from news.models import Topic
from tests.factories import ContentPageFactory, MeetingsPageFactory, TopicFactory
from tests.translating import translate

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture
def anna(person):
    return signed_in(person(roles.CHIEF_EDITOR, "Anna"))


@pytest.fixture
def janis(person):
    return signed_in(person(roles.CHIEF_EDITOR, "Jānis"))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def page(home_lv):
    page = ContentPageFactory(parent=home_lv, title="Par mums", slug="par-mums")
    page.save_revision().publish()
    return page


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def open_form(client, page):
    """Return what the opened editor would send back, unchanged."""
    return sent_back(client.get(edit_url(page)).context["page"])


def sent_back(page, **fields):
    revision = page.latest_revision
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "lead": rich_text(""),
            "body": streamfield([]),
            "attachments": inline_formset([]),
            "comments": inline_formset([]),
            "loaded_revision_id": str(revision.pk),
            "loaded_revision_created_at": revision.created_at.isoformat(),
        }
        | fields
    )


def latest(page):
    return ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def text_of(response):
    return response.content.decode()


# Pages


@pytest.mark.parametrize("action", ["", "action-publish", "action-submit"])
def test_who_saves_later_is_told_and_loses_nothing(anna, janis, page, action):
    of_anna, of_janis = open_form(anna, page), open_form(janis, page)
    anna.post(edit_url(page), of_anna | {"title": "Annas virsraksts"})
    mine = of_janis | {"title": "Jāņa virsraksts"} | ({action: "1"} if action else {})

    response = janis.post(edit_url(page), mine)
    assert response.status_code == 200
    assert "Anna" in text_of(response) and "Jāņa virsraksts" in text_of(response)
    assert "w-autosave-interval" not in text_of(response)  # it would not ask him
    assert latest(page).title == "Annas virsraksts"
    compare = "wagtailadmin_pages:revisions_compare"
    seen, newest = of_janis["loaded_revision_id"], latest(page).latest_revision_id
    assert reverse(compare, args=[page.pk, seen, newest]) in text_of(response)

    again = mine | sent_back(response.context["page"], title="Jāņa virsraksts")
    assert janis.post(edit_url(page), again).status_code == 302
    titles = [revision.as_object().title for revision in page.revisions.order_by("pk")]
    assert titles == ["Par mums", "Annas virsraksts", "Jāņa virsraksts"]


def test_errors_in_the_form_do_not_hide_that_somebody_saved(anna, janis, page):
    of_anna, of_janis = open_form(anna, page), open_form(janis, page)
    anna.post(edit_url(page), of_anna | {"title": "Annas virsraksts"})
    response = janis.post(edit_url(page), of_janis | {"title": "", "action-publish": "1"})
    assert response.context["form"].errors["title"]
    assert "Anna" in text_of(response)


def test_who_has_confirmed_wagtails_warning_is_not_asked_again(anna, janis, page):
    of_anna, of_janis = open_form(anna, page), open_form(janis, page)
    anna.post(edit_url(page), of_anna | {"title": "Annas virsraksts"})
    knowing = of_janis | {"title": "Jāņa virsraksts", "overwrite": "1"}
    assert janis.post(edit_url(page), knowing).status_code == 302
    assert latest(page).title == "Jāņa virsraksts"


def test_ones_own_versions_are_no_conflict(anna, page):
    form = open_form(anna, page)
    for title in ("Pirmais", "Otrais"):  # the second with the version loaded before the first
        assert anna.post(edit_url(page), form | {"title": title}).status_code == 302
    assert latest(page).title == "Otrais"


@pytest.mark.parametrize("moment", ["", "vakar", "2026-13-45T99:00:00"])
def test_a_form_without_a_usable_version_is_saved_as_ever(anna, page, moment):
    form = open_form(anna, page) | {"loaded_revision_created_at": moment, "title": "Jauns"}
    assert anna.post(edit_url(page), form).status_code == 302


def test_autosave_does_not_go_over_anothers_version(anna, janis, page):
    of_anna, of_janis = open_form(anna, page), open_form(janis, page)
    anna.post(edit_url(page), of_anna | {"title": "Annas virsraksts"})
    mine = of_janis | {"title": "Jāņa virsraksts"}
    response = janis.post(edit_url(page), mine, headers={"accept": "application/json"})
    assert response.status_code == 400 and response.json()["error_code"] == "invalid_revision"
    assert latest(page).title == "Annas virsraksts"


def test_a_page_that_was_moved_meanwhile_is_saved_in_its_new_place(anna, janis, page, home_lv):
    target = ContentPageFactory(parent=home_lv, title="Arhīvs", slug="arhivs")
    form = open_form(janis, page)
    move = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk])
    assert anna.post(move).status_code == 302
    data = form | {"title": "Jauns virsraksts", "action-publish": "1"}
    assert janis.post(edit_url(page), data).status_code == 302
    moved = ContentPage.objects.get(pk=page.pk)
    assert moved.title == "Jauns virsraksts" and moved.get_parent().pk == target.pk


def test_a_page_read_before_a_move_and_saved_after_it_stays_moved(page, home_lv):
    target = ContentPageFactory(parent=home_lv, slug="arhivs")
    read_before = ContentPage.objects.get(pk=page.pk)
    page.move(target, pos="last-child")
    ContentPageFactory(parent=Page.objects.get(pk=page.pk))  # and it got a subpage
    read_before.title = "Jauns virsraksts"
    read_before.save()
    moved = ContentPage.objects.get(pk=page.pk)
    assert moved.get_parent().pk == target.pk and moved.get_children().count() == 1
    assert moved.url_path == f"{target.url_path}par-mums/"
    assert_tree_is_whole()


def assert_tree_is_whole():
    assert list(Page.find_problems()) == [[], [], [], [], []]


def test_who_saves_a_deleted_page_gets_back_what_was_written(anna, janis, page):
    form = open_form(janis, page) | {
        "title": "Jāņa garais virsraksts",
        "lead": rich_text("<p>Ievads ar <b>domu</b>.</p>"),
    }
    anna.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    response = janis.post(edit_url(page), form)
    assert response.status_code == 410
    assert "Jāņa garais virsraksts\n\nIevads ar domu." in text_of(response)
    assert janis.get(edit_url(page), follow=True).status_code == 404
    autosave = janis.post(edit_url(page), form, headers={"accept": "application/json"}, follow=True)
    assert autosave.status_code == 404
    assert Client().post(edit_url(page), form).status_code == 302  # to the door


def test_a_new_page_below_a_deleted_one_is_given_back_too(anna, janis, home_lv):
    parent = MeetingsPageFactory(parent=home_lv)
    add = reverse("wagtailadmin_pages:add", args=["home", "meetingpage", parent.pk])
    assert janis.get(add).status_code == 200
    anna.post(reverse("wagtailadmin_pages:delete", args=[parent.pk]))
    response = janis.post(add, {"title": "Sanāksme par budžetu"})
    assert response.status_code == 410 and "Sanāksme par budžetu" in text_of(response)


def test_who_saves_a_deleted_record_gets_back_what_was_written(anna, janis):
    topic = TopicFactory(name="Budžets", slug="budzets")
    address = reverse(Topic.snippet_viewset.get_url_name("edit"), args=[topic.pk])
    assert janis.get(address).status_code == 200
    topic.delete()
    response = janis.post(address, {"name": "Pašvaldību budžets", "slug": "budzets"})
    assert response.status_code == 410 and "Pašvaldību budžets" in text_of(response)
    assert janis.get(address, follow=True).status_code == 404


# The same instant


def at_once(*actions):
    """Run functions in threads that start together; return what they return, in their order."""
    together = threading.Barrier(len(actions))
    results = [None] * len(actions)

    def run(number, action):
        together.wait()
        try:
            results[number] = action()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@committed
def test_two_who_publish_at_the_same_instant_both_stay_in_the_history(anna, janis, page):
    forms = [
        open_form(client, page) | {"title": title, "action-publish": "1"}
        for client, title in ((anna, "Annas virsraksts"), (janis, "Jāņa virsraksts"))
    ]
    responses = at_once(
        lambda: anna.post(edit_url(page), forms[0]), lambda: janis.post(edit_url(page), forms[1])
    )
    assert {response.status_code for response in responses} <= {200, 302}  # 200: was told
    kept = {revision.as_object().title for revision in page.revisions.all()}
    for response, form in zip(responses, forms, strict=True):
        assert form["title"] in (kept if response.status_code == 302 else text_of(response))
    assert latest(page).title in kept
    assert_tree_is_whole()


@committed
def test_publishing_and_moving_at_the_same_instant_leave_the_tree_whole(anna, janis, page, home_lv):
    target = ContentPageFactory(parent=home_lv, slug="arhivs")
    move = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk])
    for number in range(3):
        form = open_form(janis, page) | {"title": f"Virsraksts {number}", "action-publish": "1"}
        responses = at_once(
            lambda form=form: janis.post(edit_url(page), form), lambda: anna.post(move)
        )
        assert [response.status_code for response in responses] == [302, 302]
        moved = ContentPage.objects.get(pk=page.pk)
        assert moved.get_parent().pk == target.pk and moved.title == f"Virsraksts {number}"
        assert_tree_is_whole()
        moved.move(home_lv, pos="last-child")


@committed
def test_of_pages_made_at_the_same_instant_one_gets_the_address(anna, janis, home_lv):
    parent = MeetingsPageFactory(parent=home_lv)
    add = reverse("wagtailadmin_pages:add", args=["home", "meetingpage", parent.pk])
    data = nested_form_data(
        {
            "title": "Sanāksme",
            "slug": "sanaksme",
            "starts_at": "2026-10-09 10:00",
            "recording": "",
            "duration": "",
            "transcript": "",
            "body": streamfield([]),
            "agenda": inline_formset([]),
            "attachments": inline_formset([]),
            "comments": inline_formset([]),
        }
    )
    responses = at_once(*[lambda client=client: client.post(add, data) for client in (anna, janis)])
    assert sorted(response.status_code for response in responses) == [200, 302]
    assert MeetingPage.objects.count() == 1
    assert_tree_is_whole()


@committed
def test_pages_moved_to_one_place_at_the_same_instant_all_arrive(anna, janis, home_lv):
    target = ContentPageFactory(parent=home_lv, slug="arhivs")
    pages = [ContentPageFactory(parent=home_lv) for _ in range(4)]
    moves = [
        reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]) for page in pages
    ]
    responses = at_once(
        *[
            lambda client=client, move=move: client.post(move)
            for client, move in zip((anna, janis) * 2, moves, strict=True)
        ]
    )
    assert [response.status_code for response in responses] == [302] * 4
    assert Page.objects.get(pk=target.pk).get_children().count() == 4
    assert_tree_is_whole()


# Records and settings


def record_url(topic):
    return reverse(Topic.snippet_viewset.get_url_name("edit"), args=[topic.pk])


def opened(client, url):
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    return nested_form_data({k: v for k, v in data.items() if not isinstance(v, (list, dict))})


def test_a_record_that_changed_meanwhile_is_not_replaced_without_a_word(anna, janis):
    topic = TopicFactory(name="Budžets")
    of_anna, of_janis = opened(anna, record_url(topic)), opened(janis, record_url(topic))
    assert anna.post(record_url(topic), of_anna | {"name": "Finanses"}).status_code == 302

    response = janis.post(record_url(topic), of_janis | {"name": "Nauda"})
    assert response.status_code == 200
    message = text_of(response)
    assert "Anna" in message and 'value="Nauda"' in message
    topic.refresh_from_db()
    assert topic.name == "Finanses"

    form = response.context["form"]
    again = of_janis | {"name": "Nauda", "seen_version": form["seen_version"].value()}
    assert janis.post(record_url(topic), again).status_code == 302
    topic.refresh_from_db()
    assert topic.name == "Nauda"


def test_a_record_nobody_else_touched_is_saved_at_once_and_so_is_a_form_without_a_version(anna):
    topic = TopicFactory(name="Budžets")
    form = opened(anna, record_url(topic))
    assert anna.post(record_url(topic), form | {"name": "Finanses"}).status_code == 302
    del form["seen_version"]
    assert anna.post(record_url(topic), form | {"name": "Nauda"}).status_code == 302


@committed
def test_of_two_who_save_a_record_at_the_same_instant_one_is_told(anna, janis):
    topic = TopicFactory(name="Budžets")
    forms = [opened(client, record_url(topic)) for client in (anna, janis)]
    responses = at_once(
        lambda: anna.post(record_url(topic), forms[0] | {"name": "Finanses"}),
        lambda: janis.post(record_url(topic), forms[1] | {"name": "Nauda"}),
    )
    assert sorted(response.status_code for response in responses) == [200, 302]


def test_settings_are_not_replaced_without_a_word(admin_client, person, home_lv):
    site = home_lv.get_site()
    url = reverse("wagtailsettings:edit", args=["home", "sitesettings", site.pk])
    other = signed_in(person(roles.ADMINISTRATOR, "Ilze"))
    social = streamfield([])
    streams = {f"social_links-{key}": value for key, value in social.items()}
    mine, theirs = opened(admin_client, url) | streams, opened(other, url) | streams
    assert other.post(url, theirs | {"accent_light": "#112233"}).status_code == 302
    response = admin_client.post(url, mine | {"playlist_id": "PL0123456789"})
    assert response.status_code == 200 and "Ilze" in text_of(response)
    stored = SiteSettings.objects.get(site=site)
    assert stored.accent_light == "#112233" and stored.playlist_id == ""


# Translations


@pytest.fixture
def translation(page):
    """The English page, as it is open to two translators."""
    page.lead = "<p>Pirmais teikums.</p><p>Otrais teikums.</p>"
    page.save_revision().publish()
    translate(page, {})
    return Translation.objects.get(source__object_id=page.translation_key)


def save_string(client, translation, segment, text):
    address = "wagtail_localize:edit_string_translation"
    url = reverse(address, args=[translation.pk, segment.pk])
    body = f"value={text}"
    return client.put(url, body, content_type="application/x-www-form-urlencoded").status_code


def test_translators_of_one_page_do_not_touch_each_others_strings(anna, janis, translation):
    one, other = translation.source.stringsegment_set.order_by("order")[:2]
    assert save_string(anna, translation, one, "Annas") == 200
    assert save_string(janis, translation, other, "Janis") == 200
    saved = StringTranslation.objects.filter(translation_of__in=[one.string, other.string])
    by = {string.data: string.last_translated_by.username for string in saved}
    assert by == {"Annas": "Anna", "Janis": "Jānis"}
