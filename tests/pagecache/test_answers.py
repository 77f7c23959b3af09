"""Which answers are kept, for whom, and by what they are told apart."""

import gzip

import brotli
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from wagtail.models import PageViewRestriction

from news.models import NewsPage
from pagecache import generation
from pagecache.application import LARGEST, PageCache
from pagecache.entries import accel_expires
from pagecache.marks import allow
from pagecache.memory import Memory
from tests import factories as make
from tests.pagecache.conftest import Clock, Visitor, kinds

pytestmark = pytest.mark.django_db

PER_PAGE = 12  # articles of the index


@pytest.fixture
def news(home_lv):
    index = make.NewsIndexPageFactory(parent=home_lv, slug="jaunumi", title="Jaunumi")
    for number in range(PER_PAGE + 1):
        make.NewsPageFactory(parent=index, slug=f"raksts-{number}")
    return index


def test_a_page_is_rendered_once(warm, page_cache):
    first = warm.get("/lv/")
    assert kinds(page_cache, lambda: warm.get("/lv/")) == {"hit": 1}
    second = warm.get("/lv/")
    assert (second.status, second.body) == (200, first.body)
    assert second.headers["content-security-policy"] == first.headers["content-security-policy"]


def test_head_is_answered_from_the_same_entry(warm, page_cache):
    whole = warm.get("/lv/")
    head = warm.get("/lv/", method="HEAD")
    assert head.body == b""
    assert head.headers["content-length"] == whole.headers["content-length"] == str(len(whole.body))
    assert head.headers["etag"] == whole.headers["etag"]


def test_a_first_request_for_the_head_keeps_the_page(warm, page_cache, news):
    assert warm.get("/lv/jaunumi/", method="HEAD").body == b""
    assert kinds(page_cache, lambda: warm.get("/lv/jaunumi/")) == {"hit": 1}


def test_whoever_has_a_session_is_answered_by_django(warm, page_cache, editor_client, editor):
    key = editor_client.cookies[settings.SESSION_COOKIE_NAME].value
    warm.get("/lv/")
    own = warm.get("/lv/", cookie=f"a=b; {settings.SESSION_COOKIE_NAME}={key}")
    assert page_cache.counts["passed"]
    assert "wagtail-userbar" in own.text
    assert "wagtail-userbar" not in warm.get("/lv/").text
    assert own.headers["x-accel-expires"] == "0"
    assert "private" in own.headers["cache-control"]


@pytest.mark.parametrize("others", ['choice={"all": true}', "list[]=1", "flag", "a b=c", "vārds=x"])
def test_odd_cookies_of_others_hide_no_session(warm, page_cache, editor_client, home_lv, others):
    """Cookies of other sites of the domain, which are no letter of RFC 6265."""
    key = editor_client.cookies[settings.SESSION_COOKIE_NAME].value
    home_lv.save()  # nothing is kept
    cookies = f"{others}; {settings.SESSION_COOKIE_NAME}={key}".encode().decode("latin-1")
    assert "wagtail-userbar" in warm.get("/lv/", cookie=cookies).text
    assert "wagtail-userbar" not in warm.get("/lv/").text


def test_authorisation_is_left_to_django(warm, page_cache):
    assert kinds(page_cache, lambda: warm.get("/lv/", authorization="Basic x")) == {"passed": 1}


def test_other_methods_are_left_to_django(warm, page_cache):
    assert kinds(page_cache, lambda: warm.get("/lv/", method="POST")) == {"passed": 1}


def test_a_page_with_a_form_is_new_for_everybody(warm, page_cache, home_lv):
    parent = make.ContentPageFactory(parent=home_lv)
    form = make.FormPageFactory(parent=parent)
    make.FormFieldFactory(page=form, label="Vārds")
    stamped = warm.get(form.url)
    assert 'name="opened"' in stamped.text
    assert kinds(page_cache, lambda: warm.get(form.url)) == {"passed": 1}
    assert stamped.headers["x-accel-expires"] == "0"
    assert stamped.headers["cache-control"] == "private"


def test_a_private_page_is_never_kept(warm, page_cache, news):
    article = NewsPage.objects.first()
    assert warm.get(article.url).status == 200
    PageViewRestriction.objects.create(page=news, restriction_type="password", password="vasara")
    for _ in range(2):
        assert article.title not in warm.get(article.url).text
    assert kinds(page_cache, lambda: warm.get(article.url)) == {"passed": 1}


def test_what_is_closed_to_a_page_above_is_closed_below(warm, page_cache, news):
    warm.get("/lv/jaunumi/")
    PageViewRestriction.objects.create(page=news, restriction_type="login")
    assert warm.get("/lv/jaunumi/").status == 302
    assert warm.get("/lv/jaunumi/?page=2").status == 302


def test_a_draft_is_seen_by_nobody_and_drives_nothing_out(warm, page_cache, home_lv):
    warm.get("/lv/")
    home_lv.title = "Melnraksts"
    home_lv.save_revision()
    assert kinds(page_cache, lambda: warm.get("/lv/")) == {"hit": 1}
    assert "Melnraksts" not in warm.get("/lv/").text


def test_a_preview_is_not_kept(warm, page_cache, home_lv):
    home_lv.title = "Melnraksts"
    preview = home_lv.make_preview_request()
    assert "Melnraksts" in preview.rendered_content
    assert not hasattr(preview, "page_cache")
    assert "Melnraksts" not in warm.get("/lv/").text


def test_languages_are_told_apart(warm, home_en):
    assert 'lang="lv"' in warm.get("/lv/").text
    assert 'lang="en"' in warm.get("/en/").text
    assert 'lang="lv"' in warm.get("/lv/", accept_language="en").text


def test_the_way_to_a_language_depends_on_the_browser(warm):
    for _ in range(2):
        assert warm.get("/", accept_language="lv").headers["location"] == "/lv/"
        assert warm.get("/", accept_language="en").headers["location"] == "/en/"


def test_hosts_are_told_apart_and_wrong_ones_refused(warm, page_cache):
    warm.get("/lv/")
    assert kinds(page_cache, lambda: warm.get("/lv/", host="testserver")) == {"rendered": 1}
    assert kinds(page_cache, lambda: warm.get("/lv/", host="LOCALHOST")) == {"hit": 1}
    for _ in range(2):
        assert warm.get("/lv/", host="elsewhere.example").status == 400


def test_http_never_gets_what_was_rendered_for_https(django_application, home_lv, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    cache = PageCache(django_application, Memory(2**23), clock=Clock())
    visitor = Visitor(cache)
    for _ in range(2):
        safe = visitor.get("/lv/", x_forwarded_proto="https")
        plain = visitor.get("/lv/", x_forwarded_proto="http")
        assert "upgrade-insecure-requests" in safe.headers["content-security-policy"]
        assert "upgrade-insecure-requests" not in plain.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/lv//", "/lv/./", "/lv/../lv/", "//lv/", "/LV/", "/lv/\x00", "/lv/?", "/lv/%2e%2e/"]
)
def test_no_other_spelling_of_a_path_is_taken_for_it(warm, path):
    home = warm.get("/lv/").body
    environ = {"PATH_INFO": path}
    application = warm.application
    answered = Visitor(lambda asked, start: application(asked | environ, start)).get("/")
    assert answered.status != 200 or answered.body != home
    assert warm.get("/lv/").body == home


def test_errors_and_redirects_are_not_kept(warm, page_cache):
    for address in ("/lv/nav-tada/", "/lv", "/lv/jaunumi/9999/"):
        answer = warm.get(address)
        assert answer.status in (301, 404)
        assert answer.headers["x-accel-expires"] == "0"
        assert kinds(page_cache, lambda address=address: warm.get(address)) == {"passed": 1}


@pytest.mark.parametrize(
    "address",
    [
        "/sitemap.xml",
        "/robots.txt",
        "/theme.css",
        "/lv/manifest.webmanifest",
        "/lv/meetings.ics",
        "/favicon.ico",
        "/api/v2/",
        "/api/v2/pages/?limit=1",
        "/lv/jaunumi/feed/atom/",
        "/lv/jaunumi/feed/rss/",
    ],
)
def test_data_for_machines_is_kept_too(warm, page_cache, news, address):
    first = warm.get(address, accept_language="en")
    assert first.status == 200
    assert kinds(page_cache, lambda: warm.get(address, accept_language="lv")) == {"hit": 1}
    assert warm.get(address).headers["x-accel-expires"].startswith("@")


def test_what_speaks_no_language_is_the_same_in_all(django_application, news):
    """So that keeping it for every ``Accept-Language`` is right."""
    django = Visitor(django_application)
    django.get("/lv/")
    for address in ("/sitemap.xml", "/robots.txt", "/theme.css", "/favicon.ico", "/api/v2/pages/"):
        in_latvian = django.get(address, accept_language="lv")
        assert in_latvian.body == django.get(address, accept_language="en").body


def test_an_unanswered_search_counts_every_time(warm, page_cache):
    from search.models import UnansweredQuery

    address = f"{reverse('search')}?q=nekurienezeme"
    for _ in range(3):
        warm.get(address, user_agent="Mozilla/5.0")
    assert UnansweredQuery.objects.get().count == 3


def test_a_page_too_large_is_answered_and_not_kept(page_cache, monkeypatch):
    def application(environ, start_response):
        response = HttpResponse(b"x" * (LARGEST + 1))
        start_response("200 OK", list(response.items()))
        return allow(response)

    page_cache.application = application
    visitor = Visitor(page_cache)
    for _ in range(2):
        assert len(visitor.get("/lv/").body) == LARGEST + 1
    assert page_cache.counts == {"passed": 2}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Set-Cookie", "a=b"),
        ("Cache-Control", "private"),
        ("Cache-Control", "no-store"),
        ("Cache-Control", "max-age=0, no-cache"),
        ("Vary", "Accept-Language"),
        ("Vary", "*"),
        ("Vary", "User-Agent"),
    ],
)
def test_a_mark_does_not_outdo_the_headers_of_an_answer(page_cache, header, value):
    def application(environ, start_response):
        response = HttpResponse("Text", headers={header: value})
        start_response("200 OK", list(response.items()))
        return allow(response)

    page_cache.application = application
    visitor = Visitor(page_cache)
    visitor.get("/lv/")
    assert visitor.get("/lv/").headers["x-accel-expires"] == "0"
    assert page_cache.counts == {"passed": 2}


def test_a_form_token_keeps_a_page_out(page_cache):
    def application(environ, start_response):
        response = HttpResponse('<input name="csrfmiddlewaretoken" value="x">')
        start_response("200 OK", list(response.items()))
        return allow(response)

    page_cache.application = application
    visitor = Visitor(page_cache)
    assert "csrfmiddlewaretoken" in visitor.get("/lv/").text
    visitor.get("/lv/")
    assert page_cache.counts == {"passed": 2}


# Encodings and conditions


def test_encodings_are_kept_apart_with_a_tag_each(warm):
    plain = warm.get("/lv/")
    brotlied = warm.get("/lv/", accept_encoding="gzip, deflate, br")
    gzipped = warm.get("/lv/", accept_encoding="gzip;q=1.0, br;q=0")
    assert "content-encoding" not in plain.headers
    assert brotlied.headers["content-encoding"] == "br"
    assert gzipped.headers["content-encoding"] == "gzip"
    assert brotli.decompress(brotlied.body) == gzip.decompress(gzipped.body) == plain.body
    answers = (plain, brotlied, gzipped)
    assert len({answer.headers["etag"] for answer in answers}) == 3
    for answer in answers:
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert int(answer.headers["content-length"]) == len(answer.body)
        assert not answer.headers["etag"].startswith("W/")


def test_pictures_are_not_compressed_again(warm):
    assert "content-encoding" not in warm.get("/favicon.ico", accept_encoding="br").headers


@pytest.mark.parametrize("form", ["{}", "W/{}", '"x", {}', "*"])
def test_who_has_the_page_is_told_so(warm, form):
    etag = warm.get("/lv/", accept_encoding="br").headers["etag"]
    answer = warm.get("/lv/", accept_encoding="br", if_none_match=form.format(etag))
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == etag
    assert {"cache-control", "vary", "x-accel-expires"} <= set(answer.headers)
    assert "content-length" not in answer.headers


def test_a_tag_of_another_encoding_or_text_gets_the_page(warm, home_lv):
    etag = warm.get("/lv/", accept_encoding="br").headers["etag"]
    assert warm.get("/lv/", accept_encoding="gzip", if_none_match=etag).status == 200
    home_lv.title = "Cits nosaukums"
    home_lv.save_revision().publish()
    assert warm.get("/lv/", accept_encoding="br", if_none_match=etag).status == 200


def test_the_first_request_may_bring_a_tag(warm, page_cache, news):
    """As readers of feeds do: the entry is made by it all the same."""
    address = "/lv/jaunumi/feed/atom/"
    etag = warm.get(address).headers["etag"]
    news.save_revision().publish()
    assert warm.get(address, if_none_match=etag).status in (200, 304)
    assert kinds(page_cache, lambda: warm.get(address)) == {"hit": 1}


def test_what_is_not_kept_still_knows_its_tag(warm, django_application):
    """Conditions are taken out before Django is asked, and seen to afterwards."""

    def application(environ, start_response):
        assert "HTTP_IF_NONE_MATCH" not in environ
        start_response("200 OK", [("ETag", '"a"'), ("Content-Length", "1")])
        return [b"x"]

    warm.application.application = application
    assert warm.get("/lv/cits/", if_none_match='"a"').status == 304
    assert warm.get("/lv/viens/", if_none_match='"b"').body == b"x"


def test_a_part_of_a_page_is_the_whole(warm):
    whole = warm.get("/lv/")
    part = warm.get("/lv/", range="bytes=0-10")
    assert (part.status, part.body) == (200, whole.body)


def test_nginx_and_browsers_are_told_for_how_long(warm):
    warm.get("/lv/")
    answer = warm.get("/lv/")
    assert answer.headers["cache-control"] == (
        "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=86400"
    )
    assert warm.get("/favicon.ico").headers["cache-control"].startswith("public, max-age=86400")


@pytest.mark.parametrize("hundredth", range(0, 100, 7))
def test_nginx_drops_a_copy_two_seconds_after_it_was_true(hundredth):
    """It keeps a copy to the end of second N, and for one more while it fetches another."""
    true = 1_000_000 + hundredth / 100
    assert int(accel_expires(true)[1:]) + 2 <= true + 2


def test_nginx_keeps_to_the_end_of_a_second_what_was_asked_for_in_it():
    """Else it would fetch a page that everybody asks for as often as it can."""
    for turn in range(5):
        asked = 1_000_000 + generation.OFFSET + turn * generation.AHEAD
        assert accel_expires(asked) == "@1000000"


def test_nginx_is_told_when_the_page_was_known_to_be_true(warm, page_cache):
    class Earlier(Clock):
        def known(self):
            return super().known()._replace(instant=1_000_000.5)

    page_cache.clock = Earlier()
    answers = []
    for kind in ("rendered", "hit"):
        assert kinds(page_cache, lambda: answers.append(warm.get("/lv/"))) == {kind: 1}
        assert answers[-1].headers["x-accel-expires"] == "@1000000"
