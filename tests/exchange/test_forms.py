"""The three places of an export, and that its keys need no number of the old database."""

import json
import re
import shutil

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Page

from exchange import exporting, texts
from home.models import ContentPage
from news.models import NewsPage

from .conftest import change, load, small_site, uploads

pytestmark = pytest.mark.django_db
NUMBERED = re.compile(r"^(revision|collection|[a-z_]+\.[a-z]+):\d+$")


def lines(folder, name) -> list[dict]:
    return [json.loads(line) for line in (folder / name).read_text().splitlines()]


def without_numbers(value):
    """Return part of an export without what another database numbers otherwise."""
    if isinstance(value, dict):
        return {name: without_numbers(v) for name, v in value.items() if name != "number"}
    if isinstance(value, list):
        return [without_numbers(item) for item in value]
    if isinstance(value, str) and NUMBERED.match(value):
        return value.split(":")[0]
    return value


def add_to_numbers(value, more: int):
    """Return part of an export as a database would write it whose numbers are higher."""
    if isinstance(value, dict):
        return {
            name: v + more if name == "number" and v else add_to_numbers(v, more)
            for name, v in value.items()
        }
    if isinstance(value, list):
        return [add_to_numbers(item, more) for item in value]
    if isinstance(value, str) and NUMBERED.match(value):
        name, number = value.split(":")
        return f"{name}:{int(number) + more}"
    return value


@pytest.mark.usefixtures("quick")
class TestPlaces:
    @pytest.mark.parametrize("name", ["export.zip", "export.tar"])
    def test_archive_holds_the_same(self, db, tmp_path, media, name):
        folder, archive = tmp_path / "export", tmp_path / name
        with transaction.atomic():
            small_site()
            call_command("export_content", str(folder), verbosity=0)
            call_command("export_content", str(archive), verbosity=0)
            files = uploads()
            transaction.set_rollback(True)
        shutil.rmtree(media)
        assert archive.stat().st_mode & 0o77 == folder.stat().st_mode & 0o77 == 0
        unpacked = tmp_path / "unpacked"
        shutil.unpack_archive(archive, unpacked)
        for path in folder.rglob("*"):
            if path.is_file():
                assert (unpacked / path.relative_to(folder)).read_bytes() == path.read_bytes()
        load(archive)
        assert ContentPage.objects.get().title == "Par mums"
        assert uploads() == files != {}

    def test_without_media(self, db, tmp_path, media):
        folder = tmp_path / "export"
        with transaction.atomic():
            small_site()
            call_command("export_content", str(folder), without_media=True, verbosity=0)
            transaction.set_rollback(True)
        assert not (folder / "media").exists()
        load(folder)  # the uploads were copied otherwise
        assert get_document_model().objects.get().file.read() == b"Nolikuma teksts"

    def test_upload_that_is_lost(self, db, tmp_path, media, capsys):
        folder = tmp_path / "export"
        with transaction.atomic():
            small_site()
            (media / "documents/nolikums.txt").unlink()
            call_command("export_content", str(folder), verbosity=0)
            transaction.set_rollback(True)
        assert "documents/nolikums.txt" in capsys.readouterr().err
        load(folder)
        assert "documents/nolikums.txt" in capsys.readouterr().err
        assert get_document_model().objects.get().title == "Nolikums"

    def test_file_that_is_there_already_is_taken(self, exported, media):
        place = media / "documents/nolikums.txt"
        place.parent.mkdir(parents=True)
        place.write_bytes(b"Nolikuma teksts")
        load(exported)
        assert [path.name for path in place.parent.iterdir()] == ["nolikums.txt"]

    def test_what_comes_after_fails(self, exported, monkeypatch):
        from django.core.management import CommandError

        monkeypatch.setattr("exchange.loading.AFTER", ("no_such_command",))
        with pytest.raises(CommandError, match="The content is loaded.*no_such_command"):
            load(exported)
        assert ContentPage.objects.exists()


@pytest.mark.usefixtures("quick")
class TestKeys:
    def test_other_numbers(self, exported, tmp_path):
        """An export of a database with other numbers is the same site."""
        for path in exported.glob("*.jsonl"):
            change(exported, path.name, lambda line: add_to_numbers(line, 1000))
        load(exported)
        assert min(Page.objects.filter(depth=2).values_list("pk", flat=True)) > 1000
        page, article = ContentPage.objects.get(), NewsPage.objects.get()
        assert f'id="{article.pk}"' in page.body.raw_data[0]["value"]
        assert page.body.raw_data[1]["value"]["image"]["image"] == article.image_id > 1000
        html = Client().get(page.url).content.decode()
        assert f'href="{article.url}"' in html
        assert f"/documents/{get_document_model().objects.get().pk}/" in html
        assert "original_images" in html or "/media/images/attels" in html

    def test_rights_follow_to_other_numbers(self, exported):
        from .state import rights

        before = rights()
        for path in exported.glob("*.jsonl"):
            change(exported, path.name, lambda line: add_to_numbers(line, 1000))
        load(exported)
        assert rights() == before != []

    def test_exported_again(self, exported, tmp_path):
        for path in exported.glob("*.jsonl"):
            change(exported, path.name, lambda line: add_to_numbers(line, 1000))
        load(exported)
        exporting.export(tmp_path / "again")
        for path in exported.glob("*.jsonl"):
            again = lines(tmp_path / "again", path.name)
            assert without_numbers(again) == without_numbers(lines(exported, path.name))

    def test_fields_that_an_older_site_lacked(self, exported):
        change(exported, "pages.jsonl", lambda line: line["fields"].pop("seo_title") and None)
        load(exported)
        assert set(Page.objects.values_list("seo_title", flat=True)) == {""}


@pytest.mark.once
class TestTexts:
    @staticmethod
    def convert(model, number):
        return f"{model._meta.label_lower}:{number}"

    @pytest.mark.parametrize(
        ("text", "converted"),
        [
            (
                '<p><a linktype="page" id="5">a</a></p>',
                '<p><a linktype="page" id="wagtailcore.page:5">a</a></p>',
            ),
            ('<a id="5" linktype="page">', '<a id="wagtailcore.page:5" linktype="page">'),
            (
                '<a linktype="document" id="7">',
                '<a linktype="document" id="wagtaildocs.document:7">',
            ),
            (
                '<embed alt="A" embedtype="image" format="left" id="3"/>',
                '<embed alt="A" embedtype="image" format="left" id="wagtailimages.image:3"/>',
            ),
            ('<a href="/?id=5" data-id="5">', '<a href="/?id=5" data-id="5">'),
            ('<a linktype="other" id="5">', '<a linktype="other" id="5">'),
            ('&lt;a linktype="page" id="5"&gt;', '&lt;a linktype="page" id="5"&gt;'),
            ('<abbr linktype="page" id="5">', '<abbr linktype="page" id="5">'),
            ("", ""),
        ],
    )
    def test_rich_text(self, text, converted):
        assert texts.rich_text(text, self.convert) == converted

    def test_names_that_html_must_escape(self):
        def to_name(model, number):
            return 'image:a&b"c.png'

        def to_number(model, name):
            assert name == 'image:a&b"c.png'
            return 3

        text = '<embed embedtype="image" id="3"/>'
        there = texts.rich_text(text, to_name)
        assert "&amp;b&quot;c" in there
        assert texts.rich_text(there, to_number) == text

    def test_lists_of_old_wagtail(self):
        block = NewsPage._meta.get_field("body").stream_block
        value = [{"type": "documents", "value": {"title": "", "documents": [4]}}]
        converted = texts.stream(block, value, self.convert)
        assert converted[0]["value"]["documents"] == ["wagtaildocs.document:4"]

    def test_block_that_is_no_more(self):
        block = NewsPage._meta.get_field("body").stream_block
        value = [{"type": "gone", "value": {"image": 4}, "id": "x"}]
        assert texts.stream(block, value, self.convert) == value

    @pytest.mark.parametrize(
        ("path", "label"),
        [
            ("image", "wagtailimages.image"),
            ("conference", "news.conferencepage"),
            ("title", None),
            ("gone", None),
            ("body.0f1e.image.image", "wagtailimages.image"),
            ("body.0f1e.documents.2d3c", "wagtaildocs.document"),
            ("body.0f1e.caption", None),
            ("attachments.5a.document", "wagtaildocs.document"),
        ],
    )
    def test_what_a_place_of_a_translation_names(self, path, label):
        model = texts.target_of(NewsPage, path)
        assert (model and model._meta.label_lower) == label
