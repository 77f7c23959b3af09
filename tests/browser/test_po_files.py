"""A translator's way in a browser: download, translate, try out, apply."""

import io
import zipfile

import polib
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect
from wagtail_localize.models import StringTranslation, Translation

from editorial import roles
from news.models import NewsPage

# What a database has to do with it is tested without a browser, on both.
pytestmark = pytest.mark.once


@pytest.fixture
def translation(db):
    """The translation of an article, with its title not translated."""
    article = NewsPage.objects.filter(locale__language_code="lv").first()
    translation = Translation.objects.get(source__object_id=article.translation_key)
    StringTranslation.objects.filter(
        context__object_id=article.translation_key, context__path="title"
    ).delete()
    return translation


@pytest.fixture
def desk(page, site):
    """A browser in which a translator is signed in."""
    user = get_user_model().objects.filter(username="po").first()
    if not user:
        user = get_user_model().objects.create_user("po", "po@example.org", "translating")
        user.groups.add(Group.objects.get(name=roles.TRANSLATOR))
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", "po")
    page.fill("[name=password]", "translating")
    page.click("[type=submit]")
    page.wait_for_url(f"{site}/admin/")
    return page


def translated(content: bytes, title: str) -> bytes:
    po = polib.pofile(content.decode())
    next(entry for entry in po if entry.msgctxt == "title").msgstr = title
    return str(po).encode()


def test_a_zip_goes_out_and_comes_back(desk, site, translation):
    desk.goto(f"{site}{reverse('po:index')}")
    desk.fill("[name=q]", translation.source.object_repr)
    boxes = desk.locator("[name=translations]")
    expect(boxes).to_have_count(1)
    chosen = desk.locator("[data-w-bulk-target=action]")
    assert not chosen.is_visible()
    boxes.check()
    with desk.expect_download() as download:
        chosen.click()
    with zipfile.ZipFile(download.value.path()) as archive:
        [name] = archive.namelist()
        content = translated(archive.read(name), "A title from a zip")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    desk.goto(f"{site}{reverse('po:upload')}")
    file = {"name": "back.zip", "mimeType": "application/zip", "buffer": packed.getvalue()}
    desk.set_input_files("[name=file]", file)
    desk.locator("#w-editor-form [type=submit]").click()
    desk.get_by_text("A title from a zip").wait_for()
    desk.locator("form[action$='/apply/'] button").click()
    desk.wait_for_selector(".messages .success")
    draft = translation.get_target_instance().get_latest_revision_as_object()
    assert draft.title == "A title from a zip"


def test_the_translation_editors_upload_is_tried_out_first(desk, site, translation):
    target = translation.get_target_instance()
    address = f"{site}{reverse('wagtailadmin_pages:edit', args=[target.pk])}"
    desk.goto(address)
    link = desk.locator("a[href$='/pofile/download/']").first
    link.wait_for()
    with desk.expect_download() as download:
        link.click()
    content = translated(download.value.path().read_bytes(), "A title from one file")
    file = {"name": "one.po", "mimeType": "text/plain", "buffer": content}
    desk.locator("form[action$='/pofile/upload/'] [type=file]").first.set_input_files(file)
    desk.get_by_text("A title from one file").wait_for()
    desk.locator("form[action$='/apply/'] button").click()
    desk.wait_for_selector(".messages .success")
    desk.get_by_role("link", name="Atpakaļ uz lapu").click()
    desk.wait_for_url(address)
    desk.get_by_text("A title from one file").first.wait_for()
