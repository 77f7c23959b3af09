"""What the judge reads of a post's HTML: what is shown, what is hidden, where links go."""

import pytest

from news.wordpress.judge import read_text
from news.wordpress.judge.languages import fold, repaired, share_of_little_words, words_of
from news.wordpress.judge.letters import is_counting, nonsense

pytestmark = pytest.mark.once

STRUCK = """
asdasdsadsadasd sdsdsdsd dsdsds qwerty jjjj asd hjkl lkjhgf zxcvbn fghfgh ksjdhf qweqwe
ASDASD aaa йцукен фывапролд ēūīāšģķļ xtvr
"""
WORDS = """
pašvaldība šķērsgriezums VARAM LNKC pdf plkst https www XXX were kuskuss ananass Mississippi
asas āķīši Grzybowska Skjæveland Güstrow Szymański strengths jaunieši про семинар omavalitsused
savivaldybių hjälp kommuner ļaužu žņaugs
"""


@pytest.mark.parametrize(
    "hiding",
    [
        'style="display:none"',
        'style="DISPLAY : none !important"',
        'style="visibility: hidden"',
        'style="position:absolute; left:-9999px"',
        'style="text-indent: -9999px"',
        'style="font-size:0"',
        'style="font-size: 1px; color: red"',
        'style="height:0; overflow:hidden"',
        'style="color:#FFFFFF"',
        'style="color: white;"',
        'style="color:#fffffe"',
        "hidden",
    ],
)
def test_hidden_text_and_links_are_told_from_shown_ones(hiding):
    page = read_text(f'<p>Redzams</p><div {hiding}>a <a href="http://a.example">b</a></div> arī')
    assert page.text.split() == ["Redzams", "arī"]
    assert page.hidden.split() == ["a", "b"]
    assert page.links == []
    assert page.hidden_links == [("http://a.example", "b")]


@pytest.mark.parametrize(
    "shown",
    [
        '<td style="background-color:#036"><b style="color:#fff">teksts</b></td>',
        '<table bgcolor="navy"><tr><td><font color="white">teksts</font></td></tr></table>',
        '<p style="font-size:10pt; line-height:100%">teksts</p>',
        '<p style="color:#f00">teksts</p>',
        '<p style="max-width:100px;border-width:0">teksts</p>',
    ],
)
def test_what_is_styled_is_not_hidden(shown):
    page = read_text(shown)
    assert (page.text, page.hidden) == ("teksts", "")


def test_paragraphs_of_any_editor_are_lines():
    assert read_text("<p>a</p><p>b<br>c</p>").text == "a\nb\nc"
    assert read_text("a\r\n\r\nb").text == "a\nb"
    assert read_text("<!-- wp:paragraph --><p>a&nbsp;b</p><!-- /wp:paragraph -->").text == "a b"


def test_scripts_styles_and_comments_are_no_text():
    content = "<style>p{}</style><script>x()</script><!--[if mso]>y<![endif]-->z<?php w ?>"
    assert read_text(content).text == "z"


def test_shortcodes_and_players_are_media_and_captions_text():
    page = read_text('[gallery ids="1"][caption id="a"]<img src="a.jpg" /> Valde[/caption]')
    assert page.text == "Valde"
    assert page.media == ['[gallery ids="1"]', "a.jpg"]
    assert read_text("Skat.\nhttp://youtu.be/x\n").media == ["http://youtu.be/x"]
    assert read_text("[VARAM] (LPS) [1]").text == "[VARAM] (LPS) [1]"


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("PaÅ¡valdÄ«bu dienas", "Pašvaldību dienas"),
        ("Paðvaldîbu sanâksme", "Pašvaldību sanāksme"),
        ("Paрvaldоbu sanвksme", "Pašvaldību sanāksme"),
        ("Pašvaldību dienas", "Pašvaldību dienas"),
        ("Семинар в Лудзе", "Семинар в Лудзе"),
        ("Ābols Ķekavā", "Ābols Ķekavā"),
    ],
)
def test_wrong_code_pages_are_undone(broken, right):
    assert repaired(broken) == right


@pytest.mark.parametrize("word", STRUCK.split())
def test_what_fingers_do_on_keys_is_no_word(word):
    assert nonsense(word)


@pytest.mark.parametrize("word", WORDS.split())
def test_real_words_and_abbreviations_are_none_of_it(word):
    assert nonsense(word) == ""


def test_digits_as_they_stand_on_the_keyboard():
    assert all(map(is_counting, ["123", "12345", "1111", "000"]))
    assert not any(map(is_counting, ["24", "2015", "67226536", "1324"]))


def test_languages_are_told_by_little_words():
    shares = share_of_little_words(words_of("Sēde notiks rīt, un par to ir jāzina visiem"))
    assert max(shares, key=shares.get) == "lv"
    assert fold("Šķērsiela ŁÓDŹ") == "skersiela lodz"
    assert words_of("Rakstiet uz lps@lps.lv vai www.lps.lv/a.pdf") == ["rakstiet", "uz", "vai"]


@pytest.mark.parametrize("depth", [300, 5000])
def test_no_text_is_lost_in_what_never_closes(depth):
    assert read_text("<div>" * depth + "dziļi</div> beigas").text.split() == ["dziļi", "beigas"]


def test_shortcodes_around_text_are_no_media():
    page = read_text("[vc_row][vc_column_text]asd[/vc_column_text][/vc_row]")
    assert (page.text, page.media) == ("asd", [])
