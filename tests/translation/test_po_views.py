"""The admin's pages of PO files, for those who work in a language that is translated into."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from wagtail.models import Page

from editorial import roles
from tests.factories import TopicFactory
from tests.translating import translate
from translation.models import POUpload, TranslationStatus

from .po_samples import (
    draft_of,
    filled,
    page_to_translate,
    parsed,
    translations_of,
    uploaded,
    zipped,
)

pytestmark = pytest.mark.django_db
INDEX = "/admin/reports/po/"


@pytest.fixture
def about(home_lv, home_en):
    return page_to_translate(home_lv)


@pytest.fixture
def translator(person):
    return person(roles.TRANSLATOR, "translator")


@pytest.fixture
def desk(client, translator):
    """A client signed in as the translator."""
    client.force_login(translator)
    return client


@pytest.fixture
def upload(desk, about):
    content = filled(about, {"Par mums": "About us"})
    response = desk.post(reverse("po:upload"), {"file": uploaded(content)})
    [upload] = POUpload.objects.all()
    assert response.url == reverse("po:detail", args=[upload.pk])
    return upload


def one(name, translation):
    return reverse(f"wagtail_localize:{name}_pofile", args=[translation.pk])


def archive_of(response):
    content = b"".join(response.streaming_content)
    return zipfile.ZipFile(io.BytesIO(content))


def said(response):
    return response.content.decode()


# The list


def test_the_list_offers_what_is_open_and_all_on_wish(desk, about, home_lv):
    done = page_to_translate(home_lv, title="Pabeigts", body=[])
    desk.post(
        one("upload", done), {"file": uploaded(filled(done, {"Pabeigts": "Done", "pabeigts": "x"}))}
    )
    desk.post(reverse("po:apply", args=[POUpload.objects.get().pk]))
    assert "Par mums" in said(desk.get(INDEX))
    assert "Pabeigts" not in said(desk.get(INDEX))
    page = said(desk.get(INDEX, {"state": "all"}))
    assert "Pabeigts" in page
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[_target(about).pk])}"' in page
    assert "Par mums" not in said(desk.get(INDEX, {"state": "all", "q": "pabeigt"}))
    assert "Par mums" in said(desk.get(f"{INDEX}results/", {"language": about.target_locale_id}))


def _target(translation):
    return translation.get_target_instance()


def test_stopped_translations_are_not_offered(desk, about):
    about.enabled = False
    about.save()
    assert "Par mums" not in said(desk.get(INDEX, {"state": "all"}))
    assert desk.post(reverse("po:download"), {"translations": about.pk}).status_code == 302


def test_the_list_costs_the_same_with_many_rows(desk, home_lv, home_en):
    page_to_translate(home_lv, title="Viena")
    translate(TopicFactory(), {})
    desk.get(INDEX, {"state": "all"})
    with CaptureQueriesContext(connection) as few:
        desk.get(INDEX, {"state": "all"})
    for number in range(12):
        page_to_translate(home_lv, title=f"Lapa {number}")
        translate(TopicFactory(), {})
    with CaptureQueriesContext(connection) as many:
        response = desk.get(INDEX, {"state": "all"})
    assert len(response.context["object_list"]) == 26
    assert len(many) == len(few)


# Downloading


def test_selected_translations_come_as_a_zip(desk, about, home_lv):
    other = page_to_translate(home_lv, title="Ģimenes ārsts & pūķis")
    page_to_translate(home_lv, title="Trešā")
    response = desk.post(reverse("po:download"), {"translations": [about.pk, other.pk]})
    assert response.headers["Content-Type"] == "application/zip"
    archive = archive_of(response)
    assert archive.namelist() == [
        f"par-mums-en-{about.pk}.po",
        f"gimenes-arsts-pukis-en-{other.pk}.po",
    ]
    assert archive.testzip() is None
    po = parsed(archive.read(archive.namelist()[0]))
    assert po.metadata["X-WagtailLocalize-TranslationID"] == str(about.uuid)
    assert po[0].comment.startswith("Virsraksts\n")  # in the person's language


def test_all_that_the_list_shows_comes_as_a_zip(desk, about, home_lv):
    other = page_to_translate(home_lv, title="Cita lapa")
    url = reverse("po:download")
    assert len(archive_of(desk.post(url, {"all": 1})).namelist()) == 2
    found = archive_of(desk.post(f"{url}?q=cita", {"all": 1})).namelist()
    assert found == [f"cita-lapa-en-{other.pk}.po"]


def test_what_was_downloaded_can_be_uploaded_at_once(desk, about, home_lv):
    page_to_translate(home_lv, title="Cita lapa")
    content = b"".join(desk.post(reverse("po:download"), {"all": 1}).streaming_content)
    desk.post(reverse("po:upload"), {"file": uploaded(content, "translations.zip")})
    upload = POUpload.objects.get()
    assert {kind.value for kind, number in upload.counts.items() if number} == {"empty"}


def test_an_archive_costs_queries_by_the_batch(desk, home_lv, home_en):
    keys = [page_to_translate(home_lv, title=f"Lapa {number}").pk for number in range(9)]

    def cost(chosen):
        with CaptureQueriesContext(connection) as queries:
            names = archive_of(
                desk.post(reverse("po:download"), {"translations": chosen})
            ).namelist()
        assert len(names) == len(chosen)
        return len(queries)

    cost(keys[:1])
    assert cost(keys[:2]) == cost(keys)


@pytest.mark.parametrize("chosen", [[], ["x"], ["999999"], ["9" * 30]])
def test_a_choice_of_nothing_gets_a_sentence(desk, about, chosen):
    response = desk.post(reverse("po:download"), {"translations": chosen}, follow=True)
    assert response.redirect_chain == [(INDEX, 302)]
    assert [str(message) for message in response.context["messages"]]


# Uploading


def test_an_upload_is_shown_then_applied(desk, upload, about):
    page = said(desk.get(reverse("po:detail", args=[upload.pk])))
    assert "About us" in page
    assert translations_of(about) == {}
    response = desk.post(reverse("po:apply", args=[upload.pk]), follow=True)
    assert response.redirect_chain == [(reverse("po:detail", args=[upload.pk]), 302)]
    assert translations_of(about) == {"Par mums": "About us"}
    assert draft_of(about).title == "About us"
    assert reverse("po:apply", args=[upload.pk]) not in said(response)


def test_an_upload_can_be_discarded(desk, upload, about):
    desk.post(reverse("po:discard", args=[upload.pk]))
    assert not POUpload.objects.exists()
    assert translations_of(about) == {}


def test_waiting_uploads_are_found_again(desk, upload):
    link = f'href="{reverse("po:detail", args=[upload.pk])}"'
    assert link in said(desk.get(INDEX))
    assert link in said(desk.get(reverse("po:upload")))
    desk.post(reverse("po:apply", args=[upload.pk]))
    assert link not in said(desk.get(INDEX))


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.zip", b"PK\3\4nothing"), ("a.zip", b"Rar!"), ("a.zip", zipped({"a.txt": b"x"}))],
)
def test_an_upload_that_cannot_be_read_gets_a_sentence(desk, about, name, content):
    response = desk.post(reverse("po:upload"), {"file": uploaded(content, name)})
    assert response.status_code == 200
    assert len(response.context["form"].errors["file"]) == 1
    assert not POUpload.objects.exists()


@pytest.mark.parametrize("content", [b"%PDF", b"\0\1\2", b'msgid ""\nmsgstr ""\n', b"msgid oh\n"])
def test_a_file_that_cannot_be_read_gets_a_sentence(desk, about, content):
    response = desk.post(reverse("po:upload"), {"file": uploaded(content)}, follow=True)
    assert response.status_code == 200
    [file] = POUpload.objects.get().files.all()
    assert file.problem_sentence.split(".")[0] in said(response)


def test_each_text_is_escaped(desk, about):
    content = filled(about, {"Otrā rindkopa.": "<script>alert(1)</script>"})
    response = desk.post(
        reverse("po:upload"), {"file": uploaded(content, "<script>.po")}, follow=True
    )
    assert "<script>alert(1)" not in said(response)
    assert "<script>.po" not in said(response)


def test_results_can_be_looked_at_one_by_one_and_file_by_file(desk, about, home_lv):
    other = page_to_translate(home_lv, title="Cita lapa")
    files = {
        "a.po": filled(about, {"Par mums": "<b>About us"}),
        "b.po": filled(other, {"Cita lapa": "Other page"}),
    }
    response = desk.post(
        reverse("po:upload"), {"file": uploaded(zipped(files), "po.zip")}, follow=True
    )
    upload = POUpload.objects.get()
    address = reverse("po:detail", args=[upload.pk])
    assert [item["heading"] for item in response.context["files"]] == ["Par mums", "Cita lapa"]
    shown = desk.get(address, {"show": "broken"})
    assert [item["heading"] for item in shown.context["files"]] == ["Par mums"]
    assert desk.get(address, {"show": "nonsense", "p": "x"}).status_code == 200
    file = upload.files.get(name="b.po")
    page = said(desk.get(reverse("po:file", args=[upload.pk, file.pk])))
    assert "Otrā rindkopa." in page
    assert "Other page" in page


def test_the_page_of_an_upload_costs_the_same_with_many_files(desk, home_lv, home_en):
    translations = [page_to_translate(home_lv, title=f"Lapa {number}") for number in range(12)]
    files = {f"{each.pk}.po": filled(each, {"Otrā rindkopa.": "Second."}) for each in translations}

    def cost(chosen):
        content = zipped({name: files[name] for name in chosen})
        response = desk.post(reverse("po:upload"), {"file": uploaded(content, "po.zip")})
        with CaptureQueriesContext(connection) as queries:
            desk.get(response.url)
        return len(queries)

    cost(list(files)[:1])
    assert cost(list(files)[:2]) == cost(list(files))


# wagtail-localize's own addresses


def test_the_editors_addresses_lead_to_our_views(about):
    for name, view in (("upload", "upload_one"), ("download", "download_one")):
        assert resolve(one(name, about)).func.__qualname__ == view


def test_the_editors_upload_leads_to_the_dry_run_and_back(desk, about):
    back = reverse("wagtailadmin_pages:edit", args=[_target(about).pk])
    content = filled(about, {"Par mums": "About us"})
    response = desk.post(one("upload", about), {"file": uploaded(content), "next": back})
    upload = POUpload.objects.get()
    assert response.url == reverse("po:detail", args=[upload.pk])
    assert translations_of(about) == {}
    assert f'href="{back}"' in said(desk.get(response.url))
    assert desk.post(reverse("po:discard", args=[upload.pk])).url == back


def test_the_editors_upload_survives_what_upstream_does_not(desk, about, home_lv):
    other = page_to_translate(home_lv, title="Cita lapa")
    back = reverse("wagtailadmin_pages:edit", args=[_target(about).pk])
    for content in (b'msgid "a"\nmsgstr "b"\n', b"\xff\xfe", filled(other, {})):
        response = desk.post(
            one("upload", about), {"file": uploaded(content), "next": back}, follow=True
        )
        assert response.status_code == 200
        assert response.context["files"][0]["file"].problem_sentence in said(response)
    for content in ({}, {"file": uploaded(b"PK\3\4", "a.zip")}):
        response = desk.post(one("upload", about), {**content, "next": back}, follow=True)
        assert response.redirect_chain == [(back, 302)]
        assert [str(message) for message in response.context["messages"]]
    response = desk.post(one("upload", about), {"next": "https://evil.example/"})
    assert response.url == reverse("wagtailadmin_home")


def test_the_editors_download_has_our_comments(desk, about):
    response = desk.get(one("download", about))
    assert f"par-mums-en-{about.pk}.po" in response.headers["Content-Disposition"]
    assert parsed(response.content)[0].comment.startswith("Virsraksts")


# Who may


def addresses(about, upload):
    file = upload.files.get()
    return {
        "index": ("get", INDEX),
        "results": ("get", f"{INDEX}results/"),
        "upload form": ("get", reverse("po:upload")),
        "upload": ("post", reverse("po:upload")),
        "download": ("post", reverse("po:download")),
        "detail": ("get", reverse("po:detail", args=[upload.pk])),
        "file": ("get", reverse("po:file", args=[upload.pk, file.pk])),
        "apply": ("post", reverse("po:apply", args=[upload.pk])),
        "discard": ("post", reverse("po:discard", args=[upload.pk])),
        "one up": ("post", one("upload", about)),
        "one down": ("get", one("download", about)),
    }


def refused(response):
    return (
        response.status_code == 302
        and response.url in ("/admin/", "/lv/", "/")
        or (response.status_code == 302 and response.url.startswith("/admin/login/"))
    )


@pytest.mark.parametrize("role", [None, roles.EDITOR])
def test_others_are_turned_away_everywhere(client, person, about, upload, role):
    client.logout()
    if role:
        client.force_login(person(role, "other"))
    for name, (method, address) in addresses(about, upload).items():
        data = {"translations": about.pk, "all": 1, "file": uploaded(b"x")}
        response = getattr(client, method)(address, data if method == "post" else {})
        assert refused(response), (name, response.status_code, response.headers.get("Location"))
    assert POUpload.objects.filter(pk=upload.pk).exists()
    assert translations_of(about) == {}
    if role:
        assert INDEX not in said(client.get("/admin/"))


@pytest.mark.parametrize("role", [roles.TRANSLATOR, roles.CHIEF_EDITOR, roles.ADMINISTRATOR])
def test_those_who_work_in_english_may(client, person, about, upload, role):
    client.force_login(person(role, "other"))
    assert INDEX in said(client.get("/admin/"))
    for name, (method, address) in addresses(about, upload).items():
        if method == "get":
            assert client.get(address).status_code == 200, name
    client.post(reverse("po:apply", args=[upload.pk]))
    assert translations_of(about) == {"Par mums": "About us"}


def test_nobody_applies_what_holds_pages_that_they_may_not_change(client, person, about, upload):
    colleague = person(roles.TRANSLATOR, "colleague")
    colleague.groups.clear()
    _may_change_one_page_of_english(colleague)
    client.force_login(colleague)
    assert refused(client.post(reverse("po:apply", args=[upload.pk])))
    assert translations_of(about) == {}


def _may_change_one_page_of_english(user):
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission

    group = Group.objects.create(name="Viena lapa")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    page = Page.objects.get(depth=2, locale__language_code="en").add_child(
        instance=Page(title="Only this", slug="only-this")
    )
    GroupPagePermission.objects.create(
        group=group, page=page, permission=Permission.objects.get(codename="change_page")
    )


@pytest.mark.parametrize("name", ["download", "apply", "discard"])
def test_what_changes_or_sends_is_never_a_mere_link(desk, upload, name):
    arguments = [] if name == "download" else [upload.pk]
    assert desk.get(reverse(f"po:{name}", args=arguments)).status_code == 405


def test_an_unfinished_upload_is_shown_to_nobody(desk, upload):
    POUpload.objects.update(is_checked=False)
    response = desk.get(reverse("po:detail", args=[upload.pk]), follow=True)
    assert response.status_code == 404


def test_what_is_selected_in_the_report_of_translations_is_downloaded(desk, about, home_lv):
    other = TopicFactory(name="Budžets", slug="budzets")
    translate(other, {"Budžets": "Budget"})
    statuses = TranslationStatus.objects.filter(translation_key=about.source.object_id)
    keys = list(statuses.values_list("pk", flat=True))
    response = desk.post(reverse("po:download_selected"), {"translations": keys})
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        [name] = archive.namelist()
        assert str(about.uuid) in archive.read(name).decode()
    everything = desk.post(reverse("po:download_selected"), {"everything": "1"})
    with zipfile.ZipFile(io.BytesIO(b"".join(everything.streaming_content))) as archive:
        assert len(archive.namelist()) > 1
    assert desk.post(reverse("po:download_selected")).status_code == 302  # nothing was selected
