"""Exports that are damaged, are none, or are meant to do harm: nothing raises, little is lost."""

import gzip
import itertools
import re
import tracemalloc

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from news.wordpress import wxr
from news.wordpress.items import Damage, Item, Site
from news.wordpress.wxr import collector, names

from .wxr_samples import EXPORTS, HEAD, export, item, read

pytestmark = pytest.mark.once

THREE = export(item(1, "Pirmais"), item(2, "Otrais"), item(3, "Trešais"))


def ids(items):
    return [one.id for one in items]


def codes(damages):
    return [damage.code for damage in damages]


# Files that are no export


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\n", "empty"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"<!DOCTYPE html>\n<html lang='lv'><title>Pieteikties</title>", "html"),
        (b"<HTML><body>", "html"),
        (b"id;virsraksts\n1;Viens\n", "not_wxr"),
        (b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'/>", "not_wxr"),
        (bytes(range(256)) * 9000, "not_wxr"),
    ],
)
def test_other_files(tmp_path, content, code):
    assert read(tmp_path, content) == ([], [Damage(code)])


@pytest.mark.parametrize("entry", ["<item><title>Ziņa</title></item>" * 3, ""])
def test_a_news_feed(tmp_path, entry):
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{entry}</channel></rss>'
    assert read(tmp_path, feed) == ([], [Damage("plain_rss")])


def test_a_file_that_cannot_be_opened(tmp_path):
    missing = "“nav.xml” cannot be read: No such file"
    with translation.override("en"), pytest.raises(wxr.Unreadable, match=missing):
        next(wxr.read(tmp_path / "nav.xml"))
    with pytest.raises(wxr.Unreadable):
        next(wxr.read(tmp_path))


# Attacks

BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in itertools.pairwise("abcdefghi")
)


@pytest.mark.parametrize(
    "doctype",
    [
        BOMB + "]>",
        '<!DOCTYPE rss SYSTEM "http://attacks.example/wxr.dtd">',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY a "<rss>">]>',
    ],
)
def test_a_document_type_is_refused(tmp_path, doctype):
    content = THREE.replace("<rss", f"{doctype}<rss", 1).replace("Virsraksts", "&a;")
    assert read(tmp_path, content) == ([], [Damage("dtd")])


def test_a_document_type_further_on_declares_nothing(tmp_path):
    bomb = BOMB + "]>"
    content = export(item(1), bomb, item(2, title="&i;"))
    items, damages = read(tmp_path, content)
    assert ids(items) == [1, 2] and items[1].title == "&i;"
    assert codes(damages) == ["lost"]


@pytest.mark.parametrize("character", ["a", " ", "<a", "&amp;"])
def test_a_huge_attribute(tmp_path, character):
    """Where a parser reads an unfinished tag from its beginning again and again."""
    count = 3_000_000 // len(character)
    category = f'<category domain="category" nicename="{character * count}">X</category>'
    items, damages = read(tmp_path, export(item(1), item(2, more=category), item(3)))
    assert {1, 3} <= set(ids(items)) and damages


def test_elements_within_elements(tmp_path):
    content = export(item(1), item(2, more="<a>" * 200_000), item(3))
    items, damages = read(tmp_path, content)
    assert ids(items) == [1, 2, 3]
    assert codes(damages) == ["repaired"] and items[1].problems == ["repaired"]


def test_names_without_number(tmp_path, monkeypatch):
    """Parsers remember every name, so an endless number would fill the memory."""
    monkeypatch.setattr(names, "MOST_NAMES", 60)
    flood = "".join(f"<a{number}/>" for number in range(200))
    items, damages = read(tmp_path, export(item(1), flood, item(2, more=flood), item(3)))
    assert ids(items) == [1, 2, 3] and codes(damages) == ["lost", "repaired"]


def test_items_within_items(tmp_path):
    content = export("<item>" * 3000, item(1), "</item>" * 3000, item(2))
    items, _damages = read(tmp_path, content)
    assert ids(one for one in items if one.id) == [1, 2]


def test_an_item_within_an_item(tmp_path):
    items, damages = read(tmp_path, export(item(1, more=item(2)), item(3)))
    assert ids(items) == [1, 2, 3]
    assert [one.problems for one in items] == [["repaired"], [], []]
    assert codes(damages) == ["repaired", "lost"]


# Bounds


def test_what_is_too_long_is_cut_off_and_said(tmp_path, monkeypatch):
    monkeypatch.setattr(collector, "LONGEST_TEXT", 1000)
    monkeypatch.setattr(collector, "LONGEST_FIELD", 100)
    sample = item(1, content="ā" * 3000, title="b" * 101)
    (one, two), damages = read(tmp_path, export(sample, item(2)))
    assert damages == [Damage("too_long", "title, content:encoded", 1)]
    assert (one.title, one.content) == ("b" * 100, "ā" * 1000)
    assert (one.problems, two.problems) == (["too_long"], [])


@pytest.mark.parametrize(
    "entry",
    [
        "<wp:postmeta><wp:meta_key>{}</wp:meta_key><wp:meta_value>ā</wp:meta_value></wp:postmeta>",
        "<wp:postmeta/>",
        '<category domain="post_tag" nicename="{}"/>',
    ],
)
def test_entries_without_number_are_bounded_too(tmp_path, monkeypatch, entry):
    monkeypatch.setattr(collector, "LONGEST_LIST", 2000)
    more = "".join(entry.format(number) for number in range(100))
    (one, two), damages = read(tmp_path, export(item(1, more=more), item(2)))
    assert one.id == 1 and one.problems == ["too_long"] and codes(damages) == ["too_long"]
    values = sum(map(len, one.earlier_meta.values()), len(one.meta)) + len(one.terms)
    assert 5 < values <= 2000 // collector.ENTRY
    assert two.problems == []


COMMENT = (
    "<wp:comment><wp:comment_approved>1</wp:comment_approved><wp:comment_content>"
    f"<![CDATA[{'Piekrītu. ' * 40}]]></wp:comment_content></wp:comment>\n"
)


@pytest.mark.parametrize(("items", "comments"), [(2000, 1), (2, 10_000)])
def test_memory_does_not_grow_with_the_file(tmp_path, monkeypatch, items, comments):
    """Neither with the number of items nor with the comments of one."""
    monkeypatch.setattr(wxr, "LONGEST_RECORD", 100_000)
    samples = (item(number, "x" * 4000, more=COMMENT * comments) for number in range(items))
    path = tmp_path / "big.xml"
    path.write_text(export(*samples))
    tracemalloc.start()
    count = sum(one.comments for one in wxr.read(path) if isinstance(one, Item))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == items * comments
    assert peak < 1_000_000 < path.stat().st_size / 8


# Files that are cut off


def test_a_file_that_ends_in_the_middle(tmp_path):
    cut = THREE[: THREE.index("Trešais")]
    items, damages = read(tmp_path, cut)
    assert ids(items) == [1, 2]
    assert damages == [Damage("truncated", str(cut.count("\n") + 1))]


def test_a_file_that_ends_in_its_head(tmp_path):
    path = tmp_path / "export.xml"
    path.write_text(THREE[: THREE.index("</wp:wxr_version>")])
    assert list(wxr.read(path))[1:] == [Damage("truncated", "5")]
    path.write_text(THREE[: THREE.index("<item>")])
    assert list(wxr.read(path)) == [
        Site(title="Ziņas", version="1.2"),
        Damage("truncated", "6"),
    ]
    path.write_text(THREE[: THREE.index("wordpress.org")])
    assert list(wxr.read(path)) == [Damage("truncated", "2")]


def test_the_number_of_the_item_that_is_cut_off_is_told(tmp_path):
    cut = THREE[: THREE.index("<wp:post_name>ieraksts-3")]
    items, damages = read(tmp_path, cut)
    assert ids(items) == [1, 2]
    assert [(damage.code, damage.item) for damage in damages] == [("truncated", 3)]


def test_a_server_that_gave_up_in_the_middle(tmp_path):
    message = "<br />\n<b>Fatal error</b>:  Maximum execution time of 30 seconds exceeded in <b>"
    items, damages = read(tmp_path, THREE[: THREE.index("<item>\n<title>", 900)] + message)
    assert codes(damages) == ["truncated"] and ids(items) == [1, 2][: len(items)] and items


def test_gzip_that_is_cut_off(tmp_path):
    samples = [item(n, str(n) * 50) for n in range(1, 3000)]
    packed = gzip.compress(export(*samples).encode())
    items, damages = read(tmp_path, packed[: len(packed) // 2])
    assert len(items) > 500 and ids(items) == list(range(1, len(items) + 1))
    assert codes(damages) == ["truncated", "gzip"]


def test_gzip_that_holds_none(tmp_path):
    assert read(tmp_path, b"\x1f\x8b\x08\x00abc") == ([], [Damage("gzip")])


# Damage in the middle


@pytest.mark.parametrize(
    ("before", "after", "title", "content"),
    [
        ("<title>Virsraksts", "<title>Rīga & Oslo", "Rīga & Oslo", "Teksts"),
        ("<title>Virsraksts", "<title>3 < 4 &amp; 5", "3 < 4 & 5", "Teksts"),
        ("<title>Virsraksts", "<title>Viens&#x1;, divi", "Viens, divi", "Teksts"),
        ("Teksts", "a[b[0]]>1 && c", "Virsraksts", "a[b[0]]>1 && c"),
        ("Teksts", "x <![CDATA[ y ]]> <b>z</b>", "Virsraksts", "x <![CDATA[ y ]]> <b>z</b>"),
        ("Teksts]]>", "Teksts", "Virsraksts", "Teksts"),
        ("</item>", "</itm>", "Virsraksts", "Teksts"),
        ("<wp:status>", "<x></y><wp:status>", "Virsraksts", "Teksts"),
    ],
)
def test_a_broken_item_is_read_nevertheless(tmp_path, before, after, title, content):
    broken = item(2).replace(before, after)
    assert broken != item(2)
    items, damages = read(tmp_path, export(item(1), broken, item(3)))
    assert ids(items) == [1, 2, 3]
    assert (items[1].title, items[1].content) == (title, content)
    assert [one.problems for one in items] == [[], ["repaired"], []]
    assert codes(damages)[0] == "repaired" and damages[0].item == 2


def test_a_broken_item_keeps_its_terms_and_meta(tmp_path):
    more = '<category domain="category" nicename="a&amp;b"><![CDATA[Ā]]></category>\n'
    more += "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key>\n"
    more += "<wp:meta_value><![CDATA[40]]></wp:meta_value></wp:postmeta>\n"
    more += "<wp:comment><wp:comment_approved>1</wp:comment_approved></wp:comment>\n"
    sample = export(item(1, title="A {} B", more=more))
    (whole,), _damages = read(tmp_path, sample.replace("{}", "&amp;"))
    (mended,), _damages = read(tmp_path, sample.replace("{}", "&"))
    assert mended.problems == ["repaired"] and mended.comments == 1
    mended.problems = []
    assert mended == whole


def test_rubbish_that_looks_like_an_item_is_none(tmp_path):
    items, damages = read(tmp_path, export(item(1), "<item><title>A & B</title></item>", item(2)))
    assert ids(items) == [1, 2] and codes(damages) == ["lost"]


def test_a_broken_term(tmp_path):
    terms = "".join(
        f"<wp:tag><wp:tag_slug>{slug}</wp:tag_slug><wp:tag_name>{slug} & co</wp:tag_name></wp:tag>"
        for slug in ("viens", "divi")
    )
    path = tmp_path / "export.xml"
    path.write_text(export(item(1), head=HEAD + terms))
    found = list(wxr.read(path))
    assert [one.name for one in found if hasattr(one, "taxonomy")] == ["viens & co", "divi & co"]
    assert ids(one for one in found if isinstance(one, Item)) == [1]


def test_a_text_that_swallows_another_item_is_noticed(tmp_path):
    """XML sees nothing wrong in it: the text has an end, that of the next one."""
    items, damages = read(
        tmp_path, export(item(1), item(2, "Otrais").replace("]]>", ""), item(3, "Trešais"))
    )
    assert [(one.id, one.content) for one in items] == [
        (1, "Teksts"),
        (2, "Otrais"),
        (3, "Trešais"),
    ]
    assert codes(damages) == ["repaired"]


def test_a_hole_between_the_texts_of_two_items_is_noticed(tmp_path):
    content = export(item(1, "Pirmais raksts"), item(2, "Otrais raksts"), item(3))
    before, _hole, after = content.partition("s raksts]]>")
    items, damages = read(tmp_path, before + after[after.index("<content:encoded>") :])
    assert items[0].problems == ["repaired"] and items[1].id == 3
    assert codes(damages) == ["repaired"]


def test_two_items_that_became_one_are_noticed(tmp_path):
    content = export(item(1), item(2), item(3))
    before, _hole, after = content.partition("<wp:post_type>")
    items, _damages = read(tmp_path, before + after[after.index("<wp:status>") :])
    assert [(one.id, one.problems) for one in items] == [(1, ["doubled"]), (3, [])]


def test_a_text_may_speak_of_exports(tmp_path):
    text = "<pre><content:encoded>Teksts</content:encoded></pre> un </category>"
    (one, _two), damages = read(tmp_path, export(item(1, text), item(2)))
    assert one.content == text and codes(damages) == ["repaired"]


def test_a_category_that_swallows_the_next_one_is_noticed(tmp_path):
    more = "".join(f'<category nicename="{n}"><![CDATA[{n}]]></category>\n' for n in ("a", "b"))
    (one,), _damages = read(tmp_path, export(item(1, more=more.replace("]]>", "", 1))))
    assert [term.name for term in one.terms] == ["a", "b"]


def test_an_item_without_an_end_of_its_text_is_lost_and_said(tmp_path):
    broken = item(2).replace("</content:encoded>", "&")
    items, damages = read(tmp_path, export(item(1), broken, item(3)))
    assert ids(items) == [1, 3]
    ((code, detail),) = [(damage.code, int(damage.detail)) for damage in damages]
    first = export(item(1), head="")[: -len("</channel>\n</rss>\n")].count("\n") + HEAD.count("\n")
    assert code == "lost" and first < detail <= first + broken.count("\n")


def test_rubbish_between_items(tmp_path):
    items, damages = read(tmp_path, export(item(1), "<br><b>Warning</b> & <<\n", item(2)))
    assert ids(items) == [1, 2]
    assert codes(damages) == ["lost"]


def test_damage_in_a_large_file_is_found_at_its_line(tmp_path):
    items = [item(n, "Rinda\n" * 500) for n in range(1, 100)]
    items[70] = items[70].replace("<title>", "<title>&")
    content = export(*items)
    found, damages = read(tmp_path, content)
    assert ids(found) == list(range(1, 100))
    assert damages == [
        Damage("repaired", str(content[: content.index("<title>&")].count("\n") + 1), 71)
    ]


def test_entities_of_html_outside_of_html(tmp_path):
    title = "Rīga&nbsp;&ndash; Oslo &nezinams; &#8222;a&ldquo;"
    (one,), damages = read(tmp_path, export(item(title=title)))
    assert one.title == "Rīga\xa0– Oslo &nezinams; „a“" and not damages


# What stands around the export


@pytest.mark.parametrize("start", ["\ufeff", "\n\n \r\n", "\ufeff\n"])
def test_blank_lines_before_the_beginning(tmp_path, start):
    assert read(tmp_path, start + THREE)[1] == []


def test_messages_before_the_beginning(tmp_path):
    message = "<br />\n<b>Warning</b>:  Cannot modify header <!-- a --> & in <b>/srv</b>\n"
    items, damages = read(tmp_path, message + THREE)
    assert ids(items) == [1, 2, 3] and damages == [Damage("before_start")]


@pytest.mark.parametrize("end", ["<p>Lapa radīta 0,5 sekundēs</p>", "gatavs & <<", "\n<b"])
def test_text_after_the_end(tmp_path, end):
    items, damages = read(tmp_path, THREE + end)
    assert ids(items) == [1, 2, 3]
    assert damages == ([] if end == "\n<b" else [Damage("after_end")])


def test_two_exports_in_one_file(tmp_path):
    items, damages = read(tmp_path, THREE + export(item(4), item(5)))
    assert ids(items) == [1, 2, 3, 4, 5] and codes(damages) == ["after_end"]


# Letters

TEXT = "Pašvaldību ģimenes Ķekavā „žurnāls” – ŠŪPOLES"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("UTF-8", "utf-8"),
        ("windows-1257", "cp1257"),
        ("ISO-8859-13", "iso8859-13"),
        ("windows-1257", "utf-8"),  # what it says is not so
        ("UTF-16", "utf-16"),
        ("UTF-8", "utf-16"),
        ("UTF-16", "utf-16-be"),
        ("klingon", "utf-8"),
        ("unicode_escape", "utf-8"),
    ],
)
def test_encodings(tmp_path, declared, encoding):
    text = TEXT.replace("„", '"').replace("”", '"').replace("–", "-")
    declaration = f'<?xml version="1.0" encoding="{declared}"?>'
    content = export(item(title=text, content=text), declaration=declaration)
    (one,), damages = read(tmp_path, content.encode(encoding))
    assert (one.title, one.content, damages) == (text, text, [])


def test_a_file_that_is_not_in_the_encoding_it_declares(tmp_path):
    (one,), damages = read(tmp_path, export(item(title=TEXT), head="").encode("cp1257"))
    assert one.title == TEXT
    assert damages == [Damage("encoding", "1 (windows-1257)")]


def test_a_file_in_two_encodings(tmp_path):
    parts = export(item(1, TEXT), "|", item(2, TEXT, title="ŠĪ “BALTĀ”")).split("|")
    content = parts[0].encode() + parts[1].encode("cp1257")
    items, damages = read(tmp_path, content)
    assert [one.content for one in items] == [TEXT, TEXT]
    assert items[1].title == "ŠĪ “BALTĀ”"  # of which “Ā”” would be UTF-8, too
    assert damages == [Damage("encoding", "2 (windows-1257)")]


def test_one_stray_letter_in_a_line(tmp_path):
    content = export(item(title=TEXT + "@"), head="").encode().replace(b"@", b"\xef")
    (one,), damages = read(tmp_path, content)
    assert one.title == TEXT + "ļ" and codes(damages) == ["encoding"]


def test_a_long_line_is_not_cut_within_a_letter(tmp_path):
    text = "a" + "ā€" * 200_000
    (one,), damages = read(tmp_path, export(item(content=text)))
    assert one.content == text and not damages


def test_control_characters_are_removed_and_counted_once(tmp_path):
    items, damages = read(
        tmp_path, export(item(1, "a\x00b\x0bc\ufffe\tč"), item(2, title="\x1fViens\x08"))
    )
    assert (items[0].content, items[1].title) == ("abc\tč", "Viens")
    assert damages == [Damage("control", "5")]


# Whatever happens

WHOLE = {
    path.name: (path.read_bytes(), [one for one in wxr.read(path) if isinstance(one, Item)])
    for path in sorted(EXPORTS.glob("*.xml"))
}
ENDS = {
    name: [match.end() for match in re.finditer(b"</item>", content)]
    for name, (content, _items) in WHOLE.items()
}


@given(name=st.sampled_from(sorted(WHOLE)), data=st.data())
def test_a_cut_at_any_place_leaves_what_stands_before(tmp_path_factory, name, data):
    content, whole = WHOLE[name]
    cut = data.draw(st.integers(0, len(content)))
    items, damages = read(tmp_path_factory.mktemp("cut"), content[:cut])
    assert items == whole[: sum(end <= cut for end in ENDS[name])]
    assert bool(damages) == (cut < len(content.rstrip()))


@given(
    name=st.sampled_from(sorted(WHOLE)),
    data=st.data(),
    piece=st.one_of(
        st.binary(max_size=12),
        st.sampled_from([b"<", b"&", b"]]>", b"<![CDATA[", b"<item>", b"</item>", b"<!--", b"\0<"]),
    ),
    removed=st.integers(0, 60),
)
def test_damage_at_any_place_leaves_what_stands_before(
    tmp_path_factory, name, data, piece, removed
):
    content, whole = WHOLE[name]
    place = data.draw(st.integers(0, len(content)))
    broken = content[:place] + piece + content[place + removed :]
    items, damages = read(tmp_path_factory.mktemp("damage"), broken)
    root_end = content.index(b"<channel>")
    if place > root_end:
        before = sum(end <= place for end in ENDS[name])
        assert items[:before] == whole[:before]
    assert all(map(wxr.sentence, damages))
    assert {code for one in items for code in one.problems} <= wxr.PROBLEMS.keys()
