"""`sync_playlist` against a server on this machine that answers as YouTube's feed does."""

import http.server
import threading
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from PIL import Image as PillowImage
from wagtail.images import get_image_model

from home.models import MeetingPage
from tests.factories import MeetingPageFactory, MeetingsPageFactory

pytestmark = pytest.mark.django_db

ENTRY = """
  <entry>
    <id>yt:video:{id}</id><yt:videoId>{id}</yt:videoId>
    <title>{title}</title>
    <link rel="alternate" href="https://www.youtube.com/watch?v={id}"/>
    <published>{published}</published>
    <media:group><media:title>{title}</media:title>
      <media:thumbnail url="{thumbnail}" width="480" height="360"/></media:group>
  </entry>"""
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015"
      xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
  <title>LPIA sanāksmes</title>{entries}
</feed>"""


def feed(*entries):
    defaults = {"title": "Sanāksme", "published": "2026-10-09T08:00:00+00:00", "thumbnail": ""}
    return FEED.format(entries="".join(ENTRY.format(**defaults | entry) for entry in entries))


class StandIn:
    """A web server that answers with what the test puts into ``answers``."""

    def __init__(self):
        self.answers = {}
        stand_in = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                status, body = stand_in.answers.get(self.path.split("?")[0], (404, b""))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def youtube(settings):
    stand_in = StandIn()
    settings.PLAYLIST_FEED_URL = stand_in.url + "/feeds/videos.xml?playlist_id={playlist_id}"
    yield stand_in
    stand_in.server.shutdown()
    stand_in.server.server_close()


@pytest.fixture
def meetings(home_lv):
    return MeetingsPageFactory(parent=home_lv)


def sync(youtube, content, status=200, **options):
    body = content.encode() if isinstance(content, str) else content
    youtube.answers["/feeds/videos.xml"] = (status, body)
    call_command("sync_playlist", playlist="PLdemo-LPIA", **options)


def test_new_recordings_become_drafts_with_a_picture_of_our_own(youtube, meetings):
    picture = BytesIO()
    PillowImage.new("RGB", (480, 360), "#9D2235").save(picture, "JPEG")
    youtube.answers["/vi/hq.jpg"] = (200, picture.getvalue())
    sync(
        youtube,
        feed(
            {
                "id": "aaaaaaaaaaa",
                "title": "Enerģija &amp; ziema",
                "thumbnail": f"{youtube.url}/vi/hq.jpg",
            },
            {"id": "bbbbbbbbbbb", "thumbnail": f"{youtube.url}/vi/missing.jpg"},
        ),
    )
    first = MeetingPage.objects.get(recording__endswith="aaaaaaaaaaa")
    assert not first.live
    assert first.title == "Enerģija & ziema"
    assert first.get_parent().pk == meetings.pk
    assert first.latest_revision_id
    assert first.thumbnail.width == 480
    # A picture that can't be had stops nothing.
    assert MeetingPage.objects.get(recording__endswith="bbbbbbbbbbb").thumbnail is None


def test_known_recordings_are_left_alone(youtube, meetings):
    MeetingPageFactory(
        parent=meetings,
        title="Mūsu virsraksts",
        recording="https://www.youtube.com/watch?v=aaaaaaaaaaa",
    )
    for _time in range(2):
        sync(youtube, feed({"id": "aaaaaaaaaaa"}, {"id": "bbbbbbbbbbb"}))
    assert MeetingPage.objects.count() == 2
    assert MeetingPage.objects.filter(title="Mūsu virsraksts", live=True).exists()


def test_a_dry_run_makes_nothing(youtube, meetings, capsys):
    sync(youtube, feed({"id": "aaaaaaaaaaa"}), dry_run=True)
    assert "1 drafts would be made" in capsys.readouterr().out
    assert not MeetingPage.objects.exists()


BILLION_LAUGHS = """<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<feed xmlns="http://www.w3.org/2005/Atom"><title>&b;</title></feed>"""


@pytest.mark.parametrize(
    ("content", "status", "message"),
    [
        ("", 404, "can't be reached"),
        ("", 200, "not well-formed"),
        ("<html><body>Consent</body></html>", 200, "no Atom feed"),
        (feed()[:-20], 200, "not well-formed"),
        (feed(), 200, "lists no recordings"),
        (feed({"id": "short"}), 200, "valid video id"),
        (feed({"id": "aaaaaaaaaaa"}, {"id": "bbbbbbbbbbb", "title": ""}), 200, "no title"),
        (feed({"id": "aaaaaaaaaaa", "published": "vakar"}), 200, "date of publication"),
        (feed({"id": "aaaaaaaaaaa", "published": "2026-13-45T00:00:00+00:00"}), 200, "date of"),
        (BILLION_LAUGHS, 200, "not well-formed"),
        (b"\xff\xfe\x00 garbage", 200, "not well-formed"),
        (feed({"id": "aaaaaaaaaaa"}) + " " * 3_000_000, 200, "more than"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_a_feed_that_is_broken_empty_or_too_large_changes_nothing(
    youtube, meetings, content, status, message
):
    images = get_image_model().objects.count()
    with pytest.raises(CommandError, match=message) as error:
        sync(youtube, content, status)
    assert "Nothing was changed" in str(error.value)
    assert not MeetingPage.objects.exists()
    assert get_image_model().objects.count() == images


def test_without_network_the_command_says_so(settings, meetings):
    settings.PLAYLIST_FEED_URL = "http://127.0.0.1:9/{playlist_id}"
    with pytest.raises(CommandError, match="can't be reached"):
        call_command("sync_playlist", playlist="PLdemo-LPIA")


def test_without_a_playlist_or_a_meetings_page_the_command_says_what_is_missing(home_lv):
    with pytest.raises(CommandError, match="meetings page"):
        call_command("sync_playlist")
    MeetingsPageFactory(parent=home_lv)
    with pytest.raises(CommandError, match="playlist"):
        call_command("sync_playlist")
