"""The bytes of an export as XML takes them: unpacked, in UTF-8, without control characters."""

import codecs
import contextlib
import gzip
import itertools
import re
import zlib
from collections.abc import Iterator

CHUNK = 64 * 1024
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
BROKEN_GZIP = (EOFError, zlib.error, gzip.BadGzipFile)
ENCODING = re.compile(rb"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']""")
# What sites of Latvia were written in before UTF-8, and what a declaration may name instead. No
# others: some of Python's codecs are no encodings of text.
BALTIC = "cp1257"
DECLARED = {
    *("cp1250", "cp1251", "cp1252", "cp1257", "iso8859-1", "iso8859-2", "iso8859-4"),
    *("iso8859-5", "iso8859-13", "iso8859-15", "koi8-r"),
}
# XML 1.0, 2.2: every control character but tab and line ends, and two that are none (U+FFFE, FFFF).
CONTROLS = bytes({*range(32)} - {9, 10, 13})
NONCHARACTERS = re.compile(rb"\xef\xbf[\xbe\xbf]")
# A character whose end is not there yet.
INCOMPLETE = re.compile(rb"(?:[\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})\Z")
STRAYS = re.compile("[\udc80-\udcff]+")


class Source:
    """Yields an export in pieces of UTF-8 that end between characters, and counts what it mends.

    ``file`` is open for reading bytes; whether it is packed is told by its content. ``recoded``
    lines were not in the encoding that they should be in, and read in ``codec``; ``removed``
    control characters were taken out; ``is_cut`` says that the packing broke.
    """

    def __init__(self, file):
        self.start = file.peek(len(ZIP))
        self.file = gzip.GzipFile(fileobj=file) if self.start.startswith(GZIP) else file
        self.codec = BALTIC
        self.is_utf8 = True  # None: another encoding is declared, and not looked at yet
        self.recoded = self.removed = 0
        self.is_cut = False

    @property
    def is_zip(self) -> bool:
        return self.start.startswith(ZIP)

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._utf8():
            clean = chunk.translate(None, CONTROLS)
            self.removed += len(chunk) - len(clean)
            if b"\xef\xbf" in clean:
                clean, count = NONCHARACTERS.subn(b"", clean)
                self.removed += count
            yield clean

    def _raw(self):
        try:
            while chunk := self.file.read1(CHUNK):
                yield chunk
        except BROKEN_GZIP:
            self.is_cut = True

    def _utf8(self):
        chunks = self._raw()
        first = next(chunks, b"")
        chunks = itertools.chain([first], chunks)
        if wide := _utf16(first):
            decoder = codecs.getincrementaldecoder(wide)("replace")
            text = decoder.decode(next(chunks)).removeprefix("\ufeff")
            yield text.encode()
            yield from (decoder.decode(chunk).encode() for chunk in chunks)
            return
        self._look_at_declaration(first)
        rest = b""
        for chunk in chunks:
            rest = yield from self._whole(rest + chunk)
        yield self._decoded(INCOMPLETE.sub(b"", rest))

    def _whole(self, chunk):
        """Yield the lines of a chunk that are whole; return the rest, which is never long."""
        end = chunk.rfind(b"\n") + 1
        if len(chunk) - end > CHUNK:
            end = len(chunk) - len(chunk[-4:]) + len(INCOMPLETE.sub(b"", chunk[-4:]))
        if end:
            yield self._decoded(chunk[:end])
        return chunk[end:]

    def _look_at_declaration(self, first):
        with contextlib.suppress(LookupError):
            found = ENCODING.search(first)
            name = codecs.lookup(found[1].decode() if found else "utf-8").name
            if name in DECLARED:
                self.codec, self.is_utf8 = name, None

    def _decoded(self, chunk):
        if self.is_utf8 is None and not chunk.isascii():
            # The declaration may be wrong: nothing is UTF-8 by chance.
            self.is_utf8 = _is_utf8(chunk)
        if self.is_utf8 is False:
            text = chunk.decode(self.codec, "replace")
            self.recoded += text.count("\ufffd")
            return text.encode()
        if _is_utf8(chunk):
            return chunk
        return b"".join(map(self._line, chunk.splitlines(keepends=True)))

    def _line(self, line):
        if _is_utf8(line):
            return line
        self.recoded += 1
        text = line.decode(errors="surrogateescape")
        proper = STRAYS.sub("", text)
        if len(text) - len(proper) >= sum(character > "\x7f" for character in proper):
            # What looks like UTF-8 in it does so by chance.
            return line.decode(self.codec, "replace").encode()
        return STRAYS.sub(self._stray, text).encode()

    def _stray(self, match):
        return match[0].encode(errors="surrogateescape").decode(self.codec, "replace")


def _utf16(start: bytes) -> str:
    """Return the name of the wide encoding that a file begins in, if it does (XML 1.0, F.1)."""
    if start.startswith((codecs.BOM_UTF16_LE, b"<\0")):
        return "utf-16-le"
    return "utf-16-be" if start.startswith((codecs.BOM_UTF16_BE, b"\0<")) else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
