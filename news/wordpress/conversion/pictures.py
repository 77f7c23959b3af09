"""Pictures, players and files of an old post, with their captions, where the walk meets them."""

import re

from .cleaning import tidy
from .elements import captions_in, holder_of, is_read
from .links import ADDRESS, PICTURES, absolute, path_of
from .markup import text_of
from .pieces import Block, Paragraph, Run
from .pieces import text_of as text_of_runs

_CAPTION_KEYS = {"figure": "caption", "table": "table_caption"}


class Pictures:
    """The part of ``Writer`` that writes what is seen and heard."""

    def picture(self, element, marks, link):
        names = element.get("class") or ""
        if "wp-smiley" in names or "emoji" in names.split():
            text = tidy(element.get("alt") or "")
            self.result.added.append(text)
            self.add(text, marks, link)
        elif element.getparent().tag != "noscript":  # where lazy pictures stand a second time
            self.place(self.media.picture(element))

    def leads_to_picture(self, anchor, number: int) -> bool:
        """Say whether a link leads to a picture of the old site, which then stands below it."""
        url = absolute(anchor.get("href") or "", self.links.base)
        if not PICTURES.search(path_of(url)) or not self.links.context.is_own(url):
            return False
        if anchor.find(".//img") is None:
            self.pulled += self.media.figure(url, number)
        return True

    def picture_link(self, element, marks):
        """Write a picture, and where it led if that was not the picture itself."""
        url = absolute(element.get("href") or "", self.links.base)
        self.walk(element, marks)
        is_its_own = "attachment" in f"{element.get('rel')}{url}" or PICTURES.search(path_of(url))
        if not url or is_its_own:
            return
        picture = element.find(".//img")
        name = tidy(element.get("title") or picture.get("alt") or "").strip()
        if found := self.links.read(element.get("href"), name):
            self.place([self.media.named_link(found, name)])

    def frame(self, element, marks, link):
        self.remove("fallback", text_of(element))
        url = element.get("src") or element.get("data-src") or element.get("data-lazy-src") or ""
        if url and url != "about:blank":
            title = element.get("title") or ""
            is_generic = title.lower() in ("youtube video player", "video player", "iframe")
            self.place(self.media.embed(url, "" if is_generic else title))

    def flash(self, element, marks, link):
        """Write an ``<object>`` or ``<embed>``: the players of before 2012."""
        if "wp-block-file__embed" in (element.get("class") or ""):
            return self.remove("fallback", text_of(element))
        addresses = [element.get("src"), element.get("data")]
        for inner in element.iter("param", "embed"):
            is_address = (inner.get("name") or "").lower() in ("movie", "src", "url", "filename")
            addresses += [inner.get("value") if is_address else None, inner.get("src")]
        url = next((address for address in addresses if address), "")
        self.remove("fallback", text_of(element))
        return self.place(self.media.player(url) if url else [])

    def player(self, element, marks, link):
        sources = [element, *element.iter("source")]
        url = next((one.get("src") for one in sources if one.get("src")), "")
        self.remove("fallback", text_of(element))
        if url:
            self.place(self.media.player(url, element.get("title") or ""))

    def media_code(self, element, marks, link):
        if url := element.get("url"):
            self.place(self.media.player(url, element.get("title") or ""))
        self.walk(element, marks, link)

    def embed(self, element, marks, link):
        """Write what WordPress embeds by its address alone, with the caption below it."""
        self.flush()
        captions = (one for one in element.iter("figcaption") if not self.is_skipped(one))
        caption = next((one for one in captions if is_read(one, element)), None)
        inner = self.part(element, [] if caption is None else [caption], is_flow=True)
        text = " ".join(text_of_runs(p.runs) for p in inner if isinstance(p, Paragraph)).strip()
        url = element.get("url") or (text if ADDRESS.fullmatch(text) else "")
        others = [piece for piece in inner if not isinstance(piece, Paragraph)]
        if any(isinstance(piece, Block) and piece.kind == "video" for piece in others) or not url:
            pieces = inner
        else:
            if ADDRESS.fullmatch(text):
                self.remove("address", text)
                pieces = self.media.player(url) + others
            else:
                pieces = self.media.player(url) + inner
        self.pieces += self._with_caption(pieces, caption)

    def gallery(self, element, marks, link):
        self.flush()
        before = len(self.pieces)
        self.walk(element, marks, link)
        self.flush()
        is_empty = not any(isinstance(piece, Block) for piece in self.pieces[before:])
        if is_empty and (element.get("ids") or not element.get("own")):
            numbers = element.get("ids") or element.get("include") or ""
            self.pieces += self.media.gallery(numbers)

    def cover(self, element, marks, link):
        """Write a text on a picture: the picture, then the text."""
        self.flush()
        is_shown = any(element.find(f".//{tag}") is not None for tag in ("img", "video"))
        if not is_shown and (element.get("url") or element.get("number")):
            number = int(re.sub(r"\D", "", element.get("number") or "")[:15] or 0)
            self.pieces += self.media.figure(
                absolute(element.get("url") or "", self.links.base), number
            )
        self.block(element, marks, link)

    def file(self, element, marks, link):
        self.file_number = int(re.sub(r"\D", "", element.get("number") or "")[:15] or 0)
        self.block(element, marks, link)
        self.file_number = 0

    def reused(self, element, marks, link):
        """Write down that a reusable block is not there (see ``reused``)."""
        self.result.dropped.append(("block", f"block {element.get('number') or ''}".strip()))
        self.block(element, marks, link)

    # Captions

    def captioned(self, element, marks, link) -> bool:
        """Write what has a caption: a picture, a table, a player. False when it has none."""
        captions = [
            one
            for one in captions_in(element)
            if holder_of(one) is element and not self.is_skipped(one) and is_read(one, element)
        ]
        is_code = element.tag == "wp-caption"
        if not captions and not is_code:
            return False
        self.flush()
        parts = self.part(element, captions, marks, link, is_flow=True)
        given = tidy(element.get("caption") or "").strip()
        texts = [piece for caption in captions for piece in self.part(caption)]
        if is_code and any(isinstance(piece, Block) for piece in parts):
            texts = [piece for piece in parts if isinstance(piece, Paragraph)] + texts
            parts = [piece for piece in parts if not isinstance(piece, Paragraph)]
        is_of_all = "wp-block-gallery" in (element.get("class") or "")
        self.pieces += parts + texts if is_of_all else self._captioned(parts, texts)
        if given:
            self.result.added.append(given)
            self.pieces[-1:] = self._captioned(self.pieces[-1:], [Paragraph([Run(given)])])
        return True

    def _with_caption(self, pieces, caption):
        return self._captioned(pieces, [] if caption is None else self.part(caption))

    def _captioned(self, pieces: list, captions: list) -> list:
        """Return pieces of which the last that takes a caption has it; else it follows them."""
        texts = [piece for piece in captions if isinstance(piece, Paragraph)]
        others = [piece for piece in captions if not isinstance(piece, Paragraph)]
        text = " ".join(text_of_runs(piece.runs).replace("\n", " ") for piece in texts)
        for piece in reversed(pieces):
            if text and isinstance(piece, Block) and self.media.is_unnamed(piece):
                self.media.name(piece, text)
                return pieces + others
            key = isinstance(piece, Block) and _CAPTION_KEYS.get(piece.kind)
            if text and key and not piece.value[key]:
                piece.value[key] = text
                self._note_links("caption", texts)
                return pieces + others
        return pieces + texts + others

    def _note_links(self, code: str, pieces: list):
        urls = {run.link.url: 1 for piece in pieces for run in piece.runs if run.link}
        self.result.dropped += [(code, url) for url in urls]

    def figure(self, element, marks, link):
        if not self.captioned(element, marks, link):
            self.flush()
            self.walk(element, marks, link)
            self.flush()
