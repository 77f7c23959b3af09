"""Languages: nothing of one is served under the address of another."""

import pytest
from django.urls import reverse

from home.chrome import Chrome
from home.models import HomePage
from tests.factories import (
    ContentPageFactory,
    InsightLibraryPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    SiteTextsFactory,
)
from tests.translating import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(home_lv):
    return NewsIndexPageFactory(parent=home_lv, slug="aktualitates", title="Aktualitātes")


@pytest.fixture
def english_news(news):
    return translate(news, {"Aktualitātes": "News", "aktualitates": "news"})


def chrome_of(client, url):
    return client.get(url).context["chrome"]


def switch(chrome):
    return {link.code: (link.url, link.is_translation) for link in chrome.languages}


def test_a_fresh_database_has_a_home_page_in_each_language(client, db):
    assert HomePage.objects.live().count() == 2
    assert client.get("/lv/").status_code == 200
    assert client.get("/en/").status_code == 200
    assert client.get("/", headers={"Accept-Language": "en"}).headers["Location"] == "/en/"
    assert client.get("/", headers={"Accept-Language": "et"}).headers["Location"] == "/lv/"


def test_a_page_without_translation_is_not_there_in_the_other_language(client, news):
    assert client.get("/lv/aktualitates/").status_code == 200
    assert client.get("/en/aktualitates/").status_code == 404


def test_without_an_english_home_page_no_latvian_one_stands_in(client, news, home_en):
    home_en.unpublish()
    assert client.get("/en/").status_code == 404
    assert client.get("/en/aktualitates/").status_code == 404


def test_the_switcher_leads_to_the_translation_or_the_nearest_page_that_has_one(
    client, news, english_news
):
    translated = NewsPageFactory(parent=news, title="Ziņa", slug="zina")
    translate(translated, {"Ziņa": "Item", "zina": "item"})
    only_latvian = NewsPageFactory(parent=news, title="Tikai latviski", slug="tikai")
    chrome = chrome_of(client, translated.url)
    assert switch(chrome) == {
        "lv": ("/lv/aktualitates/zina/", True),
        "en": ("/en/news/item/", True),
    }
    assert [code for code, _url in chrome.alternates] == ["lv", "en", "x-default"]
    chrome = chrome_of(client, only_latvian.url)
    assert switch(chrome)["en"] == ("/en/news/", False)
    assert chrome.alternates == []


def test_a_draft_translation_is_no_translation(client, news, english_news):
    page = NewsPageFactory(parent=news, title="Ziņa", slug="zina")
    translate(page, {"Ziņa": "Item"}).unpublish()
    chrome = chrome_of(client, page.url)
    assert switch(chrome)["en"] == ("/en/news/", False)
    assert chrome.alternates == []


def test_the_switcher_keeps_the_part_of_a_page_that_is_shown(client, news, english_news):
    NewsPageFactory(parent=news)
    chrome = chrome_of(client, "/lv/aktualitates/2022/11/")
    assert switch(chrome)["en"] == ("/en/news/2022/11/", True)
    assert chrome.canonical_url.endswith("/lv/aktualitates/2022/11/")


def test_the_search_page_switches_to_its_own_translation(client, db):
    assert reverse("search") == "/lv/meklet/"
    chrome = chrome_of(client, "/lv/meklet/?q=dati")
    assert switch(chrome)["en"] == ("/en/search/?q=dati", True)


def test_menus_hold_the_translated_pages_of_a_language_and_no_others(
    client, rf, home_lv, news, english_news
):
    about = ContentPageFactory(parent=home_lv, title="Par mums", slug="par")
    goals = ContentPageFactory(parent=about, title="Mērķi", slug="merki")
    texts = SiteTextsFactory(
        main_menu=[
            {"type": "item", "value": {"page": news.pk, "url": "", "title": "", "children": []}},
            {
                "type": "item",
                "value": {
                    "page": about.pk,
                    "url": "",
                    "title": "Par",
                    "children": [
                        {"type": "item", "value": {"page": goals.pk, "title": "", "url": ""}}
                    ],
                },
            },
            {
                "type": "item",
                "value": {"page": None, "url": "https://lps.lv", "title": "LPS", "children": []},
            },
        ]
    )
    translate(texts, {})
    menu = chrome_of(client, goals.url).menu
    assert [(link.title, link.url, link.is_open) for link in menu] == [
        ("Aktualitātes", "/lv/aktualitates/", False),
        ("Par", "/lv/par/", True),
        ("LPS", "https://lps.lv", False),
    ]
    assert [(child.title, child.is_current) for child in menu[1].children] == [("Mērķi", True)]
    menu = chrome_of(client, "/en/").menu
    assert [(link.title, link.url) for link in menu] == [
        ("News", "/en/news/"),
        ("LPS", "https://lps.lv"),
    ]


def test_breadcrumbs_lead_home(client, home_lv, news):
    page = NewsPageFactory(parent=news)
    crumbs = chrome_of(client, page.url).breadcrumbs
    assert [(link.title, link.url) for link in crumbs] == [
        ("Sākums", "/lv/"),
        ("Aktualitātes", "/lv/aktualitates/"),
    ]


def test_private_pages_are_listed_nowhere(client, news):
    from wagtail.models import PageViewRestriction

    page = NewsPageFactory(parent=news, title="Slēgta")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert "Slēgta" not in client.get(news.url).content.decode()
    assert page.url not in client.get("/sitemap.xml").getvalue().decode()
    assert client.get(page.url).status_code == 302


def test_the_sitemap_lists_both_trees(client, news, english_news):
    content = client.get("/sitemap.xml").getvalue().decode()
    for path in ("/lv/", "/en/", "/lv/aktualitates/", "/en/news/"):
        assert f"{path}</loc>" in content


def test_an_insight_leads_to_its_pair(client, home_lv):
    from tests.factories import ConferencePageFactory

    library = InsightLibraryPageFactory(parent=home_lv, slug="atzinas", title="Atziņas")
    page = ConferencePageFactory(parent=library, insights=["Dati"])
    url = f"{library.url}LPIA-A-2022-01/"
    assert client.get(url).status_code == 200
    assert client.get(f"{library.url}LPIA-A-2022-02/").status_code == 404
    translate(library, {"atzinas": "insights"})
    assert switch(chrome_of(client, url))["en"] == ("/en/insights/", False)
    translate(page, {"Dati": "Data"})
    chrome = chrome_of(client, url)
    assert switch(chrome)["en"] == ("/en/insights/LPIA-A-2022-01/", True)
    assert [code for code, _url in chrome.alternates] == ["lv", "en", "x-default"]


def test_previews_work_before_a_page_has_an_address(rf, home_lv):
    chrome = Chrome(rf.get("/admin/"), page=HomePage(title="Jauna", locale=home_lv.locale))
    assert chrome.breadcrumbs == []
    assert chrome.alternates == []


def test_a_page_without_a_picture_is_shared_with_its_pattern(client, news, english_news):
    from io import BytesIO

    from PIL import Image

    url = f"/share/{news.pk}.png"
    assert f"http://localhost{url}" in client.get(news.url).content.decode()
    response = client.get(url)
    assert Image.open(BytesIO(response.content)).size == (1200, 630)
    # The translation has the same pattern; what is not public has none.
    assert client.get(f"/share/{english_news.pk}.png").content == response.content
    draft = NewsPageFactory(parent=news, live=False)
    assert client.get(f"/share/{draft.pk}.png").status_code == 404
