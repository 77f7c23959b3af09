"""A member's contact as vCard, read by another library than the one that writes it."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from icalendar.parser import Contentlines
from wagtail.models import PageViewRestriction
from wagtail_factories import ImageFactory

from tests.factories import (
    BoardPageFactory,
    ContentPageFactory,
    MunicipalityFactory,
    PersonPageFactory,
    SeatFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(home_lv):
    return BoardPageFactory(parent=ContentPageFactory(parent=home_lv))


@pytest.fixture
def person(board):
    return PersonPageFactory(
        parent=board,
        title="Anna Marija Bērziņa-Ābele",
        position="izpilddirektore",
        municipality=MunicipalityFactory(name="Ķekavas novads"),
        email="anna@example.org",
        phone="28 382 616",
        biography="<p>Dzimusi 1970. gadā.</p>",
    )


def address(person, language="lv"):
    with override(language):
        return reverse("contact_card", args=[person.translation_key])


def card(client, person) -> dict:
    response = client.get(address(person))
    assert response.headers["Content-Type"] == "text/vcard; charset=utf-8"
    lines = Contentlines.from_ical(response.content.decode())
    parts = [line.parts() for line in lines if line]
    return {name: (parameters, value) for name, parameters, value in parts}


def test_a_card_says_how_to_reach_a_person(client, person):
    TermFactory(person=person, seat=SeatFactory(name="Pierīgas reģions"), role="chair")
    found = card(client, person)
    values = {name: value for name, (_parameters, value) in found.items()}
    assert values["VERSION"] == "3.0"
    assert values["FN"] == "Anna Marija Bērziņa-Ābele"
    assert values["N"] == "Bērziņa-Ābele;Anna;Marija;;"
    assert values["ORG"] == "Ķekavas novads"
    assert values["TITLE"] == "izpilddirektore"
    assert values["ROLE"].endswith("Valdes priekšsēdētāja, Pierīgas reģions")
    assert values["EMAIL"] == "anna@example.org"
    assert values["TEL"] == "+37128382616"
    assert values["URL"] == person.full_url
    assert values["UID"] == person.translation_key.urn
    assert "biogr" not in str(found).lower()


def test_a_portrait_is_named_by_its_absolute_address(client, person):
    person.portrait = ImageFactory()
    person.save()
    parameters, value = card(client, person)["PHOTO"]
    assert parameters["VALUE"] == "uri"
    assert value.startswith("http://")
    assert value.endswith(".jpg")


def test_text_that_looks_like_another_line_stays_text(client, person):
    person.organisation = "Novads; nodaļa, daļa\nTEL:112"
    person.save()
    found = card(client, person)
    assert found["TEL"][1] == "+37128382616"
    assert "TEL:112" in found["ORG"][1]


def test_long_latvian_lines_are_folded_between_letters(client, person):
    person.organisation = "Šķēršļu jūras ūdeņu pārvalde " * 4
    person.save()
    lines = client.get(address(person)).content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()


def test_only_people_with_a_public_page_have_a_card(client, person, board):
    assert client.get(address(person)).status_code == 200
    assert client.get(address(person, "en")).status_code == 404
    restriction = PageViewRestriction.objects.create(page=person, restriction_type="login")
    assert client.get(address(person)).status_code == 404
    restriction.delete()
    person.unpublish()
    assert client.get(address(person)).status_code == 404


def test_the_page_and_the_board_offer_the_card(client, person, board):
    TermFactory(person=person)
    for url in (person.url, board.url):
        assert f'href="{address(person)}"' in client.get(url).content.decode()
    silent = PersonPageFactory(parent=board)
    assert address(silent) not in client.get(silent.url).content.decode()
