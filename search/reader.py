"""Reads the text of one PDF, DOCX or ODT file: a program of its own, run by search.extraction.

    python -I reader.py LIMITS < FILE > TEXT

LIMITS is ``settings.ATTACHMENT_LIMITS`` as JSON. The text (UTF-8) is written as it is read, so that
it outlives the process; the exit code is an ``Outcome``. Imports no Django: that would take longer
than most files do, and bring the site's secrets near a hostile file.
"""

import enum
import json
import re
import sys
import unicodedata
import zipfile

HEAD = 1024  # a PDF may have so many bytes before its mark (ISO 32000-1, annex H.3.4.1)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the older format of Office, and around encrypted files
ENCRYPTED_OLE = "EncryptedPackage".encode("utf-16-le")
OPEN_DOCUMENT_TEXT = b"application/vnd.oasis.opendocument.text"  # a template has more letters
WORD_TYPES = re.compile(
    r"(wordprocessingml\.(document|template)|word\.document\.macroEnabled)\.main\+xml$"
    r"|wordprocessingml\.(footnotes|endnotes)\+xml$"
)
BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-\s*\n\s*(?=[^\W\d_])(?![A-ZĀ-Ž])")
UNPRINTABLE = {code: " " for code in range(32) if code != 10} | {0xAD: None}  # 0xAD: soft hyphen


class Outcome(enum.IntEnum):
    """What became of a file, as exit code; 1 and 2 are Python's own."""

    READ = 0
    PARTLY = 10
    TOO_LARGE = 11
    ENCRYPTED = 12
    BROKEN = 13
    TOO_COSTLY = 14
    NO_TEXT = 15
    UNKNOWN = 16


class Stop(Exception):
    """Reading ends here. What was read until then is kept."""

    def __init__(self, outcome: Outcome):
        self.outcome = outcome


class Output:
    """Writes text at once, up to a number of bytes."""

    def __init__(self, file, most: int):
        self.file, self.room = file, most
        self.is_empty = True

    def write(self, text: str):
        text = BROKEN_WORD.sub("", unicodedata.normalize("NFKC", text).translate(UNPRINTABLE))
        text = " ".join(text.split())
        if not text:
            return
        self.is_empty = False
        line = f"{text}\n".encode(errors="ignore")
        self.file.write(line[: self.room])
        self.room -= len(line)
        if self.room < 0:
            raise Stop(Outcome.PARTLY)


def read(file, limits: dict, output: Output):
    """Write the text of a file whose format is told by its content. Raises Stop, and anything."""
    head = file.read(HEAD)
    if head.startswith(b"PK"):
        read_zip(file, limits, output)
    elif b"%PDF-" in head:
        read_pdf(file, limits, output)
    elif head.startswith(OLE) and ENCRYPTED_OLE in head + file.read():
        raise Stop(Outcome.ENCRYPTED)
    else:
        raise Stop(Outcome.UNKNOWN if head else Outcome.BROKEN)


def read_pdf(file, limits, output):
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import LimitReachedError

    reader = PdfReader(file)
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise Stop(Outcome.ENCRYPTED)
    fault = None
    for number, page in enumerate(reader.pages):
        if number == limits["pages"]:
            raise Stop(Outcome.PARTLY)
        try:
            text = page.extract_text()
        except MemoryError:
            raise
        except LimitReachedError:
            fault = Outcome.TOO_COSTLY
        except Exception:
            fault = Outcome.BROKEN  # this page; others may be whole
        else:
            output.write(text)
    if fault:
        raise Stop(fault)


def read_zip(file, limits, output):
    archive = zipfile.ZipFile(file)
    members = archive.infolist()
    if (
        len(members) > limits["members"]
        or sum(member.file_size for member in members) > limits["unpacked"]
    ):
        raise Stop(Outcome.TOO_LARGE)
    if any(member.flag_bits & 1 for member in members):
        raise Stop(Outcome.ENCRYPTED)
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        parts = word_parts(archive)
    elif "mimetype" in names and archive.open("mimetype").read(HEAD).startswith(OPEN_DOCUMENT_TEXT):
        parts = {"content.xml": OpenDocumentText}
        if "META-INF/manifest.xml" in names:
            parse(archive, "META-INF/manifest.xml", Manifest())
    else:
        parts = {}
    if not parts:
        raise Stop(Outcome.UNKNOWN)
    for name, text in parts.items():
        parse(archive, name, text(output))


def word_parts(archive) -> dict:
    """Return the parts of an Office file that hold a text: none when it is a table or slides."""
    types = ContentTypes()
    parse(archive, "[Content_Types].xml", types)
    return {name.lstrip("/"): WordText for name, kind in types.found if WORD_TYPES.search(kind)}


def parse(archive, name, target):
    """Feed a member of an archive to a target. A document type, and so any entity, is refused."""
    from defusedxml.ElementTree import XMLParser

    parser = XMLParser(target=target, forbid_dtd=True)
    with archive.open(name) as member:
        while chunk := member.read(1 << 16):
            parser.feed(chunk)
    parser.close()


class Target:
    """A target of an XML parser; elements are known by their names without namespace."""

    def start(self, tag, attributes):
        pass

    def end(self, tag):
        pass

    def data(self, data):
        pass

    def close(self):
        pass


class ContentTypes(Target):
    """The parts of an Office file and what they are (ECMA-376, part 2, 10.1.2)."""

    def __init__(self):
        self.found = []

    def start(self, tag, attributes):
        if local(tag) == "Override":
            self.found.append((attributes.get("PartName", ""), attributes.get("ContentType", "")))


class Manifest(Target):
    """The manifest of an OpenDocument file, which names what is encrypted (ODF 1.3, part 2, 4)."""

    def start(self, tag, attributes):
        if local(tag) == "encryption-data":
            raise Stop(Outcome.ENCRYPTED)


class Text(Target):
    """The text of an XML document, written paragraph by paragraph."""

    texts = paragraphs = spaces = skipped = frozenset()

    def __init__(self, output):
        self.output = output
        self.parts = []
        self.inside = self.outside = 0  # how deep in elements of texts, and of those left out

    def start(self, tag, attributes):
        tag = local(tag)
        self.inside += tag in self.texts
        self.outside += tag in self.skipped
        if tag in self.spaces:
            self.parts.append(" ")
        elif tag in self.paragraphs:  # a note or a box within another paragraph
            self._write()

    def data(self, data):
        if self.inside and not self.outside:
            self.parts.append(data)

    def end(self, tag):
        tag = local(tag)
        self.inside -= tag in self.texts
        self.outside -= tag in self.skipped
        if tag in self.paragraphs:
            self._write()

    def _write(self):
        self.output.write("".join(self.parts))
        self.parts.clear()


class WordText(Text):
    texts = {"t"}
    paragraphs = {"p"}
    spaces = {"tab", "br", "cr"}
    skipped = {"Fallback", "moveFrom"}  # the same text a second time, and where it stood before


class OpenDocumentText(Text):
    texts = paragraphs = {"p", "h"}
    spaces = {"s", "tab", "line-break"}
    skipped = {"tracked-changes", "annotation"}  # what was deleted, and remarks


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def restrict(limits):
    """Bound this process: memory, processor time, size of its output."""
    import resource

    for kind, limit in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_FSIZE, limits["text"]),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(kind, (limit, limit))


def main(limits, source, target) -> Outcome:
    restrict(limits)
    output = Output(target, limits["text"])
    try:
        read(source, limits, output)
        outcome = Outcome.READ
    except Stop as stop:
        outcome = stop.outcome
    except MemoryError:
        outcome = Outcome.TOO_COSTLY
    except Exception:
        outcome = Outcome.BROKEN
    if output.is_empty:
        return Outcome.NO_TEXT if outcome in (Outcome.READ, Outcome.PARTLY) else outcome
    return outcome if outcome is Outcome.READ else Outcome.PARTLY


if __name__ == "__main__":
    with open(1, "wb", buffering=0) as text:
        code = main(json.loads(sys.argv[1]), sys.stdin.buffer, text)
    sys.exit(code)
