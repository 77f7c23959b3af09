"""A translation's way to visitors: the translator submits, the chief editor answers."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from editorial import roles
from news.models import Topic
from tests.factories import ContentPageFactory, TopicFactory
from tests.translating import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(person):
    """Make a client of a person of a role."""

    def make(role):
        client = Client(HTTP_ACCEPT_LANGUAGE="lv")
        client.force_login(person(role))
        return client

    return make


@pytest.fixture
def page_en(home_lv):
    """The English draft of a page that was brought to the translators and is not translated yet."""
    page = ContentPageFactory(parent=home_lv, title="Statūti", slug="statuti", summary="Kārtība.")
    translate_object(page, [Locale.objects.get(language_code="en")])
    return page.get_translation(Locale.objects.get(language_code="en"))


def fill_in(page, **texts):
    """Translate all text units of a page: its fields by name, what isn't named by "Text"."""
    translation = Translation.objects.get(source__object_id=page.translation_key)
    for segment in translation.source.stringsegment_set.select_related("context"):
        StringTranslation.objects.update_or_create(
            translation_of_id=segment.string_id,
            locale=page.locale,
            context=segment.context,
            defaults={"data": texts.get(segment.context.path, "text")},
        )
    return translation


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def send(client, page, action):
    response = client.post(edit_url(page), {"action": action}, follow=True)
    return response.content.decode()


def answer(client, page, action, commits, **data):
    page.refresh_from_db()
    name = "wagtailadmin_pages:workflow_action"
    address = reverse(name, args=[page.pk, action, page.current_workflow_task_state.pk])
    with commits(execute=True):
        return client.post(address, data, follow=True)


def test_a_translation_is_submitted_approved_and_live(
    signed_in, page_en, django_capture_on_commit_callbacks
):
    fill_in(page_en, title="Statutes", slug="statutes")
    assert "iesniegts izskatīšanai" in send(signed_in(roles.TRANSLATOR), page_en, "submit")
    page_en.refresh_from_db()
    assert not page_en.live and page_en.workflow_in_progress

    chief = signed_in(roles.CHIEF_EDITOR)
    assert "Apstiprināt un publicēt" in chief.get(edit_url(page_en)).content.decode()
    answer(chief, page_en, "approve", django_capture_on_commit_callbacks)
    page_en.refresh_from_db()
    assert page_en.live and page_en.title == "Statutes"
    assert Client().get("/en/statutes/").status_code == 200


def test_a_translation_is_sent_back_with_a_comment_and_submitted_again(
    signed_in, page_en, django_capture_on_commit_callbacks
):
    fill_in(page_en)
    translator = signed_in(roles.TRANSLATOR)
    send(translator, page_en, "submit")
    comment = {"comment": "Lietojiet vārdu „statutes“."}
    chief = signed_in(roles.CHIEF_EDITOR)
    answer(chief, page_en, "reject", django_capture_on_commit_callbacks, **comment)
    assert comment["comment"] in translator.get(edit_url(page_en)).content.decode()
    fill_in(page_en, title="Statutes")
    send(translator, page_en, "submit")
    answer(chief, page_en, "approve", django_capture_on_commit_callbacks)
    page_en.refresh_from_db()
    assert page_en.live and page_en.title == "Statutes"


def test_a_translator_withdraws_what_was_submitted(signed_in, page_en):
    fill_in(page_en)
    translator = signed_in(roles.TRANSLATOR)
    send(translator, page_en, "submit")
    assert "izņemts no izskatīšanas" in send(translator, page_en, "withdraw")
    page_en.refresh_from_db()
    assert not page_en.workflow_in_progress


@pytest.mark.parametrize("action", ["submit", "publish"])
def test_half_a_translation_goes_nowhere(signed_in, page_en, action):
    translation = fill_in(page_en)
    untranslated = translation.source.stringsegment_set.get(context__path="summary")
    StringTranslation.objects.get(context=untranslated.context).delete()
    assert "1 teksta vienība vēl nav" in send(signed_in(roles.CHIEF_EDITOR), page_en, action)
    page_en.refresh_from_db()
    assert not page_en.live and not page_en.workflow_in_progress


def test_a_translation_with_wrong_markup_goes_nowhere(signed_in, page_en):
    fill_in(page_en, title='<a id="a9">Statutes</a>')
    assert "1 teksta vienība vēl nav" in send(signed_in(roles.TRANSLATOR), page_en, "submit")


def test_a_translator_can_not_publish_or_approve(
    signed_in, page_en, django_capture_on_commit_callbacks
):
    fill_in(page_en)
    translator = signed_in(roles.TRANSLATOR)
    with django_capture_on_commit_callbacks(execute=True):
        send(translator, page_en, "publish")
    send(translator, page_en, "submit")
    assert "Apstiprināt un publicēt" not in translator.get(edit_url(page_en)).content.decode()
    answer(translator, page_en, "approve", django_capture_on_commit_callbacks)
    page_en.refresh_from_db()
    assert not page_en.live and page_en.workflow_in_progress


def test_a_page_is_never_made_an_alias(signed_in, home_lv):
    page = ContentPageFactory(parent=home_lv, title="Statūti")
    page_en = translate(page, {"Statūti": "Statutes"})
    chief = signed_in(roles.CHIEF_EDITOR)
    assert "convert_to_alias" not in chief.get(edit_url(page_en)).content.decode()
    chief.post(reverse("wagtail_localize:convert_to_alias", args=[page_en.pk]))
    page_en.refresh_from_db()
    assert page_en.alias_of is None


def test_everyone_gets_mails_in_their_own_language(
    person, page_en, django_capture_on_commit_callbacks
):
    chiefs = {
        language: person(roles.CHIEF_EDITOR, f"chief-{language}") for language in ["lv", "en"]
    }
    profile = UserProfile.get_for_user(chiefs["en"])
    profile.preferred_language = "en"
    profile.save()
    fill_in(page_en, title="Statutes")
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person(roles.TRANSLATOR, "translator"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit_url(page_en), {"action": "submit"})
    texts = {message.to[0]: f"{message.subject}\n{message.body}" for message in mail.outbox}
    assert "has been submitted" in texts["chief-en@example.org"]
    assert "iesniegt" in texts["chief-lv@example.org"]
    assert "submitted" not in texts["chief-lv@example.org"]

    mail.outbox.clear()
    chief = Client(HTTP_ACCEPT_LANGUAGE="en")
    chief.force_login(chiefs["en"])
    answer(chief, page_en, "approve", django_capture_on_commit_callbacks)
    [message] = mail.outbox
    assert message.to == ["translator@example.org"]
    assert "approved" not in message.subject + message.body


def test_who_has_chosen_no_language_works_in_latvian(person):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person(roles.EDITOR))
    assert '<html lang="lv"' in client.get(reverse("wagtailadmin_home")).content.decode()


def test_what_visitors_read_stays_until_the_translation_is_approved(
    signed_in, home_lv, django_capture_on_commit_callbacks
):
    page = ContentPageFactory(parent=home_lv, title="Statūti", slug="statuti")
    page_en = translate(page, {"Statūti": "Statutes", "statuti": "statutes"})
    fill_in(page_en, title="Articles of association", slug="statutes")
    send(signed_in(roles.TRANSLATOR), page_en, "submit")
    page_en.refresh_from_db()
    assert page_en.title == "Statutes"
    chief = signed_in(roles.CHIEF_EDITOR)
    answer(chief, page_en, "approve", django_capture_on_commit_callbacks)
    page_en.refresh_from_db()
    assert page_en.title == "Articles of association"


def test_submitting_a_page_puts_nothing_latvian_before_english_visitors(
    signed_in, home_lv, home_en, django_capture_on_commit_callbacks
):
    parent = ContentPageFactory(parent=home_lv, title="Par mums", slug="par-mums")
    page = ContentPageFactory(parent=parent, title="Statūti", slug="statuti")
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    translator = signed_in(roles.TRANSLATOR)
    form = {"locales": home_en.locale_id, "include_subtree": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        refused = translator.post(address, form, follow=True).content.decode()
    assert "Virslapa vēl nav tulkota." in refused
    assert not home_en.get_children().exists()
    translate(parent, {"Par mums": "About us"})
    with django_capture_on_commit_callbacks(execute=True):
        translator.post(address, form)
    assert not page.get_translation(home_en.locale).live


def test_half_a_translation_of_a_record_is_not_published(signed_in, home_en):
    topic = TopicFactory(name="Budžets", slug="budzets")
    topic_en = translate(topic, {"Budžets": "Budget"})
    StringTranslation.objects.filter(data="Budget").update(data="Finance", has_error=True)
    address = reverse(Topic.snippet_viewset.get_url_name("edit"), args=[topic_en.pk])
    translator = signed_in(roles.TRANSLATOR)
    said = translator.post(address, {"action": "publish"}, follow=True).content.decode()
    assert "1 teksta vienība vēl nav" in said
    for action in ("submit", "withdraw"):  # which a record has not
        assert translator.post(address, {"action": action}).status_code == 302
    topic_en.refresh_from_db()
    assert topic_en.name == "Budget"
    StringTranslation.objects.filter(data="Finance").update(has_error=False)
    translator.post(address, {"action": "publish"})
    topic_en.refresh_from_db()
    assert topic_en.name == "Finance"
