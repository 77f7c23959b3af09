"""What the translation editor is answered, and who is."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from editorial import roles
from tests.factories import TermOfGlossaryFactory
from translation.models import TranslationStatus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_interface")]

# Wagtail leads those who may not to the start of the admin, and strangers to the login.
MAY = {
    None: False,
    roles.EDITOR: False,
    roles.TRANSLATOR: True,
    roles.CHIEF_EDITOR: True,
    roles.ADMINISTRATOR: True,
}


@pytest.fixture
def translator(person, client):
    user = person(roles.TRANSLATOR, "translator")
    client.force_login(user)
    return user


def address(name, translation, *arguments):
    return reverse(f"translation_help:{name}", args=[translation.pk, *arguments])


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


@pytest.mark.parametrize("role", MAY)
def test_those_who_work_in_english_are_helped(client, person, under_way, unit, remember, role):
    translation = under_way(title="Valde")
    remember("Valde", "Board")
    if role:
        client.force_login(person(role))
    for url in (
        address("overview", translation),
        address("unit", translation, unit(translation).pk),
    ):
        response = client.get(url)
        assert response.status_code == (200 if MAY[role] else 302), url
        assert ("Board" in response.content.decode()) == MAY[role]
        if role:
            answer = client.get(url, headers={"x-requested-with": "XMLHttpRequest"})
            assert answer.status_code == (200 if MAY[role] else 403)
    client.post(address("fill", translation))
    made = StringTranslation.objects.filter(context=unit(translation).context)
    assert made.exists() == MAY[role]


def test_a_record_in_english_is_for_those_who_work_in_english(client, person, english):
    from wagtail_localize.models import Translation, TranslationSource

    from tests.factories import TopicFactory

    source, _created = TranslationSource.update_or_create_from_instance(TopicFactory(name="Tēma"))
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target()
    for role, status in ((roles.EDITOR, 302), (roles.TRANSLATOR, 200)):
        client.force_login(person(role))  # both may change topics
        assert client.get(address("overview", translation)).status_code == status


def test_a_unit_is_shown_suggestions_differences_and_terms(
    client, translator, under_way, unit, remember
):
    TermOfGlossaryFactory(
        source="valdes loceklis",
        target="Board Member",
        forbidden="councillor; director",
        note="In full at first.",
    )
    remember("Jauni valdes locekļi", "New Board Members", path="body.a")
    remember("Jauni valdes locekļi", "New &amp; members", path="body.b", by_machine=True)
    remember("Jauns valdes loceklis", "A new Board Member", path="body.c")
    translation = under_way(title="Jauni valdes locekļi")
    page = client.get(address("unit", translation, unit(translation).pk)).content.decode()
    for expected in (
        'data-insert="New Board Members"',
        "100&nbsp;%",
        'data-insert="A new Board Member"',
        "</span>Jauns<span",
        "Machine translation",
        'data-insert="New &amp;amp; members"',
        'data-insert-word="Board Member"',
        '<s lang="en">councillor</s>',
        "In full at first.",
        "Kāda cita lapa",
    ):
        assert expected in page, expected
    assert page.index("New Board Members") < page.index("A new Board Member")


def test_nothing_known_is_said_so(client, translator, under_way, unit):
    translation = under_way(title="Valde")
    page = client.get(address("unit", translation, unit(translation).pk)).content.decode()
    assert "Nothing similar" in page


def test_the_overview_tells_what_can_be_filled_in_and_what_a_machine_made(
    client, translator, under_way, unit, remember, english
):
    translation = under_way(title="Valde", summary="Kopsavilkums")
    remember("Valde", "Board")
    segment = unit(translation, "summary")
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=english,
        data="Summary",
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    page = client.get(address("overview", translation)).content.decode()
    assert f'data-hint="{unit(translation).pk}"' in page
    assert f'data-mark="{segment.pk}"' in page
    assert "1 text unit" in page


def test_filling_in_says_how_many_and_leads_back_to_the_editor(
    client, translator, under_way, remember
):
    translation = under_way(title="Valde", summary="Kopsavilkums")
    remember("Valde", "Board")
    remember("Kopsavilkums", "Summary")
    response = client.post(address("fill", translation), follow=True)
    assert "2 text units were filled in" in said(response)
    assert response.redirect_chain == [(translation.get_target_instance_edit_url(), 302)]
    assert not translation.get_target_instance().live
    again = client.post(address("fill", translation), {"next": "https://example.org/"}, follow=True)
    assert "nothing to fill in" in said(again)
    assert again.redirect_chain == [(translation.get_target_instance_edit_url(), 302)]
    assert client.get(address("fill", translation)).status_code == 405


def test_a_locked_page_is_not_filled_in(client, translator, under_way, person, remember):
    translation = under_way(title="Valde")
    remember("Valde", "Board")
    page = translation.get_target_instance()
    page.locked, page.locked_by = True, person(roles.CHIEF_EDITOR)
    page.save()
    assert "locked" in said(client.post(address("fill", translation), follow=True))
    assert "Board" not in client.get(address("overview", translation)).content.decode()


def test_there_is_no_help_for_what_is_not_under_way(client, translator, under_way, unit):
    translation, other = under_way(title="Valde"), under_way(title="Cita")

    def status(url):
        return client.get(url, follow=True).status_code

    foreign = unit(other).pk
    assert status(address("unit", translation, foreign)) == 404
    assert status(address("unit", translation, 10**9)) == 404
    translation.enabled = False
    translation.save()
    assert status(address("overview", translation)) == 404
    other.get_target_instance().delete()
    assert status(address("overview", other)) == 404


def test_help_takes_as_many_queries_for_much_as_for_little(
    client, translator, under_way, unit, remember, django_assert_max_num_queries
):
    def ask(translation):
        for url in (
            address("overview", translation),
            address("unit", translation, unit(translation).pk),
        ):
            client.get(url)
            with django_assert_max_num_queries(40) as asked:
                client.get(url)
            yield len(asked)

    remember("Lapa pirmā", "The first page")
    remember("Lapa pirmā!", "The first page!")
    TermOfGlossaryFactory(source="lapa")
    little = list(ask(under_way(title="Lapa pirmā")))
    for number in range(30):
        TermOfGlossaryFactory()
        remember("Lapa pirmā", f"Page {number}", path=f"body.{number}")
        remember(f"Lapa pirmā {number}", f"Page one {number}", path=f"body.{number}")
        remember(f"Virsraksts {number}", f"Heading {number}", path=f"body.{number}")
    body = [("heading", f"Virsraksts {number}") for number in range(30)]
    assert list(ask(under_way(title="Lapa pirmā", slug="otra", body=body))) == little


def test_what_is_filled_in_counts_in_the_report_of_translations(
    client, translator, under_way, remember
):
    translation = under_way(title="Valde")
    remember("Valde", "Board")
    client.get(reverse("translations:index"))
    status = TranslationStatus.objects.get(translation=translation)
    before = status.translated_count
    client.post(address("fill", translation))
    client.get(reverse("translations:index"))
    status.refresh_from_db()
    assert status.translated_count == before + 1
