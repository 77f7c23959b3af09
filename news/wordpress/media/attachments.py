"""The files that the export lists, and which of them an address means."""

import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

from ..items import Item
from ..models import ImportedItem
from .addresses import Address, checked, folded, is_picture, locate, originals
from .problems import Refused, plain

# The names of a file's previews in PHP's notation (_wp_attachment_metadata).
PREVIEW = re.compile(r'"(?:file|original_image)";s:\d+:"([^"/\\]+)"')
LONGEST_TITLE = LONGEST_ALT = 255  # characters, as the models have them
COLUMNS = ("post_id", "title", "date", "data__file", "data__meta")


class Attachment(NamedTuple):
    """A file as the export has it: where it is (see ``Address``), and what is said of it.

    ``unsafe`` is its path where that leads out of the folder. ``path`` is empty if the export does
    not say where the file is, ``url`` if only its path is known.
    """

    number: int
    path: str
    url: str
    title: str
    alt: str
    date: datetime.datetime | None
    unsafe: str = ""


class Attachments:
    """All attachments of the old site, found by number and by address.

    They are read from ``ImportedItem`` when the first file is asked for; ``learn`` adds others.
    """

    def __init__(self, source: str, site_url: str, hosts: Iterable[str]):
        self._source, self._site_url, self._hosts = source, site_url, hosts
        self._is_read = False
        self._by_number: dict[int, Attachment] = {}
        self._by_path: dict[str, int] = {}  # folded
        self._exact: dict[str, int] = {}  # of paths that differ in capitals alone
        self._previews: dict[str, int] = {}  # folded paths of what belongs to a picture

    def learn(self, item: Item) -> Attachment:
        """Add an attachment, and return it."""
        return self._add((item.id, item.title, item.date, item.file, item.meta))

    def numbered(self, number: int) -> Attachment:
        """Return the attachment of a number; raises ``Refused``."""
        self._read()
        if number not in self._by_number:
            raise Refused("unknown")
        return self._by_number[number]

    def at(self, address: Address) -> Attachment | None:
        """Return the attachment that an address means: its file, or a preview of it."""
        if address.number:
            return self.numbered(address.number)
        self._read()
        path = address.path
        number = self._number_of(path) or self._previews.get(folded(path))
        for original in originals(path):
            number = number or self._number_of(original) or self._previews.get(folded(original))
        return self._by_number.get(number)

    def _number_of(self, path):
        return self._exact.get(path) or self._by_path.get(folded(path))

    def _read(self):
        if self._is_read:
            return
        self._is_read = True
        rows = ImportedItem.objects.of(self._source).filter(type="attachment").order_by("pk")
        for row in rows.values_list(*COLUMNS).iterator(chunk_size=1000):
            if row[0] not in self._by_number:
                self._add(row)

    def _add(self, row) -> Attachment:
        number, title, date, url, meta = row
        meta = meta or {}
        paths, unsafe = self._paths(str(url or ""), meta.get("_wp_attached_file", ""))
        attachment = Attachment(
            number,
            paths[0] if paths else "",
            str(url or ""),
            title_of(title, paths[0] if paths else ""),
            plain(meta.get("_wp_attachment_image_alt", ""))[:LONGEST_ALT],
            date,
            unsafe,
        )
        self._by_number[number] = attachment
        for path in paths:
            self._name(path, number)
        if paths:
            self._name_previews(paths[0], number, meta.get("_wp_attachment_metadata", ""))
        return attachment

    def _paths(self, url, attached) -> tuple[list[str], str]:
        """Return the paths of a file, the best first, and the one that was not safe."""
        paths, unsafe = [], ""
        if attached and not attached.startswith(("http://", "https://")):
            try:
                paths.append(checked(attached))
            except Refused as refused:
                unsafe = refused.detail or attached[:100]
        try:
            address = locate(url, self._site_url, self._hosts) if url else None
        except Refused:
            address = None  # said when somebody asks for the file
        if address and address.path and address.path not in paths:
            paths.append(address.path)
        return paths, unsafe

    def _name(self, path, number):
        key = folded(path)
        other = self._by_path.setdefault(key, number)
        if other != number:
            self._exact.setdefault(self._by_number[other].path, other)
            self._exact.setdefault(path, number)

    def _name_previews(self, path, number, metadata):
        """Remember what else the picture is called: before it was edited, and odd previews."""
        others = originals(path)
        folder, slash, _name = path.rpartition("/")
        for name in PREVIEW.findall(metadata):
            preview = f"{folder}{slash}{name}"
            if is_picture(name) == is_picture(path) and path not in originals(preview):
                others.append(preview)
        for other in others:
            if other != path:
                self._previews.setdefault(folded(other), number)


def title_of(title: str, path: str) -> str:
    """Return the title of a file for editors: its own, or its name made readable."""
    name = unquote(path.rpartition("/")[2])
    stem = originals(name)[0].rpartition(".")[0] if is_picture(name) else name.rpartition(".")[0]
    title = plain(title)
    if not title or title in (stem, name):
        title = stem or name
        title = title if " " in title else re.sub(r"[_\W]+", " ", title).strip() or title
    return title[:LONGEST_TITLE]
