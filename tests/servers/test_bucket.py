"""Uploaded files in a bucket: a real client, and moto's server on this machine."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.documents import get_document_model
from wagtail_factories import ImageFactory

from search.attachments import read
from tests.buckets import LOGIN, make_bucket, serve
from tests.factories import NewsIndexPageFactory, NewsPageFactory

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture(scope="module")
def service():
    with serve() as address:
        yield address


@pytest.fixture
def bucket(service, settings):
    """An empty bucket, which is where the site has its files."""
    made = make_bucket(service)
    options = {"bucket_name": "files", "endpoint_url": service, "file_overwrite": False, **LOGIN}
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "config.bucket.BucketStorage", "OPTIONS": options}
    }
    yield made
    made.objects.delete()
    made.delete()


def names(bucket):
    return {each.key for each in bucket.objects.all()}


def test_pictures_of_a_page_lie_in_the_bucket_and_come_from_the_site(bucket, client, home_lv):
    image = ImageFactory(file__width=900, file__height=600)
    index = NewsIndexPageFactory(parent=home_lv)
    page = NewsPageFactory(parent=index, image=image)
    markup = client.get(page.url).content.decode()
    shown = set(re.findall(r"/media/(images/[^\s\"]+)", markup))
    assert len(shown) > 3
    assert shown <= names(bucket)
    for name in shown:
        answer = client.get(f"/media/{name}")
        assert b"".join(answer.streaming_content) == bucket.Object(name).get()["Body"].read()
        assert answer["Content-Type"].startswith("image/")
        assert "immutable" in answer["Cache-Control"]


def test_a_page_asks_the_bucket_for_nothing_once_its_pictures_are_drawn(
    bucket, client, home_lv, caplog
):
    page = NewsPageFactory(
        parent=NewsIndexPageFactory(parent=home_lv),
        image=ImageFactory(file__width=900, file__height=600),
    )
    client.get(page.url)
    assert caplog.records
    caplog.clear()
    client.get(page.url)
    assert not caplog.records  # the service logs every request


def test_documents_are_handed_out_by_their_view_alone(bucket, client):
    document = get_document_model().objects.create(
        title="Programma", file=ContentFile(b"Teksts", name="programma.txt")
    )
    assert document.file.name in names(bucket)
    assert client.get(f"/media/{document.file.name}").status_code == 404
    answer = client.get(document.url)
    assert b"".join(answer.streaming_content) == b"Teksts"
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_text_of_a_document_in_the_bucket_is_read(bucket):
    document = get_document_model().objects.create(
        title="Programma", file=ContentFile("Kopīgs darbs".encode(), name="programma.txt")
    )
    assert read(document).file_hash


@pytest.mark.parametrize(
    "name",
    [
        "images/nav.jpg",
        "images/",
        "images/../documents/x.txt",
        "images/%2e%2e/documents/x.txt",
        "images/y/../../documents/x.txt",
        "documents/x.txt",
        "%00",
    ],
)
@pytest.mark.parametrize("place", ["bucket", "folder"])
def test_what_is_no_picture_is_not_there(request, client, place, name):
    if place == "bucket":
        request.getfixturevalue("bucket")
    for there in ("images/x.jpg", "documents/x.txt"):
        if not default_storage.exists(there):
            default_storage.save(there, ContentFile(b"Teksts"))
    assert client.get(f"/media/{name}", follow=True).status_code in (400, 404)


def test_a_name_is_given_once(bucket):
    first = default_storage.save("images/a.jpg", ContentFile(b"1"))
    second = default_storage.save("images/a.jpg", ContentFile(b"2"))
    assert first != second
    assert bucket.Object(first).get()["Body"].read() == b"1"
