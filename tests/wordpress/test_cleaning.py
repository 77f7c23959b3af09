"""Characters that went wrong on their way through old databases, and those that only look so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.wordpress.conversion.cleaning import mend_encoding, repair, tidy, visible

pytestmark = pytest.mark.once

SENTENCES = [
    "Pašvaldību sadarbības tīkls – četrās jomās.",
    "Ēriks Ķeniņš, Ģirts Ļaudams un Ņina Žagare: „Šī ir Īves Čakstes māja”.",
    "ŪDENS UN SILTUMS RĪGĀ, JŪRMALĀ, LIEPĀJĀ",
    "„Mācīties salīdzinot” sistēma ir ilgtspējīga… “Tā” ‘ir’ Rīgā’",
    "Maksa 5 € gadā, 12 m², temperatūra 20 °C, §5",
]
FOREIGN = [
    "Ålesund, Ähtäri, Västerås, Malmö, Åbo un „Ä“ burts",
    "»Ä« un «Ā», Köln, Übung, Õismäe, GARÇON",
    "Café, naïve façade, español, «Être»; à la carte, ça va",
    "Þórður Björnsson ræðir við Ísland",
    "Łódź, Kraków, Świętokrzyskie, Vilnius, Šiauliai, Panevėžys",
    "Рига – столица Латвии, Єврoпа",
    "S. Â. Ñandú, Ã, Ä, Å ö ü 100 € – ā€",
    "Ielas Ā, Â un Ä … 5 § Ž“ „Å“",
    "👨‍👩‍👧 emocijzīmes 🙂",
]


def misread(text, encoding):
    """Read UTF-8 as another encoding, as sloppy programs do: what has no character stays a byte."""
    out = ""
    for byte in text.encode():
        try:
            out += bytes([byte]).decode(encoding)
        except UnicodeDecodeError:
            out += chr(byte)
    return out


@pytest.mark.parametrize("encoding", ["cp1252", "cp1257", "latin-1"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_utf8_that_was_read_as_something_else(sentence, encoding):
    assert mend_encoding(misread(sentence, encoding)) == sentence


@pytest.mark.parametrize("sentence", SENTENCES[:2])
def test_twice(sentence):
    assert mend_encoding(misread(misread(sentence, "cp1252"), "cp1252")) == sentence


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("pašvaldÄ«ba", "pašvaldība"),
        ("Rīgā un RÄ«gÄ\x81", "Rīgā un Rīgā"),
        (
            "PilsÄ“tas dome pÄrvalda Å«deni, ielÄs un tÄ",
            "Pilsētas dome pārvalda ūdeni, ielās un tā",
        ),
        ("paðvaldîba lçmusi, ka þoga nav", "pašvaldība lēmusi, ka žoga nav"),
    ],
)
def test_as_it_was_found(wrong, right):
    assert mend_encoding(wrong) == right


@pytest.mark.parametrize("text", SENTENCES + FOREIGN)
def test_right_text_is_left_alone(text):
    assert mend_encoding(text) == text


WORDS = st.text("abcdefghijklmnoprstuvzāčēģīķļņšūžŗō", min_size=1, max_size=12)
NAMES = st.builds(
    lambda first, rest: first.upper() + rest, st.sampled_from("abčdeēģīķļņšūž"), WORDS
)
MARKS = st.sampled_from([" ", ", ", ". ", " – ", "„", "”", "“", " €", "… ", "«", "»", "\xa0", ": "])
LATVIAN = st.lists(st.one_of(WORDS, NAMES, WORDS.map(str.upper), MARKS), max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(LATVIAN)
def test_right_latvian_is_never_changed(text):
    assert mend_encoding(text) == text


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS.filter(lambda word: len(word) > 2), min_size=1, max_size=9).map(" ".join))
def test_any_latvian_words_are_mended(text):
    """Beside a word that tells; alone, what begins with Ä and a quotation mark may be right."""
    text = f"pašvaldība {text}"
    for encoding in ("cp1252", "cp1257"):
        assert mend_encoding(misread(text, encoding)) == text


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_repaired(text):
    repaired = repair(text)
    repaired.encode()
    assert "\x00" not in repaired
    assert tidy(tidy(repaired)) == tidy(repaired)


@pytest.mark.parametrize(
    ("html", "repaired"),
    [
        ("&amp;nbsp;&amp;#8211;&amp;quot;", "&nbsp;&#8211;&quot;"),
        ("AT&amp;T &amp;nav;", "AT&amp;T &amp;nav;"),
        ("<code>&amp;nbsp;</code>&amp;lt;", "<code>&amp;nbsp;</code>&lt;"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\ud800b\x00\x08", "a\N{REPLACEMENT CHARACTER}b"),
    ],
)
def test_repairs(html, repaired):
    assert repair(html) == repaired


def test_characters_that_count():
    assert visible(" a\u00ad\u200b\xa0b²ﬁ…\n") == "ab2fi..."
