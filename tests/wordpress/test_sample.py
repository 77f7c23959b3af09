"""The sample export of the demo, imported by the command: what becomes of each of its items."""

import datetime
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from home.models import ContentPage, HomePage
from news.models import NewsPage
from news.wordpress import decisions
from news.wordpress.importer import import_items
from news.wordpress.models import ImportedItem, ImportRun
from tests.factories import NewsIndexPageFactory, TopicFactory

FOLDER = Path(settings.SITE_DIR) / "demo" / "wordpress"
EXPORT, UPLOADS = FOLDER / "lps-2015.xml", FOLDER / "uploads"
SOURCE = "lps.lv"
State = ImportedItem.State

JUNK = {106, 107, 108}  # of 24.03.2015
DOUBTFUL = JUNK | {105, 124, 125}
COUNTED = {119, 130, 131}
PAGES = {11, 14}
ARTICLES = {100, *range(109, 119), *range(120, 124), 126, 127}
HIDDEN = {115, 116, 117, 118}  # behind a password, private, a draft, of the future


def import_sample(folder, **options) -> dict:
    """Import the export, and return the report."""
    report = folder / "report.json"
    with pytest.raises(SystemExit) as ended:
        call_command(
            "import_wordpress", str(EXPORT), media=UPLOADS, report=report, verbosity=0, **options
        )
    assert ended.value.code == 3  # done, and something to look at
    return json.loads(report.read_text())


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker, tmp_path_factory):
    """The report of the first import."""
    with django_db_blocker.unblock(), transaction.atomic():
        home = HomePage.objects.get(locale__language_code="lv")
        NewsIndexPageFactory(parent=home, slug="aktualitates")
        TopicFactory(name="Izglītība un kultūra", slug="izglitiba-un-kultura")
        yield import_sample(tmp_path_factory.mktemp("sample"))
        transaction.set_rollback(True)


@pytest.fixture
def db(sample, django_db_blocker):
    """What the import made; what a test changes is rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def row(number) -> ImportedItem:
    return ImportedItem.objects.get(source=SOURCE, post_id=number)


def page(number) -> Page:
    return row(number).page.specific


def in_state(state) -> set[int]:
    rows = ImportedItem.objects.filter(source=SOURCE, state=state, type__in=("post", "page"))
    return set(rows.values_list("post_id", flat=True))


def told(report, code) -> set[int]:
    """Return the numbers of the items that the report tells a code of."""
    return {entry["post_id"] for entry in report["entries"] if entry["code"] == code}


def path_of(number) -> str:
    parts = urlsplit(row(number).item.link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def kinds(number) -> list[str]:
    return [block.block_type for block in page(number).body]


def source_of(number) -> str:
    """Return the title, the lead and the body as it is stored."""
    found = page(number)
    return f"{found.title} {found.lead} {json.dumps(found.body.get_prep_value())}"


def text_of(number) -> str:
    """Return what an article says."""
    return json.dumps(page(number).body.get_prep_value(), ensure_ascii=False) + page(number).lead


def linked(kind, key) -> str:
    """Return a link as ``source_of`` has it."""
    return json.dumps(f'<a linktype="{kind}" id="{key}">')[1:-1]


# Which item becomes what


def test_what_is_doubtful_waits_and_all_else_becomes_pages(db):
    assert in_state(State.DOUBTFUL) == DOUBTFUL
    assert in_state(State.IMPORTED) == PAGES | ARTICLES
    assert set(NewsPage.objects.values_list("pk", flat=True)) == {page(n).pk for n in ARTICLES}
    assert set(ContentPage.objects.values_list("pk", flat=True)) >= {page(n).pk for n in PAGES}


def test_what_was_in_the_trash_in_menus_and_of_plugins_is_counted(db, sample):
    rows = ImportedItem.objects.filter(source=SOURCE, state=State.COUNTED)
    assert set(rows.values_list("post_id", flat=True)) == COUNTED
    assert sample["counts"]["read"] == {
        "attachment": 5,
        "ai1ec_event": 1,
        "nav_menu_item": 1,
        "page": 2,
        "post": 24,
    }


def test_the_junk_of_the_seed_waits_with_reasons(db):
    for number in JUNK:
        assert row(number).score >= 0.7
        assert row(number).reasons


@pytest.mark.parametrize(
    ("number", "reasons"),
    [
        (105, {"spam_link", "hidden_text"}),
        (106, {"title_mashing", "empty"}),
        (107, {"mashing"}),
        (124, {"spam_words", "spam_host"}),
        (125, {"near_duplicate"}),
    ],
)
def test_each_reason_of_doubt_is_said(db, number, reasons):
    assert reasons <= {reason["code"] for reason in row(number).reasons}


def test_short_notices_are_no_junk(db):
    assert page(126).live and page(127).live


def test_pages_keep_their_tree_though_the_upper_one_is_younger(db):
    assert page(11).get_parent().specific == page(14)
    assert page(11).slug == "komitejas"


# Fields


def test_dates_titles_and_bylines(db):
    article = page(100)
    assert article.title == "Sākas projekts par lietpratīgu pārvaldību"
    assert article.date == datetime.date(2013, 12, 12)
    assert article.responsible == "Preses dienests"
    assert timezone.localtime(article.first_published_at).hour == 16


def test_an_excerpt_becomes_the_lead(db):
    assert page(113).lead == "Pirmie rādītāji, par kuriem projekta pašvaldības vienojušās."


def test_what_stood_before_more_becomes_the_lead(db):
    assert page(110).lead.startswith("Trīs pašvaldības pastāstīja, kā ziemā")
    assert "Trīs pašvaldības" not in str(page(110).body)


def test_a_text_without_a_date_or_a_title_is_told(db, sample):
    assert page(122).live and page(122).date == timezone.localdate()
    assert page(123).title.startswith("Divi novadi vienojušies")
    assert told(sample, "undated") == {122}
    assert told(sample, "untitled") == {123}
    assert 122 in told(sample, "no_date")


def test_categories_become_topics_and_the_others_are_told(db, sample):
    assert [link.topic.slug for link in page(122).topic_links.all()] == ["izglitiba-un-kultura"]
    unmapped = {entry["detail"] for entry in sample["entries"] if entry["code"] == "unmapped"}
    assert {"Projekti", "Semināri", "Sadarbības tīkls"} <= unmapped
    assert "Izglītība un kultūra" not in unmapped


def test_sticky_and_comments_are_told(db, sample):
    assert told(sample, "sticky") == {120}
    assert sum(sample["counts"]["comments"].values()) == 2


def test_two_of_one_name_have_an_address_each(db, client):
    assert page(120).slug != page(121).slug
    for number in (120, 121):
        assert client.get(path_of(number)).headers["Location"] == page(number).url


# Who sees it


@pytest.mark.parametrize("number", [115, 116])
def test_passwords_and_private_texts_ask_for_signing_in(db, client, number):
    assert page(number).live
    assert client.get(page(number).url).status_code == 302
    assert "sanāksmes materiāli" not in client.get(page(number).url).content.decode()


def test_drafts_stay_drafts(db, client):
    assert not page(117).live
    assert page(117).slug


def test_the_future_is_scheduled(db):
    scheduled = page(118)
    assert not scheduled.live
    assert timezone.localtime(scheduled.go_live_at).date() == datetime.date(2035, 5, 2)
    assert scheduled.scheduled_revision is not None


# Texts


@pytest.mark.parametrize("number", sorted(ARTICLES | PAGES))
def test_no_soup_is_left(db, number):
    source = source_of(number)
    for soup in ("style=", "<font", "Mso", "mso-", "<o:p", "nbsp", "\\u00a0", "javascript:"):
        assert soup not in source
    for empty in ("<p></p>", "<p> </p>", "[caption", "[gallery", "<!--"):
        assert empty not in source


@pytest.mark.parametrize("number", sorted(ARTICLES | PAGES))
def test_every_character_is_accounted_for(db, number):
    account = row(number).account
    assert account["characters_in"] > 0 and account["characters_out"] > 0
    removed = account["characters_in"] - account["characters_out"]
    assert removed >= 0
    assert bool(removed) <= bool(account["removed"])


@pytest.mark.parametrize("number", sorted((ARTICLES | PAGES) - HIDDEN))
def test_every_page_is_shown(db, client, number):
    assert client.get(page(number).url).status_code == 200


def test_the_captioned_picture_of_the_seed(db):
    article = page(100)
    assert article.image == row(101).image
    assert article.image_caption == "Darba grupa paraksta projekta līgumu"
    assert article.image_alt == "Divas parakstītas līguma lapas"


def test_the_main_picture_is_not_shown_twice(db):
    figures = [block.value for block in page(100).body if block.block_type == "figure"]
    assert page(100).image_id not in [figure["image"].pk for figure in figures]


def test_the_link_back_is_no_text(db):
    assert "Atpakaļ" not in text_of(100)


@pytest.mark.parametrize("number", sorted(ARTICLES))
def test_leads_have_no_space_before_a_comma(db, number):
    assert page(number).lead
    assert not re.search(r"\s[,.;:]", page(number).lead)


def test_a_caption_stands_below_its_picture(db):
    figures = [block.value for block in page(114).body if block.block_type == "figure"]
    assert [figure["caption"] for figure in figures] == ["Tīkls, kas tagad tiekas tiešsaistē"]
    assert figures[0]["image"].pk == row(103).image_id


def test_headings_are_repaired(db):
    assert "heading" in kinds(109)
    assert "<h1" not in source_of(109)
    assert "MsoTitle" not in source_of(109)


def test_letters_are_mended(db):
    assert "Pašvaldību pārstāvji iepazinās ar ēku uzturēšanu kaimiņvalstī" in text_of(111)
    assert "četri novadi" in text_of(111)


def test_a_gallery_becomes_figures_and_youtube_our_player(db):
    assert kinds(112).count("figure") == 2
    assert kinds(112).count("video") == 1


def test_blocks_of_2020(db):
    assert {"heading", "text", "quote", "figure", "video"} <= set(kinds(114))
    assert linked("document", row(102).document_id) in source_of(114)
    assert linked("page", page(14).pk) in source_of(114)
    for said in ("Kreisajā slejā", "Labajā slejā", "Balsojums ir redzams", "kāda sekretāre"):
        assert said in text_of(114)


def test_tables_and_those_with_merged_cells(db, sample):
    assert "table" in kinds(113)
    assert "legacy" in kinds(11)
    assert told(sample, "legacy") == {11}


def test_links_to_the_own_site_lead_to_pages_also_to_later_ones(db):
    assert linked("page", page(112).pk) in source_of(100)
    assert linked("page", page(100).pk) in source_of(112)
    assert linked("page", page(121).pk) in source_of(112)
    assert linked("page", page(11).pk) in source_of(14)
    assert linked("document", row(102).document_id) in source_of(100)


# Files


def test_files_are_taken_in_and_missing_ones_told(db, sample):
    assert row(101).image and row(103).image
    assert row(102).document.title == "Projekta gaita"
    assert not (row(104).image or row(104).document)
    assert 104 in told(sample, "media missing")
    assert len(row(112).account["missing"]) == 1


def test_links_to_texts_are_not_told_as_missing_files(db, sample):
    assert not [entry for entry in sample["entries"] if entry["code"].endswith("no_file")]


# Addresses


@pytest.mark.parametrize("number", sorted((ARTICLES | PAGES) - HIDDEN))
def test_every_old_address_leads_to_its_page_in_one_step(db, client, number):
    ways = [path_of(number), f"/?p={number}", path_of(number).rstrip("/")]
    for way in ways:
        answer = client.get(way)
        assert answer.status_code == 301, way
        assert answer.headers["Location"] == page(number).url, way


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/feed/", "/lv/aktualitates/feed/rss/"),
        ("/category/jaunumi/projekti/", "/lv/aktualitates/"),
        ("/category/projekti/", "/lv/aktualitates/"),
        ("/tag/aptauja/", "/lv/aktualitates/"),
        ("/category/izglitiba-un-kultura/", "/lv/aktualitates/?topic=izglitiba-un-kultura"),
        ("/?cat=7", "/lv/aktualitates/?topic=izglitiba-un-kultura"),
        ("/2013/", "/lv/aktualitates/2013/"),
        ("/2013/12/", "/lv/aktualitates/2013/12/"),
        ("/2013/12/12/", "/lv/aktualitates/2013/12/12/"),
    ],
)
def test_lists_of_the_old_site_lead_to_ours(db, client, address, target):
    answer = client.get(address)
    assert answer.status_code == 301
    assert answer.headers["Location"] == target
    assert client.get(target).status_code == 200


def test_a_file_and_its_page_lead_on(db, client):
    document = client.get("/wp-content/uploads/2013/12/projekta-gaita.pdf")
    assert (document.status_code, document.headers["Location"]) == (301, row(102).document.url)
    attachment = client.get("/?attachment_id=102")
    assert (attachment.status_code, attachment.headers["Location"]) == (301, page(100).url)


# Afterwards


def test_a_second_import_changes_nothing(db, tmp_path):
    before = dict(Page.objects.values_list("pk", "latest_revision_created_at"))
    waiting = in_state(State.DOUBTFUL)
    report = import_sample(tmp_path)
    assert "imported" not in report["counts"] and "brought up to date" not in report["counts"]
    assert dict(Page.objects.values_list("pk", "latest_revision_created_at")) == before
    assert in_state(State.DOUBTFUL) == waiting


def test_trying_out_leaves_nothing(db, tmp_path):
    Page.objects.filter(pk__in=[page(n).pk for n in ARTICLES]).delete()
    ImportedItem.objects.all().delete()
    Page.fix_tree()
    number = Page.objects.count()
    report = import_sample(tmp_path, dry_run=True)
    assert sum(report["counts"]["imported"].values()) == len(ARTICLES | PAGES)
    assert not ImportedItem.objects.exists()
    assert Page.objects.count() == number


def test_rejected_junk_is_gone_and_says_so(db, client, django_user_model):
    chief = django_user_model.objects.create_superuser("chief")
    outcome = decisions.reject(ImportedItem.objects.filter(post_id__in=JUNK), chief)
    assert outcome.decided == 3
    for number in JUNK:
        for way in (path_of(number), f"/?p={number}"):
            assert client.get(way).status_code == 410, way


def test_a_good_text_with_spam_below_it_is_accepted_without_what_was_hidden(
    db, client, django_user_model
):
    chief = django_user_model.objects.create_superuser("chief")
    waiting = ImportedItem.objects.filter(post_id=105)
    decisions.accept(waiting, chief, as_draft=True)
    import_items(waiting)
    assert not page(105).live
    assert "bibliotēkas un bērnudārzi" in text_of(105)
    assert "casino" not in source_of(105) and "payday" not in source_of(105)
    assert page(105).date == datetime.date(2015, 2, 18)


def test_pictures_of_what_was_accepted_come_from_the_folder_of_the_last_run(
    db, tmp_path, django_user_model
):
    chief = django_user_model.objects.create_superuser("chief")
    waiting = ImportedItem.objects.filter(post_id=105)
    decisions.accept(waiting, chief)
    import_items(waiting)
    assert page(105).live
    assert kinds(105).count("figure") == 1


def test_without_that_folder_they_come_with_the_next_run(db, tmp_path, django_user_model):
    ImportRun.objects.update(options={"media": str(tmp_path / "gone")})
    chief = django_user_model.objects.create_superuser("chief")
    waiting = ImportedItem.objects.filter(post_id=105)
    decisions.accept(waiting, chief)
    import_items(waiting)
    assert kinds(105).count("figure") == 0
    assert waiting.get().account["missing"]
    import_sample(tmp_path)
    assert kinds(105).count("figure") == 1
