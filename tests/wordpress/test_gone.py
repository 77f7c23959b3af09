"""Addresses of the old site whose items were rejected answer 410, all others as before."""

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from news.wordpress import gone
from news.wordpress.models import OldAddress
from tests.factories import NewsIndexPageFactory

from .old_items import SOURCE, State, make_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def junk():
    row = make_item(slug="asdasdsadsadasd", post_id=77, state=State.REJECTED)
    gone.remember_addresses([row])
    return row


@pytest.mark.parametrize(
    "address",
    [
        "/2015/03/asdasdsadsadasd/",
        "/2015/03/asdasdsadsadasd",
        "/2015/03/Asdasdsadsadasd/?utm_source=x",
        "/2015//03/asdasdsadsadasd//",
        "/2015/03/asdasdsadsadasd/feed/",
        "/2015/03/asdasdsadsadasd/feed/atom/",
        "/2015/03/asdasdsadsadasd/comment-page-2/",
        "/?p=77",
        "/?page_id=77&utm_source=x",
        "/index.php?p=77",
    ],
)
def test_every_way_to_a_rejected_item_is_gone(client, home_lv, junk, address):
    response = client.get(address)
    assert response.status_code == 410
    assert client.head(address).status_code == 410
    assert response.headers["Cache-Control"] == "no-cache"
    assert not hasattr(response, "page_cache")


def test_whatever_host_and_scheme_it_is_asked_of(client, home_lv, junk, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for host in ("www.lps.lv", "lps.lv", "jauna.example"):
        for secure in (False, True):
            response = client.get("/2015/03/asdasdsadsadasd/", HTTP_HOST=host, secure=secure)
            assert response.status_code == 410, (host, secure)


@pytest.mark.parametrize(
    "address", ["/2015/03/", "/2015/03/asdasdsadsadasd/x/", "/?p=78", "/?p=", "/?p=77a", "/?x=77"]
)
def test_what_was_not_rejected_is_answered_as_before(client, home_lv, junk, address):
    status = client.get(address).status_code
    OldAddress.objects.all().delete()
    assert status == client.get(address).status_code != 410


def test_latvian_slugs_are_found_however_they_are_encoded(client, home_lv):
    link = "http://www.lps.lv/jaunumi/%c4%81bols-%e2%80%93-%c5%a1%c4%b7irne/"
    row = make_item(state=State.REJECTED, item={"link": link})
    gone.remember_addresses([row])
    for path in (
        "/jaunumi/%c4%81bols-%e2%80%93-%c5%a1%c4%b7irne/",
        "/jaunumi/%C4%81bols-%E2%80%93-%C5%A1%C4%B7irne",
        "/jaunumi/ābols-–-šķirne/",
        "/jaunumi/a%CC%84bols-%E2%80%93-s%CC%8Ck%CC%A7irne/",  # decomposed, as a Mac types
    ):
        assert client.get(path).status_code == 410, path


def test_only_what_is_rejected_is_gone(client, home_lv, junk):
    for state in State:
        junk.state = state
        junk.save()
        expected = state == State.REJECTED
        assert (client.get("/?p=77").status_code == 410) == expected, state


def test_pages_of_attachments_of_a_rejected_item_are_gone(client, home_lv):
    row = make_item(state=State.REJECTED, slug="asd", post_id=5)
    make_item(
        "bilde",
        type="attachment",
        post_id=6,
        state=State.IMPORTED,
        item={
            "parent": 5,
            "link": "http://www.lps.lv/2015/03/asd/bilde/",
            "guid": "http://www.lps.lv/wp-content/uploads/bilde.jpg",
        },
    )
    make_item("cita", type="attachment", slug="cita", post_id=8, state=State.IMPORTED)
    gone.remember_addresses([row])
    assert client.get("/2015/03/asd/bilde/").status_code == 410
    assert client.get("/?attachment_id=6").status_code == 410
    assert client.get("/wp-content/uploads/bilde.jpg", follow=True).status_code == 404
    assert client.get("/2015/03/cita/", follow=True).status_code == 404


def test_the_slugs_that_it_had_before_are_gone_too(client, home_lv):
    slugs = {"meta": {"_wp_old_slug": "p%c4%93ris"}, "earlier_meta": {"_wp_old_slug": ["agrak"]}}
    rows = [
        make_item(state=State.REJECTED, slug="asd", item=slugs),
        make_item(state=State.REJECTED, post_id=90, item=slugs | {"link": "http://lps.lv/?p=90"}),
    ]
    gone.remember_addresses(rows)
    for path in ("/2015/03/agrak/", "/2015/03/pēris", "/2015/03/agrak/feed/"):
        assert client.get(path).status_code == 410, path
    assert client.get("/agrak/", follow=True).status_code == 404


def test_later_addresses_are_gone_once_their_item_is_rejected(client, home_lv):
    row = make_item(post_id=91)
    pairs = [
        ("/lv/zinas/3414-asd", "91"),
        ("https://jauna.lps.lv/lv/zinas/3415/", "http://lps.lv/asd/"),
        ("/lv/zinas/", "http://lps.lv/nezinama/"),
        ("/lv/zinas/?id=1", "91"),
        ("http://[/", "91"),
        ("/lv/zinas/3416", "9" * 30),
    ]
    number_of = {"http://lps.lv/asd/": 91}.get
    for _twice in range(2):
        assert not gone.remember_later_addresses(SOURCE, pairs, number_of)
    assert client.get("/lv/zinas/3414-asd/").status_code == 404
    row.state = State.REJECTED
    row.save()
    known = gone.remember_later_addresses(SOURCE, pairs, number_of)
    assert known == {pairs[0][0], pairs[1][0]}
    for path in ("/lv/zinas/3414-asd/", "/lv/zinas/3415"):
        assert client.get(path).status_code == 410, path
    assert client.get("/lv/zinas/", follow=True).status_code == 404


def test_a_site_in_a_folder_keeps_its_folder(client, home_lv):
    item = {"link": "http://lps.lv/blogs/?p=9", "guid": "http://lps.lv/blogs/?p=9"}
    gone.remember_addresses([make_item(post_id=9, state=State.REJECTED, item=item)])
    assert client.get("/blogs/?p=9").status_code == 410
    assert client.get("/blogs/index.php?p=9").status_code == 410


def test_pages_redirects_and_other_spellings_come_first(client, home_lv):
    index = NewsIndexPageFactory(parent=home_lv, slug="aktualitates")
    rows = [
        make_item(post_id=11, state=State.REJECTED, item={"link": "http://lps.lv/aktualitates/"}),
        make_item(post_id=12, state=State.REJECTED, item={"link": "http://lps.lv/vecs/"}),
        make_item(post_id=13, state=State.REJECTED, item={"link": "http://lps.lv/"}),
    ]
    gone.remember_addresses(rows)
    Redirect.objects.create(old_path="/vecs", redirect_page=index)
    Redirect.objects.create(old_path="/?p=12", redirect_link="/lv/aktualitates/?page=2")
    assert client.get("/aktualitates/").headers["Location"] == index.url
    assert client.get("/vecs/").headers["Location"] == index.url
    assert client.get("/?p=12").headers["Location"] == "/lv/aktualitates/?page=2"
    assert client.get("/").status_code in (301, 302)
    assert client.get("/lv/").status_code == 200


def test_the_page_speaks_the_visitors_language(client, home_lv, home_en, junk):
    latvian = client.get("/?p=77", headers={"accept-language": "lv"}).content.decode()
    english = client.get("/?p=77", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="lv"' in latvian
    assert '<html lang="en"' in english
    assert "Page removed" in english
    assert '<meta name="robots" content="noindex">' in english


def test_a_form_sent_there_is_not_told_so(client, home_lv, junk):
    assert client.post("/2015/03/asdasdsadsadasd/").status_code == 302  # to a 404


def test_an_ordinary_404_asks_for_one_row_more(client, home_lv, junk):
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/lv/nekas/").status_code == 404
    table = OldAddress._meta.db_table
    asked = [query["sql"] for query in captured if table in query["sql"]]
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as captured:
        client.get("/lv/")
    assert not any(table in query["sql"] for query in captured)


def test_the_lookup_uses_an_index(junk):
    addresses = OldAddress.objects.filter(path__in=["/x", "/y"], item__state=State.REJECTED)
    if connection.vendor == "sqlite":
        plan = addresses.explain()
        assert "wordpress_address_once" in plan or "USING COVERING INDEX" in plan, plan
        assert "SCAN" not in plan


def test_without_the_table_a_404_stays_one(client, home_lv, junk, monkeypatch):
    def fail(*args):
        raise OperationalError("gone")

    monkeypatch.setattr("news.wordpress.middleware.is_gone", fail)
    assert client.get("/lv/nekas/").status_code == 404


@pytest.mark.parametrize(
    "link",
    [
        "",
        "http://[x/",
        "http://www.lps.lv/" + "a" * 600,
        "http://www.lps.lv/%ff%fe/",
        "nav adreses",
        "http://www.lps.lv",
    ],
)
def test_bad_addresses_of_an_export_do_no_harm(client, home_lv, link):
    row = make_item(state=State.REJECTED, post_id=31, item={"link": link, "guid": link})
    gone.remember_addresses([row])
    gone.remember_addresses([row])
    assert client.get("/?p=31").status_code == 410
    assert client.get("/lv/").status_code == 200
    assert all(len(address.path) > 1 for address in OldAddress.objects.all())


def test_many_items_are_remembered_in_few_statements():
    rows = [make_item(state=State.REJECTED) for _ in range(40)]
    with CaptureQueriesContext(connection) as captured:
        gone.remember_addresses(rows)
    assert len(captured) <= 6  # with those of a transaction
    assert OldAddress.objects.count() == 80
