"""Whatever WordPress and those who share links append: one redirect, to the right page."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from tests.factories import NewsIndexPageFactory, NewsPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home_lv):
    return NewsIndexPageFactory(parent=home_lv, slug="aktualitates")


@pytest.fixture
def page(index):
    page = NewsPageFactory(parent=index, slug="sede")
    for path in ("/2014/03/18/sēde", "/2014/03/18/sēde/feed", "/?p=126"):
        Redirect.objects.create(old_path=path, redirect_page=page)
    return page


@pytest.mark.parametrize(
    "address",
    [
        "/?p=126&fbclid=abc",
        "/?fbclid=abc&p=126",
        "/index.php?p=126",
        "/?p=126&feed=rss2",
        "/?page_id=126&preview=true",
        "/index.php/2014/03/18/s%c4%93de/",
        "/2014/03/18/s%C4%93de/feed/atom/",
        "/2014/03/18/s%C4%93de/trackback/",
        "/2014/03/18/s%C4%93de/amp/",
        "/2014/03/18/s%C4%93de/embed/",
        "/2014/03/18/s%C4%93de/comment-page-2/",
        "/2014/03/18/s%C4%93de/2/",
        "/2014/03/18/S%C4%92DE/",
        "/2014/03/18/se%CC%84de/",  # decomposed, as a Mac types
    ],
)
def test_every_way_to_an_article_leads_to_it_in_one_step_wherever_it_is(
    client, home_lv, page, address
):
    for slug in ("sede", "cita"):
        page.slug = slug
        page.save_revision().publish()
        answer = client.get(address)
        found = (answer.status_code, answer.headers["Location"])
        assert found == (301, f"/lv/aktualitates/{slug}/")


def test_what_counts_visitors_goes_on_with_them(client, page):
    answer = client.get("/2014/03/18/s%C4%93de/amp/?utm_source=x")
    assert answer.headers["Location"] == f"{page.url}?utm_source=x"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/lv/zinas?id=77&fbclid=3", "/lv/zinas?id=77"),
        ("/page/2/", "/page"),
        ("/?paged=2", "/page"),
        ("/?cat=3", "/page"),
        ("/?cat=3", "/?cat=3"),
        ("/?cat=3&paged=2", "/?cat=3"),
        ("/?author=1", "/page"),
        ("/?m=2013", "/2013"),
        ("/?m=201312", "/2013/12"),
        ("/?m=20131224", "/2013/12/24"),
        ("/2013/12/feed/", "/2013/12"),
        ("/?category_name=jaunumi/projekti", "/category/jaunumi/projekti"),
        ("/category/jaunumi/projekti/feed/rss2/", "/category/jaunumi/projekti/feed"),
        ("/?tag=aptauja", "/tag/aptauja"),
        ("/?author_name=janis", "/author/janis"),
        ("/?feed=rss2", "/feed"),
        ("/feed/atom/", "/feed"),
        (
            "/wp-content/uploads/2013/12/Valde-300x200.jpg",
            "/wp-content/uploads/2013/12/Valde.jpg",
        ),
    ],
)
def test_lists_and_previews_too(client, home_lv, address, kept):
    Redirect.objects.create(old_path=kept, redirect_link="/lv/mērķis/")
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/lv/m%C4%93r%C4%B7is/")


@pytest.mark.parametrize(
    "address", ["/2014/03/19/", "/2014/03/18/cita/2/", "/?p=127", "/?utm_source=x", "/lv/sede/amp/"]
)
def test_nothing_else_is_led_there(client, home_lv, page, address):
    answer = client.get(address, follow=True)
    assert answer.redirect_chain[-1:] != [(page.url, 301)]
    before = answer.status_code
    Redirect.objects.all().delete()
    assert client.get(address, follow=True).status_code == before
