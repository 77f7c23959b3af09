"""Pictures, recordings, players and files of an old post."""

import re
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext, override

from home.youtube import watch_url

from .cleaning import tidy
from .links import FILES, PICTURES, Link, absolute, path_of, video_of
from .pieces import Block, Paragraph, Run

_NUMBER_OF_IMAGE = re.compile(r"\b(?:wp-image-|attachment[_-])(\d{1,15})\b")
# What cameras and programs name files, and no description of a picture.
_FILE_NAME = re.compile(
    r".*\.(?:jpe?g|png|gif|webp|bmp|tiff?)"
    r"|(?:img|dsc[nf]?|p|image|picture|foto|photo|scan)[-_ ]?\d+(?:[-_ ]\w*)?|[\d_. -]+",
    re.IGNORECASE,
)
SMALLEST_PICTURE = 33  # pixels: a side of what is not an icon
_LAZY = ("data-lazy-src", "data-src", "data-original", "data-orig-file", "src")
_LENGTH = re.compile(r"\s*(\d+)(?:\.\d+)?(?:px)?\s*$")


class Media:
    """Turns the pictures and players of one post into pieces of its body."""

    def __init__(self, context, links, result):
        self.context, self.links, self.result = context, links, result
        self.unnamed = []  # recordings that no text gave a title

    # Pictures

    def picture(self, element) -> list:
        """Return the figure of an ``<img>``; nothing for what is no picture, or is missing."""
        url = absolute(self._source(element), self.links.base)
        names = element.get("class") or ""
        sides = [_pixels(element.get(side)) for side in ("width", "height")]
        if any(side is not None and side <= 2 for side in sides):
            self.result.dropped.append(("tracking", url[:500]))
            return []
        if all(side is not None and side < SMALLEST_PICTURE for side in sides):
            self.result.dropped.append(("icon", url[:500]))
            return []
        found = _NUMBER_OF_IMAGE.search(names) or re.match(
            r"()(\d{1,15})$", element.get("data-id") or element.get("data-attachment-id") or ""
        )
        return self.figure(url, int(found[found.lastindex]) if found else 0, element.get("alt"))

    @staticmethod
    def _source(element) -> str:
        for name in _LAZY:
            source = (element.get(name) or "").strip()
            if source and not source.startswith("data:"):
                return source
        return (element.get("src") or "")[:100]

    def figure(self, url: str, number: int = 0, alt: str | None = "", caption: str = "") -> list:
        """Return the figure of a picture; without an alternative text that of its attachment."""
        key = self.context.image(url, number)
        if key is None:
            self.miss(url or f"?attachment_id={number}")
            return []
        described = _description(alt)
        if not described and number and (attachment := self.context.attachment(number)):
            described = _description(attachment[3])
        image = {"image": int(key), "decorative": False, "alt_text": described[:255]}
        return [Block("figure", {"image": image, "caption": caption, "credit": ""})]

    def gallery(self, ids: str) -> list:
        """Return the figures of a gallery, by the numbers in it or all that the post has."""
        numbers = [int(number) for number in re.findall(r"\d{1,15}", ids)]
        if not numbers:
            numbers = getattr(self.context, "attached", list)()  # a context may not know it
        pieces = []
        for number in numbers:
            attachment = self.context.attachment(number)
            if attachment is None:
                pieces += self.figure("", number)
            else:
                pieces += self._attached(number, *attachment)
        return pieces

    def _attached(self, number, url, title, caption, alt) -> list:
        caption = tidy(caption or "").strip()
        if not PICTURES.search(path_of(url)) and FILES.search(path_of(url)):
            return self.file(url, title, number)
        found = self.figure(url, number, alt, caption)
        if found and caption:
            self.result.added.append(caption)
        return found

    def miss(self, url: str):
        if url and url not in self.result.missing:
            self.result.missing.append(url[:500])

    # Players and files

    def embed(self, url: str, title: str = "") -> list:
        """Return the recording at an address of YouTube, else a link to what was embedded."""
        url = absolute(url, self.links.base)
        title = tidy(title).strip()
        if video := video_of(url):
            return [self.video(video, title)]
        link = self.links.read(url, title)
        return [self.named_link(link, title)] if link else []

    def video(self, video: str, title: str = "", is_text: bool = False) -> Block:
        """Return a recording; ``is_text`` says that its title is text of the post."""
        block = Block("video", {"url": watch_url(video), "title": title})
        if not title:
            with override(self.context.language):
                block.value["title"] = gettext("Recording")
            self.unnamed.append(block)
        if not is_text:
            self.result.added.append(block.value["title"])
        return block

    def is_unnamed(self, block: Block) -> bool:
        return any(block is one for one in self.unnamed)

    def name(self, block: Block, caption: str):
        """Give a recording that has none a title, which is text of the post."""
        self.unnamed = [one for one in self.unnamed if one is not block]
        self.result.added.remove(block.value["title"])
        block.value["title"] = caption

    def named_link(self, link: Link, name: str = "") -> Paragraph:
        """Return a paragraph with a link that had no text."""
        name = name or _name_of(link.url)
        self.result.added.append(name)
        return Paragraph([Run(name, 0, link)])

    def player(self, url: str, title: str = "") -> list:
        """Return what stands for an audio or video file: a recording, a file of ours, a link."""
        url = absolute(url, self.links.base)
        return self.embed(url, title) if video_of(url) else self.file(url, title)

    def file(self, url: str, title: str = "", number: int = 0) -> list:
        document = self.context.document(url, number) if url or number else None
        if document is None:
            link = self.links.read(url, title)
            return [self.named_link(link, tidy(title).strip())] if link else []
        return [Block("documents", {"title": "", "documents": [int(document)]})]


def _description(alt: str | None) -> str:
    """Return an alternative text; "" for the name of a file."""
    alt = tidy(alt or "").strip()
    return "" if _FILE_NAME.fullmatch(alt) else alt


def _pixels(length: str | None) -> int | None:
    found = _LENGTH.match(length or "")
    return int(found[1][:6]) if found else None


def _name_of(url: str) -> str:
    """Return what to call an address: the file's name, else the address without its scheme."""
    path = path_of(url)
    if FILES.search(path):
        return tidy(unquote(path.rsplit("/", 1)[-1])).strip() or url
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}".rstrip("/")[:200] or url
