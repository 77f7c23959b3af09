"""Pages that are not for everybody: with a password, or for people who have signed in."""

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories import ContentPageFactory

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def page(home_lv):
    return ContentPageFactory(parent=home_lv, title="Darba grupa", slug="darba-grupa")


def close(page, kind, **values):
    PageViewRestriction.objects.create(page=page, restriction_type=kind, **values)


def test_whoever_has_not_signed_in_is_led_to_where_everybody_signs_in(client, admin_client, page):
    close(page, PageViewRestriction.LOGIN)
    response = client.get(page.url)
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))
    assert client.get(response.headers["Location"]).status_code == 200
    assert admin_client.get(page.url).status_code == 200


def test_the_password_opens_a_page_and_nothing_else_does(client, page):
    close(page, PageViewRestriction.PASSWORD, password="vilciens")
    response = client.get(page.url)
    form = response.context_data["form"]
    address = response.context_data["action_url"]
    assert form.fields["password"]
    for password, status in (("laiva", 200), ("vilciens", 302)):
        answer = client.post(address, {"password": password, "return_url": page.url})
        assert answer.status_code == status, password
    assert "Darba grupa" in client.get(page.url).content.decode()
    assert client.get(page.url).templates[0].name != "wagtailcore/password_required.html"
