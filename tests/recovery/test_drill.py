"""The restore drill: a backup of a site that is worked on, restored where there is nothing."""

import hashlib
import itertools
import threading
import time

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail_factories import DocumentFactory, ImageFactory

from home.models import HomePage
from tests.factories import ContentPageFactory, NewsIndexPageFactory, NewsPageFactory

from .machine import Machine, empty_machine, files_of, query, rows_of, url_of

pytestmark = pytest.mark.django_db(transaction=True)
Image = get_image_model()


@pytest.fixture
def site(tmp_path, db, settings):
    """The machine of the test's own database and uploads, with pages, a picture, a document."""
    home = HomePage.objects.get(locale__language_code="lv")
    news = NewsIndexPageFactory(parent=home, title="Ziņas", slug="zinas")
    picture = ImageFactory(title="Attēls", file__width=900, file__height=600)
    NewsPageFactory.create_batch(3, parent=news, image=picture)
    ContentPageFactory(parent=home, title="Par mums", slug="par-mums")
    DocumentFactory(title="Lēmums")
    for path in addresses():
        assert Client().get(path).status_code == 200  # draws what is missing
    name = settings.DATABASES["default"]["NAME"]
    return Machine(tmp_path / "site", url_of(name), media=settings.MEDIA_ROOT)


def addresses():
    return [page.url for page in Page.objects.live().filter(depth__gt=1)]


class Office(threading.Thread):
    """Somebody who publishes articles and uploads pictures without a pause, and deletes some.

    ``done`` are the numbers of what was acknowledged, in order, each with the time.
    """

    def __init__(self, news, name):
        super().__init__(name=name)
        self.news = news
        self.stopping = threading.Event()
        self.done = []
        self.error = None

    def run(self):
        try:
            for number in itertools.count():
                if self.stopping.is_set():
                    return
                self.work(number)
                self.done.append((number, time.time()))
                self.stopping.wait(0.05)
        except Exception as error:
            self.error = error
        finally:
            connections.close_all()

    def work(self, number):
        raise NotImplementedError


class Writing(Office):
    def work(self, number):
        page = NewsPageFactory(parent=self.news, title=f"Raksts {number}", live=False)
        page.save_revision().publish()


class Uploading(Office):
    """Uploads picture after picture, and deletes every second a moment later."""

    def work(self, number):
        image = ImageFactory(title=f"Foto {number}", file__color=(number % 256, number // 256, 9))
        assert image.get_file_hash()
        image.get_rendition("max-60x60")
        if number % 2:
            Image.objects.get(title=f"Foto {number - 1}").delete()


def test_a_backup_under_write_load_is_restored_on_an_empty_machine_as_of_one_moment(site, tmp_path):
    news = Page.objects.get(slug="zinas")
    offices = [Writing(news, "writing"), Uploading(news, "uploading")]
    for office in offices:
        office.start()
    begun = time.time()
    said = site.succeed("backup")
    ended = time.time()
    for office in offices:
        office.stopping.set()
    for office in offices:
        office.join()
        assert office.error is None
        assert office.done[-1][1] > begun
    assert "files)" in said
    (archive,) = site.backups.glob("backup-*.tar")
    with empty_machine(tmp_path / "new", "drill_load") as machine:
        machine.succeed("restore", str(archive))
        articles = query(
            machine,
            "SELECT title FROM wagtailcore_page WHERE live AND title LIKE 'Raksts %' ORDER BY id",
        )
        in_backup = [int(title.split()[1]) for (title,) in articles]
        assert_is_beginning(in_backup, offices[0].done, begun, ended)
        titles = "SELECT title FROM wagtailimages_image WHERE title LIKE 'Foto %' ORDER BY id"
        pictures = [int(title.split()[1]) for (title,) in query(machine, titles)]
        last = max(pictures)
        assert pictures in (kept_until(last), sorted({*kept_until(last), last - 1, last}))
        assert_every_file_is_there(machine)
        print(
            f"Under load: {len(in_backup)} of {len(offices[0].done)} articles and "
            f"{last + 1} of {len(offices[1].done)} pictures were done when the snapshot was taken; "
            f"the restored site has exactly these, and {len(files_of(machine.media))} files. "
            f"The backup took {ended - begun:.1f} s."
        )


def kept_until(last):
    """Return the numbers of the pictures that are left when all until ``last`` are worked on."""
    return [number for number in range(last + 1) if number % 2 or number == last]


def assert_is_beginning(numbers, done, begun, ended):
    """Assert that the work in a backup is all that was done up to one moment within it."""
    assert numbers == list(range(len(numbers)))
    before = [number for number, moment in done if moment < begun]
    until = [number for number, moment in done if moment < ended]
    assert len(before) <= len(numbers) <= len(until) + 1


def assert_every_file_is_there(machine):
    files = files_of(machine.media)
    rows = query(machine, "SELECT file, file_hash FROM wagtailimages_image")
    assert len(rows) > 1
    for name, checksum in rows:
        assert not checksum or hashlib.sha1(files[name]).hexdigest() == checksum  # noqa: S324
    (renditions,) = (query(machine, "SELECT file FROM wagtailimages_rendition"),)
    assert renditions and all(files[name] for (name,) in renditions)


@pytest.fixture
def restored(site, tmp_path):
    """A machine on which a quiet site was restored."""
    site.succeed("backup")
    (archive,) = site.backups.glob("backup-*.tar")
    with empty_machine(tmp_path / "new", "drill_quiet") as machine:
        machine.succeed("restore", str(archive))
        yield machine


def test_a_restored_site_has_every_row_every_file_and_every_page(site, restored):
    rows = rows_of(site)
    assert len(rows) > 50 and rows_of(restored) == rows
    files = files_of(settings.MEDIA_ROOT)
    assert files and files_of(restored.media) == files
    here = {path: Client().get(path) for path in addresses()}
    expected = {path: (answer.status_code, answer.text) for path, answer in here.items()}
    assert len(expected) >= 7
    assert restored.answers(expected) == expected
    print(
        f"Quiet: {len(rows)} tables with {sum(map(len, rows.values()))} rows, {len(files)} files "
        f"({sum(map(len, files.values()))} bytes) and {len(expected)} pages are the same."
    )
    # And it goes on: what comes next gets a number of its own.
    code = "from django.contrib.auth.models import *; Group.objects.create(name='Jauna')"
    restored.succeed("shell", "--verbosity=0", "--command", code)
