"""The files of one old site, as the import asks for them."""

import contextlib
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urljoin

from django.conf import settings

from ..items import Item
from .addresses import host_of, is_picture, locate, originals
from .attachments import Attachment, Attachments
from .fetching import Fetcher
from .folder import Folder
from .intake import largest
from .problems import Problem, Refused, plain
from .shelf import NOT_TAKEN, Shelf, Taken

UPLOADS = "/wp-content/uploads/"
LONGEST_SAID = 500  # characters of an address in the report


class _File(NamedTuple):
    """A file that was asked for: the paths that it may have, the likeliest first."""

    paths: list[str]
    url: str
    attachment: Attachment | None = None

    @property
    def key(self) -> str:
        return self.paths[0]

    @property
    def number(self) -> int:
        return self.attachment.number if self.attachment else 0


class Library:
    """Images and documents of the files of one old site.

    ``source`` is the site as ``ImportedItem`` knows it, ``site_url`` the address of its front page.
    Files come from ``folder`` (a copy of its uploads), and if ``fetch``, from the site itself.
    ``hosts`` are further hosts that it had ("lps.lv:8080"); those named here may be in a private
    network. With ``dry``, nothing is taken in or fetched.

    ``problems`` says each thing that is wrong with a file once. Every method may raise
    ``MediaError`` for what befalls all files: a folder that can't be read, a full disk.

    A file that was taken in within a transaction that fails is taken in again when it is asked for.
    """

    def __init__(
        self,
        source: str,
        site_url: str,
        folder: Path | None = None,
        fetch: bool = False,
        *,
        hosts: Iterable[str] = (),
        dry: bool = False,
    ):
        named = frozenset(host_of(f"http://{host}") for host in hosts) - {""}
        self._site_url, self._dry = site_url.rstrip("/"), dry
        self._hosts = (named | {host_of(site_url)}) - {""}
        self._attachments = Attachments(source, site_url, self._hosts)
        self._shelf = Shelf(source, site_url, dry)
        self._folder = Folder(folder) if folder else None
        self._fetcher = None
        if fetch:
            parts = Path(settings.WORDPRESS_MEDIA["folder"])
            self._fetcher = Fetcher(self._hosts, named, parts)
        self._problems: dict[tuple[str, str], Problem] = {}
        self._lost: dict[str, Problem] = {}

    @property
    def problems(self) -> list[Problem]:
        return list(self._problems.values())

    def image(self, wanted: str | int | Item) -> int | None:
        """Return the id of the image of an address, an attachment's number, or its item.

        None if there is no such file (``problem_of`` says why), or it is no picture; 0 in a dry
        run for what would be taken in.
        """
        return self.take(wanted).image

    def document(self, wanted: str | int | Item) -> int | None:
        """Return the id of the document, as ``image`` does for a picture."""
        return self.take(wanted).document

    def take(self, wanted: str | int | Item) -> Taken:
        """Return what a file has become, and take it in if need be; both are None if it is lost."""
        try:
            file = self._file_of(wanted)
        except Refused as refused:
            self._lose(_said(wanted), refused, _said(wanted), getattr(wanted, "id", 0))
            return Taken()
        lost = self._lost.get(file.key)
        if lost and lost.code != "host_away":  # it may have come back
            return Taken()
        try:
            taken = self._known_or_taken(file, isinstance(wanted, Item))
        except Refused as refused:
            self._lose(file.key, refused, file.url or file.key, file.number)
            return Taken()
        if self._lost.pop(file.key, None):
            del self._problems["host_away", file.key]
        return taken

    def is_own(self, url: str) -> bool:
        """Whether an address is on a host of the old site, or a copy of one there by Jetpack."""
        try:
            locate(url, self._site_url, self._hosts)
        except Refused as refused:
            return refused.code != "foreign"
        return True

    def problem_of(self, wanted: str | int | Item) -> Problem | None:
        """Return why a file that was asked for is not here."""
        try:
            return self._lost.get(self._file_of(wanted).key)
        except Refused:
            return self._lost.get(_said(wanted))

    def learn(self, item: Item):
        """Make an attachment known that ``ImportedItem`` does not have (yet)."""
        self._attachments.learn(item)

    def close(self):
        if self._fetcher:
            self._fetcher.close()

    def _lose(self, key, refused, address, number):
        self._lost[key] = self._note(key, refused.code, address, refused.detail, number)

    def _note(self, key, code, address, detail, number) -> Problem:
        problem = Problem(code, plain(address)[:LONGEST_SAID], plain(detail), number)
        return self._problems.setdefault((code, key), problem)

    def _file_of(self, wanted) -> _File:
        """Return the file that is asked for; raises ``Refused`` if it can't be one of ours."""
        if isinstance(wanted, Item):
            return self._file_of_attachment(self._attachments.learn(wanted))
        if isinstance(wanted, int):
            return self._file_of_attachment(self._attachments.numbered(wanted))
        address = locate(wanted, self._site_url, self._hosts)
        if attachment := self._attachments.at(address):
            return self._file_of_attachment(attachment)
        return _File(originals(address.path), address.url)

    def _file_of_attachment(self, attachment) -> _File:
        number, unsafe = attachment.number, attachment.unsafe
        if not attachment.path:
            if unsafe:
                raise Refused("unsafe_path", unsafe)
            if attachment.url:
                locate(attachment.url, self._site_url, self._hosts)  # says what is wrong with it
            raise Refused("no_address")
        if unsafe:
            self._note(attachment.path, "unsafe_name", attachment.url, unsafe, number)
        paths = [attachment.path, *reversed(originals(attachment.path))]
        return _File(list(dict.fromkeys(paths)), attachment.url, attachment)

    def _known_or_taken(self, file, is_item) -> Taken:
        if known := self._shelf.find(*([file.key] if file.attachment else file.paths)):
            if is_item:
                self._shelf.link(file.number, known)
            return known
        with contextlib.ExitStack() as stack:
            source, found = self._obtain(file, stack)
            if source is None:
                return Taken(NOT_TAKEN) if is_picture(found) else Taken(None, NOT_TAKEN)
            path = file.key if file.attachment else found
            if known := self._shelf.find(path):  # asked for by a name that differs in capitals
                return known
            taken, notes = self._shelf.take_in(source, found, path, file.attachment)
        for code, detail in notes:
            self._note(file.key, code, file.url or file.key, detail, file.number)
        return taken

    def _obtain(self, file, stack) -> tuple[Path | None, str]:
        """Return the file on this disk as long as ``stack`` is open, and the path it was found at.

        A dry run gets None for what would be fetched.
        """
        if not self._folder and not self._fetcher:
            raise Refused("no_source")
        for path in file.paths if self._folder else ():
            if found := self._folder.find(path):
                return found
        if self._fetcher and (fetched := self._fetch(file, stack)):
            return fetched
        preview = self._folder and self._folder.largest_preview(file.key)
        if not preview:
            raise Refused("missing")
        self._note(file.key, "smaller", file.url or file.key, preview[1], file.number)
        return preview[0], file.key

    def _fetch(self, file, stack) -> tuple[Path | None, str] | None:
        if self._dry:
            return None, file.key
        for path in file.paths:
            for url in self._urls(file, path):
                try:
                    fetched = self._fetcher.fetched(url, largest(path))
                    return stack.enter_context(fetched), path
                except Refused as refused:
                    if refused.code != "missing":
                        raise
        return None

    def _urls(self, file, path) -> list[str]:
        """Return the addresses of a path: as the text has it, else made of the path."""
        name = path.rpartition("/")[2]
        try:
            address = locate(file.url, self._site_url, self._hosts)
        except Refused:
            below = path if path.startswith("/") else f"{UPLOADS}{path}"
            made = f"{self._site_url}{quote(below)}"
        else:
            made = address.url if address.path == path else urljoin(address.url, quote(name))
        # The old host may have ā as two characters.
        apart = urljoin(made, quote(unicodedata.normalize("NFD", name)))
        return [made] if name.isascii() else [made, apart]


def _said(wanted: str | int | Item) -> str:
    """Return how the report names what was asked for."""
    return wanted.file or f"#{wanted.id}" if isinstance(wanted, Item) else str(wanted)
