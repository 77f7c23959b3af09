"""Recordings: nothing asks another host, neither on saving nor on viewing."""

import socket

import pytest
from wagtail.rich_text import RichText

from tests.factories import (
    ContentPageFactory,
    MeetingPageFactory,
    MeetingsPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)
from tests.translating import translate

pytestmark = pytest.mark.django_db

WATCH = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
EMBED = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"


@pytest.fixture(autouse=True)
def attempts(monkeypatch):
    """No name is resolved during these tests; whoever tries is named."""
    tried = []

    def refuse(host, *args, **kwargs):
        tried.append(host)
        raise OSError("no network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield tried
    assert tried == []


def test_an_article_with_a_recording_is_saved_and_shown_without_network(client, home_lv):
    body = [
        ("video", {"url": WATCH, "title": "Sanāksme"}),
        ("text", RichText(f'<p>A</p><embed embedtype="media" url="{WATCH}"/><p>B</p>')),
    ]
    page = NewsPageFactory(parent=NewsIndexPageFactory(parent=home_lv), body=body)
    page.save_revision().publish()
    content = client.get(page.url).content.decode()
    assert "<iframe" not in content
    assert f'href="{WATCH}"' in content  # a plain link for those without JavaScript
    assert EMBED in content  # for the script, after a click


def test_a_meeting_shows_its_recording_agenda_and_transcript(client, home_lv):
    page = MeetingPageFactory(
        parent=MeetingsPageFactory(parent=home_lv),
        recording=WATCH,
        transcript="[1:30] Par siltumu.",
    )
    content = client.get(page.url).content.decode()
    assert "<iframe" not in content
    assert "Par siltumu." in content
    assert f'href="{WATCH}&amp;t=90s"' in content


def test_a_meeting_without_recording_offers_none(client, home_lv):
    page = MeetingPageFactory(parent=MeetingsPageFactory(parent=home_lv))
    assert "youtube" not in client.get(page.url).content.decode().split("<footer")[0].lower()


def test_links_to_pages_follow_the_language_and_unpublished_ones_lead_nowhere(client, home_lv):
    target = ContentPageFactory(parent=home_lv, title="Mērķis")
    draft = ContentPageFactory(parent=home_lv, live=False)
    text = "".join(f'<a linktype="page" id="{pk}">x</a>' for pk in (target.pk, draft.pk, 999_999))
    page = ContentPageFactory(parent=home_lv, body=[("text", RichText(f"<p>{text}</p>"))])
    content = client.get(page.url).content.decode()
    assert f'<a href="{target.url}">x</a><a>x</a><a>x</a>' in content


def test_a_transcript_keeps_its_language_on_the_translated_page(client, home_lv):
    meetings = MeetingsPageFactory(parent=home_lv)
    page = MeetingPageFactory(parent=meetings, recording=WATCH, transcript="[0:05] Labdien!")
    translate(meetings, {})
    english = translate(page, {})
    assert (
        'lang="lv"'
        in client.get(english.url).content.decode().split("<footer")[0].split("<main")[1]
    )
    assert (
        'lang="lv"'
        not in client.get(page.url).content.decode().split("<footer")[0].split("<main")[1]
    )
