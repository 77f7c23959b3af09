"""Whatever the HTML: nothing raises, no text goes without a note, and time stays in proportion."""

import json
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.legacy_html import clean_legacy
from home.rich_text import clean
from news.wordpress.conversion import convert
from news.wordpress.conversion.assembly import texts
from news.wordpress.conversion.cleaning import plain
from tests.wordpress.old_site import CLOSING, OPENING, SOUP, TEXTS, OldSite

pytestmark = pytest.mark.once

MANY = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORD = "vards"
TAGS_OF_TEXT = {"p", "br", "b", "i", "a", "ul", "ol", "li", "h3"}
WORDY_SOUP = st.lists(st.one_of(OPENING, CLOSING, st.just(f" {WORD} "), TEXTS), max_size=25)


def converted(html):
    return convert(html, OldSite(), "x")


@MANY
@given(SOUP)
def test_every_character_is_accounted_for(html):
    result = converted(html)
    assert result.is_complete
    assert json.loads(json.dumps(result.blocks)) == result.blocks
    ids = re.findall(r'"id": "([^"]+)"', json.dumps(result.blocks))
    assert len(ids) == len(set(ids))


@MANY
@given(WORDY_SOUP)
def test_every_word_is_shown_once_or_noted(parts):
    """Each word has a number of its own, so that none can stand for another that was lost."""
    numbered = [
        f" {WORD}{number:03} " if part.strip() == WORD else part
        for number, part in enumerate(parts)
    ]
    html = "".join(numbered)
    result = converted(html)
    shown = " ".join(texts(result.blocks))
    noted = " ".join(text for _code, text in result.removed + result.dropped)
    for number in re.findall(rf"{WORD}\d+", html):
        in_mark_up = re.search(rf"<[^<>]*{number}|<!--(?:(?!-->).)*{number}|'[^']*{number}", html)
        assert shown.count(number) + noted.count(number) == 1 or in_mark_up


@MANY
@given(SOUP)
def test_what_comes_out_is_clean(html):
    """The cleaners of the site find nothing to do in what is stored."""
    for block in converted(html).blocks:
        value = block["value"]
        if block["type"] == "legacy":
            assert clean_legacy(value) == value
        elif block["type"] == "text":
            assert plain(clean(value)) == plain(value)
            assert not re.search(r"<p></p>|<li></li>|<(\w+)></\1>|  |<br/></", value)
            assert set(re.findall(r"<(\w+)", value)) <= TAGS_OF_TEXT
            assert not re.search(r"(?i)href=\"(?!https?:|mailto:|tel:|/|[^\":]*\")", value)


@MANY
@given(st.text())
def test_any_text_is_converted(text):
    assert converted(text).is_complete


@MANY
@given(SOUP)
def test_the_same_post_gives_the_same_blocks(html):
    assert converted(html) == converted(html)


PATHOLOGICAL = {
    "divs": "<div>" * 10_000 + "vards" + "</div>" * 10_000,
    "unclosed": "<div><b><ul><li>v<table><td>v<blockquote><a href=x>v" * 2_000,
    "quotes": '<a href="' * 30_000,
    "comments": "<!--" * 100_000,
    "brackets": "[a " * 100_000,
    "captions": "[caption x]" * 20_000 + "[/caption]" * 20_000,
    "emphasis": "<b>v</b> " * 30_000,
    "breaks": "<br>" * 50_000,
    "lines": "\n \n" * 100_000 + "v",
    "spaces": "v" + " " * 500_000 + "v",
    "entities": "&amp;" * 100_000,
    "block": "<!-- wp:x " + "{" * 100_000 + " -->",
    "json": '<!-- wp:x {"a":' + "[" * 100_000 + "]" * 100_000 + "} -->",
    "spaces in a block": "<!-- wp:x" + " " * 500_000 + "y-->",
    "misread": "Ä«" * 100_000,
    "office": "Normal 0 false " * 20_000,
    "styles": "/* Style Definitions */ a{" * 20_000,
    "NUL": "\x00" * 500_000,
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_time_is_bounded(name):
    html = PATHOLOGICAL[name]
    start = time.process_time()
    result = converted(html)
    # Linear code takes well under a second for half a megabyte; quadratic code takes minutes.
    assert time.process_time() - start < 20
    assert result.is_complete


def test_deep_mark_up_loses_its_structure_but_no_text():
    result = converted(PATHOLOGICAL["unclosed"])
    assert "".join(texts(result.blocks)).count("v") == 6_000
    assert ("deep", "") in result.dropped
    assert "".join(texts(converted(PATHOLOGICAL["divs"]).blocks)) == "vards"


def test_five_megabytes():
    paragraph = f"<p>{'Pašvaldību savienība. ' * 50}<a href='/lapa'>Vairāk</a></p>\n"
    result = converted(paragraph * (5_000_000 // len(paragraph)))
    assert result.is_complete
    assert len(result.blocks) == 1
