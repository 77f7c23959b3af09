"""Files that are not what they say, or far more than they seem."""

import io
import os
import resource
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.models import Collection

from home.uploads import CONTENTS
from tests.search import files

pytestmark = pytest.mark.django_db

EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MEGABYTE = 1024 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)


def archive(**members) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return output.getvalue()


def picture(kind, size=(8, 8), frames=1, **options) -> bytes:
    output = io.BytesIO()
    images = [Image.new("RGB", size, (n % 256, 0, 0)) for n in range(frames)]
    if frames > 1:
        options |= {"save_all": True, "append_images": images[1:]}
    images[0].save(output, kind, **options)
    return output.getvalue()


def send_document(client, name, content, view="wagtaildocs:add"):
    data = {"title": "Nolikums", "collection": Collection.get_first_root_node().pk}
    return client.post(reverse(view), data | {"file": SimpleUploadedFile(name, content)})


def send_image(client, name, content):
    data = {"title": "Attēls", "collection": Collection.get_first_root_node().pk}
    upload = SimpleUploadedFile(name, content)
    return client.post(reverse("wagtailimages:add"), data | {"file": upload})


def errors_of(response):
    return [str(error) for error in response.context["form"].errors.get("file", [])]


@pytest.fixture
def true_files():
    return {
        "csv": "vārds;skaits\r\nRīga;1\r\n".encode("utf-8-sig"),
        "doc": OLD_OFFICE,
        "docx": files.word("Teksts"),
        "mp3": b"ID3\x04" + bytes(100),
        "mp4": b"\0\0\0\x18ftypmp42" + bytes(100),
        "xls": OLD_OFFICE,
        "odt": files.open_document("Teksts"),
        "pdf": files.pdf("Teksts"),
        "rtf": b"{\\rtf1\\ansi Teksts}",
        "txt": "Teksts\n".encode("cp1257"),
        "xlsx": files.spreadsheet(),
        "zip": archive(a="a"),
    }


def test_every_allowed_kind_of_document_is_checked(settings):
    assert set(CONTENTS) == set(settings.WAGTAILDOCS_EXTENSIONS)


WRONG = [
    ("a.pdf", HTML),
    ("a.pdf", EXE),
    ("a.pdf", b""),
    ("a.pdf", SVG),
    ("a.pdf", b"GIF89a" + b"%PDF-1.7"),
    ("a.pdf", b"%PDF-1.7\n%%EOF\n" + archive(a="a")),  # a document and an archive at once
    ("a.PDF", HTML),
    ("a.docx", EXE),
    ("a.docx", EXE + archive(a="a")),
    ("a.docx", archive(a="a")),
    ("a.docx", HTML),
    ("a.xlsx", archive(**{"[Content_Types].xml": "", "word/document.xml": ""})),
    ("a.odt", archive(a="a", mimetype="application/vnd.oasis.opendocument.text")),
    ("a.ods", archive(mimetype="application/vnd.oasis.opendocument.text")),
    ("a.rtf", HTML),
    ("a.doc", HTML),
    ("a.xls", EXE),
    ("a.ppt", b"PK\x03\x04" + OLD_OFFICE),
    ("a.odp", archive(mimetype="application/vnd.oasis.opendocument.text")),
    ("a.mp3", EXE),
    ("a.mp3", b"\xff\xd8\xff\xe0" + bytes(20)),
    ("a.mp4", b"\0\0\0\x20ftypavif" + bytes(20)),
    ("a.mp4", HTML),
    ("a.zip", HTML),
    ("a.zip", EXE + archive(a="a")),
    ("a.txt", EXE),
    ("a.csv", b"\x7fELF" + bytes(20)),
]


@pytest.mark.parametrize(("name", "content"), WRONG, ids=lambda value: str(value)[:24])
def test_a_document_of_another_content_is_refused_with_a_sentence(chief_client, name, content):
    response = send_document(chief_client, name, content)
    assert response.status_code == 200 and errors_of(response)
    many = chief_client.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "Nolikums", "files[]": SimpleUploadedFile(name, content)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert not many.json()["success"] and many.json()["error_message"]
    assert not get_document_model().objects.exists()


def with_part(document, name):
    """A DOCX or ODT with one more part."""
    buffer = io.BytesIO(document)
    with zipfile.ZipFile(buffer, "a") as parts:
        parts.writestr(name, b"Sub AutoOpen()")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "part"), [("a.docx", "word/vbaProject.bin"), ("a.odt", "Basic/script-lc.xml")]
)
def test_a_document_with_a_program_is_refused_with_a_sentence(chief_client, name, part):
    content = with_part(
        files.word("Teksts") if name == "a.docx" else files.open_document("T"), part
    )
    assert "makro" in " ".join(errors_of(send_document(chief_client, name, content)))


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("a.doc", "_VBA_PROJECT\0".encode("utf-16-le")),
        ("a.ppt", b"\2\0\0\4\x0c\0\0\0" + b"\5\0\0\0" + b"\1\0\0\0" + b"\2\0\0\0"),
    ],
)
@pytest.mark.parametrize("place", [100, MEGABYTE - 1010, 2 * MEGABYTE])
def test_so_is_one_of_the_older_office_wherever_it_is(chief_client, name, program, place):
    content = OLD_OFFICE + bytes(place) + program + bytes(200_000)
    assert "makro" in " ".join(errors_of(send_document(chief_client, name, content)))


def test_a_presentation_that_says_it_has_no_program_is_taken(chief_client):
    content = OLD_OFFICE + b"\2\0\0\4\x0c\0\0\0" + bytes(8)
    assert send_document(chief_client, "a.ppt", content).status_code == 302


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.exe", "a.pdf.html", "a.xhtml", "a", ".pdf"])
def test_a_document_of_another_kind_is_refused(chief_client, name):
    response = send_document(chief_client, name, SVG)
    assert response.status_code == 200 and errors_of(response)


def test_documents_that_are_what_they_say_are_taken(chief_client, true_files):
    for extension, content in true_files.items():
        response = send_document(chief_client, f"a.{extension}", content)
        assert response.status_code == 302, (extension, errors_of(response))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", SVG),
        ("a.png", SVG),
        ("a.png", HTML),
        ("a.png", EXE),
        ("a.jpg", picture("PNG")),
        ("a.gif", b"GIF89a" + HTML),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(20)),
        ("a.avif", b"\x00\x00\x00\x20ftypavif" + bytes(40)),
        ("a.heic", picture("PNG")),
        ("a.tiff", picture("TIFF")),
        ("a.html", picture("PNG")),
        ("a.png", b""),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_picture_of_its_kind_is_refused_with_a_sentence(chief_client, name, content):
    response = send_image(chief_client, name, content)
    assert response.status_code == 200 and errors_of(response)
    assert not get_image_model().objects.exists()


# Bombs


def png_bomb(width, height) -> bytes:
    """A PNG of so many pixels, all of one colour, in few bytes: palette of one bit."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def announce(content, old, new):
    """Return a picture whose header says another size than it has."""
    assert old in content
    return content.replace(old, new, 1)


BOMBS = {
    "a.png": lambda: png_bomb(12_000, 12_000),
    "a.gif": lambda: announce(
        picture("GIF"), struct.pack("<HH", 8, 8), struct.pack("<HH", 60_000, 60_000)
    ),
    "a.jpg": lambda: announce(
        picture("JPEG"), struct.pack(">HH", 8, 8), struct.pack(">HH", 60_000, 60_000)
    ),
    "a.webp": lambda: picture("WEBP", (10_000, 10_000)),
    "a.avif": lambda: picture("AVIF", (8_000, 8_000), speed=10),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(name):
    """In a process of its own that may take no more than 64 MB: unpacked, it would need 144."""
    content = BOMBS[name]()
    assert len(content) < 200_000
    child = os.fork()
    if not child:
        code = 1
        try:
            used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (used + 64 * MEGABYTE,) * 2)
            WagtailImageField().clean(SimpleUploadedFile(name, content))
        except ValidationError as error:
            code = 0 if error.code == "file_too_many_pixels" else 2
        except MemoryError:
            code = 3
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_the_largest_pictures_of_telephones_are_taken(settings):
    assert 8_064 * 6_048 < settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS < 60_000_000


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_of_a_picture_that_moves_one_frame_is_unpacked(chief_client, kind):
    content = picture(kind, (16, 16), frames=60)
    response = send_image(chief_client, f"a.{kind.lower()}", content)
    assert response.status_code == 302
    image = get_image_model().objects.get()
    with image.get_willow_image() as willow:
        assert willow.get_frame_count() == 1
    rendition = image.get_rendition("width-8|format-webp")
    assert getattr(Image.open(rendition.file), "n_frames", 1) == 1


def test_an_avif_that_moves_is_refused_with_a_sentence(chief_client):
    response = send_image(chief_client, "a.avif", picture("AVIF", (16, 16), frames=60))
    assert response.status_code == 200 and errors_of(response)


# Names

NAMES = [
    "../../../etc/passwd.pdf",
    "..\\..\\windows\\a.pdf",
    "/etc/a.pdf",
    "C:\\a.pdf",
    "a\r\nSet-Cookie: b=c.pdf",
    'a"; filename="b.exe.pdf',
    "a\0.pdf",
    "\u202efdp.exe.pdf",
    "a" * 300 + ".pdf",
    "ā" * 300 + ".pdf",
    "<script>alert(1)</script>.pdf",
    ".htaccess.pdf",
    "  .pdf",
    "CON.pdf",
    "a.pdf/../b.pdf",
    "\u200b\u2066a.pdf",
    "\x1b[31m.pdf",
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_hostile_file_name_becomes_a_plain_one(chief_client, client, settings, name):
    boundary = "x" * 20
    body = (
        (
            f'--{boundary}\r\nContent-Disposition: form-data; name="title"\r\n\r\nNolikums\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="collection"\r\n\r\n1\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="'
        ).encode()
        + name.encode()
        + b'"\r\n\r\n'
        + files.pdf("x")
        + f"\r\n--{boundary}--\r\n".encode()
    )
    response = chief_client.post(
        reverse("wagtaildocs:add"), body, content_type=f"multipart/form-data; boundary={boundary}"
    )
    assert response.status_code in (200, 302)
    document = get_document_model().objects.first()
    if document is None:
        assert errors_of(response)
        return
    assert os.path.realpath(document.file.path).startswith(
        os.path.realpath(settings.MEDIA_ROOT / "documents")
    )
    assert document.filename.isprintable() and len(document.file.name) <= 100
    assert not set(document.filename) & set("\"'<>/\\;\r\n\0\u202e\u2066\u200b")
    disposition = client.get(document.url)["Content-Disposition"]
    assert disposition.startswith("attachment; filename") and disposition.endswith(
        ('.pdf"', ".pdf")
    )
