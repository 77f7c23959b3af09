"""What editors promote for a query: on the search page, as data, and in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import PageViewRestriction

from search.models import UnansweredQuery
from tests.factories import ContentPageFactory, NewsIndexPageFactory

from . import pages

pytestmark = pytest.mark.django_db

HEADING = {"lv": "Redakcija iesaka", "en": "Recommended by the editors"}
ADDRESS = {"lv": "/lv/meklet/", "en": "/en/search/"}


@pytest.fixture
def page_lv(home_lv):
    page = ContentPageFactory(parent=home_lv, slug="dati", title="Dati", summary="Par datiem.")
    page.save_revision().publish()
    return page


@pytest.fixture
def page_en(home_en, page_lv):
    page = ContentPageFactory(
        parent=home_en, slug="data", title="Data", translation_key=page_lv.translation_key
    )
    page.save_revision().publish()
    return page


def article(home, title, text):
    news = NewsIndexPageFactory(parent=home, slug=f"zinas-{title.lower()}")
    return pages.article(news, title, text)


def promote(phrase, page=None, **fields):
    return SearchPromotion.objects.create(query=Query.get(phrase), page=page, **fields)


def link(phrase, text="Portāls", url="https://portals.example.org/x"):
    return promote(phrase, external_link_text=text, external_link_url=url)


def data(client, query, language="lv", **parameters):
    parameters |= {"q": query, "format": "json"}
    return client.get(ADDRESS[language], parameters).json()


def promoted(client, query, language="lv", **parameters):
    """Return the titles of what the page promotes; as data it is the same."""
    response = client.get(ADDRESS[language], {"q": query, **parameters})
    titles = [hit["plain_title"] for hit in response.context["promoted"]]
    assert (HEADING[language] in response.content.decode()) is bool(titles)
    as_data = data(client, query, language, **parameters)["promoted"]
    assert [hit["title"] for hit in as_data] == titles
    return titles


# Matching


@pytest.mark.parametrize("query", ["pašvaldība", "pašvaldībām", "pasvaldiba", "PAŠVALDĪBU."])
def test_a_promotion_answers_all_forms_of_its_word(client, page_lv, query):
    promote("pašvaldība", page_lv)
    assert promoted(client, query) == ["Dati"]


def test_all_words_must_meet_in_any_order(client, page_lv):
    promote("pašvaldību budžets", page_lv)
    assert promoted(client, "budžeti pašvaldībās") == ["Dati"]
    assert promoted(client, '"pašvaldības budžets"') == ["Dati"]
    for other in ("budžets", "pašvaldības budžeta plāns", "pašvaldība", "dati", "!?"):
        assert promoted(client, other) == [], other


def test_a_typing_error_leads_to_the_promotion_of_what_was_meant(client, home_lv, page_lv):
    article(home_lv, "Darbs", "Izpilddirektors strādā.")
    promote("izpilddirektori", page_lv)
    assert promoted(client, "izpildirektors") == ["Dati"]
    assert promoted(client, "izpildirektors", exact=1) == []


def test_a_typing_error_may_have_a_promotion_of_its_own(client, home_lv, page_lv):
    article(home_lv, "Darbs", "Izpilddirektors strādā.")
    promote("izpildirektors", page_lv)
    assert promoted(client, "izpildirektors") == ["Dati"]


def test_editors_set_the_order_and_nothing_stands_twice(client, page_lv, home_lv):
    other = ContentPageFactory(parent=home_lv, title="Cita")
    for position, page in enumerate([other, page_lv]):
        promote("dati", page, sort_order=position)
    promote("datiem", page_lv, sort_order=5)
    assert promoted(client, "datu") == ["Cita", "Dati"]


# What may be shown


def test_a_latvian_page_shows_as_its_english_translation(client, page_lv, page_en):
    promote("data", page_lv, description="Apraksts latviski.")
    (hit,) = data(client, "data", "en")["promoted"]
    assert hit["title"] == "Data"
    assert hit["url"] == "http://localhost/en/data/"
    assert "latviski" not in hit["snippet"]
    (hit,) = data(client, "data")["promoted"]
    assert (hit["title"], hit["url"]) == ("Dati", "http://localhost/lv/dati/")
    assert hit["snippet"] == "Apraksts latviski."


def test_without_a_translation_nothing_shows_in_english(client, page_lv):
    promote("data", page_lv)
    assert promoted(client, "data", "en") == []
    assert promoted(client, "data") == ["Dati"]


def test_a_draft_translation_does_not_show(client, page_lv, page_en):
    promote("data", page_lv)
    page_en.unpublish()
    assert promoted(client, "data", "en") == []


def test_drafts_and_closed_pages_do_not_show(client, home_lv, page_lv):
    section = ContentPageFactory(parent=home_lv, title="Slēgta")
    closed = ContentPageFactory(parent=section, title="Apakšlapa")
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    promote("dati", closed)
    promote("dati", page_lv)
    assert promoted(client, "dati") == ["Dati"]
    page_lv.unpublish()
    assert promoted(client, "dati") == []


def test_links_to_other_websites_show_in_both_languages(client):
    link("dati")
    assert promoted(client, "dati") == ["Portāls"]
    assert promoted(client, "dati", "en") == ["Portāls"]
    page = client.get("/lv/meklet/", {"q": "dati"}).content.decode()
    assert 'href="https://portals.example.org/x" rel="external"' in page
    assert "portals.example.org</p>" in page
    (hit,) = data(client, "dati")["promoted"]
    expected = {"title": "Portāls", "type": "link", "language": None}
    expected |= {"date": None, "snippet": ""}
    assert hit == expected | {"url": "https://portals.example.org/x"}


def test_what_editors_write_is_harmless(client):
    promotion = link("dati", text="<b>Portāls</b>")
    promotion.description = "<script>x</script>"
    promotion.save()
    page = client.get("/lv/meklet/", {"q": "dati"}).content.decode()
    assert "<b>Portāls" not in page
    assert "<script>x" not in page
    assert data(client, "dati")["promoted"][0]["snippet"].startswith("&lt;script")


# Where it stands


def test_only_the_first_page_without_filters_promotes(client, page_lv):
    link("dati")
    assert promoted(client, "dati", order="date") == ["Portāls"]
    for parameters in ({"page": 2}, {"kind": "page"}, {"year": 2020}, {"topic": "x"}):
        assert promoted(client, "dati", **parameters) == []


def test_the_ranking_does_not_repeat_what_stands_above_it(client, page_lv, home_lv):
    article(home_lv, "Ziņa", "Dati.")
    promote("dati", page_lv)
    response = client.get("/lv/meklet/", {"q": "dati"})
    assert [hit["plain_title"] for hit in response.context["hits"]] == ["Ziņa"]
    assert response.content.decode().count('href="/lv/dati/"') == 1
    found = data(client, "dati")
    assert found["total"] == 2
    assert {result["title"] for result in found["results"]} == {"Dati", "Ziņa"}
    (hit,) = found["promoted"]
    assert set(hit) == set(found["results"][0])
    assert (hit["type"], hit["snippet"]) == ("page", "Par datiem.")


def test_where_only_the_promotion_answers_the_page_does_not_say_that_nothing_was_found(client):
    link("lidosta")
    page = client.get("/lv/meklet/", {"q": "lidosta"}).content.decode()
    assert 'class="empty"' not in page
    assert not UnansweredQuery.objects.exists()
    assert 'class="empty"' in client.get("/lv/meklet/", {"q": "osta"}).content.decode()


def test_many_promotions_cost_one_query(client, home_lv, page_lv):
    article(home_lv, "Ziņa", "Lidosta.")

    def queries():
        client.get("/lv/meklet/", {"q": "lidosta"})
        with CaptureQueriesContext(connection) as found:
            client.get("/lv/meklet/", {"q": "lidosta"})
        return [query["sql"] for query in found]

    before = queries()
    for number in range(50):
        promote(f"dati {number}", page_lv)
    after = queries()
    assert len(after) == len(before)
    assert sum("wagtailsearchpromotions" in sql for sql in after) == 1


def test_searches_that_find_are_not_counted_by_wagtail(client, page_lv):
    promote("dati", page_lv)
    promoted(client, "dati")
    promoted(client, "cits")
    assert [query.query_string for query in Query.objects.all()] == ["dati"]


# The admin


@pytest.fixture
def admin(admin_client, admin_user):
    return admin_client


def form(query, page):
    return {
        "query_string": query,
        "editors_picks-TOTAL_FORMS": 1,
        "editors_picks-INITIAL_FORMS": 0,
        "editors_picks-MIN_NUM_FORMS": 0,
        "editors_picks-MAX_NUM_FORMS": 1000,
        "editors_picks-0-page": page.pk,
        "editors_picks-0-description": "Sāciet šeit.",
        "editors_picks-0-ORDER": 1,
    }


def test_the_form_takes_the_query_from_the_address_and_says_how_it_matches(admin):
    response = admin.get("/admin/searchpicks/add/", {"query_string": "bērnu dārzi"})
    page = response.content.decode()
    assert 'value="bērnu dārzi"' in page
    assert "jebkurā formā un secībā" in page
    assert "Ieteiktie meklēšanas rezultāti" in page
    assert "exact" not in page
    assert "query_string-chooser" not in page
    assert admin.get("/admin/searchpicks/add/").status_code == 200


def test_an_editor_promotes_a_page_edits_and_deletes_the_promotion(admin, client, page_lv):
    response = admin.post("/admin/searchpicks/add/", form("Bērnu dārzi", page_lv), follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [("/admin/searchpicks/", 302)]
    assert "Ieteikumi meklējumam „bērnu dārzi“ ir saglabāti." in page
    assert "Dati" in page
    assert SearchPromotion.objects.get().description == "Sāciet šeit."
    client.logout()
    assert promoted(client, "bērnu dārziem") == ["Dati"]
    assert data(client, "bērnu dārzs")["promoted"][0]["snippet"] == "Sāciet šeit."


def test_a_promotion_can_be_edited_and_deleted(admin, page_lv):
    promotion = promote("dati", page_lv)
    address = f"/admin/searchpicks/{promotion.query_id}/"
    page = admin.get(address).content.decode()
    assert 'value="dati"' in page
    assert "jebkurā formā un secībā" in page
    fields = form("skaitļi", page_lv) | {"editors_picks-INITIAL_FORMS": 1}
    fields["editors_picks-0-id"] = promotion.pk
    assert admin.post(address, fields).status_code == 302
    promotion.refresh_from_db()
    assert promotion.query.query_string == "skaitļi"
    address = f"/admin/searchpicks/{promotion.query_id}/delete/"
    assert admin.post(address).status_code == 302
    assert not SearchPromotion.objects.exists()


def test_a_form_without_a_query_or_a_page_is_not_saved(admin, page_lv):
    fields = form("", page_lv)
    response = admin.post("/admin/searchpicks/add/", fields)
    assert response.status_code == 200
    assert response.context["form"].errors
    fields = form("dati", page_lv) | {"editors_picks-0-page": ""}
    response = admin.post("/admin/searchpicks/add/", fields)
    assert response.status_code == 200
    assert not SearchPromotion.objects.exists()


def test_the_list_names_queries_and_pages_and_counts_no_views(admin, page_lv):
    promote("dati", page_lv)
    response = admin.get("/admin/searchpicks/")
    assert [str(column.label) for column in response.context["table"].columns.values()] == [
        "Meklējums",
        "Ieteikts",
    ]
    assert "Ieteiktie meklēšanas rezultāti" in response.content.decode()
    assert admin.get("/admin/searchpicks/results/").status_code == 200
    assert "/admin/searchpicks/" in admin.get("/admin/").content.decode()


def test_editors_without_the_permission_can_not_promote(editor_client):
    for address in ("/admin/searchpicks/", "/admin/searchpicks/add/"):
        assert editor_client.get(address).status_code == 302
