"""Exports as WordPress wrote them over the years, from 2.9 to 5.8."""

import gzip
import re
from datetime import UTC, datetime

import pytest

from news.wordpress import wxr
from news.wordpress.items import Author, Damage, Item, Site, Term, dump_item, load_item

from .wxr_samples import EXPORTS, ROOT, export, item, read

pytestmark = pytest.mark.once


def found(version):
    return list(wxr.read(EXPORTS / f"wxr-{version}.xml"))


def of(kind, things):
    return [thing for thing in things if isinstance(thing, kind)]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_the_site_comes_first_and_nothing_is_damaged(version):
    site, *others = found(version)
    host = "https" if version == "1.2" else "http"
    path = "/zinas" if version == "1.2" else ""
    url = f"{host}://www.pasvaldibas.example{path}"
    assert site == Site(url, "Pašvaldību ziņas", "lv", version)
    assert not of(Site, others) and not of(Damage, others)


def test_authors():
    assert of(Author, found("1.0")) == []  # it does not list them
    assert of(Author, found("1.1")) == [
        Author("admin", "Līga Kalniņa"),
        Author("redaktors", "Preses dienests"),
    ]


def test_terms_know_their_parents_by_slug_also_where_the_export_names_them():
    assert of(Term, found("1.0")) == [
        Term("category", "jaunumi", "Jaunumi"),
        Term("category", "starptautiska-sadarbiba", "Starptautiskā sadarbība"),
        Term("category", "norvegija", "Norvēģija", "starptautiska-sadarbiba"),
        Term("post_tag", "budzets", "budžets"),
    ]
    assert of(Term, found("1.1")) == [
        Term("category", "jaunumi", "Jaunumi", number=3),
        Term("category", "projekti", "Projekti", "jaunumi", 4),
        Term("post_tag", "%d1%80%d0%b8%d0%b3%d0%b0", "Рига", number=5),
        Term("nav_menu", "galvene", "Galvene", number=6),
    ]
    assert of(Term, found("1.2"))[1:] == [Term("regions", "latgale", "Latgale", "latvija", 9)]


def test_a_post_of_2009():
    meeting, draft = of(Item, found("1.0"))
    assert meeting == Item(
        id=14,
        title="Tikšanās ar ministriju: budžets & nodokļi",
        slug="tiksanas-ar-ministriju",
        link="http://www.pasvaldibas.example/2009/12/tiksanas-ar-ministriju/",
        guid="http://www.pasvaldibas.example/?p=14",
        author="redaktors",
        date=datetime(2009, 12, 10, 12, 30, tzinfo=UTC),
        content=(
            "Pašvaldību pārstāvji tikās ar Finanšu ministriju.\n\n<!--more-->\n\n"
            "<strong>Vienošanās</strong> par 2010.&nbsp;gadu vēl nav."
        ),
        terms=[Term("category", "jaunumi", "Jaunumi"), Term("post_tag", "budzets", "budžets")],
        meta={"_edit_last": "2"},
        comments=1,
        other_comments=2,
    )


def test_a_draft_has_no_universal_time_yet_and_its_category_no_slug():
    _meeting, draft = of(Item, found("1.0"))
    assert (draft.status, draft.slug, draft.problems) == ("draft", "", [])
    assert draft.date == datetime(2010, 2, 15, 7, tzinfo=UTC)
    assert draft.terms == [Term("category", "norvegija", "Norvēģija")]


def test_a_file_its_post_and_a_menu_of_2012():
    picture, post, menu = of(Item, found("1.1"))
    assert (picture.type, picture.status, picture.parent) == ("attachment", "inherit", post.id)
    assert picture.file == picture.guid and picture.file.endswith("/liguma_parakstisana.jpg")
    assert picture.excerpt == "Līguma parakstīšana"
    assert picture.meta["_wp_attached_file"] == "2012/02/liguma_parakstisana.jpg"
    assert picture.meta["_wp_attachment_image_alt"] == "Divi cilvēki paraksta līgumu"
    assert picture.meta["_wp_attachment_metadata"].startswith('a:3:{s:5:"width"')

    assert post.sticky and not picture.sticky
    assert post.content.startswith('[caption id="attachment_40"')
    assert post.meta == {"_thumbnail_id": "40", "_wp_old_slug": "parakstits-ligums"}
    assert post.earlier_meta == {"_wp_old_slug": ["liguma-projekts"]}
    assert [term.slug for term in post.terms] == ["projekti", "%d1%80%d0%b8%d0%b3%d0%b0"]

    assert (menu.type, menu.title, menu.order) == ("nav_menu_item", "", 3)
    assert menu.terms == [Term("nav_menu", "galvene", "Galvene")]


def test_a_post_and_a_page_of_2021():
    post, page = of(Item, found("1.2"))
    assert post.title == "Skripts & saraksti"
    assert "if (saraksts[saraksts[0]]>1) { &lt;item&gt; }" in post.content
    assert post.content.startswith("<!-- wp:code -->\n<pre")
    assert (post.status, post.excerpt) == ("private", "Īsumā.")
    assert post.modified == datetime(2021, 7, 16, 7, 30, tzinfo=UTC)
    assert (post.comments, post.other_comments, post.meta) == (1, 0, {})
    assert (page.type, page.parent, page.order) == ("page", 700, -2)
    assert page.password == "parole 1"
    assert (page.modified, page.problems) == (None, ["bad_modified"])


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_items_survive_the_database(version):
    for one in of(Item, found(version)):
        assert load_item(dump_item(one)) == one


def test_gzip_is_told_by_its_content(tmp_path):
    packed = tmp_path / "export.xml"
    packed.write_bytes(gzip.compress((EXPORTS / "wxr-1.1.xml").read_bytes()))
    assert list(wxr.read(packed)) == found("1.1")
    plain = tmp_path / "export.xml.gz"
    plain.write_bytes((EXPORTS / "wxr-1.1.xml").read_bytes())
    assert list(wxr.read(plain)) == found("1.1")


def test_prefixes_may_be_bound_otherwise(tmp_path):
    plain = (EXPORTS / "wxr-1.2.xml").read_text()
    for prefix, other in (("wp", "w"), ("content", "saturs"), ("excerpt", "e")):
        plain = re.sub(rf"(</?|xmlns:){prefix}\b", rf"\1{other}", plain)
    items, damages = read(tmp_path, plain)
    assert items == of(Item, found("1.2")) and not damages


def test_the_address_of_the_namespace_may_differ(tmp_path):
    secure = ROOT.replace("http://wordpress.org", "https://wordpress.org")
    items, damages = read(tmp_path, export(item(7), root=secure))
    assert [one.id for one in items] == [7] and not damages


def test_namespaces_that_are_not_declared_are_the_usual_ones(tmp_path):
    items, damages = read(tmp_path, export(item(7), root='<rss version="2.0">'))
    assert [(one.id, one.content) for one in items] == [(7, "Teksts")] and not damages


def test_elements_of_others_do_not_count(tmp_path):
    more = '<x:status xmlns:x="http://plugins.example/">trash</x:status>'
    more += '<media:group xmlns:media="http://search.yahoo.com/mrss/"><title>Cits</title>'
    more += "</media:group><wp:unknown><title>Cits</title></wp:unknown>"
    (one,), damages = read(tmp_path, export(item(more=more)))
    assert (one.title, one.status) == ("Virsraksts", "publish") and not damages


def test_a_text_in_several_pieces(tmp_path):
    content = "viens]]><![CDATA[ divi]]> trīs<![CDATA[ četri"
    (one,), _damages = read(tmp_path, export(item(content=content)))
    assert one.content == "viens divi trīs četri"


def test_markup_that_nobody_escaped_is_kept(tmp_path):
    content = "]]><p class='a'>Viens</p><![CDATA["
    (one,), _damages = read(tmp_path, export(item(content=content)))
    assert one.content == '<p class="a">Viens</p>'


@pytest.mark.parametrize(
    ("universal", "local", "published", "date", "problems"),
    [
        ("2021-07-15 06:00:00", "2021-07-15 09:00:00", "", "2021-07-15T06:00", []),
        # The site's clock ran in another zone.
        ("2021-07-15 16:00:00", "2021-07-15 09:00:00", "", "2021-07-15T16:00", []),
        # Winter and summer time of Rīga; the hour that summer time skips; the one that it repeats.
        ("0000-00-00 00:00:00", "2021-01-15 09:00:00", "", "2021-01-15T07:00", []),
        (None, "2021-07-15 09:00:00", "", "2021-07-15T06:00", []),
        (None, "2015-03-29 03:30:00", "", "2015-03-29T01:30", []),
        (None, "2015-10-25 03:30:00", "", "2015-10-25T00:30", []),
        # Years apart: visitors saw the local one, and the address has it.
        (
            "2015-06-01 06:00:00",
            "2009-06-01 09:00:00",
            "",
            "2009-06-01T06:00",
            ["date_disagrees"],
        ),
        (None, "0000-00-00 00:00:00", "Thu, 15 Jul 2021 06:00:00 +0000", "2021-07-15T06:00", []),
        (None, None, "Thu, 15 Jul 2021 09:00:00 +0300", "2021-07-15T06:00", []),
        ("2021-02-30 00:00:00", "rīt", "Mon, 30 Nov -0001 00:00:00 +0000", None, ["no_date"]),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", "", None, ["no_date"]),
        ("9999-12-31 23:59:59", "0001-01-01 00:00:00", "vakar", None, ["no_date"]),
        ("2021-07-15T06:00:00+05:00", None, "", None, ["no_date"]),
    ],
)
def test_dates(tmp_path, universal, local, published, date, problems):
    sample = item(post_date_gmt=universal, post_date=local, more=f"<pubDate>{published}</pubDate>")
    (one,), _damages = read(tmp_path, export(sample))
    assert one.date == (date and datetime.fromisoformat(f"{date}+00:00"))
    assert one.problems == problems


@pytest.mark.parametrize("number", [None, "", "0", "-4", "4.5", "1_0", "٤", "9" * 19])
def test_an_item_without_a_number(tmp_path, number):
    (one,), _damages = read(tmp_path, export(item(post_id=number)))
    assert (one.id, one.problems) == (0, ["no_id"])


def test_what_an_item_lacks_is_said(tmp_path):
    (one,), damages = read(tmp_path, export("<item><wp:post_id>5</wp:post_id></item>"))
    assert one == Item(
        id=5, status="draft", problems=["no_guid", "no_type", "no_status", "no_date"]
    )
    assert not damages


def test_an_unknown_version(tmp_path):
    content = export(item()).replace(">1.2</wp:wxr_version>", ">2.0</wp:wxr_version>")
    items, damages = read(tmp_path, content)
    assert len(items) == 1 and damages == [Damage("version", "2.0")]


def test_an_export_of_nothing(tmp_path):
    assert read(tmp_path, export()) == ([], [])
