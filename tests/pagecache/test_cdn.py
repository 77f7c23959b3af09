"""A CDN in front of the site is told what to forget, and no earlier than it helps."""

import datetime
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from config import cdn as config
from news.models import NewsPage
from pagecache import cdn
from pagecache.models import PurgeOrder
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_no_time(monkeypatch):
    monkeypatch.setattr(cdn, "SETTLED", 0)


@pytest.fixture
def purged(settings):
    """The addresses for which a cache that speaks PURGE was asked: host and path."""
    asked = set()

    class Cache(BaseHTTPRequestHandler):
        def do_PURGE(self):
            asked.add((self.headers["Host"], self.path))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Cache)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    settings.WAGTAILFRONTENDCACHE = config.configuration(url)
    yield asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(home_lv, home_en, purged):
    Site.objects.update(hostname="lpia.example", port=443)

    class Content:
        index = make.NewsIndexPageFactory(parent=home_lv, slug="jaunumi")
        article = make.NewsPageFactory(parent=index, slug="raksts")
        english_index = make.NewsIndexPageFactory(
            parent=home_en, slug="news", translation_key=index.translation_key
        )
        english = make.NewsPageFactory(
            parent=english_index, slug="article", translation_key=article.translation_key
        )

    cdn.purge_ordered()
    purged.clear()
    return Content


def test_a_publication_purges_the_page_its_lists_and_feeds_in_both_languages(site, purged):
    site.article.save_revision().publish()
    assert cdn.purge_ordered() == 1
    assert {host for host, _path in purged} == {"lpia.example"}
    assert {
        "/lv/jaunumi/raksts/",
        "/lv/jaunumi/",
        "/lv/jaunumi/feed/atom/",
        "/lv/jaunumi/feed/rss/",
        "/lv/",
        "/en/news/article/",
        "/en/news/",
        "/en/news/feed/atom/",
        "/en/",
    } <= {path for _host, path in purged}


def test_unpublishing_moving_and_renaming_purge_the_old_address(site, purged):
    elsewhere = make.NewsIndexPageFactory(parent=site.index.get_parent(), slug="vestis")
    site.article.unpublish()
    article = NewsPage.objects.get(pk=site.article.pk)
    article.move(elsewhere, pos="last-child")
    article = NewsPage.objects.get(pk=site.article.pk)
    article.slug = "cits"
    article.save_revision().publish()
    cdn.purge_ordered()
    paths = {path for _host, path in purged}
    assert {"/lv/jaunumi/raksts/", "/lv/vestis/raksts/", "/lv/vestis/cits/"} <= paths


def test_it_waits_until_our_own_nginx_shows_the_new_state(site, purged, monkeypatch):
    """From when the order is seen: its transaction may have ended long after it was written."""
    waited = []

    def sleep(seconds):
        assert not purged
        waited.append(seconds)

    monkeypatch.setattr(cdn, "SETTLED", 2)
    monkeypatch.setattr(time, "sleep", sleep)
    site.article.save_revision().publish()
    PurgeOrder.objects.update(made_at=timezone.now() - datetime.timedelta(minutes=1))
    assert cdn.purge_ordered() == 1
    assert waited == [2]
    assert purged
    assert cdn.purge_ordered() == 0


def test_what_is_closed_to_the_public_is_purged_with_all_below(site, purged):
    PageViewRestriction.objects.create(page=site.index, restriction_type="login")
    cdn.purge_ordered()
    assert {"/lv/jaunumi/raksts/", "/lv/jaunumi/", "/lv/"} <= {path for _host, path in purged}


def test_orders_of_a_worker_that_was_killed_are_purged_by_the_next(site, purged, monkeypatch):
    site.article.save_revision().publish()
    with monkeypatch.context() as patch:
        patch.setattr(cdn.PurgeBatch, "purge", lambda batch: sys.exit(1))
        with pytest.raises(SystemExit):
            cdn.purge_ordered()
    assert cdn.purge_ordered() == 1
    assert purged


def test_a_draft_purges_nothing(site):
    site.article.save_revision()
    assert not PurgeOrder.objects.exists()


def test_without_a_cdn_nothing_is_ordered(site, settings):
    settings.WAGTAILFRONTENDCACHE = {}
    site.article.save_revision().publish()
    assert not PurgeOrder.objects.exists()


def test_a_cdn_may_keep_pages_and_browsers_ask_each_time(warm, settings):
    settings.CDN_SECONDS = 300
    warm.application.memory.__init__(2**23)
    answer = warm.get("/lv/")
    assert answer.headers["cache-control"].startswith("public, max-age=0, s-maxage=300, ")


def test_the_address_names_the_kind_of_cache():
    assert config.configuration("") == {}
    cloudflare = config.configuration("cloudflare://to%40ken@zone")["default"]
    assert (cloudflare["BEARER_TOKEN"], cloudflare["ZONEID"]) == ("to@ken", "zone")
    with pytest.raises(ImproperlyConfigured, match="CDN_PURGE_URL"):
        config.configuration("ftp://host")
