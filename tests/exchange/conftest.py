"""A small site of everything that is hard to carry, its export, and an empty site to load it."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from exchange import exporting
from home.models import HomePage
from tests.factories import ContentPageFactory, NewsIndexPageFactory, NewsPageFactory


def small_site():
    """Make an index, an article with a picture and a document, and a page that names them."""
    home = HomePage.objects.get(locale__language_code="lv")
    news = NewsIndexPageFactory(parent=home, title="Ziņas", slug="zinas")
    picture = get_image_model().objects.create(
        title="Attēls", file=get_test_image_file(filename="attels.png")
    )
    document = get_document_model().objects.create(
        title="Nolikums", file=ContentFile(b"Nolikuma teksts", name="nolikums.txt")
    )
    article = NewsPageFactory(parent=news, image=picture, slug="raksts")
    article.attachments.create(document=document, sort_order=0)
    text = (
        f'<p><a linktype="page" id="{article.pk}">Raksts</a> un '
        f'<a id="{document.pk}" linktype="document">nolikums</a>, '
        '<a linktype="page" id="999999">nekas</a>, <a href="https://lps.lv">LPS</a></p>'
    )
    figure = {
        "image": {"image": picture.pk, "decorative": False, "alt_text": "Zīmējums"},
        "caption": "",
        "credit": "",
    }
    body = [
        {"type": "text", "value": text, "id": "11111111-1111-1111-1111-111111111111"},
        {"type": "figure", "value": figure, "id": "22222222-2222-2222-2222-222222222222"},
    ]
    ContentPageFactory(parent=home, title="Par mums", slug="par-mums", body=json.dumps(body))
    article.save_revision().publish()


@pytest.fixture(autouse=True)
def _sentences_in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def media(tmp_path, settings):
    """A folder for the uploads of one test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def exported(db, tmp_path, media) -> Path:
    """The export of the small site, of which nothing is left in the database."""
    folder = tmp_path / "export"
    with transaction.atomic():
        small_site()
        exporting.export(folder)
        transaction.set_rollback(True)
    shutil.rmtree(media)
    return folder


@pytest.fixture
def quick(monkeypatch):
    """Leave out what is computed after loading."""
    monkeypatch.setattr("exchange.loading.AFTER", ())


def change(folder: Path, name: str, function):
    """Change the lines of a file of an export, as somebody does who then writes a new manifest."""
    lines = [json.loads(line) for line in (folder / name).read_text().splitlines()]
    lines = [function(line) or line for line in lines]
    (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines))
    seal(folder, name)


def seal(folder: Path, name: str):
    """Have the manifest say what is in a file now."""
    content = (folder / name).read_bytes()
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name] |= {
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    if name.endswith(".jsonl"):
        manifest["files"][name]["lines"] = content.count(b"\n")
    (folder / "manifest.json").write_text(json.dumps(manifest))


def load(path, **options):
    call_command("load_content", str(path), verbosity=0, **options)


def uploads() -> dict[str, bytes]:
    folder = Path(django_settings.MEDIA_ROOT)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name in ("original_images", "documents")
    }
