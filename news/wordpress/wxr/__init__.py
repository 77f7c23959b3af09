"""Reads WordPress exports (WXR, 1.0 to 1.2): streaming, whatever their size and their damage.

The XML parser never sees the beginning of a file but only what stands from its root on, within an
element of ours: there a document type is an error, so no entity can be declared and nothing is
fetched. Where it must stop, the broken record is read without it (``salvage``), and a new parser
goes on at the next one.
"""

import codecs
import re
from collections.abc import Iterator
from html.entities import html5
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from django.utils.translation import gettext as _

from ..items import Author, Damage, Item, Site, Term
from .collector import Collector, NoExport
from .faults import PROBLEMS, SENTENCES, Unreadable, sentence
from .names import SEPARATOR, Nonsense
from .salvage import salvage
from .source import CHUNK, Source

__all__ = ["PROBLEMS", "SENTENCES", "Unreadable", "read", "sentence"]

HEAD = 1024 * 1024  # bytes in which the root must begin
ROOT = re.compile(rb"<rss[\s>]")
COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
PAGE = re.compile(rb"<(?:!DOCTYPE\s+)?html[\s>]", re.IGNORECASE)
DECLARATION = re.compile(rb"<\?xml\s")
LONGEST_TOKEN = 1024 * 1024  # bytes of a tag: expat reads an unfinished one again and again
LONGEST_RECORD = 8 * 1024 * 1024  # bytes that are kept of a record, to read it if it is damaged
OVERLAP = 256  # bytes of a tag of which only the beginning has been read
END = re.compile(rb"</(?:channel|rss)\s*>")


def read(path: Path) -> Iterator[Site | Author | Term | Item | Damage]:
    """Yield what an export holds, in its order: the site first, each damage where it was met.

    ``path`` is a file of XML, or of gzip with one, whatever its name. Memory does not grow with
    the file (see the bounds in ``collector``). Whatever it holds, nothing is raised but
    ``Unreadable``, when the disk or the system refuses to give it.
    """
    try:
        with open(path, "rb") as file:
            yield from _Reader(Source(file)).read()
    except OSError as error:
        raise Unreadable(
            _("“%(name)s” cannot be read: %(why)s.")
            % {"name": Path(path).name, "why": error.strerror or error}
        ) from error


class _Reader:
    def __init__(self, source):
        self.source = source
        self.chunks = iter(source)
        self.collector = Collector()
        self.kept = bytearray()  # from the beginning of the record that is being read
        self.given = 0  # so many bytes of it the parser has
        self.line = 1  # of the file, where it begins
        self.origin = 0  # the parser's number for it
        self.cut_item = 0

    def read(self):
        refusal = self._find_root()
        if refusal:
            yield Damage(refusal)
            return
        if self.has_junk:
            yield Damage("before_start")
        try:
            yield from self._records()
        except NoExport:
            yield Damage("plain_rss")
            return
        yield from self._last_words()

    # The beginning

    def _find_root(self) -> str:
        """Cut off what stands before the root. Return the code of a file that is no export."""
        if self.source.is_zip:
            return "zip"
        while not (match := ROOT.search(COMMENT.sub(_blank, self.kept))):
            if len(self.kept) > HEAD or not self._more():
                return self._without_root()
        prolog = COMMENT.sub(b"", self.kept[: match.start()]).removeprefix(codecs.BOM_UTF8)
        if DTD.search(prolog):
            return "dtd"
        self.has_junk = bool(DECLARATION.split(prolog, maxsplit=1)[0].strip())
        self._drop(match.start())
        self._new_parser()
        return ""

    def _without_root(self):
        if PAGE.search(self.kept):
            return "html"
        if DTD.search(self.kept):
            return "dtd"
        if self.source.is_cut:
            return "gzip"
        return "not_wxr" if self.kept.strip(codecs.BOM_UTF8 + b" \t\r\n") else "empty"

    # The parser

    def _new_parser(self, within=b""):
        """Begin with the first byte that is kept; it stands within these start tags."""
        self.collector.begin()
        self.parser = parser = expat.ParserCreate("utf-8", SEPARATOR)
        parser.buffer_text = True
        parser.buffer_size = CHUNK
        # Else it would stop at an &nbsp;. Nothing is fetched: that would take a handler, too.
        parser.UseForeignDTD(True)
        parser.StartNamespaceDeclHandler = self.collector.namespace
        parser.StartElementHandler = self.collector.start
        parser.EndElementHandler = self.collector.end
        parser.CharacterDataHandler = self.collector.data
        parser.SkippedEntityHandler = self._entity
        self.collector.where = lambda: parser.CurrentByteIndex
        bindings = self.collector.names.bindings.items()
        names = " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in bindings)
        start = f"<export {names}>".encode() + within
        parser.Parse(start, False)
        self.given = 0
        self.origin = len(start)

    def _entity(self, name, _is_parameter):
        self.collector.data(html5.get(f"{name};", f"&{name};"))

    def _records(self):
        while self.given < len(self.kept) or self._more():
            piece = bytes(self.kept[self.given : self.given + CHUNK])
            self.given += len(piece)
            try:
                self.parser.Parse(piece, False)
                if self.given + self.origin - self.parser.CurrentByteIndex > LONGEST_TOKEN:
                    raise Nonsense
            except (expat.ExpatError, Nonsense):
                yield from self.collector.take()
                yield from self._mend()
            else:
                yield from self.collector.take()
                self._forget()

    def _forget(self):
        """Drop what is read, but for the record that is not at its end yet."""
        if not self.collector.record:
            self._drop(self.parser.CurrentByteIndex - self.origin)
        elif self.given + self.origin - self.collector.began <= LONGEST_RECORD:
            self._drop(self.collector.began - self.origin)
        else:
            self._drop(self.given)

    # What is damaged

    def _mend(self):
        """Read the record that the parser could not, and begin anew behind it."""
        position = max(self.parser.CurrentByteIndex - self.origin, 0)
        line = str(self.line + self.kept.count(b"\n", 0, position))
        item = self.collector.item_id
        start = self.collector.began - self.origin
        if not self.collector.record or start < 0:
            yield from self._skip(position + 1, line, item)
            return
        self._drop(start)
        raw = self._cut_record()
        if raw is None:  # the file ends in it
            self.cut_item = item
            self._drop(len(self.kept))
        elif raw and salvage(raw.decode(errors="replace"), self.collector):
            found = self.collector.take()
            yield from found
            last = found[-1] if found else None
            yield Damage("repaired", line, last.id if isinstance(last, Item) else 0)
            self._new_parser(b"<rss><channel>")
        else:
            yield from self._skip(0, line, item)

    def _cut_record(self) -> bytes | None:
        """Take the record that is kept, up to its end tag or the next record.

        Empty when it is too long to be held; None when the file ends before.
        """
        name = re.escape(re.match(rb"<([^\s/>]*)", self.kept)[1])
        next_one = rb"<item[\s>]" if name == b"item" else self._record_starts()
        end = re.compile(rb"(</%b\s*>)|%b" % (name, next_one))
        position = 1
        while not (match := end.search(self.kept, position)):
            position = max(len(self.kept) - OVERLAP, 1)
            if position > LONGEST_RECORD:
                self._drop(position)
                return b""
            if not self._more():
                return None
        size = match.end() if match[1] else match.start()
        raw = bytes(self.kept[:size])
        self._drop(size)
        return raw

    def _record_starts(self):
        """Return a pattern of where any record begins."""
        prefixes = "|".join(map(re.escape, self.collector.names.prefixes()))
        return rf"<(?:item|(?:{prefixes}):(?:author|category|tag|term))[\s>]".encode()

    def _skip(self, position, line, item):
        """Go on at the next record, if there is one."""
        if self.collector.is_closed:
            self.collector.has_after_end = True
        else:
            yield Damage("lost", line, item)
        start = re.compile(self._record_starts())
        while not (match := start.search(self.kept, position)):
            if END.search(self.kept, position):
                self.collector.is_closed = True
            self._drop(max(position, len(self.kept) - OVERLAP))
            position = 0
            if not self._more():
                self._drop(len(self.kept))
                return
        self._drop(match.start())
        self._new_parser(b"<rss><channel>")

    # The end

    def _last_words(self):
        collector = self.collector
        if collector.is_wordpress:
            collector.tell_site()
            yield from collector.take()
        if not collector.is_closed:
            line = self.line + self.kept.count(b"\n")
            yield Damage("truncated", str(line), self.cut_item or collector.item_id)
        elif not collector.is_wordpress:
            yield Damage("plain_rss")
            return
        source = self.source
        if source.is_cut:
            yield Damage("gzip")
        if collector.has_after_end:
            yield Damage("after_end")
        if source.recoded:
            name = source.codec.replace("cp", "windows-")
            yield Damage("encoding", f"{source.recoded} ({name})")
        if source.removed:
            yield Damage("control", str(source.removed))

    # What is kept

    def _more(self) -> bool:
        chunk = next(self.chunks, None)
        self.kept += chunk or b""
        return chunk is not None

    def _drop(self, size):
        self.line += self.kept.count(b"\n", 0, size)
        del self.kept[:size]
        self.given = max(self.given - size, 0)
        self.origin += size


def _blank(match):
    return b" " * len(match[0])
