"""What is wrong with an export is said in a sentence, and nothing is loaded."""

import errno
import json

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from wagtail.images import get_image_model
from wagtail.models import Page

from tests.factories import TopicFactory

from .conftest import change, load, seal, uploads

pytestmark = pytest.mark.django_db


def refuse(path) -> str:
    """Return the sentence with which an export is refused; nothing of it may be there then."""
    before = list(Page.objects.order_by("pk").values())
    with pytest.raises(CommandError) as refused:
        load(path)
    assert refused.value.returncode == 1
    assert list(Page.objects.order_by("pk").values()) == before
    assert not get_image_model().objects.exists()
    sentence = str(refused.value)
    assert len(sentence.splitlines()) == 1
    return sentence


@pytest.fixture(autouse=True)
def _no_uploads_left(media):
    yield
    assert uploads() == {}


def change_manifest(folder, **values):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


class TestDamage:
    def test_truncated_line(self, exported):
        path = exported / "pages.jsonl"
        path.write_bytes(path.read_bytes()[:-40])
        assert "pages.jsonl" in refuse(exported)

    def test_truncated_line_with_its_checksum(self, exported):
        path = exported / "pages.jsonl"
        path.write_bytes(path.read_bytes()[:-40])
        seal(exported, "pages.jsonl")
        assert "pages.jsonl, line 5:" in refuse(exported)

    def test_lines_are_missing(self, exported):
        path = exported / "redirects.jsonl"
        manifest = json.loads((exported / "manifest.json").read_text())
        manifest["files"]["redirects.jsonl"]["lines"] = 3
        (exported / "manifest.json").write_text(json.dumps(manifest))
        assert path.read_bytes() == b""
        assert "Lines in redirects.jsonl: 0 instead of 3" in refuse(exported)

    def test_text_changed_by_hand(self, exported):
        path = exported / "pages.jsonl"
        path.write_text(path.read_text().replace("Par mums", "Par jums"))
        assert "pages.jsonl is not what was written" in refuse(exported)

    def test_upload_changed(self, exported):
        (exported / "media/documents/nolikums.txt").write_bytes(b"Cits")
        assert "nolikums.txt is not what was written" in refuse(exported)

    def test_upload_is_missing(self, exported):
        (exported / "media/original_images/attels.png").unlink()
        assert "media/original_images/attels.png is missing" in refuse(exported)

    def test_manifest_is_missing(self, exported):
        (exported / "manifest.json").unlink()
        assert "manifest.json is missing" in refuse(exported)

    @pytest.mark.parametrize("content", ["{", "[]", '{"format": "other"}', "\x00"])
    def test_manifest_is_something_else(self, exported, content):
        (exported / "manifest.json").write_text(content)
        assert refuse(exported)

    def test_no_archive(self, db, tmp_path):
        path = tmp_path / "export.zip"
        path.write_bytes(b"PK nothing")
        assert "neither a folder" in refuse(path)

    def test_nothing_there(self, db, tmp_path):
        assert "There is no export" in refuse(tmp_path / "nothing")

    def test_damaged_zip(self, exported, tmp_path, db):
        import zipfile

        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in exported.rglob("*"):
                archive.write(file, file.relative_to(exported).as_posix())
        content = bytearray(path.read_bytes())
        at = content.index(b"Par mums")
        content[at : at + 3] = b"Bar"
        path.write_bytes(content)
        assert refuse(path)


class TestForeign:
    def test_newer_format(self, exported):
        change_manifest(exported, version=2)
        assert "version 2 of the format" in refuse(exported)

    def test_field_that_this_site_lacks(self, exported):
        change(exported, "pages.jsonl", lambda line: line["fields"].update(mood="good"))
        assert "does not know “home.homepage.mood”" in refuse(exported)

    def test_type_that_this_site_lacks(self, exported):
        change(exported, "images.jsonl", lambda line: line | {"type": "shop.product"})
        assert "images.jsonl, line 1: This site does not know “shop.product”" in refuse(exported)

    def test_file_that_this_site_lacks(self, exported):
        (exported / "shop.product.jsonl").write_text("")
        manifest = json.loads((exported / "manifest.json").read_text())
        manifest["files"]["shop.product.jsonl"] = manifest["files"]["redirects.jsonl"]
        (exported / "manifest.json").write_text(json.dumps(manifest))
        assert "does not know “shop.product.jsonl”" in refuse(exported)

    def test_language_that_this_site_lacks(self, exported):
        change_manifest(exported, languages=["lv", "en", "et"])
        assert "no language “et”" in refuse(exported)


class TestHostile:
    @pytest.mark.parametrize(
        "name", ["media/../../x", "/etc/x", "media//x", "media/..\\x", "media/./x", "C:x"]
    )
    def test_name_of_a_file_leads_out(self, exported, name):
        manifest = json.loads((exported / "manifest.json").read_text())
        manifest["files"][name] = manifest["files"]["redirects.jsonl"]
        (exported / "manifest.json").write_text(json.dumps(manifest))
        assert "holds what none has" in refuse(exported)

    def test_link_leads_out(self, exported, tmp_path):
        secret = tmp_path / "secret"
        secret.write_bytes(b"secret")
        upload = exported / "media/documents/nolikums.txt"
        upload.unlink()
        upload.symlink_to(secret)
        seal(exported, "media/documents/nolikums.txt")
        assert "leads out of the export" in refuse(exported)

    def test_name_of_an_upload_leads_out(self, exported):
        change(
            exported, "documents.jsonl", lambda line: line["fields"].update(file="../../secret.txt")
        )
        assert "wagtaildocs.document.file" in refuse(exported)


class TestNonsense:
    def test_key_twice(self, exported):
        path = exported / "pages.jsonl"
        path.write_text(path.read_text() + path.read_text().splitlines()[-1] + "\n")
        seal(exported, "pages.jsonl")
        assert "stands there twice" in refuse(exported)

    def test_parent_is_not_above(self, exported):
        change(exported, "pages.jsonl", lambda line: line | {"parent": "page:nowhere:lv"})
        assert "is not above it" in refuse(exported)

    def test_key_that_nothing_has(self, exported):
        change(
            exported,
            "pages.jsonl",
            lambda line: line["fields"].update(share_image="image:original_images/other.png"),
        )
        assert "“image:original_images/other.png” is named" in refuse(exported)

    def test_key_of_another_kind(self, exported):
        change(
            exported,
            "pages.jsonl",
            lambda line: line["fields"].update(share_image="document:documents/nolikums.txt"),
        )
        assert "key of something else" in refuse(exported)

    @pytest.mark.parametrize("value", ["yesterday", [], {}, 7.5, None])
    def test_value_of_another_kind(self, exported, value):
        def spoil(line):
            if line["type"] == "news.newspage":
                line["fields"]["date"] = value

        change(exported, "pages.jsonl", spoil)
        assert "news.newspage.date" in refuse(exported)

    def test_two_objects_of_a_number(self, exported):
        change(exported, "pages.jsonl", lambda line: line | {"number": 77})
        assert "The database says" in refuse(exported)

    def test_home_of_a_language_is_missing(self, exported):
        path = exported / "pages.jsonl"
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if '"language": "lv"' in line))
        seal(exported, "pages.jsonl")
        assert "no page in the place of" in refuse(exported)

    @pytest.mark.parametrize(
        "line",
        [
            "[]",
            "7",
            "{}",
            '{"key": 7, "type": "home.homepage"}',
            '{"key": "page:x:lv", "type": "home.homepage", "fields": [], "number": 8}',
            '{"key": "page:x:lv", "type": "home.homepage", "fields": {}, "number": null}',
            '{"key": "page:x:lv", "type": [], "fields": {}, "number": 8}',
            '{"key": "page:x:lv", "type": "home.homepage", "fields": {}, "number": 8, '
            '"parent": "page:root", "children": {"goals": 7}}',
            '{"key": "page:x:lv", "type": "home.homepage", "fields": {}, "number": 8, '
            '"parent": "page:root", "language": "lv", "revisions": [{}]}',
            "[" * 100_000,
        ],
    )
    def test_no_line_of_an_export(self, exported, line):
        path = exported / "pages.jsonl"
        path.write_text(path.read_text() + line + "\n")
        seal(exported, "pages.jsonl")
        assert refuse(exported).startswith("Nothing was loaded. pages.jsonl, line 6:")

    def test_number_too_large_for_the_database(self, exported):
        change(exported, "images.jsonl", lambda line: line | {"number": 10**30})
        assert refuse(exported)


class TestTarget:
    def test_site_with_pages(self, exported, home_lv):
        from tests.factories import ContentPageFactory

        ContentPageFactory(parent=home_lv)
        assert "The site is not empty" in refuse(exported)

    def test_site_with_records(self, exported):
        TopicFactory()
        assert "1 × " in refuse(exported)

    def test_another_file_in_the_place(self, exported, media):
        place = media / "documents/nolikums.txt"
        place.parent.mkdir(parents=True)
        place.write_bytes(b"Cits")
        assert "Another file is in the place of documents/nolikums.txt" in refuse(exported)
        assert place.read_bytes() == b"Cits"
        place.unlink()

    def test_disk_full(self, exported, monkeypatch):
        save, saved = default_storage.save, []

        def fail_second(name, content, **options):
            if saved:
                raise OSError(errno.ENOSPC, "No space left on device", name)
            saved.append(save(name, content))
            return saved[-1]

        monkeypatch.setattr(default_storage, "save", fail_second)
        assert "No space left on device" in refuse(exported)
        assert saved

    def test_database_fails_at_the_end(self, exported, monkeypatch):
        from django.db import OperationalError

        def fail(rows):
            raise OperationalError("disk I/O error")

        monkeypatch.setattr("exchange.building.Rows.finish", fail)
        assert "The database says: disk I/O error" in refuse(exported)

    def test_interrupted(self, exported, monkeypatch):
        def interrupt(*arguments):
            raise KeyboardInterrupt

        monkeypatch.setattr("exchange.loading._load", interrupt)
        with pytest.raises(CommandError, match="Nothing was loaded.*interrupted") as caught:
            load(exported)
        assert caught.value.returncode == 130


class TestExport:
    def test_nothing_is_written_over(self, db, tmp_path):
        (tmp_path / "export").mkdir()
        (tmp_path / "export/mine").write_text("x")
        with pytest.raises(CommandError, match="nothing is written over"):
            call_command("export_content", str(tmp_path / "export"), verbosity=0)
        assert (tmp_path / "export/mine").read_text() == "x"

    @pytest.mark.parametrize("name", ["export", "export.zip", "export.tar"])
    def test_disk_full(self, db, tmp_path, monkeypatch, name):
        def fail(*arguments):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("exchange.folders.Hashed.write", fail)
        with pytest.raises(CommandError, match="No space left on device"):
            call_command("export_content", str(tmp_path / name), verbosity=0)
        assert not list(tmp_path.glob("export*"))
