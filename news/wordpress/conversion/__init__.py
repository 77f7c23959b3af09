"""The HTML of an old WordPress post turned into the blocks of a body (home.blocks.BodyBlock).

    text ── reused ── cleaning ── shortcodes ── gutenberg, classic ── markup ──> tree
    tree ── writer (links, media, lists, tables) ──> pieces ── assembly ──> blocks

Nothing goes silently: a ``Conversion`` accounts for every visible character.
"""

from .assembly import assemble, count
from .classic import paragraphs
from .cleaning import repair, visible
from .gutenberg import sections
from .links import Links
from .markup import open_comments, parse, text_of
from .media import Media
from .result import Attachment, Context, Conversion
from .reused import filled
from .shortcodes import mark_up
from .writer import Writer

__all__ = ["Attachment", "Context", "Conversion", "convert", "filled"]


def convert(html: str, context: Context, seed: str) -> Conversion:
    """Return the blocks of a post and the account of it.

    ``html`` is ``post_content`` as WordPress stores it, of the classic editor or of blocks.
    ``seed`` names the post: ids of blocks are made of it and their place, so that an update keeps
    them. Never raises, whatever the HTML; takes time in proportion to its length.
    """
    result = Conversion()

    def drop(code, text):
        result.dropped.append((code, text[:500]))

    def remove(code, text):
        result.removed.append((code, text))
        result.characters_in += len(visible(text))

    html = repair(filled(html, context.reused))
    html = mark_up(open_comments(html, drop), remove)
    html = "".join(
        paragraphs(part) if is_classic else part for part, is_classic in sections(html, drop)
    )
    if html.strip():
        root = parse(html, drop)
        result.characters_in += len(visible(text_of(root)))
        links = Links(context, result)
        writer = Writer(Media(context, links, result), links, result)
        writer.walk(root)
        writer.flush()
        assemble(writer.pieces, seed, result)
    count(result)
    return result
