"""There and back: a site of everything there is, its export, and the site made of it."""

import datetime
import filecmp
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.contrib.forms.models import FormSubmission
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    Page,
    PageViewRestriction,
    ReferenceIndex,
)
from wagtail_localize.models import OverridableSegment, SegmentOverride

from exchange import kinds
from exchange.keys import NOBODY
from home.models import AutomatedCheck, CheckFailure, ContentPage, FormPage, SiteSettings
from news.models import ConferencePage, NewsPage, Topic
from news.wordpress.models import (
    ImportedFile,
    ImportedItem,
    ImportRun,
    OldAddress,
    TermMapping,
)
from pagecache import generation
from search.models import SearchDocument
from translation.models import TranslationStatus

from . import state
from .conftest import load


@dataclass
class Trip:
    """The site before and after, the export of each, and the generation of the page cache."""

    before: dict
    after: dict
    first: Path
    second: Path


@pytest.fixture(scope="module")
def trip(fill_with_demo, restore_database, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("trip")
    with django_db_blocker.unblock():
        try:
            fill_with_demo()
            complicate()
            before = look()
            call_command("export_content", str(folder / "first"), verbosity=0)
            restore_database()
            load(folder / "first")
            after = look()
            call_command("export_content", str(folder / "second"), verbosity=0)
            yield Trip(before, after, folder / "first", folder / "second")
        finally:
            restore_database()


@pytest.fixture
def db(trip, django_db_blocker):
    """The site that was loaded; what a test changes is rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def look() -> dict:
    return {
        "answers": state.answers(),
        "tables": state.tables(),
        "edits": state.edits(),
        "uploads": state.uploads(),
        "rights": state.rights(),
        "documents": sorted(
            SearchDocument.objects.values_list("language", "kind", "title", "text")
        ),
        "references": sorted(
            ReferenceIndex.objects.exclude(content_path__startswith="wagtail_admin_comments")
            .exclude(to_object_id__in=[state.GONE, NOBODY])
            .values_list("object_id", "to_object_id", "content_path")
        ),
        "statuses": sorted(
            TranslationStatus.objects.values_list(
                "object_id", "target_id", "target_page", "unit_count", "translated_count"
            ),
            key=repr,
        ),
        "generation": generation.read(transaction.get_connection()),
    }


def complicate():
    """Give the demo site all that is hard to carry, and gaps in its numbers."""
    user = User.objects.create_user("editor", "editor@example.org", "password")
    articles = list(NewsPage.objects.filter(locale__language_code="lv").order_by("pk"))
    articles.pop(3).delete()
    pictures(articles[0])
    text_with_links(articles[0], articles[1])
    drafts(articles, user)
    restrictions(articles)
    records(articles, user)


def pictures(article):
    Image = get_image_model()
    Image.objects.create(title="Liekais", file=get_test_image_file(filename="lieks.png")).delete()
    folder = Collection.get_first_root_node().add_child(name="Foto")
    inner = folder.add_child(name="2022")
    folder.add_sibling(name="Dokumenti")
    image = Image.objects.create(
        title="Attēls “ar” <zīmēm>",
        file=get_test_image_file(filename="zīmējums.png"),
        description="Kas redzams",
        collection=inner,
        focal_point_x=10,
        focal_point_y=20,
        focal_point_width=5,
        focal_point_height=5,
    )
    image.tags.add("sanāksme", "Prāga: 2022")
    copy = Image.objects.create(title="Otrs no tā paša", file=image.file.name)
    document = get_document_model().objects.create(
        title="Nolikums", file=ContentFile(b"teksts", name="nolikums.txt"), collection=folder
    )
    document.tags.add("sanāksme")
    article.image = copy
    article.attachments.create(document=document, sort_order=9)
    article.save_revision().publish()
    SiteSettings.objects.update(mark=image)


def text_with_links(article, other):
    document = get_document_model().objects.latest("pk")
    image = get_image_model().objects.earliest("pk")
    figure = {"image": image.pk, "decorative": False, "alt_text": "Alternatīva"}
    links = (
        f'<p>Par <a linktype="page" id="{other.pk}">otru</a>, '
        f'<a id="{document.pk}" linktype="document">nolikumu</a>, '
        '<a linktype="page" id="999999">ko dzēsa</a> un <a href="https://lps.lv/?id=5">LPS</a>, '
        '<a href="mailto:a@example.org">pasts</a> &lt;a linktype="page" id="1"&gt;</p>'
    )
    listed = {"type": "item", "value": document.pk, "id": "aaaaaaaa-0000-0000-0000-000000000001"}
    article.body = json.dumps(
        [
            *article.body.raw_data,
            {"type": "text", "value": links, "id": "aaaaaaaa-0000-0000-0000-000000000002"},
            {
                "type": "figure",
                "value": {"image": figure, "caption": "Paraksts", "credit": ""},
                "id": "aaaaaaaa-0000-0000-0000-000000000003",
            },
            {
                "type": "documents",
                "value": {"title": "Faili", "documents": [listed]},
                "id": "aaaaaaaa-0000-0000-0000-000000000004",
            },
            {"type": "quote", "value": {"text": "„Jā“", "attribution": ""}},  # no id, as of old
        ]
    )
    article.conference = ConferencePage.objects.filter(locale=article.locale).first()
    article.corrections.create(
        date=datetime.date(2026, 1, 2),
        text=f'<p><a linktype="page" id="{other.pk}">Labots</a></p>',
        sort_order=0,
    )
    article.save()
    article.save_revision().publish()


def drafts(articles, user):
    edited, hidden, later, ending, locked = articles[2:7]
    edited.title = "Melnraksts, ko neviens neredz"
    edited.corrections.create(date=datetime.date(2026, 2, 3), text="<p>Drīz</p>", sort_order=0)
    edited.save_revision(user=user)
    hidden.unpublish()
    later.unpublish()
    later.go_live_at = timezone.now() + datetime.timedelta(days=30)
    later.save_revision().publish()
    later.title = "Vēl jaunāks par to, kas iznāks"
    later.save_revision()
    ending.expire_at = timezone.now() + datetime.timedelta(days=60)
    ending.save_revision().publish()
    Page.objects.filter(pk=locked.pk).update(
        locked=True, locked_at=timezone.now(), locked_by=user, owner=user
    )
    Comment.objects.create(page=locked.page_ptr, user=user, text="Redaktoram", contentpath="title")


def restrictions(articles):
    first, second, third = articles[7:10]
    PageViewRestriction.objects.create(page=first, restriction_type="password", password="vards")
    PageViewRestriction.objects.create(page=second, restriction_type="login")
    private = PageViewRestriction.objects.create(page=third, restriction_type="groups")
    private.groups.add(Group.objects.create(name="Biedri: visi"))
    CollectionViewRestriction.objects.create(
        collection=Collection.objects.get(name="Dokumenti"), restriction_type="login"
    )


def records(articles, user):
    page = articles[0]
    query = Query.get("norvēģija")
    query.add_hit()
    SearchPromotion.objects.create(query=query, page=page.page_ptr, description="Lasiet")
    SearchPromotion.objects.create(query=query, external_link_url="https://lps.lv", sort_order=1)
    Redirect.add_redirect("/vecs/", page, is_permanent=False)
    Redirect.add_redirect("/cits?x=1&y=2", "https://lps.lv/lapa")
    FormSubmission.objects.create(page=FormPage.objects.first().page_ptr, form_data={"a": "b"})
    check = AutomatedCheck.objects.create(
        tool="axe", started_at=timezone.now(), finished_at=timezone.now(), pages=5, checks=9
    )
    CheckFailure.objects.create(audit=check, url="/lv/", check_name="c", rule="r", impact="minor")
    item = ImportedItem.objects.create(
        source="https://www.lps.lv",
        post_id=17,
        type="post",
        title="Vecs",
        data={"z": 1, "a": [1.5, None, "ā"]},
        checksum="c",
        page=page.page_ptr,
        revision=page.latest_revision_id,
        image=page.image,
        decided_by=user,
    )
    ImportedItem.objects.filter(pk=item.pk).update(
        updated_at=datetime.datetime(2020, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)
    )
    ImportRun.objects.create(source="https://www.lps.lv", report={"items": 1})
    OldAddress.objects.create(path="/2013/12/vecs", item=item)
    mapping = TermMapping.objects.create(
        source="https://www.lps.lv",
        taxonomy="category",
        slug="jaunumi",
        name="Jaunumi",
        topic=Topic.objects.filter(locale__language_code="lv").first(),
    )
    ReferenceIndex.create_or_update_for_object(mapping)
    ImportedFile.objects.create(
        source="https://www.lps.lv", path="2013/12/a.jpg", digest="0" * 64, image=page.image
    )
    segment = OverridableSegment.objects.filter(context__path="image").first()
    SegmentOverride.objects.create(
        context=segment.context,
        locale=Page.objects.filter(locale__language_code="en").first().locale,
        data_json=json.dumps(get_image_model().objects.earliest("pk").pk),
        last_translated_by=user,
    )


def same_files(first: Path, second: Path) -> bool:
    compared = filecmp.dircmp(first, second)
    if compared.left_only or compared.right_only:
        return False
    _same, different, errors = filecmp.cmpfiles(first, second, compared.common_files, shallow=False)
    return not (different or errors) and all(
        same_files(first / name, second / name) for name in compared.common_dirs
    )


class TestIdentical:
    def test_second_export(self, trip):
        for path in trip.first.rglob("*.json*"):
            assert path.read_text() == (trip.second / path.name).read_text()
        assert same_files(trip.first, trip.second)

    def test_every_table(self, trip):
        before, after = trip.before["tables"], trip.after["tables"]
        assert before.keys() == after.keys()
        for label in before:
            assert after[label] == before[label], label
        empty = {label for label, rows in before.items() if not rows}
        assert empty == {
            "wagtail_localize.LocaleSynchronization",
            "wagtailcore.CollectionViewRestriction_groups",
        }

    def test_every_edit(self, trip):
        assert trip.after["edits"] == trip.before["edits"]
        assert len(trip.before["edits"]) > 100

    def test_every_upload(self, trip):
        assert trip.after["uploads"] == trip.before["uploads"]

    def test_what_visitors_get(self, trip):
        before, after = trip.before["answers"], trip.after["answers"]
        assert before.keys() == after.keys()
        for address in before:
            assert after[address] == before[address], address
        statuses = {status for status, _location, _content in before.values()}
        assert {200, 301, 302} <= statuses
        assert sum(status == 200 for status, *_rest in before.values()) > 200

    def test_who_may_edit_what(self, trip):
        assert trip.after["rights"] == trip.before["rights"] != []


class TestComputed:
    def test_search(self, trip):
        assert trip.after["documents"] == trip.before["documents"] != []

    def test_references(self, trip):
        assert trip.after["references"] == trip.before["references"] != []

    def test_statuses_of_translations(self, trip):
        assert trip.after["statuses"] == trip.before["statuses"] != []

    def test_page_cache_begins_anew(self, trip):
        assert trip.after["generation"] != trip.before["generation"]

    def test_search_finds(self, db):
        with override("lv"):
            answer = Client().get(reverse("search"), {"q": "norvēģijas"})
        assert answer.status_code == 200 and "Norvēģijas" in answer.content.decode()


class TestEditorsGoOn:
    @pytest.fixture
    def admin(self, db):
        client = Client()
        client.force_login(User.objects.create_superuser("new-admin"))
        return client

    def test_draft_is_in_the_editor(self, admin):
        page = Page.objects.get(draft_title="Melnraksts, ko neviens neredz")
        assert page.title != page.draft_title
        answer = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert "Melnraksts, ko neviens neredz" in answer.content.decode()

    def test_draft_can_be_published(self, db):
        page = NewsPage.objects.get(draft_title="Melnraksts, ko neviens neredz")
        page.latest_revision.publish()
        page = NewsPage.objects.get(pk=page.pk)
        assert page.title == "Melnraksts, ko neviens neredz"
        assert [str(row.date) for row in page.corrections.all()] == ["2026-02-03"]

    def test_plan_comes_true(self, db):
        page = NewsPage.objects.get(draft_title="Vēl jaunāks par to, kas iznāks")
        assert not page.live
        planned = page.scheduled_revision
        assert planned.approved_go_live_at > timezone.now()
        assert planned.as_object().title == page.title
        planned.content["go_live_at"] = None  # the day has come
        planned.save()
        planned.publish()
        page = NewsPage.objects.get(pk=page.pk)
        assert page.live and page.latest_revision.as_object().title.startswith("Vēl jaunāks")

    def test_new_pages_get_new_numbers(self, db):
        home = Page.objects.get(depth=2, locale__language_code="lv")
        last = Page.objects.latest("pk").pk
        page = home.add_child(instance=ContentPage(title="Jauna", slug="jauna"))
        assert page.pk > last
        page.save_revision().publish()
        assert Client().get(page.url).status_code == 200

    def test_translator_goes_on(self, admin):
        source = NewsPage.objects.filter(locale__language_code="lv").latest("pk")
        target = source.get_translation(Page.objects.filter(locale__language_code="en")[0].locale)
        answer = admin.get(reverse("wagtailadmin_pages:edit", args=[target.pk]))
        assert answer.status_code == 200
        assert source.title in answer.content.decode()


class TestNothingForgotten:
    def test_a_table_is_content_or_left_out_by_name(self):
        """A new model is exported by itself: who does not want that names it."""
        told, todo = set(kinds.NESTED), [*kinds.kinds().values(), *kinds.page_models()]
        while todo:
            model = todo.pop()
            told |= {parent._meta.label for parent in kinds.lineage(model)}
            told |= {
                field.remote_field.through._meta.label
                for field in kinds.relations_of(model).values()
            }
            todo += [child for child, _key in kinds.children_of(model).values()]
        everything = {
            model._meta.label
            for model in apps.get_models(include_auto_created=True)
            if not model._meta.proxy and model._meta.managed
        }
        assert everything == told | (kinds.LEFT_OUT & everything)
        assert not told & kinds.LEFT_OUT

    def test_what_is_left_out_is_documented(self):
        text = (Path(__file__).resolve().parents[2] / "docs/export.md").read_text()
        assert [label for label in sorted(kinds.LEFT_OUT) if f"`{label}`" not in text] == []

    def test_nobody_is_in_it(self, trip):
        for path in trip.first.glob("*.json*"):
            text = path.read_text()
            assert "editor@example.org" not in text
            assert "Redaktoram" not in text
            assert '"form_data"' not in text

    def test_an_edit_that_says_the_same_is_not_written_twice(self, trip):
        pages = [json.loads(line) for line in (trip.first / "pages.jsonl").open(encoding="utf-8")]
        edited = {edit["title"] for page in pages for edit in page["revisions"] if edit["content"]}
        assert {"Melnraksts, ko neviens neredz", "Vēl jaunāks par to, kas iznāks"} <= edited
        assert len(edited) <= 4

    def test_no_number_in_texts(self, trip):
        """What a reader elsewhere gets names objects by their keys."""
        pages = (trip.first / "pages.jsonl").read_text()
        assert 'linktype=\\"page\\" id=\\"page:' in pages
        assert 'id=\\"document:documents/nolikums' in pages
        assert 'id=\\"page:missing\\"' in pages
        overrides = (trip.first / "wagtail_localize.segmentoverride.jsonl").read_text()
        assert json.loads(overrides)["fields"]["data_json"]["reference"].startswith("image:")
        for line in pages.splitlines():
            for block in json.loads(line)["fields"].get("body", []):
                if block["type"] == "figure":
                    assert block["value"]["image"]["image"].startswith("image:")
