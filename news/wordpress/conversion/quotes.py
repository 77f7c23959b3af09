"""Headings, quotations and preformatted text of an old post."""

from .cleaning import tidy
from .elements import is_read
from .markup import text_of
from .pieces import Block, Heading, Legacy, Paragraph, Run, escape, has_links, html_of, settle
from .pieces import text_of as text_of_runs

LONGEST_HEADING = 200  # characters; what is longer is a paragraph that was made large
LONGEST_QUOTE = 1_500  # a longer one with paragraphs is text that was set in


class Quotes:
    """The part of ``Writer`` that writes headings and what is quoted."""

    def heading(self, element, marks, link):
        self.flush()
        parts = self.part(element, marks=marks, link=link)
        runs = []
        for piece in parts:
            if isinstance(piece, Paragraph):
                runs += [Run("\n"), *piece.runs] if runs else piece.runs
        runs = settle(runs)
        if runs and len(text_of_runs(runs)) > LONGEST_HEADING:
            self.pieces.append(Paragraph(runs))
        elif runs:
            runs = [run._replace(text=run.text.replace("\n", " ")) for run in runs]
            self.pieces.append(Heading(int(element.tag[1]), runs))
        self.pieces += [piece for piece in parts if not isinstance(piece, Paragraph)]

    def quote(self, element, marks, link):
        self.flush()
        sources = [one for one in element.iter("cite", "footer") if self._is_of(one, element)]
        parts = self.part(element, sources, marks, link)
        by = [piece for source in sources for piece in self.part(source)]
        is_plain = all(
            isinstance(piece, Paragraph) and not has_links(piece.runs) for piece in parts
        )
        text = "\n".join(text_of_runs(piece.runs) for piece in parts) if is_plain else ""
        is_quote = text and (len(parts) < 3 or len(text) <= LONGEST_QUOTE)
        if is_quote and all(isinstance(piece, Paragraph) for piece in by):
            name = " ".join(text_of_runs(piece.runs).replace("\n", " ") for piece in by)
            self.pieces.append(Block("quote", {"text": text, "attribution": name}))
            self._note_links("caption", by)
        elif self._is_quote_with_links(parts, by):
            inner = "".join(map(html_of, [*parts, *by]))
            self.pieces.append(Legacy(f"<blockquote>{inner}</blockquote>", "quote"))
        else:
            self.pieces += parts + by

    @staticmethod
    def _is_quote_with_links(parts, by) -> bool:
        """Say whether somebody's words have links, which the block of a quotation cannot hold.

        Lists, and much text, were set in for their looks.
        """
        if not all(isinstance(piece, Paragraph) for piece in [*parts, *by]):
            return False
        length = sum(len(text_of_runs(piece.runs)) for piece in parts)
        return len(parts) < 3 and 0 < length <= LONGEST_QUOTE

    def _is_of(self, source, quote) -> bool:
        """Say whether a quotation's source is its own, and not that of one within it."""
        nearest = next(source.iterancestors("blockquote", "cite", "footer"), None)
        return nearest is quote and not self.is_skipped(source) and is_read(source, quote)

    def preformatted(self, element, marks, link):
        if "wp-block-verse" in (element.get("class") or ""):
            self.flush()
            self.pieces += self.part(element, marks=marks, link=link, is_verse=True)
            return
        self.flush()
        pictures = [piece for image in element.iter("img") for piece in self.media.picture(image)]
        for line_break in element.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        for anchor in element.iter("a"):
            found = self.links.read(anchor.get("href"), tidy(text_of(anchor)).strip())
            if found:
                self.result.dropped.append(("preformatted", found.url))
        text = text_of(element)
        if text.strip():
            html = escape(text.strip("\n")).replace("<br/>", "\n")
            self.pieces.append(Legacy(f"<pre>{html}</pre>", "preformatted"))
        self.pieces += pictures
