"""What an import does the second time, when it was interrupted, and where editors were at work."""

import datetime
import json

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import OperationalError
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.models import ContentPage
from news.models import NewsPage
from news.wordpress import decisions
from news.wordpress import importer as module
from news.wordpress.importer import import_items
from news.wordpress.models import ImportedItem, ImportRun, TermMapping
from search.models import SearchDocument
from tests.factories import NewsIndexPageFactory, TopicFactory
from tests.wordpress.wxr_samples import HEAD, export, item

pytestmark = pytest.mark.django_db

SITE = HEAD + "<link>http://www.zinas.example</link>\n"
TEXT = (
    "Pašvaldību izpilddirektori {} tikās Siguldā, lai runātu par budžetu, skolām un ceļiem. "
    "Sanāksmē piedalījās arī ministrijas pārstāvji, kas atbildēja uz jautājumiem."
)
State = ImportedItem.State


def article(number, content="", **fields) -> str:
    content = content or TEXT.format(f"{number}. reizi")
    more = fields.pop("more", "")
    more += f"<link>http://www.zinas.example/2021/07/ieraksts-{number}/</link>\n"
    fields = {"title": f"Sanāksme numur {number}", **fields}
    return item(number, content, more=more, **fields)


def category(slug, name) -> str:
    return f'<category domain="category" nicename="{slug}"><![CDATA[{name}]]></category>\n'


@pytest.fixture
def index(home_lv):
    return NewsIndexPageFactory(parent=home_lv, slug="aktualitates", title="Aktualitātes")


@pytest.fixture
def load(index, tmp_path):
    """A function that imports items and returns the exit code and the report."""

    def load(*items, head=SITE, **options):
        path, report = tmp_path / "export.xml", tmp_path / "report.json"
        path.write_text(export(*items, head=head))
        code = 0
        try:
            call_command("import_wordpress", str(path), report=report, verbosity=0, **options)
        except SystemExit as ended:
            code = ended.code
        return code, json.loads(report.read_text())

    return load


def page(number) -> Page:
    return ImportedItem.objects.get(post_id=number).page.specific


def codes(report) -> dict:
    return report["counts"].get("entries", {})


# Once and again


def test_the_exit_code_tells_whether_there_is_something_to_look_at(load):
    assert load(article(1))[0] == 0
    assert load(article(1), article(2, title=""))[0] == 3


def test_what_is_imported_twice_is_there_once(load):
    load(article(1), article(2))
    before = list(Page.objects.order_by("pk").values())
    redirects = list(Redirect.objects.order_by("pk").values())
    code, report = load(article(1), article(2))
    assert code == 0 and report["counts"]["unchanged"] == {"post": 2}
    assert list(Page.objects.order_by("pk").values()) == before
    assert list(Redirect.objects.order_by("pk").values()) == redirects


def test_an_update_comes_into_the_same_page(load):
    load(article(1))
    old = page(1)
    load(article(1, content=TEXT.format("atkal"), title="Cits virsraksts"))
    assert page(1).pk == old.pk and page(1).slug == old.slug
    assert page(1).title == "Cits virsraksts" and "atkal" in page(1).lead
    assert [block["id"] for block in page(1).body.raw_data] == [
        block["id"] for block in old.body.raw_data
    ]


def test_an_update_is_found_by_searching(load):
    load(article(1))
    load(article(1, content=TEXT.format("ar zirgaudžiem")))
    assert "zirgaudžiem" in SearchDocument.objects.get(page=page(1)).text


def test_an_update_of_what_is_scheduled_is_what_will_be_published(load):
    def scheduled(day, **fields):
        moment = f"2035-05-{day} 10:00:00"
        fields |= {"status": "future", "post_date": moment, "post_date_gmt": moment}
        return article(1, **fields)

    load(scheduled("02"))
    load(scheduled("03", title="Cits virsraksts"))
    revision = page(1).scheduled_revision
    assert revision.as_object().title == "Cits virsraksts"
    assert revision.approved_go_live_at.day == page(1).go_live_at.day == 3
    Page.objects.filter(pk=page(1).pk).update(live=True, has_unpublished_changes=False)
    load(scheduled("03", title="Trešais virsraksts"))
    assert page(1).get_latest_revision_as_object().title == page(1).title == "Trešais virsraksts"
    assert not page(1).scheduled_revision and not page(1).has_unpublished_changes


def test_what_editors_have_changed_is_not_written_over(load):
    load(article(1))
    changed = page(1)
    changed.title = "Redaktora virsraksts"
    changed.save_revision().publish()
    code, report = load(article(1, title="Jauns vecajā vietnē"))
    assert page(1).title == "Redaktora virsraksts"
    assert code == 3 and codes(report) == {"changed": 1}


def test_a_draft_of_an_editor_is_not_written_over_either(load):
    load(article(1))
    page(1).save_revision()
    load(article(1, title="Jauns vecajā vietnē"))
    assert page(1).title == "Sanāksme numur 1"


def test_what_editors_have_deleted_does_not_come_back(load):
    load(article(1))
    page(1).delete()
    _code, report = load(article(1, title="Jauns"))
    assert not NewsPage.objects.exists() and codes(report) == {"deleted": 1}


def test_numbers_are_those_of_a_site(load):
    load(article(1))
    load(article(1), head=SITE.replace("zinas.example", "citas.example"))
    assert NewsPage.objects.count() == 2


def test_an_item_without_a_number_is_known_by_its_identifier(load):
    for _ in range(2):
        load(article(1).replace("<wp:post_id>1</wp:post_id>\n", ""))
    assert NewsPage.objects.count() == 1


# Interrupted


def test_an_interrupted_import_goes_on(load, monkeypatch):
    items = [article(number) for number in range(1, 8)]
    make, made = module.Maker.new, []

    def die_at_the_fifth(self, item, *args):
        if len(made) == 4:
            raise KeyboardInterrupt
        made.append(item.id)
        return make(self, item, *args)

    with monkeypatch.context() as patched:
        patched.setattr(module, "AT_ONCE", 2)
        patched.setattr(module.Maker, "new", die_at_the_fifth)
        with pytest.raises(CommandError):
            load(*items)
    assert NewsPage.objects.count() == 4
    load(*items)
    assert NewsPage.objects.count() == 7
    assert SearchDocument.objects.filter(page__in=NewsPage.objects.all()).count() == 7
    assert not ImportedItem.objects.filter(is_indexed=False).exists()


def test_one_that_fails_keeps_no_other_back_and_is_tried_again(load, monkeypatch):
    make = module.Maker.new

    def refuse_the_second(self, item, *args):
        if item.id == 2:
            raise ValueError("cannot")
        return make(self, item, *args)

    with monkeypatch.context() as patched:
        patched.setattr(module.Maker, "new", refuse_the_second)
        code, report = load(article(1), article(2), article(3))
    assert code == 3 and codes(report) == {"failed": 1}
    assert ImportedItem.objects.get(post_id=2).state == State.FAILED
    assert load(article(1), article(2), article(3))[0] == 0
    assert NewsPage.objects.count() == 3


def test_a_database_that_refuses_ends_the_run_with_a_sentence_and_keeps_what_was_done(
    load, monkeypatch
):
    new, made = module.Maker.new, []

    def refuse_the_fourth(self, item, *args):
        if item.id == 4:
            raise OperationalError("database or disk is full")
        made.append(item.id)
        return new(self, item, *args)

    items = [article(number) for number in range(1, 6)]
    with monkeypatch.context() as patched:
        patched.setattr(module, "AT_ONCE", 2)
        patched.setattr(module.Maker, "new", refuse_the_fourth)
        with pytest.raises(CommandError, match="disk is full"):
            load(*items)
    assert NewsPage.objects.count() == 2
    assert load(*items)[0] == 0
    assert NewsPage.objects.count() == 5


def test_what_somebody_decides_about_while_it_is_read_is_left_to_them(load, monkeypatch):
    settle = module.Importer._still_open

    def reject_meanwhile(self, items):
        ImportedItem.objects.filter(post_id=2).update(state=State.REJECTED, decision="rejected")
        return settle(self, items)

    monkeypatch.setattr(module.Importer, "_still_open", reject_meanwhile)
    load(article(1), article(2))
    assert [found.title for found in NewsPage.objects.all()] == ["Sanāksme numur 1"]


def test_two_different_items_of_one_number_are_told(load):
    assert load(article(1), article(1))[0] == 0
    other = article(1, title="Cits").replace("?p=1<", "?p=2<")
    code, report = load(article(1), other)
    assert code == 3 and codes(report) == {"twice": 1}
    assert page(1).title == "Cits"


def test_names_longer_than_any_field_are_cut(load):
    more = category("ļ" * 300, "Kategorija " * 50)
    for _ in range(2):
        load(article(1, more=more, title="Virsraksts " * 90))
    assert TermMapping.objects.count() == 1


def test_addresses_that_are_none_stop_nothing(load):
    broken = "http://[www.zinas.example/2021/"
    first = article(1).replace("http://www.zinas.example/2021/07/ieraksts-1/", broken)
    load(first, article(2, content=f'<p><a href="{broken}">Te</a> un tur.</p>'))
    assert NewsPage.objects.count() == 2
    nameless = SITE.replace("http://www", "http://[")
    load(first, article(2), article(3), head=nameless, source="zinas.example")
    assert NewsPage.objects.count() == 3


def test_a_truncated_export_gives_what_stands_before_the_break(index, tmp_path):
    path = tmp_path / "export.xml"
    path.write_text(export(article(1), article(2), head=SITE)[:-500])
    with pytest.raises(SystemExit) as ended:
        call_command("import_wordpress", str(path), verbosity=0)
    assert ended.value.code == 3
    assert page(1).live


# Reusable blocks, and files

REUSED = '<!-- wp:block {"ref":7} /-->'


def reusable(content, **fields) -> str:
    return article(7, content=content, post_type="wp_block", title="Kontakti", **fields)


def body(number) -> str:
    return json.dumps(page(number).body.get_prep_value(), ensure_ascii=False)


def test_a_reusable_block_stands_in_each_text_that_names_it_as_it_is_now(load):
    text = TEXT.format("atkal") + f"\n\n{REUSED}"
    _code, report = load(article(1, content=text), reusable("<p>Raksti domei.</p>"))
    assert "Raksti domei." in body(1) and not codes(report)
    _code, report = load(article(1, content=text), reusable("<p>Zvani domei.</p>"))
    assert "Zvani domei." in body(1)
    assert report["counts"]["brought up to date"] == {"post": 1}


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"post_password": "x"}])
def test_a_reusable_block_that_the_old_site_did_not_show_is_not_shown(load, fields):
    text = TEXT.format("atkal") + f"\n\n{REUSED}"
    text += "<!-- wp:calendar /--><!-- wp:calendar /-->"
    _code, report = load(article(1, content=text), reusable("<p>Slepens.</p>", **fields))
    assert report["entries"][0]["detail"] == "calendar, block 7"
    assert "Slepens" not in body(1) and codes(report) == {"dropped block": 1}


@pytest.mark.parametrize(
    "address",
    [
        "http://static.zinas.example/wp-content/uploads/2013/a.png",
        "https://i0.wp.com/www.zinas.example/wp-content/uploads/2013/a.png?resize=300,200",
    ],
)
def test_a_picture_comes_from_each_host_that_the_old_site_had(load, tmp_path, address):
    content = TEXT.format(f'<img src="{address}" alt="Sarkans">')
    options = {"media": upload(tmp_path), "media_host": ["static.zinas.example"]}
    code, _report = load(article(1, content=content), **options)
    assert code == 0
    assert "figure" in [block.block_type for block in page(1).body]


def test_a_picture_that_is_not_taken_is_told_with_its_page_and_the_reason(load):
    address = "http://cits.example/b.png"
    code, report = load(article(1, content=TEXT.format(f'<img src="{address}">')))
    assert code == 3 and codes(report) == {"media foreign": 1, "missing": 1}
    assert {"post_id": 1, "code": "missing", "detail": address}.items() <= report["entries"][
        0
    ].items()


def upload(folder, name="a.png"):
    path = folder / "uploads" / "2013" / name
    path.parent.mkdir(parents=True)
    Image.new("RGB", (60, 40), "red").save(path)
    return folder / "uploads"


def test_the_main_picture_of_a_page_stands_above_its_text(load, tmp_path):
    key, value = "<wp:meta_key>_thumbnail_id</wp:meta_key>", "<wp:meta_value>9</wp:meta_value>"
    meta = f"<wp:postmeta>{key}{value}</wp:postmeta>"
    address = "http://www.zinas.example/wp-content/uploads/2013/a.png"
    file = article(
        9, post_type="attachment", status="inherit", attachment_url=address, title="Sarkans"
    )
    items = article(1, post_type="page", more=meta), file
    load(*items, media=upload(tmp_path))
    assert [block.block_type for block in page(1).body] == ["figure", "text"]
    assert page(1).body[0].value["image"].contextual_alt_text == "Sarkans"


# Leads

FIRST, SECOND, THIRD = (
    TEXT.format(word).split(". ")[0] + "." for word in ("Viens", "Divi", "Trīs")
)


@pytest.mark.parametrize(
    ("content", "lead", "body"),
    [
        (f"{FIRST}\n\n{SECOND}\n<!--more-->\n{THIRD}", f"{FIRST} {SECOND}", [THIRD]),
        (f"{FIRST}\n<!--more-->\n{SECOND}\n\n{THIRD}", FIRST, [SECOND, THIRD]),
        (f"{FIRST}\n\n{SECOND}", FIRST, [SECOND]),
        # What does not fit, or has a link, stays in the text
        (f"{FIRST}\n\n{SECOND * 8}\n<!--more-->\n{THIRD}", FIRST, [SECOND * 8, THIRD]),
        (f'{FIRST}\n\n<a href="http://ks.no/">{SECOND}</a>\n<!--more-->', FIRST, [SECOND]),
    ],
)
def test_the_lead_is_the_text_before_more_or_the_first_paragraph(load, content, lead, body):
    load(article(1, content=content))
    assert page(1).lead == lead
    paragraphs = [p.get_text() for p in BeautifulSoup(str(page(1).body), "html5lib").find_all("p")]
    assert paragraphs == body


def test_a_link_to_the_front_page_is_one_to_ours(load, home_lv):
    content = TEXT.format(
        '<a href="http://zinas.example">sākums</a>, <a href="http://zinas.example/?s=budzets">cits</a>'
    )
    load(article(1, content=content))
    assert f'<a linktype=\\"page\\" id=\\"{home_lv.pk}\\">sākums</a>' in body(1)
    assert body(1).count("linktype") == 1


# What is wanted


def test_only_what_is_wanted_is_imported(load):
    old = article(1, post_date="2014-01-01 10:00:00", post_date_gmt="2014-01-01 08:00:00")
    _code, report = load(old, article(2), since=datetime.date(2020, 1, 1))
    assert NewsPage.objects.count() == 1 and report["counts"]["left out"] == {"post": 1}


def test_only_a_category_is_imported(load):
    load(article(1, more=category("jaunumi", "Jaunumi")), article(2), category="jaunumi")
    assert [found.title for found in NewsPage.objects.all()] == ["Sanāksme numur 1"]


def test_trying_out_writes_nothing_but_its_report(load):
    pages = Page.objects.count()
    _code, report = load(article(1), dry_run=True)
    assert report["counts"]["imported"] == {"post": 1}
    assert Page.objects.count() == pages
    assert not ImportedItem.objects.exists() and not Redirect.objects.exists()
    assert ImportRun.objects.get().is_dry


def test_pages_that_stand_below_one_another_in_a_circle_are_pages_all_the_same(load):
    load(
        *(
            article(number, post_type="page", post_parent=above)
            for number, above in ((1, 2), (2, 1), (3, 2), (4, 999))
        )
    )
    assert ContentPage.objects.count() == 4
    assert page(3).get_parent().pk == page(2).pk


# Topics


def test_a_category_becomes_the_topic_that_editors_choose_at_the_next_run(load):
    load(article(1, more=category("jaunumi", "Jaunumi")))
    assert page(1).topics == []
    topic = TopicFactory(name="Budžets", slug="budzets")
    TermMapping.objects.update(topic=topic)
    code, report = load(article(1, more=category("jaunumi", "Jaunumi")))
    assert page(1).topics == [topic]
    assert code == 0 and report["counts"]["brought up to date"] == {"post": 1}


def test_a_category_that_becomes_nothing_is_not_told(load):
    more = category("bez-kategorijas", "Bez kategorijas")
    assert codes(load(article(1, more=more), article(2, more=more))[1]) == {"unmapped": 1}
    TermMapping.objects.update(is_ignored=True)
    assert load(article(1, more=more), article(3, more=more))[0] == 0


# Links, addresses


def test_links_to_pages_that_come_later_become_links_of_ours(load):
    link = '<a href="http://www.zinas.example/2021/07/ieraksts-2/">otrā</a>'
    load(article(1, content=TEXT.format(link)), article(2))
    text = " ".join(block["value"] for block in page(1).body.raw_data if block["type"] == "text")
    assert f'<a linktype="page" id="{page(2).pk}">otrā</a>' in text


@pytest.mark.parametrize(
    "address",
    [
        "/2021/07/ieraksts-1/",
        "/2021/07/ieraksts-1",
        "/2021/07/ieraksts-1/feed/",
        "/?p=1",
    ],
)
def test_an_old_address_leads_to_its_page_in_one_step_wherever_it_moves(
    load, client, home_lv, address
):
    load(article(1))
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (301, page(1).url)
    other = NewsIndexPageFactory(parent=home_lv, slug="arhivs", title="Arhīvs")
    page(1).move(other, "last-child")
    assert client.get(address).headers["Location"] == page(1).url
    assert client.get(page(1).url).status_code == 200


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/category/jaunumi/", "/lv/aktualitates/?topic=budzets"),
        ("/category/jaunumi/feed/", "/lv/aktualitates/feed/budzets/rss/"),
        ("/category/jaunumi/page/3/", "/lv/aktualitates/?topic=budzets"),
        ("/2021/07/page/2/", "/lv/aktualitates/2021/07/"),
        ("/2021/", "/lv/aktualitates/2021/"),
        ("/2021/07/", "/lv/aktualitates/2021/07/"),
        ("/2021/07/15/", "/lv/aktualitates/2021/07/15/"),
        ("/feed/", "/lv/aktualitates/feed/rss/"),
    ],
)
def test_lists_of_the_old_site_lead_to_those_of_ours(load, client, address, target):
    topic = TopicFactory(name="Budžets", slug="budzets")
    load(article(1, more=category("jaunumi", "Jaunumi")))
    TermMapping.objects.update(topic=topic)
    Redirect.objects.all().delete()
    load(article(1, more=category("jaunumi", "Jaunumi")))
    assert client.get(address).headers["Location"] == target
    assert client.get(target).status_code == 200


def test_slugs_from_before_lead_on_too(load, client):
    meta = (
        "<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key>"
        "<wp:meta_value>{}</wp:meta_value></wp:postmeta>\n"
    )
    load(article(1, more=meta.format("pirmais") + meta.format("otrais")))
    for slug in ("pirmais", "otrais", "ieraksts-1"):
        assert client.get(f"/2021/07/{slug}/").headers["Location"] == page(1).url


def test_a_redirect_of_an_editor_stays(load, home_lv, client):
    Redirect.objects.create(old_path="/2021/07/ieraksts-1", redirect_page=home_lv)
    load(article(1))
    assert client.get("/2021/07/ieraksts-1/").headers["Location"] == "/lv/"


def test_later_addresses_come_from_a_list(load, client, tmp_path):
    path = tmp_path / "adreses.csv"
    path.write_text(
        "adrese;vecā\nhttps://www.lps.lv/lv/zinas/lps/4711-sanaksme;1\n"
        "/lv/zinas/4712;http://www.zinas.example/2021/07/ieraksts-2/\n/lv/zinas/4713;99\n",
        encoding="utf-8-sig",
    )
    code, report = load(article(1), article(2), addresses=path)
    assert client.get("/lv/zinas/lps/4711-sanaksme").headers["Location"] == page(1).url
    assert client.get("/lv/zinas/4712/").headers["Location"] == page(2).url
    assert code == 3 and codes(report) == {"address": 1}


def test_a_list_of_addresses_that_can_not_be_read_stops_before_anything(load, tmp_path):
    path = tmp_path / "adreses.csv"
    path.write_text("/lv/viens;1\nnekas\n")
    with pytest.raises(CommandError, match="2"):
        load(article(1), addresses=path)
    assert not ImportedItem.objects.exists()


# Refusals


def test_without_a_place_for_news_nothing_is_read(home_lv, tmp_path):
    path = tmp_path / "export.xml"
    path.write_text(export(article(1), head=SITE))
    with pytest.raises(CommandError):
        call_command("import_wordpress", str(path), verbosity=0)
    assert not ImportedItem.objects.exists()


def test_two_sites_are_not_mixed(index, tmp_path):
    paths = []
    for name in ("zinas", "citas"):
        paths.append(tmp_path / f"{name}.xml")
        paths[-1].write_text(export(article(1), head=SITE.replace("zinas", name)))
    with pytest.raises(CommandError, match="citas.example"):
        call_command("import_wordpress", *map(str, paths), verbosity=0)


def test_a_file_that_is_not_there_is_said(index, tmp_path):
    with pytest.raises(CommandError, match="nav.xml"):
        call_command("import_wordpress", str(tmp_path / "nav.xml"), verbosity=0)


# What editors accept


def test_what_is_accepted_becomes_a_page_with_its_date_or_a_draft(load):
    junk = [article(number, content="dsdsds", title="asdasdsadsadasd") for number in (1, 2)]
    load(*junk)
    assert set(ImportedItem.objects.values_list("state", flat=True)) == {State.DOUBTFUL}
    rows = ImportedItem.objects.all()
    rows.filter(post_id=1).update(state=State.READ, decision="accepted")
    rows.filter(post_id=2).update(state=State.READ, decision="draft")
    import_items(rows)
    assert page(1).live and page(1).date.isoformat() == "2021-07-15"
    assert not page(2).live
    load(*junk)
    assert NewsPage.objects.count() == 2


def test_lists_of_the_old_site_lead_to_what_was_accepted(load, client):
    load(article(1, content="dsdsds", title="asdasdsadsadasd"))
    rows = ImportedItem.objects.all()
    rows.update(state=State.READ, decision="accepted")
    import_items(rows)
    assert client.get("/2021/07/15/").status_code == 301


def test_what_was_rejected_and_deleted_is_made_anew_when_it_is_accepted(load, admin_user):
    load(article(1))
    row = ImportedItem.objects.filter(post_id=1)
    decisions.reject(row, admin_user)
    page(1).delete()
    decisions.reopen(row, admin_user)
    decisions.accept(row, admin_user)
    import_items(row)
    assert page(1).live


def test_what_can_not_be_made_a_page_at_all_says_why(load, index):
    load(article(1, content="dsdsds", title="asdasdsadsadasd"))
    rows = ImportedItem.objects.all()
    rows.update(state=State.READ, decision="accepted")
    index.delete()
    import_items(rows)
    row = rows.get()
    assert row.state == State.FAILED
    assert row.account["error"]
