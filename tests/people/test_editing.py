import datetime

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from people.models import PersonPage
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


def person_data(terms, initial=0):
    return nested_form_data(
        {
            "title": "Anna Kalniņa",
            "slug": "anna-kalnina",
            "gender": "f",
            "biography": rich_text(""),
            "terms": inline_formset(terms, initial=initial),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )


def term(seat, starts_on, ends_on=""):
    return {"seat": seat.pk, "role": "member", "starts_on": starts_on, "ends_on": ends_on}


def add(client, board, data):
    return client.post(
        reverse("wagtailadmin_pages:add", args=["people", "personpage", board.pk]), data
    )


def test_an_editor_adds_a_member_of_the_board(admin_client, board):
    response = add(admin_client, board, person_data([term(SeatFactory(), "2024-01-01")]))
    assert response.status_code == 302
    assert PersonPage.objects.get().terms.get().starts_on == datetime.date(2024, 1, 1)


def test_a_seat_that_somebody_holds_is_refused_with_the_name(admin_client, board):
    holder = PersonPageFactory(parent=board, title="Ivo Bērziņš")
    seat = TermFactory(person=holder, starts_on=datetime.date(2023, 1, 1)).seat
    response = add(admin_client, board, person_data([term(seat, "2024-01-01")]))
    assert response.status_code == 200
    assert "Ivo Bērziņš" in response.content.decode()
    assert PersonPage.objects.count() == 1


def test_terms_of_one_person_in_one_seat_must_not_overlap_either(admin_client, board):
    seat = SeatFactory()
    overlapping = [term(seat, "2021-01-01", "2023-01-01"), term(seat, "2022-01-01")]
    assert add(admin_client, board, person_data(overlapping)).status_code == 200
    following = [term(seat, "2021-01-01", "2023-01-01"), term(seat, "2023-01-02")]
    assert add(admin_client, board, person_data(following)).status_code == 302


def test_a_term_does_not_end_before_it_begins(admin_client, board):
    data = person_data([term(SeatFactory(), "2024-01-01", "2023-01-01")])
    assert add(admin_client, board, data).status_code == 200


def test_the_holder_s_own_page_can_be_saved_again(admin_client, board):
    person = PersonPageFactory(parent=board)
    held = TermFactory(person=person)
    data = person_data([term(held.seat, "2021-07-01") | {"id": held.pk}], initial=1)
    response = admin_client.post(reverse("wagtailadmin_pages:edit", args=[person.pk]), data)
    assert response.status_code == 302


@pytest.mark.parametrize("kind", ["seat", "municipality"])
def test_what_is_in_use_can_not_be_deleted_and_says_where_it_is_used(admin_client, board, kind):
    person = PersonPageFactory(
        parent=board, title="Anna Kalniņa", municipality=MunicipalityFactory()
    )
    snippet = {"seat": TermFactory(person=person).seat, "municipality": person.municipality}[kind]
    person.save()  # writes the reference index
    url = reverse(f"wagtailsnippets_people_{kind}:delete", args=[snippet.pk])
    response = admin_client.get(url)
    usage = reverse(f"wagtailsnippets_people_{kind}:usage", args=[snippet.pk])
    assert usage in response.content.decode()
    admin_client.post(url)
    assert type(snippet).objects.filter(pk=snippet.pk).exists()
    assert "Anna Kalniņa" in admin_client.get(usage).content.decode()


def test_editors_search_municipalities_in_the_listing(admin_client):
    MunicipalityFactory(name="Ogres novads")
    MunicipalityFactory(name="Valkas novads")
    page = admin_client.get("/admin/snippets/people/municipality/?q=Ogre").content.decode()
    assert "Ogres novads" in page and "Valkas novads" not in page
