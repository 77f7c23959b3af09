import pytest
from django.core.exceptions import ValidationError

from home.embeds import RecordingFinder
from home.youtube import YouTubeURLFormField, embed_url, parse_video_id, watch_url

ID = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    "address",
    [
        ID,
        f"https://www.youtube.com/watch?v={ID}",
        f"http://youtube.com/watch?feature=share&v={ID}&t=90s",
        f"https://m.youtube.com/watch?v={ID}",
        f"https://youtu.be/{ID}?si=abc",
        f"youtu.be/{ID}",
        f"https://www.youtube.com/embed/{ID}?rel=0",
        f"https://www.youtube-nocookie.com/embed/{ID}",
        f"https://www.youtube.com/live/{ID}",
        f"https://www.youtube.com/shorts/{ID}",
        f"  https://youtu.be/{ID}  ",
    ],
)
def test_every_form_of_address_is_understood(address):
    assert parse_video_id(address) == ID
    assert YouTubeURLFormField().clean(address) == watch_url(ID)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "lpia",
        "https://vimeo.com/12345678901",
        f"https://evil.example/watch?v={ID}",
        f"https://youtube.com.evil.example/watch?v={ID}",
        "https://www.youtube.com/playlist?list=PL1234567890",
        "https://www.youtube.com/@lps",
        "https://www.youtube.com/watch?v=short",
        f"javascript://youtube.com/watch?v={ID}",
        "https://[",
        f"https://www.youtube.com/watch?v={ID}%22onload",
    ],
)
def test_an_address_that_is_none_is_refused_with_a_sentence(address):
    with pytest.raises(ValueError):
        parse_video_id(address)
    if address:
        with pytest.raises(ValidationError, match="YouTube"):
            YouTubeURLFormField().clean(address)


def test_the_player_comes_from_the_host_without_cookies_and_starts_at_the_minute():
    assert embed_url(ID) == f"https://www.youtube-nocookie.com/embed/{ID}"
    assert watch_url(ID, start=90) == f"https://www.youtube.com/watch?v={ID}&t=90s"


def test_an_embed_in_rich_text_becomes_a_plain_link_without_network():
    finder = RecordingFinder()
    assert finder.accept(f"https://youtu.be/{ID}")
    assert not finder.accept("https://vimeo.com/1")
    embed = finder.find_embed(f"https://youtu.be/{ID}")
    assert "<iframe" not in embed["html"]
    assert embed["thumbnail_url"] is None
