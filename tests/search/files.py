"""Attachments as people make them, and as nobody should."""

import io
import struct
import zipfile
import zlib

import docx
import fpdf
import odfdo
from django.conf import settings
from openpyxl import Workbook

FONT = settings.SITE_DIR / "static" / "fonts" / "rota-sans.woff2"
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


def pdf(*pages: str, **encryption) -> bytes:
    """A PDF of a word processor: embedded font, compressed. A page of "" is a picture."""
    document = fpdf.FPDF()
    document.add_font("rota", fname=FONT)
    document.set_font("rota", size=11)
    if encryption:
        document.set_encryption(**encryption)
    for page in pages:
        document.add_page()
        if page:
            document.multi_cell(0, 6, page)
        else:
            document.rect(20, 20, 100, 100, style="F")
    return bytes(document.output())


def locked_pdf(text: str, user_password: str) -> bytes:
    method = fpdf.enums.EncryptionMethod.AES_256
    return pdf(text, owner_password="owner", user_password=user_password, encryption_method=method)


def raw_pdf(contents: list[bytes], pages: int = 1, dictionary: bytes = b"") -> bytes:
    """A PDF written by hand: so many pages, which take turns with the streams of content."""
    numbers = range(4, 4 + pages)
    streams = range(4 + pages, 4 + pages + len(contents))
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    for position, number in enumerate(numbers):
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> >> >>" % streams[position % len(contents)]
        )
    for number, content in zip(streams, contents, strict=True):
        objects[number] = b"<< /Length %d %s >>\nstream\n%s\nendstream" % (
            len(content),
            dictionary,
            content,
        )
    file = io.BytesIO()
    file.write(b"%PDF-1.7\n")
    offsets = []
    for number, body in objects.items():
        offsets.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    file.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    file.write(b"startxref\n%d\n%%%%EOF" % start)
    return file.getvalue()


def text_operators(text: bytes) -> bytes:
    return b"BT /F 12 Tf 50 700 Td (%s) Tj ET\n" % text


def greedy_pdf() -> bytes:
    """60 KB that are 60 MB of operators, of which each is several objects in memory."""
    return raw_pdf([deflated(b"(a) Tj ", 60_000_000)], dictionary=b"/Filter /FlateDecode")


def deflated(unit: bytes, size: int) -> bytes:
    packer = zlib.compressobj(9)
    block = unit * (1_000_000 // len(unit))
    parts = [packer.compress(block) for _ in range(size // len(block))]
    return b"".join([*parts, packer.flush()])


def looping_pdf() -> bytes:
    """A tree of pages that is its own branch."""
    return raw_pdf([b""]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")


def word(*paragraphs: str, cell: str = "") -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cell:
        document.add_table(rows=1, cols=1).cell(0, 0).text = cell
    return saved(document)


def open_document(*paragraphs: str) -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    for paragraph in paragraphs:
        document.body.append(odfdo.Paragraph(paragraph))
    return saved(document)


def spreadsheet() -> bytes:
    return saved(Workbook())


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_member(archive: bytes, name: str, change) -> bytes:
    """Return an archive with a member, new or changed: ``change`` takes and returns its bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, change(old.read(name) if name in old.namelist() else b""))
    return file.getvalue()


def member(archive: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(archive)).read(name)


def zip_bomb() -> bytes:
    """A DOCX of 5 MB that is 1 GB of zeros."""
    file = io.BytesIO(word("Bumba"))
    archive = zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open("word/media/image.bin", "w", force_zip64=True) as image:
        for _ in range(1024):
            image.write(bytes(1 << 20))
    return file.getvalue()


def lying_bomb() -> bytes:
    """A DOCX whose text claims to be short and is 300 MB of spaces."""
    name = b"word/document.xml"
    bomb = with_member(word(""), name.decode(), lambda content: bytes(300_000_000))
    where = bomb.rindex(b"PK\x01\x02", 0, bomb.rindex(name))
    return bomb[: where + 24] + struct.pack("<L", 1000) + bomb[where + 28 :]


def crowded() -> bytes:
    """A DOCX of 6,000 empty parts."""
    file = io.BytesIO(word("Daudz"))
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(6000):
            archive.writestr(f"word/media/{number}", b"")
    return file.getvalue()


def laughing_word() -> bytes:
    return with_member(word("Smiekli"), "word/document.xml", laughing(b"Smiekli"))


def laughing_open_document() -> bytes:
    return with_member(open_document("Smiekli"), "content.xml", laughing(b"Smiekli"))


def laughing(text):
    def change(content):
        prolog, rest = content.split(b"?>", 1)
        assert text in rest
        return prolog + b"?>" + LAUGHS.encode() + rest.replace(text, b"&j;")

    return change


def encrypted_open_document() -> bytes:
    """As LibreOffice writes it: the manifest names how the content is encrypted."""
    entry = b'<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
    file = with_member(
        open_document(""),
        "META-INF/manifest.xml",
        lambda manifest: manifest.replace(
            b"</manifest:manifest>", entry + b"</manifest:file-entry></manifest:manifest>"
        ),
    )
    return with_member(file, "content.xml", lambda content: content[::-1])


def encrypted_word() -> bytes:
    """As Word writes it: an OLE file around the encrypted one."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    return head + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
