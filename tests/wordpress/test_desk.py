"""The desk at which editors decide about doubtful items."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial import roles
from news.wordpress import decisions
from news.wordpress.desk.comparing import compared
from news.wordpress.desk.reading import read
from news.wordpress.items import Item
from news.wordpress.models import ImportedItem

from .old_items import SOURCE, Decision, State, make_item, make_page, mashing, now

pytestmark = [pytest.mark.once, pytest.mark.django_db]

LIST = "/admin/reports/old-site/"


def titles(response) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [cell.get_text(strip=True) for cell in page.select("tbody td.title a")]


def said(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def post(client, address, follow=True, **data):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(address, data, follow=follow)


def decide(client, action, query="", **data):
    """Press a button under the list, and confirm."""
    address = reverse("wordpress:decide", args=[action]) + query
    response = client.post(address, data)
    if response.status_code != 200:
        return response
    button = BeautifulSoup(response.content, "html.parser").select_one("[name=confirmed]")
    return post(client, address, confirmed=button["value"], **data)


# Who, and where it is found


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (roles.CHIEF_EDITOR, True),
        (roles.ADMINISTRATOR, True),
        (roles.EDITOR, False),
        (roles.TRANSLATOR, False),
    ],
)
def test_who_may(client, person, importer, role, may):
    row = make_item()
    client.force_login(person(role))
    addresses = [
        *(reverse(f"wordpress:{name}") for name in ("index", "results", "runs", "runs_results")),
        reverse("wordpress:item", args=[row.pk]),
    ]
    for address in addresses:
        assert (client.get(address).status_code == 200) == may, address
    assert (LIST in client.get("/admin/").content.decode()) == may
    decide(client, "reject", items=row.pk)
    post(client, reverse("wordpress:decide_one", args=[row.pk, "reject"]))
    assert (now(row).state == State.REJECTED) == may


def test_the_menu_names_it_only_once_there_is_something(chief_client):
    def menu():
        return chief_client.get("/admin/").content.decode()

    assert LIST not in menu()
    first = make_item(state=State.IMPORTED)
    assert LIST in menu()
    assert not re.search(r"Items of the old site \(|Vecās vietnes ieraksti \(", menu())
    make_item()
    make_item()
    assert re.search(r'"[^"]+ \(2\)"', menu())
    first.delete()


def test_deciding_by_get_or_in_unknown_words_does_nothing(chief_client):
    row = make_item()
    for address in (
        reverse("wordpress:decide", args=["reject"]),
        reverse("wordpress:decide_one", args=[row.pk, "reject"]),
    ):
        assert chief_client.get(address).status_code == 405
    for address in (f"{LIST}decide/eat/", f"{LIST}{row.pk}/eat/"):
        assert chief_client.post(address, {"items": row.pk}, follow=True).status_code == 404
    assert chief_client.get(f"{LIST}999999/", follow=True).status_code == 404
    assert now(row).state == State.DOUBTFUL


# The list


def test_the_most_doubtful_come_first_and_only_what_waits(chief_client):
    make_item("Mazāk", score=0.5)
    make_item("Vairāk", score=0.9)
    make_item("Noraidīts", state=State.REJECTED)
    make_item("Ielasīts", state=State.READ)
    assert titles(chief_client.get(LIST)) == ["Vairāk", "Mazāk"]
    assert titles(chief_client.get(f"{LIST}?ordering=score")) == ["Mazāk", "Vairāk"]


def test_filters_find_what_they_say(chief_client):
    make_item("Spams", reasons=[{"code": "spam_host", "detail": "x.example", "weight": 0.9}])
    make_item(
        "Lapa", type="page", reasons=[mashing(), {"code": "short", "detail": "", "weight": 0}]
    )
    make_item("Sens", date="2009-12-31T23:30:00Z")  # 2010 in Riga
    make_item("Bez datuma", date=None)
    make_item("Gaida", state=State.READ, decision=Decision.ACCEPTED)
    make_item("Izmests", state=State.REJECTED, decision=Decision.REJECTED)

    def found(query):
        return set(titles(chief_client.get(f"{LIST}?{query}")))

    assert found("reason=spam_host") == {"Spams"}
    assert found("reason=short&reason=spam_host") == {"Spams", "Lapa"}
    assert found("type=page") == {"Lapa"}
    assert found("year=2010") == {"Sens"}
    assert found("year=none") == {"Bez datuma"}
    assert found("q=lapa") == {"Lapa"}
    assert found("state=being-imported") == {"Gaida"}
    assert found("state=rejected") == {"Izmests"}
    assert found("state=all&decision=rejected&decision=accepted") == {"Gaida", "Izmests"}
    assert len(found("state=all")) == 6


def test_counts_per_state_lead_to_their_lists(chief_client):
    for state in (State.DOUBTFUL, State.DOUBTFUL, State.REJECTED, State.IMPORTED):
        make_item(state=state)
    make_item(state=State.READ, decision=Decision.ACCEPTED)
    page = BeautifulSoup(chief_client.get(LIST).content, "html.parser")
    counts = {
        link["href"]: link.select_one(".translation-counts__number").get_text()
        for link in page.select(".old-site-counts a")
    }
    assert counts == {
        LIST: "2",
        f"{LIST}?state=being-imported": "1",
        f"{LIST}?state=imported": "1",
        f"{LIST}?state=rejected": "1",
    }


def test_the_list_costs_the_same_with_many_rows(chief_client, person):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            chief_client.get(f"{LIST}?state=all")
        return len(captured)

    user = person(roles.CHIEF_EDITOR)
    make_item(decided_by=user)
    cost()
    few = cost()
    for _ in range(30):
        make_item(decided_by=user)
    assert cost() <= few


# Many at once


def test_what_is_ticked_is_decided_after_saying_how_many(chief_client):
    rows = [make_item(f"Raksts {number}") for number in range(4)]
    address = reverse("wordpress:decide", args=["reject"])
    ticked = [row.pk for row in rows[:3]]
    response = chief_client.post(address, {"items": ticked})
    assert "3" in BeautifulSoup(response.content, "html.parser").select_one("h2.w-h3").get_text()
    assert {now(row).state for row in rows} == {State.DOUBTFUL}
    decide(chief_client, "reject", items=ticked)
    assert [now(row).state for row in rows] == [State.REJECTED] * 3 + [State.DOUBTFUL]


def test_all_that_the_filters_find_are_decided_and_no_others(chief_client, importer):
    for number in range(60):
        make_item(f"Spams {number}", reasons=[{"code": "spam_host", "detail": "", "weight": 1}])
    other = make_item("Cits")
    response = decide(chief_client, "draft", "?reason=spam_host&q=spams", everything="1")
    assert ImportedItem.objects.filter(state=State.IMPORTED).count() == 60
    assert {decision for _key, decision in importer.asked} == {Decision.ACCEPTED_AS_DRAFT}
    assert now(other).state == State.DOUBTFUL
    assert response.redirect_chain[-1][0] == f"{LIST}?reason=spam_host&q=spams"


def test_a_number_that_has_changed_meanwhile_is_confirmed_again(chief_client):
    make_item()
    address = reverse("wordpress:decide", args=["reject"])
    make_item()
    response = chief_client.post(address, {"everything": "1", "confirmed": "1"})
    assert response.status_code == 200
    assert response.context["has_changed"]
    assert response.context["count"] == 2
    assert not ImportedItem.objects.filter(state=State.REJECTED).exists()


def test_filters_without_sense_select_nothing(chief_client):
    make_item()
    response = decide(chief_client, "reject", "?year=nav", everything="1")
    assert response.status_code == 302
    assert not ImportedItem.objects.filter(state=State.REJECTED).exists()


def test_nothing_ticked_is_said(chief_client):
    make_item()
    address = reverse("wordpress:decide", args=["reject"])
    for data in ({}, {"items": "x"}, {"items": "9" * 30}):
        response = chief_client.post(address, data, follow=True)
        assert response.context["messages"]


def test_decisions_are_undone_in_bulk(chief_client):
    rows = [make_item(state=State.REJECTED, decision=Decision.REJECTED) for _ in range(3)]
    decide(chief_client, "reopen", "?state=rejected", everything="1")
    assert {now(row).state for row in rows} == {State.DOUBTFUL}


# One item


def test_an_item_is_shown_as_a_visitor_would_read_it_and_harmless(chief_client):
    content = (
        "Pirmā rindkopa\n\n<p onclick='x()'>Otrā <a href='https://www.casino.example/a'>lēti</a>"
        "</p><script>alert(1)</script><iframe src='https://x.example'></iframe>"
        "<img src='http://www.lps.lv/a.jpg' alt='Bilde'><h1>Liels</h1>"
    )
    row = make_item("Virsraksts", item={"content": content, "excerpt": "Īsumā"})
    response = chief_client.get(reverse("wordpress:item", args=[row.pk]))
    page = BeautifulSoup(response.content, "html.parser")
    text = page.select_one(".old-site-text")
    assert [p.get_text() for p in text.select("p")][-2:] == ["Pirmā rindkopa", "Otrā lēti"]
    assert not text.select("script, iframe, img, h1, [href], [onclick]")
    assert "Bilde" in text.get_text()
    links = page.select_one(".old-site-links").get_text(" ", strip=True)
    assert links == "casino.example lēti https://www.casino.example/a"
    whole = said(response)
    for word in ("Jānis", "Īsumā", row.item.link, "asdasdsadsadasd", "2015"):
        assert word in whole
    assert not page.select(f"a[href='{row.item.link}']")


def test_what_it_repeats_stands_beside_it(chief_client):
    original = make_item("Oriģināls", post_id=55, state=State.IMPORTED, item={"content": "Pirmais"})
    for reason in (
        {"code": "near_duplicate", "detail": "55", "weight": 0.6},
        {"code": "duplicate", "detail": "Oriģināls", "weight": 0.6},
        {"code": "yearly", "detail": "Cits", "weight": 0.6, "original": 55},
    ):
        row = make_item("Kopija", reasons=[reason])
        response = chief_client.get(reverse("wordpress:item", args=[row.pk]))
        page = BeautifulSoup(response.content, "html.parser")
        assert "Pirmais" in page.select("article")[1].get_text(), reason
        assert response.context["original"].row == original
    make_item("Cita vietne", post_id=56, source="cits.lv")
    row = make_item(reasons=[{"code": "duplicate", "detail": "56", "weight": 0.6}])
    response = chief_client.get(reverse("wordpress:item", args=[row.pk]))
    assert response.context["original"] is None


def test_what_differs_from_the_one_that_it_repeats_is_marked(chief_client):
    make_item("Pirmais", post_id=50, item={"content": "<p>Sanāksme notiks Rīgā, pilī.</p>"})
    reason = {"code": "near_duplicate", "detail": "50", "weight": 0.6}
    row = make_item(reasons=[reason], item={"content": "Sanāksme <b>notika</b> Rīgā <script>x"})
    response = chief_client.get(reverse("wordpress:item", args=[row.pk]))
    page = BeautifulSoup(response.content, "html.parser")
    marked = [[mark.text for mark in text.select("mark")] for text in page.select("article")]
    assert marked == [["notika"], ["notiks", "pilī"]]
    assert not page.select("article script")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("viens divi", "cits teksts pavisam"),
        ("vārds " * 9000, "vārds " * 9000 + "cits"),
        ("", ""),
        ("Tas &amp; cits", "tas – cits"),
    ],
)
def test_marks_that_help_nobody_are_left_out(first, second):
    texts = read(Item(1, content=first)), read(Item(2, content=second))
    assert [text.html for text in compared(*texts)] == [text.html for text in texts]


def test_what_visitors_could_not_see_is_said(chief_client):
    content = (
        "<p>Sanāksme.</p><div style='display: none'>kazino <a href='http://x.example'>lēti</a>"
        "</div><p style='color:#fff'>balts</p><div hidden></div>"
        "<div style='background:#000'><p style='color:white'>tumšs</p></div>"
    )
    text = BeautifulSoup(read(Item(1, content=content)).html, "html.parser")
    hidden = [tag.get_text() for tag in text.select(".old-site-hidden")]
    assert [words.rpartition("] ")[2] for words in hidden] == ["kazino lēti", "balts"]
    assert not text.select("[style], [hidden]")


def test_why_an_item_failed_and_what_it_lacks_are_said(chief_client, home_lv):
    failed = make_item(state=State.FAILED, decision="accepted", account={"error": "Par garu"})
    lacking = make_item(post_id=60, account={"missing": ["http://www.lps.lv/foto.jpg"]})
    make_page(lacking, home_lv)
    for row, words in ((failed, "Par garu"), (lacking, "http://www.lps.lv/foto.jpg")):
        assert words in said(chief_client.get(reverse("wordpress:item", args=[row.pk])))


def test_one_goes_from_item_to_item_within_the_filters(chief_client):
    rows = [make_item(f"R{number}", score=score) for number, score in enumerate((0.9, 0.7, 0.7))]
    make_item("Lapa", type="page", score=0.8)
    order = [rows[0], rows[2], rows[1]]  # the later first, where the doubt is the same
    query = "?type=post"
    for before, here, after in zip([None, *order], order, [*order[1:], None], strict=False):
        context = chief_client.get(reverse("wordpress:item", args=[here.pk]) + query).context
        for name, row in (("previous_url", before), ("next_url", after)):
            expected = row and reverse("wordpress:item", args=[row.pk]) + query
            assert context[name] == expected, (here, name)
        assert context["place"] == {"is_listed": True, "number": order.index(here) + 1, "all": 3}


def test_deciding_leads_to_the_next_item_and_at_last_to_the_list(chief_client, importer):
    first, second = make_item(score=0.9), make_item(score=0.8)
    address = reverse("wordpress:decide_one", args=[first.pk, "accept"])
    response = post(chief_client, f"{address}?type=post", follow=False)
    following = reverse("wordpress:item", args=[second.pk])
    assert response.url == f"{following}?type=post"
    address = reverse("wordpress:decide_one", args=[second.pk, "reject"])
    assert post(chief_client, address, follow=False).url == LIST
    assert importer.asked == [(first.pk, Decision.ACCEPTED)]
    assert now(second).state == State.REJECTED


def test_who_comes_second_is_told_who_was_first(chief_client, person):
    row = make_item()
    other = person(roles.CHIEF_EDITOR, "anna")
    decisions.reject(ImportedItem.objects.filter(pk=row.pk), other)
    address = reverse("wordpress:decide_one", args=[row.pk, "accept"])
    response = post(chief_client, address)
    [message] = response.context["messages"]
    assert "anna" in str(message)
    assert now(row).state == State.REJECTED
    assert response.redirect_chain[-1][0] == reverse("wordpress:item", args=[row.pk])


def test_only_what_can_be_done_is_offered(chief_client, home_lv):
    def offered(row):
        response = chief_client.get(reverse("wordpress:item", args=[row.pk]))
        return [action.name for action in response.context["actions"]]

    assert offered(make_item()) == ["accept", "draft", "reject"]
    assert offered(make_item(state=State.REJECTED)) == ["reopen"]
    assert offered(make_item(state=State.READ, decision=Decision.ACCEPTED)) == ["reopen"]
    assert offered(make_item(state=State.COUNTED)) == []
    imported = make_item()
    make_page(imported, home_lv)
    assert offered(imported) == ["reject"]


def test_the_history_of_the_site_names_decisions_and_leads_to_the_item(admin_client, admin_user):
    row = make_item("Muļķības")
    decisions.reject(ImportedItem.objects.filter(pk=row.pk), admin_user)
    html = admin_client.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert "Muļķības" in html
    assert reverse("wordpress:item", args=[row.pk]) in html


# The text


@pytest.mark.parametrize(
    "content",
    ["", "<", "<p", "<div>" * 2000, "<a href='http://[x/'>x</a>", "\0", "]]>", "<!-- wp:x", "&#0;"],
)
def test_no_text_is_too_broken_to_be_read(content):
    assert read(Item(1, content=content)).html is not None


def test_classic_paragraphs_and_blocks_are_told_apart():
    classic = read(Item(1, content="Viens\r\notrs\r\n\r\n<ul>\n\n<li>a</li></ul>")).html
    assert classic.startswith("<p>Viens<br/>otrs</p>")
    blocks = "<!-- wp:paragraph -->\n<p>Viens</p>\n\n<!-- /wp:paragraph -->\n\n<p>Divi</p>"
    assert re.sub(r"\s+", "", read(Item(1, content=blocks)).html) == "<p>Viens</p><p>Divi</p>"


def test_empty_lines_are_left_out():
    content = "&nbsp;\n<p>&nbsp;</p>\n<div><p></p></div>\nViens<br><br />\nDivi<hr>"
    text = BeautifulSoup(read(Item(1, content=content)).html, "html.parser")
    assert text.get_text(" ", strip=True) == "Viens Divi"
    assert len(text.select("br")) == 1
    assert not [tag for tag in text.select("p, div") if not tag.get_text(strip=True)]


def test_a_long_text_is_cut_and_said_to_be():
    assert read(Item(1, content="vārds " * 50_000)).is_cut
    assert not read(Item(1, content="vārds")).is_cut
    assert ImportedItem.objects.of(SOURCE).count() == 0
