"""What editors type and what visitors see; the words of the interface for every number."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from home.templatetags.event_days import event_days
from home.typography import typeset
from tests import factories as make

pytestmark = pytest.mark.once

LATVIAN = [
    # Quotation marks
    ('Projekts "Lietpratīga pārvaldība" sākas', "Projekts „Lietpratīga pārvaldība“ sākas"),
    ("Projekts „Lietpratīga pārvaldība” sākas", "Projekts „Lietpratīga pārvaldība“ sākas"),
    ('„Lietpratīga pārvaldība" (2014)', "„Lietpratīga pārvaldība“ (2014)"),
    ('("Abc", "Def")', "(„Abc“, „Def“)"),
    ('"Programma "Latvija 2030""', "„Programma „Latvija 2030““"),
    ('<p>"<b>Trekns</b>"</p>', "<p>„<b>Trekns</b>“</p>"),
    ('<p><b>"Trekns"</b></p>', "<p><b>„Trekns“</b></p>"),
    ('<p>Saka: "Jā</p><p>un nē."</p>', "<p>Saka: „Jā</p><p>un nē.“</p>"),
    ("&quot;Vārds&quot;", "„Vārds“"),
    ("d'Artanjans, d&#x27;Artanjans", "d’Artanjans, d’Artanjans"),
    # Numbers and what they count
    ("2022. gada 16. novembris", "2022.~gada 16.~novembris"),
    ("no 2014. gada", "no 2014.~gada"),
    ("20 % no 10 000 EUR un 5 km", "20~% no 10~000~EUR un 5~km"),
    ("pēc 3 gadiem, 12 lpp.", "pēc 3~gadiem, 12~lpp."),
    ("Nr. 5, plkst. 14.00, § 3", "Nr.~5, plkst.~14.00, §~3"),
    ("likuma 5. pants un 2. pielikums", "likuma 5.~pants un 2.~pielikums"),
    ("asociācijas 7. Eiropas konference", "asociācijas 7.~Eiropas konference"),
    # Names and abbreviations
    ("J. Bērziņš un A. B. Kalniņa", "J.~Bērziņš un A.~B.~Kalniņa"),
    ("skolas u. c. iestādes, t. i., visas", "skolas u.~c. iestādes, t.~i., visas"),
    # Dashes
    ("Rīga – galvaspilsēta", "Rīga~– galvaspilsēta"),
    ("Rīga - galvaspilsēta", "Rīga~– galvaspilsēta"),
]
ENGLISH = [
    ('The project "Smart governance" starts', "The project “Smart governance” starts"),
    ('the council\'s "work"', "the council’s “work”"),
    ("16 November 2022", "16~November 2022"),
    ("EUR 5 million for No. 7", "EUR~5~million for No.~7"),
    ("I see a council", "I~see a~council"),
]
UNTOUCHED = [
    "Skaties https://example.lv/a?b='c'd'e un www.example.lv/o'neil.",
    "<a href=\"https://example.lv/?q='a'b'\" title='\"x\" 5 km'>saite</a>",
    '<code>print("5 km")</code> <pre>J. Bērziņš "x"</pre>',
    '<textarea>"5 km"</textarea>',
    '<img alt="Attēls > 5 km">',
    'Ekrāns 27", galds 5\'10" augsts',
    "LPIA-A-2022-03, 67-123-456, 2022-11-16",
    "Teikums beidzas 2022. Nākamais sākas.",
    "Vērtība 5 & 6 &amp; 7 &lt; 8",
    "5 * 3 = 15",
]


@pytest.mark.parametrize(("typed", "shown"), LATVIAN)
def test_latvian_is_set_by_its_rules(typed, shown):
    assert typeset(typed, "lv") == shown.replace("~", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(("typed", "shown"), ENGLISH)
def test_english_is_set_by_its_rules(typed, shown):
    assert typeset(typed, "en") == shown.replace("~", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize("text", UNTOUCHED)
@pytest.mark.parametrize("language", ["lv", "en"])
def test_addresses_code_attributes_measures_and_references_stay(text, language):
    assert typeset(text, language) == text


def test_every_quotation_mark_of_a_paragraph_is_set_on_its_own():
    typed = '<p>"Viens</p><p>"Divi"</p>'
    assert typeset(typed, "lv") == "<p>„Viens</p><p>„Divi“</p>"


@given(st.text(alphabet="ab1 .<>/&;\"'„“”=-p", max_size=60), st.sampled_from(["lv", "en"]))
def test_nothing_but_spaces_dashes_and_quotation_marks_changes(text, language):
    def plain(html):
        return html.translate({0xA0: " ", ord("–"): "-"} | dict.fromkeys(map(ord, "„“”’'"), '"'))

    shown = typeset(text, language)
    assert plain(shown) == plain(text)
    assert typeset(shown, language) == shown  # twice is as once


@pytest.mark.parametrize(
    ("value", "shown"),
    [('"A" & <B>', "„A“ &amp; &lt;B&gt;"), (mark_safe('<i>"A"</i>'), "<i>„A“</i>")],
)
def test_text_is_escaped_and_html_kept(value, shown):
    template = Template("{% load typography %}{{ value|typeset }}")
    with translation.override("lv"):
        assert template.render(Context({"value": value})) == shown


@pytest.mark.django_db
def test_an_article_is_shown_set_and_stored_as_it_was_typed(client, home_lv):
    typed = 'Projekts "Lietpratīga pārvaldība" līdz 2022. gada 5. maijam'
    article = make.NewsPageFactory(
        parent=make.NewsIndexPageFactory(parent=home_lv),
        title=typed,
        lead=typed,
        body=[("heading", typed), ("quote", {"text": typed, "attribution": "J. Bērziņš"})],
    )
    shown = typeset(typed, "lv")
    for page in (article, home_lv):
        html = BeautifulSoup(client.get(page.url).content, "html.parser").main
        for tag in html.select("h1, .lead, .prose h2, blockquote p, h3 a, .front-lead"):
            if "Projekts" in tag.text:
                assert tag.text == shown
    assert client.get(article.url).content.decode().count(shown) == 4
    article.refresh_from_db()
    assert article.title == article.lead == typed


# The words of the interface

COUNTED = {
    "lv": {
        "insight": "0 atziņu|1 atziņa|2 atziņas|10 atziņas|11 atziņas|21 atziņa|111 atziņas",
        "municipality": "0 pašvaldību|1 pašvaldība|2 pašvaldības|10 pašvaldības|11 pašvaldības|"
        "21 pašvaldība|111 pašvaldības",
        "result": "0 rezultātu|1 rezultāts|2 rezultāti|10 rezultāti|11 rezultāti|21 rezultāts|"
        "111 rezultāti",
        "from": "no 0 konferencēm|no 1 konferences|no 2 konferencēm|no 10 konferencēm|"
        "no 11 konferencēm|no 21 konferences|no 111 konferencēm",
        "of": "0 no 0 atziņām|1 no 1 atziņas|2 no 2 atziņām|10 no 10 atziņām|11 no 11 atziņām|"
        "21 no 21 atziņas|111 no 111 atziņām",
    },
    "en": {
        "insight": "0 insights|1 insight|2 insights|10 insights|11 insights|21 insights|"
        "111 insights",
        "municipality": "0 municipalities|1 municipality|2 municipalities|10 municipalities|"
        "11 municipalities|21 municipalities|111 municipalities",
        "result": "0 results|1 result|2 results|10 results|11 results|21 results|111 results",
        "from": "from 0 conferences|from 1 conference|from 2 conferences|from 10 conferences|"
        "from 11 conferences|from 21 conferences|from 111 conferences",
        "of": "0 of 0 insights|1 of 1 insight|2 of 2 insights|10 of 10 insights|"
        "11 of 11 insights|21 of 21 insights|111 of 111 insights",
    },
}
SENTENCES = {
    "insight": "count counter=n %}{{ counter }} insight{% plural %}{{ counter }} insights",
    "municipality": "count number=n %}{{ number }} municipality{% plural %}"
    "{{ number }} municipalities",
    "result": "count number=n %}{{ number }} result{% plural %}{{ number }} results",
    "from": "count counter=n %}from {{ counter }} conference{% plural %}"
    "from {{ counter }} conferences",
    "of": "count total=n %}{{ found }} of {{ total }} insight{% plural %}"
    "{{ found }} of {{ total }} insights",
}


@pytest.mark.parametrize("language", COUNTED)
@pytest.mark.parametrize("name", SENTENCES)
def test_words_follow_their_numbers(language, name):
    sentence = f"{{% load i18n %}}{{% blocktranslate {SENTENCES[name]}{{% endblocktranslate %}}"
    with translation.override(language):
        shown = [
            Template(sentence).render(Context({"n": n, "found": n}))
            for n in (0, 1, 2, 10, 11, 21, 111)
        ]
    assert "|".join(shown) == COUNTED[language][name]


DAYS = [
    ((2022, 11, 16), None, "2022. gada 16.~novembris", "16~November 2022"),
    ((2022, 11, 1), (2022, 11, 1), "2022. gada 1.~novembris", "1~November 2022"),
    ((2022, 11, 15), (2022, 11, 16), "2022. gada 15.–16.~novembris", "15–16~November 2022"),
    (
        (2022, 11, 30),
        (2022, 12, 2),
        "2022. gada 30.~novembris~– 2022. gada 2.~decembris",
        "30~November 2022~– 2~December 2022",
    ),
]


@pytest.mark.parametrize(("first", "last", "latvian", "english"), DAYS)
def test_days_are_written_as_each_language_writes_them(first, last, latvian, english):
    days = [day and datetime.date(*day) for day in (first, last)]
    for language, shown in (("lv", latvian), ("en", english)):
        with translation.override(language):
            assert event_days(*days) == shown.replace("~", "\N{NO-BREAK SPACE}")


def test_times_have_a_point_in_latvian_and_a_colon_in_english():
    moment = datetime.datetime(2022, 11, 16, 9, 5)
    shown = {}
    for language in ("lv", "en"):
        with translation.override(language):
            shown[language] = date_format(moment, "DATETIME_FORMAT").replace("\xa0", " ")
    assert shown == {"lv": "2022. gada 16. novembris, 09.05", "en": "16 November 2022, 09:05"}
