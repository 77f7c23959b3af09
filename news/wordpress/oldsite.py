"""What stands where on the old site: the way from its addresses to our pages and files."""

from urllib.parse import urljoin

from .gone import normalise, number_in, parts_of
from .models import ImportedItem
from .reading import host_of

AT_ONCE = 2000  # rows read at once


class OldSite:
    """Tells the conversion where links and pictures of the old site lead (its ``Context``).

    Holds the paths and numbers of all items, some 200 bytes each; ``library`` gives files (see
    ``media``). ``page_of`` and ``add_page`` know the pages that were made meanwhile.
    """

    def __init__(self, source, url, library, language, home=None):
        self.source, self.url, self.library, self.language = source, url, library, language
        self.base, self._item, self._home = url, 0, home
        self._front = normalise(parts_of(url).path)
        self._numbers, self._pages = {}, {}
        rows = ImportedItem.objects.of(source).order_by("pk")
        values = rows.values_list("post_id", "data__link", "type", "data__parent", "page")
        for number, link, kind, parent, page in values.iterator(AT_ONCE):
            parts = parts_of(link)
            path = normalise(parts.path)
            if path and not number_in(parts.query):
                self._numbers.setdefault(path, parent if kind == "attachment" else number)
            if page:
                self._pages[number] = page

    def turn_to(self, item):
        """Say which item is converted now: links are read from its address."""
        self.base, self._item = item.link if parts_of(item.link).netloc else self.url, item.id

    def add_page(self, number: int, page: int):
        self._pages[number] = page

    def page_of(self, number: int) -> int | None:
        return self._pages.get(number)

    def is_own(self, url: str) -> bool:
        """Whether an address is one of the old site; relative ones are."""
        parts = parts_of(url)
        if not parts.netloc:
            return not parts.scheme
        if parts.scheme not in ("", "http", "https"):
            return False
        return host_of(url) == self.source or bool(self.library and self.library.is_own(url))

    def number_of(self, url: str) -> int | None:
        """Return the number of the item that an address of the old site shows."""
        if not self.is_own(url):
            return None
        parts = parts_of(urljoin(self.base, url))
        return number_in(parts.query) or self._numbers.get(normalise(parts.path))

    def page(self, url: str) -> int | None:
        number = self.number_of(url)
        if number is None and self._is_front(url):
            return self._home
        return number and self._pages.get(number)

    def _is_front(self, url) -> bool:
        parts = parts_of(url)
        is_whole = bool(parts.netloc) and not parts.query
        return is_whole and self.is_own(url) and normalise(parts.path) == self._front

    def image(self, url: str, attachment: int = 0) -> int | None:
        return self._file("image", url, attachment)

    def document(self, url: str, attachment: int = 0) -> int | None:
        return self._file("document", url, attachment)

    def _file(self, kind, url, attachment) -> int | None:
        """Return the key of an image or document: of an attachment, else of what an address has.

        The library refuses pictures of other sites and says so; their other files are links.
        """
        if not self.library or not (url or attachment):
            return None
        if kind == "document" and not (attachment or self.is_own(url)):
            return None
        take = getattr(self.library, kind)
        found = take(attachment) if attachment else None
        return found if found is not None or not url else take(url)

    def attachment(self, number: int):
        """Return address, title, caption and alternative text of a file, or None."""
        row = ImportedItem.objects.of(self.source).filter(type="attachment", post_id=number)
        data = row.values_list("data", flat=True).first()
        if data is None:
            return None
        alt = data["meta"].get("_wp_attachment_image_alt", "")
        return data["file"], data["title"], data["excerpt"], alt

    def reused(self, number: int) -> str:
        """Return the content of a reusable block; "" unless the old site showed it."""
        row = ImportedItem.objects.of(self.source).filter(type="wp_block", post_id=number)
        data = row.values_list("data", flat=True).first()
        is_shown = data and data["status"] == "publish" and not data["password"]
        return data["content"] if is_shown else ""

    def attached(self) -> list[int]:
        """Return the numbers of the pictures that were uploaded to the item, in their order."""
        rows = ImportedItem.objects.of(self.source).filter(
            type="attachment", data__parent=self._item
        )
        return list(rows.order_by("data__order", "post_id").values_list("post_id", flat=True))
