"""The block of HTML from the old site: cleaned, found by the search, linked, translated."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import ReferenceIndex

from home.blocks import LegacyHTMLBlock
from home.legacy_html import clean_legacy, shown
from home.models import ContentPage
from tests.factories import ContentPageFactory
from tests.security.test_rich_text import HOSTILE, dangers
from tests.translating import translate
from tests.translation.editing import editor_data

pytestmark = pytest.mark.django_db

TABLE = (
    '<table><thead><tr><th scope="col">Novads</th><th scope="col">Maksa</th></tr></thead><tbody>'
    '<tr><td rowspan="2">Rīga</td><td><b>5</b> EUR <a href="https://lps.lv/">vairāk</a></td></tr>'
    "<tr><td><ul><li>viens</li></ul></td></tr></tbody></table><p><s>vecs</s></p><pre>a\n  b</pre>"
)


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_harmful_is_stored_or_shown(html):
    for cleaned in (clean_legacy(f"<p>Pirms</p>{html}"), shown(f"<p>Pirms</p>{html}")):
        assert not dangers(cleaned)
        assert "<p>Pirms</p>" in cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        (TABLE, TABLE),
        ('<td style="x" class="y" colspan="2" id="z">a</td>', "a"),
        ("<p style='x' lang='en'>a <abbr title='x'>b</abbr></p>", "<p>a <abbr>b</abbr></p>"),
        ('<a linktype="page" id="5">a</a>', '<a linktype="page" id="5">a</a>'),
        ('<img src="/a.jpg"><font size="2">a</font>', "a"),
    ],
)
def test_what_may_be_stored(html, cleaned):
    assert clean_legacy(html) == cleaned


def test_it_is_shown_with_links_in_place(client, home_lv):
    target = ContentPageFactory(parent=home_lv, title="Mērķis")
    html = TABLE.replace('href="https://lps.lv/"', f'linktype="page" id="{target.pk}"')
    page = ContentPageFactory(parent=home_lv, body=[("legacy", html), ("legacy", "<p>a</p>")])
    answer = BeautifulSoup(client.get(page.url).content, "html5lib")
    table, plain = answer.select(".legacy")
    assert table.a["href"] == target.url
    assert table.find("td", rowspan="2").get_text() == "Rīga"
    assert table["role"] == "region"  # it scrolls, so the keyboard must reach it
    assert not plain.has_attr("role")
    assert ReferenceIndex.get_references_to(target).filter(object_id=page.pk).exists()


def test_the_search_finds_its_words_and_not_its_tags():
    [words] = LegacyHTMLBlock().get_searchable_content(TABLE)
    assert words.split() == [
        "Novads",
        "Maksa",
        "Rīga",
        "5",
        "EUR",
        "vairāk",
        "viens",
        "vecs",
        "a",
        "b",
    ]
    assert LegacyHTMLBlock().get_searchable_content("<table></table>") == [""]


def test_it_is_cleaned_when_an_editor_saves(admin_client, home_lv):
    page = ContentPageFactory(parent=home_lv, body=[("legacy", TABLE)])
    data = editor_data(page) | {"body-0-value": f'<b onclick="x">a</b><script>b</script>{TABLE}'}
    answer = admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert answer.status_code == 302
    saved = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert saved.body[0].value == f"<b>a</b>{TABLE}"


ENGLISH = {
    "Novads": "County",
    "Maksa": "Price",
    "Rīga": "Riga",
    "viens": "one",
    "vecs": "old",
    '<b>5</b> EUR <a id="a1">vairāk</a>': '<b>5</b> EUR <a id="a1">more</a>',
}


def test_its_texts_are_translated(home_lv, django_capture_on_commit_callbacks):
    page = ContentPageFactory(parent=home_lv, body=[("legacy", TABLE)])
    with django_capture_on_commit_callbacks(execute=True):
        translated = translate(page, {page.title: "Page", "a\n  b": "c", **ENGLISH})
    html = translated.specific.body[0].value
    for latvian, english in ("Novads", "County"), ("vairāk", "more"), ("vecs", "old"):
        assert latvian not in html and english in html
    assert 'rowspan="2"' in html and 'href="https://lps.lv/"' in html
    assert page.body[0].value == TABLE
