"""The glossary in the admin: who keeps it, and files in and out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from editorial import roles
from tests.factories import TermOfGlossaryFactory
from translation.models import Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_interface")]

KEEPERS = [roles.TRANSLATOR, roles.CHIEF_EDITOR, roles.ADMINISTRATOR]
OTHERS = [roles.EDITOR, None]


@pytest.fixture
def keeper(person, client):
    client.force_login(person(roles.TRANSLATOR))
    return client


def upload(client, content, name="terms.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile(name, data, "text/csv")
    return client.post(reverse("glossary:import"), {"file": file}, follow=True)


def addresses(term):
    return [
        reverse("glossary:index"),
        reverse("glossary:add"),
        reverse("glossary:import"),
        *(reverse(f"glossary:{name}", args=[term.pk]) for name in ("edit", "delete", "history")),
    ]


@pytest.mark.parametrize("role", KEEPERS)
def test_those_who_translate_keep_the_glossary(client, person, role):
    term = TermOfGlossaryFactory(source="valde")
    client.force_login(person(role))
    for address in addresses(term):
        assert client.get(address).status_code == 200, address
    values = {"source": "valdes loceklis", "target": "Board Member", "forbidden": "", "note": ""}
    client.post(reverse("glossary:add"), values)
    assert Term.objects.get(target="Board Member")
    client.post(reverse("glossary:edit", args=[term.pk]), values | {"source": "Valde"})
    term.refresh_from_db()
    assert str(term) == "Valde – Board Member"
    client.post(reverse("glossary:delete", args=[term.pk]))
    assert not Term.objects.filter(pk=term.pk).exists()
    upload(client, "source,target\nnovads,county\n")
    assert Term.objects.get(source="novads")


@pytest.mark.parametrize("role", OTHERS)
def test_others_do_not(client, person, role):
    term = TermOfGlossaryFactory(source="valde")
    if role:
        client.force_login(person(role))
    for address in addresses(term):
        assert client.get(address).status_code == 302, address
        client.post(address, {"source": "x", "target": "y"})
    upload(client, "source,target\nnovads,county\n")
    assert list(Term.objects.all()) == [term]
    term.refresh_from_db()
    assert term.source == "valde"


def test_the_menu_has_the_glossary_for_those_who_keep_it(client, person):
    for role, is_there in ((roles.TRANSLATOR, True), (roles.EDITOR, False)):
        client.force_login(person(role))
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (reverse("glossary:index") in page) == is_there


def test_terms_stand_in_latvian_order_and_are_found(keeper):
    for source in ("šefība", "telpa", "satiksme", "ārpakalpojums", "birojs"):
        TermOfGlossaryFactory(source=source)
    listed = keeper.get(reverse("glossary:index")).context["object_list"]
    assert [term.source for term in listed] == [
        "ārpakalpojums",
        "birojs",
        "satiksme",
        "šefība",
        "telpa",
    ]
    found = keeper.get(reverse("glossary:index"), {"q": "roj"}).context["object_list"]
    assert [term.source for term in found] == ["birojs"]


def test_a_second_term_of_the_same_name_is_refused_with_a_sentence(keeper):
    TermOfGlossaryFactory(source="valde")
    values = {"source": "Valde", "target": "Council", "forbidden": "", "note": ""}
    response = keeper.post(reverse("glossary:add"), values)
    assert "has this term already" in response.content.decode()
    assert Term.objects.count() == 1


def test_what_is_exported_can_be_imported(keeper):
    TermOfGlossaryFactory(
        source="valde", target="Board", forbidden="council; government", note="Ar „lielo“ burtu,\n…"
    )
    TermOfGlossaryFactory(source="=formula", target="-5")
    before = list(Term.objects.order_by("pk").values("source", "target", "forbidden", "note"))
    response = keeper.get(reverse("glossary:index"), {"export": "csv"})
    exported = b"".join(response.streaming_content)
    assert b"\n=formula" not in exported
    Term.objects.all().delete()
    assert "2 terms were added" in upload(keeper, exported).content.decode()
    imported = Term.objects.order_by("source").values("source", "target", "forbidden", "note")
    assert sorted(imported, key=str) == sorted(before, key=str)
    again = upload(keeper, exported).content.decode()
    assert "0 terms were added. 0 terms were changed." in again


def test_an_import_changes_and_adds_and_deletes_nothing(keeper):
    TermOfGlossaryFactory(source="Valde", target="Council", note="Piezīme")
    TermOfGlossaryFactory(source="novads")
    response = upload(keeper, "source;target\nvalde;Board\nvalstspilsēta;state city\n")
    page = response.content.decode()
    assert "1 term was added. 1 term was changed." in page
    assert Term.objects.count() == 3
    assert Term.objects.get(target="Board").note == "Piezīme"  # the file has no such column
    history = reverse("glossary:history", args=[Term.objects.get(target="Board").pk])
    assert "Edited" in keeper.get(history).content.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1257"])
def test_files_of_spreadsheets_are_read(keeper, encoding):
    upload(keeper, "Source;Target\r\nvalstspilsēta;state city\r\n;\r\n".encode(encoding))
    assert Term.objects.get().source == "valstspilsēta"


@pytest.mark.parametrize(
    "content, sentence",
    [
        ("", "empty"),
        ("latviski,angliski\nvalde,Board\n", "source, target, forbidden, note"),
        ("source,target\nvalde,\n", "Line 2:"),
        (
            "source,target\nvalde,Board\nVALDE,Council\n",
            "Line 3: The term stands in the file twice.",
        ),
        ("source,target,forbidden\nnovads,county,county\n", "Line 2: The translation itself"),
        ('source,target\n"valde,Board\n', "not a table"),
        (b"PK\x03\x04\x00\x00\xff", "not a text"),
        (b"\x00" * 100, "not a text"),
        ("source,target\n" + "x" * 200 + ",y\n", "Line 2:"),
        ("source,target\n" + "x,y\n" * 300_000, "too large"),
        ("source,target\n" + "".join(f"x{n},y\n" for n in range(2_001)), "too many lines"),
        ("source,target\n" + "".join(f"x{n},\n" for n in range(12)), "and 2 more lines"),
    ],
)
def test_a_file_that_can_not_be_taken_is_told_why_and_changes_nothing(keeper, content, sentence):
    TermOfGlossaryFactory(source="atziņa")
    response = upload(keeper, content)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Term.objects.count() == 1


def test_another_kind_of_file_is_refused(keeper):
    assert (
        "not allowed" in upload(keeper, "source,target\nvalde,Board\n", "t.xlsx").content.decode()
    )
    assert not Term.objects.exists()
