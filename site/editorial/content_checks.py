"""What the text of a page should not have, told from its fields.

The same rules, from the same constants, run in the browser on the preview (see
``editorial.userbar`` and ``static/js/content-checks.js``). They advise; none forbids to publish.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.utils.html import linebreaks
from modelcluster.models import get_all_child_relations
from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock

from home.blocks import HeadingBlock, LegacyHTMLBlock, QuoteBlock
from home.models import EasyReadPage
from news.models import NewsPage
from people.models import PersonPage

from .models import Finding, InternalLink

Kind = Finding.Kind
LONGEST = 255  # characters of an excerpt

# The UK government's "Accessible communication formats" on easy read: "no more than ten to 15
# words". Inclusion Europe's "Information for all" (ISBN 2-87460-110-1) asks for short sentences,
# and so do the Latvian guides to easy language, without a number.
WORDS_OF_A_SENTENCE = 15

# Where a sentence ends, in what the expressions of Python and JavaScript have in common. "2022.
# gada" and "16. novembris" go on, since what follows is in lower case.
SENTENCE_END = r"""(?<=[.!?…”"])\s+(?=[„“"(]?[A-ZĀČĒĢĪĶĻŅŌŖŠŪŽ])|\n+"""

# What says nothing about where a link leads (WCAG 2.2, criterion 2.4.9), as `plain` makes it. Both
# languages together: none of it means anything in the other.
VAGUE_LINKS = (
    *("apskatīt šeit", "klikšķiniet šeit", "lasi vairāk", "lasiet vairāk", "lasīt šeit"),
    *("lasīt tālāk", "lasīt vairāk", "noklikšķiniet šeit", "saite", "skati šeit", "skatiet šeit"),
    *("skatīt šeit", "skatīt vairāk", "spied šeit", "spiediet šeit", "sīkāk", "te", "tālāk"),
    *("uzzini vairāk", "uzziniet vairāk", "uzzināt vairāk", "vairāk", "vairāk šeit", "šajā saitē"),
    *("šeit", "šī saite"),
    *("click here", "find out more", "here", "learn more", "link", "more", "more here"),
    *("read here", "read more", "see here", "see more", "this link", "this page"),
)

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]

# Those are listed by name and office, never with a summary.
NEED_NO_SUMMARY = (PersonPage,)


@dataclass(frozen=True)
class Heading:
    """A heading outside of rich text."""

    level: int
    text: str


@dataclass(frozen=True)
class Picture:
    """A picture that visitors see in the text."""

    name: str
    alternative: str
    is_decorative: bool


Piece = BeautifulSoup | Heading | Picture  # the first: a rich text


def check(page) -> tuple[list[Finding], list[InternalLink]]:
    """Return what the checks found on a page (a specific one), and its links; nothing is saved."""
    pieces = [*_main_picture(page), *_pieces_of(page)]
    texts = [piece for piece in pieces if isinstance(piece, BeautifulSoup)]
    found = [
        *_summary(page),
        *_pictures(pieces),
        *_headings(pieces),
        *_vague_links(texts),
    ]
    if isinstance(page, EasyReadPage):
        found += _long_sentences(texts)
    return (
        [Finding(page_id=page.pk, kind=kind, excerpt=_short(excerpt)) for kind, excerpt in found],
        [link for text in texts for link in _internal_links(page, text)],
    )


def plain(text: str) -> str:
    """Return the words of a text in lower case, a space between two."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


# The rules: each yields kinds and excerpts


def _summary(page):
    if not page.description and not isinstance(page, NEED_NO_SUMMARY):
        yield Kind.SUMMARY, ""


def _pictures(pieces):
    for piece in pieces:
        if isinstance(piece, Picture) and not (piece.is_decorative or piece.alternative.strip()):
            yield Kind.PICTURE, piece.name


def _headings(pieces):
    """Find headings more than one level below the one before; the title is the first."""
    last = 1
    for heading in _all_headings(pieces):
        if heading.level > last + 1:
            yield Kind.HEADING, heading.text
        last = heading.level


def _all_headings(pieces) -> Iterator[Heading]:
    for piece in pieces:
        if isinstance(piece, Heading):
            yield piece
        elif isinstance(piece, BeautifulSoup):
            for tag in piece.find_all(HEADINGS):
                yield Heading(int(tag.name[1]), tag.get_text())


def _vague_links(texts):
    for text in texts:
        for tag in text.find_all("a"):
            if plain(tag.get_text()) in VAGUE_LINKS:
                yield Kind.LINK, tag.get_text()


def _long_sentences(texts):
    for text in texts:
        for tag in text.find_all(["p", "li"]):
            for sentence in _sentences(tag):
                if len(re.findall(r"\S*\w\S*", sentence)) > WORDS_OF_A_SENTENCE:
                    yield Kind.SENTENCE, sentence


def _sentences(tag) -> list[str]:
    """Return the sentences of a paragraph or an item, without those of the lists within it."""
    for line_break in tag.find_all("br"):
        line_break.replace_with("\n")
    own = [text for text in tag.find_all(string=True) if text.find_parent(["p", "li"]) is tag]
    return [sentence.strip() for sentence in re.split(SENTENCE_END, "".join(own))]


# Links


def _internal_links(page, text) -> Iterator[InternalLink]:
    for tag in text.find_all("a", linktype=["page", "document"], id=True):
        if tag["id"].isdecimal():
            target = {f"target_{tag['linktype']}_id": int(tag["id"])}
            yield InternalLink(page_id=page.pk, text=_short(tag.get_text()), **target)


# What a page consists of


def _main_picture(page) -> Iterator[Picture]:
    if isinstance(page, NewsPage) and page.image:
        yield Picture(page.image.title, page.image_alt, page.image_is_decorative)


def _pieces_of(instance) -> Iterator[Piece]:
    """Yield texts, headings and pictures in the order of the fields, then of the child objects."""
    for field in instance._meta.get_fields():
        if isinstance(field, RichTextField):
            yield _parse(getattr(instance, field.name) or "")
        elif isinstance(field, StreamField):
            yield from _pieces_of_block(field.stream_block, getattr(instance, field.name))
    for relation in get_all_child_relations(type(instance)):
        for child in getattr(instance, relation.get_accessor_name()).all():
            yield from _pieces_of(child)


def _pieces_of_block(block, value) -> Iterator[Piece]:
    if not value:
        return
    if isinstance(block, ImageBlock):
        yield Picture(value.title, value.contextual_alt_text or "", bool(value.decorative))
    elif isinstance(block, HeadingBlock):
        yield Heading(2, value)
    elif isinstance(block, RichTextBlock):
        yield _parse(value.source)
    elif isinstance(block, LegacyHTMLBlock):
        yield _parse(value)
    elif isinstance(block, QuoteBlock):
        yield _parse(linebreaks(value["text"], autoescape=True))
    elif isinstance(block, StreamBlock):
        for child in value:
            yield from _pieces_of_block(child.block, child.value)
    elif isinstance(block, ListBlock):
        for child in value:
            yield from _pieces_of_block(block.child_block, child)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from _pieces_of_block(child, value.get(name))


def _parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
