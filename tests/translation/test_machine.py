"""Machine translation against stand-ins: what is sent, what comes back, and every failure."""

import socket

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from config.machine_translation import configuration
from editorial import roles
from tests.factories import ContentPageFactory, TopicFactory
from tests.translation.services import KEY
from translation import machine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_interface")]
MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE


@pytest.fixture
def translator(person, client):
    """A translator, signed in."""
    user = person(roles.TRANSLATOR, "translator")
    client.force_login(user)
    return user


@pytest.fixture
def many(under_way):
    """A translation of a published page with 120 headings."""
    return under_way(title="Lapa", body=[("heading", f"Virsraksts {n}") for n in range(120)])


def press(client, translation):
    address = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    return client.post(address, follow=True)


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


def by_machine(translation):
    return StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, translation_type=MACHINE
    )


def rich(text):
    return [("text", f"<p>{text}</p>")]


# What is sent and what comes back


def test_missing_texts_are_translated_and_marked_as_a_machines(
    client, translator, under_way, service
):
    translation = under_way(title="Valde", slug="valde", body=rich("Par <b>mums</b> un citiem."))
    response = press(client, translation)
    assert response.status_code == 200
    made = {t.translation_of.data: t for t in by_machine(translation)}
    assert {text: t.data for text, t in made.items()} == {
        "Valde": "EN Valde",
        "Par <b>mums</b> un citiem.": "EN Par <b>mums</b> un citiem.",
    }
    assert {t.tool_name for t in made.values()} == {get_machine_translator().display_name}
    assert {t.last_translated_by for t in made.values()} == {translator}
    target = translation.get_target_instance()
    assert not target.live
    assert target.draft_title == "EN Valde"
    assert "translated 2 text units" in said(response)
    assert ["valde"] not in service.asked  # addresses are never sent


def test_deepl_and_libretranslate_are_asked_from_latvian_into_english(
    client, translator, under_way, service
):
    press(client, under_way(title="Valde"))
    ((path, _headers, asked),) = service.requests
    if service.protocol.path:
        assert path == "/v2/translate"
        assert (asked["source_lang"], asked["target_lang"]) == (["LV"], ["EN-GB"])
    else:
        assert (asked["source"], asked["target"], asked["format"]) == ("lv", "en", "html")


def test_a_request_holds_no_more_than_the_service_takes(client, translator, many, service):
    press(client, many)
    assert [len(texts) for texts in service.asked] == [50, 50, 21]
    assert by_machine(many).count() == 121


def test_long_texts_are_divided_by_size(service):
    texts = [StringValue(f"{number}" + "ā" * 9_999) for number in range(5)]
    locales = [Locale.objects.get(language_code=code) for code in ("lv", "en")]
    assert len(get_machine_translator().translate(*locales, texts)) == 5
    assert [len(asked) for asked in service.asked] == [2, 2, 1]


def test_work_of_people_is_left_alone(client, translator, under_way, unit, english, service):
    translation = under_way(title="Valde", summary="Par mums")
    segment = unit(translation)
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=english, data="Board"
    )
    press(client, translation)
    assert service.asked == [["Par mums"]]
    assert StringTranslation.objects.get(context=segment.context).data == "Board"
    assert "nothing left" in said(press(client, translation))


# Only what is published is sent


def test_a_draft_is_not_sent(client, translator, under_way, service):
    translation = under_way(title="Slepena iecere", live=False)
    assert "was not sent" in said(press(client, translation))
    assert service.asked == []


def test_a_page_that_not_everybody_may_read_is_not_sent(
    client, translator, under_way, home_lv, service
):
    parent = ContentPageFactory(parent=home_lv, title="Iekšējā sadaļa")
    PageViewRestriction.objects.create(page=parent, restriction_type="login")
    source, _created = TranslationSource.update_or_create_from_instance(parent)
    Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="en")
    ).save_target(publish=False)
    press(client, under_way(parent=parent, title="Iekšēja lapa"))
    assert service.asked == []


def test_what_has_been_unpublished_or_changed_since_is_not_sent(
    client, translator, under_way, service
):
    translation = under_way(title="Valde", summary="Vecais teksts")
    page = translation.source.get_source_instance()
    page.summary = "Jaunais teksts"
    page.save_revision().publish()
    response = press(client, translation)
    assert service.asked == [["Valde"]]
    assert "1 text unit was not sent" in said(response)


def test_a_draft_on_top_of_a_published_page_is_not_sent(client, translator, under_way, service):
    translation = under_way(title="Valde")
    page = translation.source.get_source_instance()
    page.title = "Slepens virsraksts"
    page.save_revision()
    source, _created = TranslationSource.update_or_create_from_instance(
        page.get_latest_revision_as_object()
    )
    press(client, source.translations.get())
    assert service.asked == []


def test_records_are_public_and_sent(client, person, english, service):
    client.force_login(person(roles.TRANSLATOR))
    source, _created = TranslationSource.update_or_create_from_instance(TopicFactory(name="Tēma"))
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target()
    press(client, translation)
    assert by_machine(translation).get().data == "EN Tēma"


# Failures


@pytest.mark.parametrize(
    "behaviour, sentence",
    [
        (401, "did not accept the site’s key"),
        (403, "did not accept the site’s key"),
        (413, "too long"),
        (429, "too many requests"),
        (456, "used up"),
        (500, "has a fault"),
        (503, "has a fault"),
        (301, "can’t be used"),
        (404, "can’t be used"),
        (b"<html>not JSON", "can’t be used"),
        (b"[]", "can’t be used"),
        (b"null", "can’t be used"),
        (b'{"translations": 7, "translatedText": 7}', "can’t be used"),
        (b'{"translations": [{"text": null}], "translatedText": [null]}', "can’t be used"),
        (b'{"translations": [{}], "translatedText": {"a": 1}}', "can’t be used"),
        (b"\xff\xfe\x00", "can’t be used"),
        ("one too few", "can’t be used"),
        (1.5, "in time"),
    ],
)
def test_a_failure_is_a_sentence_and_the_editor_goes_on(
    client, translator, under_way, service, behaviour, sentence
):
    translation = under_way(title="Valde")
    service.behaviours = [behaviour]
    response = press(client, translation)
    assert response.status_code == 200
    assert sentence in said(response)
    assert "Nothing was lost" in said(response)
    assert KEY not in response.content.decode()
    assert b"js-translation-editor" in response.content
    assert not by_machine(translation).exists()
    assert "translated 1 text unit" in said(press(client, translation))


def test_a_service_that_is_not_there_is_a_sentence(
    client, translator, under_way, service, settings
):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR["OPTIONS"]["URL"] = f"http://127.0.0.1:{port}"
    assert "could not be reached" in said(press(client, under_way(title="Valde")))


def test_earlier_batches_are_kept_when_a_later_one_fails(client, translator, many, service):
    service.behaviours = [None, 503]
    response = press(client, many)
    assert by_machine(many).count() == 50
    assert "translated 50 text units" in said(response)
    assert "71 text units are left" in said(response)
    service.asked.clear()
    press(client, many)
    assert by_machine(many).count() == 121
    assert sum(map(len, service.asked)) == 71


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("<b>", "").replace("</b>", ""),
        lambda text: text.replace('id="a1"', 'id="a2"'),
        lambda text: text.replace("<a ", '<a href="https://example.org" '),
        lambda text: text + "<script>alert(1)</script>",
        lambda text: f"<p>{text}</p>",
        lambda text: "",
    ],
)
def test_a_text_whose_tags_came_back_damaged_is_left_out(
    client, translator, under_way, service, damage
):
    text = 'Par <b>mums</b> un <a href="https://example.org/">citiem</a>.'
    translation = under_way(title="Valde", body=rich(text))
    service.translate = lambda text: damage(text) if "<" in text else text
    response = press(client, translation)
    assert [made.data for made in by_machine(translation)] == ["Valde"]
    assert "1 text unit came back without its links" in said(response)


def test_the_clock_stops_long_work_between_two_requests(
    client, translator, many, service, monkeypatch
):
    monkeypatch.setattr(machine, "TIME_LIMIT", -1)
    assert "121 text units are left" in said(press(client, many))
    assert service.asked == []


# Who may


@pytest.mark.parametrize(
    "role, status",
    [
        (roles.EDITOR, 302),
        (roles.TRANSLATOR, 200),
        (roles.CHIEF_EDITOR, 200),
        (roles.ADMINISTRATOR, 200),
        (None, 302),
    ],
)
def test_those_who_work_in_english_may_ask_the_machine(
    client, person, under_way, service, role, status
):
    translation = under_way(title="Valde")
    if role:
        client.force_login(person(role))
    address = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    assert client.get(address).status_code in (302, 405)
    client.post(address)
    assert by_machine(translation).exists() == (status == 200)


def test_a_locked_page_is_not_translated(client, translator, under_way, person, service):
    translation = under_way(title="Valde")
    page = translation.get_target_instance()
    page.locked, page.locked_by = True, person(roles.CHIEF_EDITOR)
    page.save()
    assert "locked" in said(press(client, translation))
    assert service.asked == []


def test_without_a_service_there_is_no_machine_translation(client, translator, under_way):
    translation = under_way(title="Valde")
    assert press(client, translation).status_code == 404
    editor = client.get(translation.get_target_instance_edit_url())
    assert '"machineTranslator": null' in editor.context["props"]


# Synchronising with machine translation


@pytest.fixture
def synchronise(client):
    def post(translation, **values):
        address = reverse("wagtail_localize:update_translations", args=[translation.source_id])
        return client.post(address, {"use_machine_translation": "on", **values}, follow=True)

    return post


def test_synchronising_translates_the_changes(chief_client, synchronise, under_way, service):
    translation = under_way(title="Valde")
    page = translation.source.get_source_instance()
    page.title = "Jaunā valde"
    page.save_revision().publish()
    response = synchronise(translation)
    assert response.status_code == 200
    assert by_machine(translation).get(data="EN Jaunā valde")
    assert not translation.get_target_instance().live


def test_synchronising_never_publishes(
    chief_client, synchronise, under_way, service, django_capture_on_commit_callbacks
):
    translation = under_way(title="Valde", slug="valde")
    with django_capture_on_commit_callbacks(execute=True):
        synchronise(translation, publish_translations="on")
    assert by_machine(translation).get(data="EN Valde")
    assert not translation.get_target_instance().live


@pytest.mark.parametrize("behaviour", [503, b"{}", 1.5])
def test_what_the_machine_fails_at_is_synchronised_all_the_same(
    chief_client, synchronise, under_way, service, behaviour
):
    translation = under_way(title="Valde")
    page = translation.source.get_source_instance()
    page.title = "Jaunā valde"
    page.save_revision().publish()
    service.behaviours = [behaviour]
    response = synchronise(translation)
    assert response.status_code == 200
    assert "Nothing was lost" in said(response)
    assert translation.source.stringsegment_set.filter(string__data="Jaunā valde").exists()


def test_who_does_not_work_in_english_synchronises_without_the_machine(
    editor_client, synchronise, under_way, service
):
    translation = under_way(title="Valde")
    page = translation.source.get_source_instance()
    page.title = "Jaunā valde"
    page.save_revision().publish()
    response = synchronise(translation)
    assert "up to the translators" in said(response)
    assert service.asked == []
    assert translation.source.stringsegment_set.filter(string__data="Jaunā valde").exists()


# The setting


def test_nothing_set_is_no_machine_translation():
    assert configuration("", "", "") is None


def test_deepl_needs_a_key_and_libretranslate_an_address():
    deepl = configuration("deepl", "", KEY)
    assert deepl["CLASS"] == "translation.machine.DeepLTranslator"
    translator = machine.DeepLTranslator(deepl["OPTIONS"])
    assert translator.address == "https://api-free.deepl.com/v2/translate"
    libre = configuration("libretranslate", "http://127.0.0.1:5000/", "")
    assert machine.LibreTranslator(libre["OPTIONS"]).address == "http://127.0.0.1:5000/translate"


@pytest.mark.parametrize(
    "provider, url, key, sentence",
    [
        ("", "", KEY, "not which service"),
        ("", "https://example.org", "", "not which service"),
        ("deepl", "", "", "MACHINE_TRANSLATOR_KEY"),
        ("deepl", "ftp://example.org", KEY, "web address"),
        ("deepl", "", "atslēga", "letters that no key has"),
        ("libretranslate", "", KEY, "MACHINE_TRANSLATOR_URL"),
        ("libretranslate", "translate.example.org", "", "web address"),
        ("google", "", KEY, "deepl or libretranslate"),
    ],
)
def test_a_wrong_combination_stops_the_start_with_a_sentence(provider, url, key, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        configuration(provider, url, key)
