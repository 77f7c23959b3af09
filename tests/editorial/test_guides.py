"""The guides inside the admin, and where they are met."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.users.models import UserProfile

from editorial import guides, roles

pytestmark = pytest.mark.django_db


def address(guide):
    return reverse("guides:guide", args=[guide.slug])


def html(client, url):
    return BeautifulSoup(client.get(url).content, "html.parser")


@pytest.mark.parametrize("guide", guides.GUIDES.values(), ids=str)
@pytest.mark.parametrize(("language", "contents"), [("lv", "Satura rādītājs"), ("en", "Contents")])
def test_a_guide_is_read_in_the_language_of_the_admin(
    editor_client, editor, guide, language, contents
):
    UserProfile.objects.filter(user=editor).update(preferred_language=language)
    page = html(editor_client, address(guide))
    assert page.html["lang"] == language
    text = page.select_one(".desk-guide__text")
    headings = {heading["id"]: heading.get_text() for heading in text.select("h2")}
    listed = page.select(".desk-guide__contents li a")
    assert page.select_one(".desk-guide__contents h2").get_text() == contents
    assert {link["href"][1:]: link.get_text() for link in listed} == headings
    assert len(headings) >= 8
    assert ("the" in text.get_text().split()) == (language == "en")


def test_both_languages_of_a_guide_have_the_same_sections():
    for guide in guides.GUIDES.values():
        shapes = {}
        for language in ("lv", "en"):
            template = f"editorial/guides/{guide.slug}_{language}.html"
            text = BeautifulSoup(guides.render_to_string(template), "html.parser")
            shapes[language] = [
                [tag.name for tag in section.find_all(["h2", "h3", "li", "dt"])]
                for section in text.select("section")
            ]
        assert shapes["lv"] == shapes["en"]


def test_an_unknown_guide_is_not_found(editor_client):
    response = editor_client.get(reverse("guides:guide", args=["cooks"]), follow=True)
    assert response.status_code == 404


def test_the_help_menu_leads_to_both(editor_client):
    menu = editor_client.get(reverse("wagtailadmin_home")).content.decode()
    for guide in guides.GUIDES.values():
        assert address(guide) in menu


@pytest.mark.parametrize(
    ("role", "guide"),
    [
        (roles.EDITOR, guides.EDITORS),
        (roles.CHIEF_EDITOR, guides.EDITORS),
        (roles.TRANSLATOR, guides.TRANSLATORS),
    ],
)
def test_the_dashboard_offers_the_guide_until_it_is_dismissed(client, person, role, guide):
    client.force_login(person(role))
    home = reverse("wagtailadmin_home")
    assert html(client, home).select_one(".desk-greeting a")["href"] == address(guide)
    client.patch(
        reverse("wagtailadmin_dismissibles"),
        json.dumps({guide.dismissible_id: True}),
        content_type="application/json",
    )
    assert not html(client, home).select(".desk-greeting")
    assert html(client, address(guide)).select(".desk-guide")
