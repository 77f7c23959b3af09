"""Processes are killed at any moment: nothing acknowledged is lost, nothing half done stays."""

import contextlib
import datetime
import os
import random
import shutil
import signal
import threading
import time
from io import BytesIO

import pytest
import requests
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_factories import ImageFactory

from home.models import HomePage
from news.models import NewsPage
from recovery import mending
from recovery.media import walk
from search.models import SearchDocument
from tests.factories import NewsIndexPageFactory, NewsPageFactory

from .machine import Machine, url_of

pytestmark = pytest.mark.django_db(transaction=True)
Image = get_image_model()
Rendition = Image.get_rendition_model()
KILLS = 10
INLINES = ("topic_links", "attachments", "partner_links", "corrections", "comments")
EMPTY = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}


@pytest.fixture
def chief(db):
    """The session of an administrator who was here before; no uploads yet."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("chief", "c@example.org", "x"))
    assert client.get("/admin/").status_code == 200
    return client.cookies["sessionid"].value


@pytest.fixture
def server(chief, tmp_path):
    """A web server on the test's own database and uploads."""
    machine = Machine(tmp_path, url_of(connection.settings_dict["NAME"]), media=settings.MEDIA_ROOT)
    with machine.serve() as server:
        server.session.cookies.set("sessionid", chief)
        yield server


def form_of(page):
    return nested_form_data(
        {
            "title": f"{page.title} (laista)",
            "slug": page.slug,
            "date": "2022-11-16",
            "lead": page.lead,
            "body": streamfield([("text", rich_text("<p>Teksts</p>"))]),
            **dict.fromkeys(INLINES, EMPTY),
            "action-publish": "1",
        }
    )


def picture(number) -> bytes:
    file = BytesIO()
    Picture.new("RGB", (400, 300), (number, 99, 9)).save(file, "PNG")
    return file.getvalue()


def test_a_killed_server_loses_nothing_acknowledged_and_leaves_nothing_half_done(server):
    home = HomePage.objects.get(locale__language_code="lv")
    news = NewsIndexPageFactory(parent=home)
    drafts = NewsPageFactory.create_batch(30, parent=news, live=False)
    published, uploaded, seen = set(), set(), set()

    def publish(number):
        page = drafts[number]
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        if server.post(address, form_of(page), allow_redirects=False).status_code == 302:
            published.add(page.pk)

    def upload(number):
        form = {"title": f"Bilde {number}", "collection": "1", "description": ""}
        answer = server.post(
            reverse("wagtailimages:add"),
            form,
            files={"file": (f"bilde-{number}.png", picture(number), "image/png")},
            allow_redirects=False,
        )
        if answer.status_code == 302:
            uploaded.add(f"Bilde {number}")

    def look(number):
        image = Image.objects.order_by("?").first()
        if image and server.get(reverse("wagtailimages:edit", args=[image.pk])).ok:
            seen.add(image.pk)

    chance = random.Random(20261121)  # noqa: S311
    for number in range(KILLS):
        workers = server.workers()
        threads = [
            threading.Thread(target=patiently, args=[work, number])
            for work in (publish, upload, look)
        ]
        for thread in threads:
            thread.start()
        time.sleep(chance.random() * 1.2)
        for worker in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        for thread in threads:
            thread.join()
        server.wait()
    assert published and uploaded, "the machine is too slow for this test to mean anything"
    live = set(NewsPage.objects.filter(live=True).values_list("pk", flat=True))
    assert published <= live
    for page in NewsPage.objects.all():
        signs = {
            "live": page.live,
            "title": page.title.endswith("(laista)"),
            "revision": bool(page.live_revision),
            "found": SearchDocument.objects.filter(page=page).exists(),
            "history": PageLogEntry.objects.filter(page=page, action="wagtail.publish").exists(),
        }
        assert len(set(signs.values())) == 1, (page, signs)
    pictures = dict(Image.objects.values_list("title", "file"))
    assert uploaded <= pictures.keys()
    for title, name in pictures.items():
        content = default_storage.open(name).read()
        assert content == picture(int(title.split()[1]))
    for name in Rendition.objects.values_list("file", flat=True):
        Picture.open(default_storage.open(name)).load()
    for page in NewsPage.objects.filter(live=True):
        assert server.get(page.url).status_code == 200
    # What is left of requests that nobody was told of: files without rows.
    mending.delete_orphans(youngest=datetime.timedelta())
    named = {*pictures.values(), *Rendition.objects.values_list("file", flat=True)}
    assert set(walk()) == named
    # And all goes on: those that were interrupted are done again.
    for page in NewsPage.objects.filter(live=False)[:2]:
        publish(drafts.index(page))
    assert NewsPage.objects.filter(live=True).count() == len(live | published)


def patiently(work, number):
    """Do something that a killed server may not answer."""
    with contextlib.suppress(requests.RequestException):
        work(number)
    connection.close()


def test_files_that_no_row_names_are_deleted_once_they_are_old_and_only_those():
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    kept = ImageFactory().file.name
    day = 24 * 3600
    ages = {
        "original_images/orphan.png": 2 * day,
        "images/orphan.max-60x60.png": 2 * day,
        "documents/orphan.pdf": 2 * day,
        "documents/uploading.pdf": 60,
        "documents/ancient.pdf": 400 * day,
        "letters/not-of-wagtail.pdf": 2 * day,
    }
    for name in ages:
        default_storage.save(name, ContentFile(b"x"))
    for name, age in (ages | {kept: 2 * day}).items():
        os.utime(default_storage.path(name), (time.time() - age, time.time() - age))
    call_command("mend", verbosity=0)
    left = {"documents/uploading.pdf", "documents/ancient.pdf", "letters/not-of-wagtail.pdf", kept}
    assert set(walk()) == left
    assert mending.delete_orphans() == []


@pytest.mark.parametrize("is_empty", [True, False])
def test_a_rendition_without_its_file_is_drawn_again(is_empty):
    image = ImageFactory()
    rendition, whole = image.get_rendition("max-60x60"), image.get_rendition("max-40x40")
    default_storage.delete(rendition.file.name)
    if is_empty:
        default_storage.save(rendition.file.name, ContentFile(b""))
    assert mending.forget_lost_renditions() == 1
    fresh = Image.objects.get(pk=image.pk)
    assert fresh.get_rendition("max-60x60").file.size
    assert fresh.get_rendition("max-40x40").pk == whole.pk
    assert mending.forget_lost_renditions() == 0


def test_killed_migrations_are_finished_by_the_next_call(tmp_path):
    machine = Machine(tmp_path, url_of(connection.settings_dict["NAME"]))
    before = schema()
    machine.succeed("migrate", "search", "0003", "--verbosity=0")
    assert schema() != before
    chance = random.Random(7)  # noqa: S311
    for _ in range(2):
        process = machine.start("migrate", "search")
        time.sleep(1.5 + chance.random())
        process.kill()
        process.communicate()
    machine.succeed("migrate", "--verbosity=0")
    assert schema() == before


def schema():
    """Return the columns and constraints of all tables."""
    with connection.cursor() as cursor:
        inspect = connection.introspection
        return {
            table: (
                sorted(column.name for column in inspect.get_table_description(cursor, table)),
                sorted(
                    (str(found["columns"]), found["unique"], found["index"])
                    for found in inspect.get_constraints(cursor, table).values()
                ),
            )
            for table in inspect.table_names(cursor)
        }
