"""Addresses that lead nowhere: redirects, and a 404 with ways on."""

import pytest
from django.db import OperationalError, connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from search.documents import update_documents
from tests.factories import ContentPageFactory, NewsIndexPageFactory, NewsPageFactory
from tests.translating import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(home_lv):
    return NewsIndexPageFactory(parent=home_lv, slug="aktualitates", title="Aktualitātes")


@pytest.fixture
def article(news):
    page = NewsPageFactory(
        parent=news, slug="budzets-kuru-var-izlasit", title="Budžets, kuru var izlasīt"
    )
    update_documents(page)
    return page


def nearest(client, url, **kwargs):
    response = client.get(url, **kwargs)
    assert response.status_code == 404
    html = response.content.decode()
    assert 'type="search"' in html
    section = html.split('class="nearest"')
    return section[1].split("</section>")[0] if len(section) > 1 else ""


# What is near


def test_a_404_offers_what_the_words_of_the_address_find(client, article):
    for path in ("/lv/zinas/budzets-kuru-izlasa/", "/lv/zinas/2024/budzeta-izlase.aspx/x/"):
        assert f'href="{article.url}"' in nearest(client, path)
    assert nearest(client, "/lv/budzets/a/b/") == ""  # the last two parts say what is meant


def test_words_that_too_many_pages_have_say_which_one_only_together(client, news, monkeypatch):
    monkeypatch.setattr("search.nearest.MOST_MATCHES", 3)
    titles = ("Budžets Rīgā", "Budžets Jelgavā", "Budžets Liepājā", "Plāns Rīgā", "Plāns Ogrē")
    for title in (*titles, "Plāns Cēsīs", "Plāns Balvos", "Budžets un plāns"):
        update_documents(NewsPageFactory(parent=news, title=title))
    wanted = nearest(client, "/lv/zinas/budzets-plans-riga/")
    assert "Plāns Rīgā" in wanted  # found by the rare words
    assert "Budžets Jelgavā" not in wanted
    together = nearest(client, "/lv/zinas/budzets-plans/")
    assert "Budžets un plāns" in together
    assert together.count("<li") == 1
    assert nearest(client, "/lv/zinas/budzets/") == ""


def test_a_404_offers_the_page_above_and_the_translation_of_a_foreign_slug(client, news, article):
    assert f'href="{news.url}"' in nearest(client, f"{news.url}nav-tada/")
    english = translate(news, {"Aktualitātes": "News", "aktualitates": "news"})
    offered = nearest(client, "/en/x/aktualitates/")
    assert f'href="{english.url}"' in offered
    assert "/lv/" not in offered


def test_nothing_private_or_unpublished_is_near(client, news, article):
    PageViewRestriction.objects.create(page=news, restriction_type="login")
    update_documents(article)
    draft = NewsPageFactory(parent=news, slug="melnraksts-par-budzetu", live=False)
    assert nearest(client, f"/lv/{draft.slug}/") == ""
    assert nearest(client, "/lv/budzets-kuru-var-izlasit-rit/") == ""


@pytest.mark.parametrize(
    "path",
    [
        "/lv/" + "a/" * 900,
        "/lv/" + "budzets-" * 400 + "/",
        "/lv/%00/",
        "/lv/%22%20OR%201=1--/",
        "/lv/%3Cscript%3Ealert(1)%3C/script%3E/",
        "/lv/..%2f..%2fetc/passwd",
        "/lv/%E2%80%AE%F0%9F%92%A9/",
        "/lv//evil.example/%0d%0aSet-Cookie:a=b/",
        "//evil.example/budzets/",
        "/lv/*:*|!&/",
    ],
)
def test_hostile_addresses_are_answered_like_any_other(client, article, path):
    response = client.get(path)
    assert response.status_code in {301, 302, 400, 404}
    if response.status_code in {301, 302}:
        location = response.headers["Location"]
        assert location.startswith("/")
        assert not location.startswith("//")
    assert "<script>alert" not in response.content.decode()


def test_no_address_makes_a_404_costly(client, news, article):
    NewsPageFactory.create_batch(5, parent=news)
    for path in (
        "/lv/aktualitates/budzets/",
        "/lv/aktualitates/budzets-kuru-varetu-lasit-visi-novadi-un-pilsetas/",
        "/lv/" + "aktualitates/" * 30 + "budzets-budzeti-budzetam/",
    ):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 404
        assert len(captured) <= 28, path


def test_a_404_switches_to_the_other_home_page_and_not_to_another_404(client, news):
    chrome = client.get("/lv/nekas/").context["chrome"]
    assert [(link.url, link.is_translation) for link in chrome.languages] == [
        ("/lv/", True),
        ("/en/", True),
    ]
    assert client.get("/en/nothing/").content.decode().count('lang="en"') >= 1


def test_without_a_database_a_404_is_a_plain_page(client, monkeypatch, settings):
    def fail(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", fail)
    response = client.get("/en/no-such-file.txt")
    assert response.status_code == 404
    content = response.content.decode()
    assert '<html lang="en">' in content
    assert 'href="/en/"' in content


# What leads on


@pytest.mark.parametrize(
    "path",
    [
        "/lv/Aktualitates/",
        "/LV/AKTUALITATES",
        "/lv/aktualitates.html",
        "/lv/aktualitates/index.php",
        "/lv/aktualitātes/",
        "/lv//aktualitates/",
        "/Aktualitates.htm",
    ],
)
def test_other_spellings_of_an_address_lead_to_it(client, news, path):
    response = client.get(f"{path}?page=2&q=a%20b", follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[0][0].endswith("?page=2&q=a%20b")
    assert response.redirect_chain[-1] == (f"{news.url}?page=2&q=a%20b", 301)


def test_other_spellings_lead_to_addresses_below_a_page_and_to_the_search(client, news, article):
    response = client.get("/lv/Aktualitates/2022/11/")
    assert (response.status_code, response.headers["Location"]) == (
        301,
        "/lv/aktualitates/2022/11/",
    )
    assert client.get("/lv/Meklet/?q=a").headers["Location"] == "/lv/meklet/?q=a"
    assert client.get("/lv/AKTUALITATES/nav/").status_code == 404


def test_a_page_that_moved_or_was_renamed_is_found_in_both_languages(client, home_lv, news):
    page = ContentPageFactory(parent=home_lv, title="Mērķi", slug="merki")
    about = ContentPageFactory(parent=home_lv, title="Par", slug="par")
    translate(about, {"Par": "About", "par": "about"})
    english = translate(page, {"Mērķi": "Goals", "merki": "goals"})
    page.move(about, pos="last-child")
    for old, new in (("/lv/merki/", "/lv/par/merki/"), ("/en/goals/", "/en/about/goals/")):
        response = client.get(f"{old}?druka=1")
        assert (response.status_code, response.headers["Location"]) == (301, f"{new}?druka=1")
    english = type(english).objects.get(pk=english.pk)
    english.slug = "aims"
    with TestCase.captureOnCommitCallbacks(execute=True):
        english.save_revision().publish()
    assert client.get("/en/about/goals/").headers["Location"] == "/en/about/aims/"
    assert client.get("/en/About/Goals.html").headers["Location"] == "/en/about/aims/"
    assert client.get("/lv/par/merki/").status_code == 200


def test_redirects_of_editors_come_first_and_keep_their_own_query(client, news):
    Redirect.objects.create(old_path="/lv/vecais", redirect_link="/lv/aktualitates/?page=1")
    Redirect.objects.create(
        old_path="/lv/Jauns", redirect_link="https://www.lps.lv/x", is_permanent=False
    )
    assert client.get("/lv/vecais/?a=1").headers["Location"] == "/lv/aktualitates/?page=1"
    response = client.get("/lv/Jauns?a=1", follow=False)
    while response.headers["Location"].startswith("/"):
        response = client.get(response.headers["Location"])
    # What visitors append goes to no other site.
    assert (response.status_code, response.headers["Location"]) == (302, "https://www.lps.lv/x")


def test_a_form_sent_to_an_old_address_is_not_led_on(client, news):
    assert client.post("/lv/Aktualitates/", {"a": 1}).status_code == 404
    assert reverse("wagtail_serve", args=[""]) == "/lv/"
