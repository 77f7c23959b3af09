"""Two translators at one text unit: what the server answers the second."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from editorial import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client, person, under_way, unit):
    """Save or remove a text unit as one translator after another has saved “Board”."""
    translation = under_way(title="Valde")
    segment = unit(translation)
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data="Board",
        last_translated_by=person(roles.TRANSLATOR, "anna"),
    )
    client.force_login(person(roles.TRANSLATOR, "janis"))
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])

    def send(method="put", **data):
        return client.generic(
            method.upper(),
            address,
            "&".join(f"{name}={value}" for name, value in data.items()),
            content_type="application/x-www-form-urlencoded",
        )

    return send


def stored():
    return list(StringTranslation.objects.values_list("data", flat=True))


def test_what_the_editor_did_not_show_is_not_gone_over(send):
    response = send(value="Council", known="")
    assert response.status_code == 409
    assert response.json()["data"] == "Board"
    assert stored() == ["Board"]


def test_what_the_editor_did_not_show_is_not_removed(send):
    assert send("delete", known="Old").status_code == 409
    assert stored() == ["Board"]


@pytest.mark.parametrize("known", ["Board", None])
def test_what_the_editor_showed_is_replaced(send, known):
    data = {} if known is None else {"known": known}
    assert send(value="Council", **data).status_code == 200
    assert stored() == ["Council"]


def test_the_same_text_twice_is_no_collision(send):
    assert send(value="Board", known="").status_code == 200
    assert stored() == ["Board"]


def test_what_was_shown_is_removed(send):
    assert send("delete", known="Board").status_code == 200
    assert stored() == []


def test_a_text_unit_of_another_page_is_not_found(send, client, under_way, unit):
    translation, other = under_way(title="Kontakti"), unit(under_way(title="Vēsture"))
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, other.pk])
    assert client.put(address, "value=History", follow=True).status_code == 404
