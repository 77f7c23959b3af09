"""Documents attached to pages: found by their text, reported when that can't be read."""

import datetime
import itertools
import os
import signal

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    Page,
)

from home.models import MeetingAttachment
from news.models import NewsAttachment
from search import attachments, extraction
from search.models import AttachmentText, SearchDocument
from tests.factories import (
    MeetingPageFactory,
    MeetingsPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    TopicFactory,
)

from . import files

pytestmark = pytest.mark.django_db

Document = get_document_model()
Status = AttachmentText.Status
TEXT = "Pašvaldībām jāiesniedz ziņojums par ēku apkuri."


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A context at the end of which everything in it is committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def upload(committed):
    """Save a document with a file, new or in place of its present one, as the admin's form does."""

    def save(content, name="zinojums.pdf", title="Ziņojums", document=None, **fields):
        document = document or Document(title=title, **fields)
        document.file = ContentFile(content, name=name)
        document._set_document_file_metadata()
        with committed():
            document.save()
        return document

    return save


@pytest.fixture
def attach(home_lv, committed):
    """Publish an article with documents attached."""
    news = NewsIndexPageFactory(parent=home_lv, slug="zinas")

    def publish(*documents, **fields):
        page = NewsPageFactory(parent=news, **fields)
        for document in documents:
            NewsAttachment.objects.create(page=page, document=document)
        with committed():
            page.save_revision().publish()
        return page

    return publish


def find(client, query, **options):
    response = client.get("/lv/meklet/", {"q": query, "format": "json", **options})
    assert response.status_code == 200
    return response.json()["results"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.pdf(TEXT), "zinojums.pdf"),
        (files.word(TEXT), "zinojums.docx"),
        (files.open_document(TEXT), "zinojums.odt"),
        (files.word(TEXT), "zinojums.pdf"),
    ],
    ids=["pdf", "docx", "odt", "wrong extension"],
)
def test_the_text_is_found_in_other_forms_and_leads_to_its_place(
    client, upload, attach, content, name
):
    document = upload(content, name, title="Gada pārskats")
    topic = TopicFactory(slug="apkure")
    page = attach(document, title="Sanāksme", date=datetime.date(2024, 5, 1), topics=[topic])
    for query in ("pašvaldība", "ziņojumi", "zinojuma"):
        (result,) = find(client, query)
        assert result["title"] == "Gada pārskats"
        assert result["url"] == f"http://localhost{page.url}#attachment-{document.pk}"
        assert result["type"] == "attachment"
        assert result["date"] == "2024-05-01"
    assert "<mark>Pašvaldībām</mark>" in find(client, "pašvaldība")[0]["snippet"]
    assert find(client, "pašvaldība", topic="apkure", year=2024)
    assert f'id="attachment-{document.pk}"' in client.get(page.url).content.decode()
    assert "Pielikums" in client.get("/lv/meklet/", {"q": "pašvaldība"}).content.decode()


def test_attachments_of_meetings_are_found_too(client, home_lv, upload, committed):
    meetings = MeetingsPageFactory(parent=home_lv, slug="sanaksmes")
    meeting = MeetingPageFactory(parent=meetings)
    document = upload(files.pdf(TEXT))
    MeetingAttachment.objects.create(page=meeting, document=document)
    with committed():
        meeting.save_revision().publish()
    (result,) = find(client, "pašvaldības")
    assert result["url"].endswith(f"{meeting.url}#attachment-{document.pk}")
    assert f'id="attachment-{document.pk}"' in client.get(meeting.url).content.decode()


def test_a_document_attached_before_it_was_read_is_read_on_publication(client, attach):
    document = Document.objects.create(
        title="Vecs", file=ContentFile(files.pdf(TEXT), name="v.pdf")
    )
    attach(document)
    assert [result["title"] for result in find(client, "pašvaldība")] == ["Vecs"]
    document.refresh_from_db()
    assert document.attachment_text.file_hash == document.file_hash != ""


def test_a_replaced_file_is_read_anew_and_an_unchanged_one_is_not(
    client, upload, attach, committed, monkeypatch
):
    document = upload(files.pdf(TEXT))
    page = attach(document)
    upload(files.pdf("Bibliotēkas paliek pagastos."), document=document)
    assert find(client, "pašvaldība") == []
    assert find(client, "bibliotēka")

    monkeypatch.setattr(attachments, "extract", None)  # whoever reads now fails
    document.title = "Lielais ziņojums"
    with committed():
        document.save()
        page.save_revision().publish()
    assert [result["title"] for result in find(client, "bibliotēka")] == ["Lielais ziņojums"]


def test_a_text_is_forgotten_with_its_file_even_if_the_new_one_can_not_be_read(
    client, upload, attach, monkeypatch, caplog
):
    document = upload(files.pdf(TEXT))
    page = attach(document)
    monkeypatch.setattr(extraction.subprocess, "run", _out_of_processes)
    upload(files.pdf("Cits saturs"), document=document)
    assert "No more processes" in caplog.text  # the operator learns of it, the editor does not
    assert Document.objects.get(pk=document.pk).file_size
    page.save_revision().publish()
    assert find(client, "pašvaldība") == []


def _out_of_processes(*args, **kwargs):
    raise BlockingIOError(11, "No more processes")


def test_a_file_replaced_while_it_was_read_does_not_come_back(upload):
    document = upload(files.pdf(TEXT))
    late = Document.objects.get(pk=document.pk)
    upload(files.pdf("Jaunais"), document=document)
    assert attachments.read(late) is None
    assert AttachmentText.objects.get(document=document).text.strip() == "Jaunais"


HARMFUL = {
    "empty": (lambda: b"", Status.BROKEN),
    "broken": (lambda: files.pdf(TEXT)[:500], Status.BROKEN),
    "encrypted": (lambda: files.locked_pdf(TEXT, "parole"), Status.ENCRYPTED),
    "zip bomb": (files.zip_bomb, Status.TOO_LARGE),
    "laughs": (files.laughing_word, Status.BROKEN),
    "loop": (files.looping_pdf, Status.BROKEN),
    "memory": (files.greedy_pdf, Status.TOO_COSTLY),
    "picture": (lambda: files.pdf(""), Status.NO_TEXT),
    "spreadsheet": (files.spreadsheet, Status.UNKNOWN),
    "5,000 pages": (
        lambda: files.raw_pdf([files.text_operators(b"Ziemelu lapa")], pages=5000),
        Status.PARTLY,
    ),
}


@pytest.mark.parametrize(("make", "status"), HARMFUL.values(), ids=HARMFUL)
def test_no_file_keeps_a_document_from_being_saved_or_a_page_from_being_published(
    client, admin_client, committed, attach, settings, make, status
):
    settings.ATTACHMENT_LIMITS = settings.ATTACHMENT_LIMITS | {"memory": 250 << 20}
    content = make() or b" "
    extension = {b"PK": "docx", b" ": "txt"}.get(content[:2], "pdf")
    name = f"pielikums.{'xlsx' if make is files.spreadsheet else extension}"
    with committed():
        response = admin_client.post(
            reverse("wagtaildocs:add"),
            {
                "title": "Pielikums ar nosaukumu",
                "file": SimpleUploadedFile(name, content),
                "collection": Collection.get_first_root_node().pk,
                "tags": "",
            },
        )
    assert response.status_code == 302
    document = Document.objects.get()
    page = attach(document)
    assert Page.objects.get(pk=page.pk).live
    expected = Status.UNKNOWN if make() == b"" else status  # a form takes no empty file
    assert document.attachment_text.get_status_display() == expected.label
    assert [result["title"] for result in find(client, "nosaukums")] == ["Pielikums ar nosaukumu"]
    if status is Status.PARTLY:
        assert find(client, "ziemeļu")


def test_a_process_that_is_killed_hurts_nobody(upload, attach, monkeypatch, tmp_path):
    (tmp_path / "reader.py").write_text(f"import os; os.kill(os.getpid(), {signal.SIGKILL:d})")
    monkeypatch.setattr(extraction, "READER", tmp_path / "reader.py")
    document = upload(files.pdf(TEXT))
    assert attach(document).live
    assert document.attachment_text.status == Status.TOO_COSTLY


def test_a_missing_file_is_reported(upload, committed):
    document = upload(files.pdf(TEXT))
    os.remove(document.file.path)
    document.file_hash = "changed"
    with committed():
        document.save()
    assert AttachmentText.objects.get(document=document).status == Status.BROKEN


# Who may not read a document does not find it.


@pytest.fixture
def collection(db):
    return Collection.get_first_root_node().add_child(name="Valde")


def test_documents_of_private_collections_are_not_found(
    client, upload, attach, committed, collection
):
    inner = collection.add_child(name="Protokoli")
    attach(upload(files.pdf(TEXT), collection=inner))
    assert find(client, "pašvaldība")
    with committed():
        restriction = CollectionViewRestriction.objects.create(
            collection=Collection.objects.get(pk=collection.pk), restriction_type="login"
        )
    assert find(client, "pašvaldība") == find(client, "ziņojums") == []
    with committed():
        restriction.delete()
    assert find(client, "pašvaldība")


@pytest.fixture
def private(collection):
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def test_documents_moved_to_a_private_collection_are_not_found(
    client, admin_client, upload, attach, committed, private
):
    document = upload(files.pdf(TEXT))
    attach(document)
    url = reverse(
        "wagtail_bulk_action", args=[*Document._meta.label_lower.split("."), "add_to_collection"]
    )
    with committed():
        admin_client.post(f"{url}?id={document.pk}", {"collection": private.pk})
    document.refresh_from_db()
    assert document.collection == private
    assert find(client, "pašvaldība") == []


def test_a_collection_moved_into_a_private_one_is_private(
    client, admin_client, upload, attach, committed, private
):
    public = Collection.get_first_root_node().add_child(name="Atklāta")
    attach(upload(files.pdf(TEXT), collection=public))
    with committed():
        admin_client.post(
            reverse("wagtailadmin_collections:edit", args=[public.pk]),
            {"name": "Atklāta", "parent": private.pk},
        )
    assert Collection.objects.get(pk=public.pk).get_parent() == private
    assert find(client, "pašvaldība") == []


def test_what_leaves_the_page_is_not_found(client, upload, attach, committed):
    document = upload(files.pdf(TEXT))
    page = attach(document)
    with committed():
        page.unpublish()
    assert find(client, "pašvaldība") == []
    with committed():
        page.save_revision().publish()
    assert find(client, "pašvaldība")
    with committed():
        Document.objects.get(pk=document.pk).delete()
    assert find(client, "pašvaldība") == []
    assert not SearchDocument.objects.filter(kind="attachment").exists()


def test_a_document_attached_twice_is_found_and_listed_once(client, upload, attach):
    document = upload(files.pdf(TEXT))
    page = attach(document, document)
    assert len(find(client, "pašvaldība")) == 1
    assert client.get(page.url).content.decode().count(f'id="attachment-{document.pk}"') == 1


def test_many_attachments_cost_as_many_queries_as_one(upload, attach):
    one = attach(upload(files.pdf(TEXT)))
    many = attach(*[upload(files.pdf(f"{TEXT} {number}")) for number in range(5)])

    def queries(page):
        with CaptureQueriesContext(connection) as captured:
            parts = attachments.parts_of(page)
        return len(parts), len(captured)

    assert queries(Page.objects.get(pk=one.pk).specific) == (1, 2)
    assert queries(Page.objects.get(pk=many.pk).specific) == (5, 2)


# The command


def test_the_command_reads_what_was_not_read(client, attach, capsys, settings):
    documents = [
        Document.objects.create(title=title, file=ContentFile(files.pdf(text), name=f"{title}.pdf"))
        for title, text in [("Pirmais", TEXT), ("Otrais", ""), ("Trešais", "Garš " * 20)]
    ]
    page = attach()
    for document in documents:
        NewsAttachment.objects.create(page=page, document=document)
    limits = settings.ATTACHMENT_LIMITS
    settings.ATTACHMENT_LIMITS = limits | {"text": 60}
    call_command("read_attachments")
    assert "3 documents, text found in 2." in capsys.readouterr().out
    assert [result["title"] for result in find(client, "pašvaldība")] == ["Pirmais"]
    call_command("read_attachments")
    assert "0 documents" in capsys.readouterr().out
    settings.ATTACHMENT_LIMITS = limits
    call_command("read_attachments", again=True, verbosity=1)
    assert "2 documents, text found in 1." in capsys.readouterr().out
    assert documents[2].attachment_text.status == Status.READ


# The report


@pytest.fixture
def unreadable(upload, attach):
    """A document for each reason, all attached to one page."""
    contents = {
        Status.ENCRYPTED: files.encrypted_word(),
        Status.NO_TEXT: files.pdf(""),
        Status.BROKEN: files.pdf(TEXT)[:500],
    }
    documents = {
        status: upload(content, title=f"Fails {status.value}")
        for status, content in contents.items()
    }
    attach(*documents.values(), upload(files.pdf(TEXT), title="Labais"), title="Lapa ar failiem")
    return documents


def test_editors_see_what_could_not_be_read_and_what_to_do(chief_client, unreadable):
    page = chief_client.get(reverse("unread_attachments:index")).content.decode()
    for status, document in unreadable.items():
        assert document.title in page
        assert reverse("wagtaildocs:edit", args=[document.pk]) in page
        assert str(status.label) in page
        assert str(AttachmentText.HINTS[status]) in page
    assert "Labais" not in page
    assert page.count("Lapa ar failiem") == 3
    home = chief_client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("unread_attachments:index") in home


def test_the_report_is_filtered_and_exported(chief_client, unreadable):
    for name in ("unread_attachments:index", "unread_attachments:results"):
        page = chief_client.get(reverse(name), {"status": "no_text"}).content.decode()
        assert "Fails no_text" in page
        assert "Fails encrypted" not in page
    response = chief_client.get(reverse("unread_attachments:index"), {"export": "csv"})
    rows = b"".join(response.streaming_content).decode().splitlines()
    assert len(rows) == 4
    assert all("Lapa ar failiem" in row for row in rows[1:])
    response = chief_client.get(reverse("unread_attachments:index"), {"export": "xlsx"})
    assert response.status_code == 200


def test_only_who_may_edit_documents_sees_the_report(
    client, django_user_model, unreadable, collection
):
    group = Group.objects.create(name="Bez dokumentiem")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = django_user_model.objects.create_user("guest", "guest@example.org", "password")
    user.groups.add(group)
    client.force_login(user)
    url = reverse("unread_attachments:index")
    assert client.get(url).status_code == 302
    assert url not in client.get(reverse("wagtailadmin_home")).content.decode()

    GroupCollectionPermission.objects.create(
        group=group,
        collection=collection,
        permission=Permission.objects.get(codename="change_document"),
    )
    document = unreadable[Status.ENCRYPTED]
    Document.objects.filter(pk=document.pk).update(collection=collection)
    page = client.get(url).content.decode()
    assert document.title in page
    assert unreadable[Status.NO_TEXT].title not in page
    assert "Lapa ar failiem" not in page  # which the user may not edit


def test_the_report_costs_the_same_with_many_rows(chief_client, unreadable, upload, attach):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert chief_client.get(reverse("unread_attachments:index")).status_code == 200
        return len(captured)

    queries()
    few = queries()
    attach(*[upload(files.pdf(TEXT)[: 500 + n]) for n in range(5)])
    assert queries() == few


@pytest.mark.parametrize(
    ("letters", "length"),
    [("bcdfghjklmnprstvzaeiou", 4), ("āēīūčšžņļķģ", 5), ("абвгдежзиклмнопрстуфхц", 4)],
)
def test_a_text_of_nothing_but_different_words_can_be_indexed(
    client, upload, attach, letters, length
):
    # PostgreSQL takes one megabyte of terms.
    words = ["".join(word) for word in itertools.product(letters, repeat=length)]
    document = upload(files.word(" ".join(words)[:240_000]))
    assert attach(document).live
    assert find(client, words[1000])
