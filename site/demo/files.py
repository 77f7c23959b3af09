"""Attachments, written at load time: tables as CSV, texts as OpenDocument.

Neither needs a font of ours, and both hold Latvian letters as they are. One file serves both
languages, so every text stands in it in Latvian and in English.
"""

import csv
import io
import zipfile
from xml.sax.saxutils import escape

from .data import File

ODT = "application/vnd.oasis.opendocument.text"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'
EPOCH = (2022, 11, 15, 0, 0, 0)  # the same bytes at every load, so that they are stored once


def write(file: File) -> bytes:
    """Return the content of an attachment, in the format that its name says."""
    return _odt(file.lines) if file.name.endswith(".odt") else _csv(file.lines)


def _csv(rows) -> bytes:
    """Return rows of pairs as CSV; the mark at the start tells spreadsheets that it is UTF-8."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerows([" / ".join(filter(None, cell)) for cell in row] for row in rows)
    return output.getvalue().encode("utf-8-sig")


def _odt(lines) -> bytes:
    """Return a text document; the first line is its heading."""
    title, *paragraphs = lines
    body = "".join(
        [f'<text:h text:outline-level="1">{escape(title.lv)}</text:h>']
        + [f"<text:p>{escape(line.lv)}</text:p>" for line in paragraphs]
        + [f'<text:h text:outline-level="1">{escape(title.en)}</text:h>']
        + [f"<text:p>{escape(line.en)}</text:p>" for line in paragraphs]
    )
    content = (
        f'{PROLOGUE}<office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}" '
        f'office:version="1.3"><office:body><office:text>{body}</office:text></office:body>'
        "</office:document-content>"
    )
    manifest = (
        f'{PROLOGUE}<manifest:manifest xmlns:manifest="{MANIFEST}" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        # The first member names the type, uncompressed (OpenDocument 1.3, part 2, 3.3).
        for name, text in (
            ("mimetype", ODT),
            ("content.xml", content),
            ("META-INF/manifest.xml", manifest),
        ):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), text)
    return output.getvalue()
