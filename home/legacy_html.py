"""HTML of an old site that no block holds: which of it is stored, and how it is shown.

The list is strict: what gives a text its structure, and links. Nothing that looks, moves or asks,
and no picture: those are figures of their own. Attributes stand on links, lists and cells alone,
as wagtail-localize can have none on other inline tags.
"""

from functools import lru_cache

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html, get_text_for_indexing

_TAGS = {
    *("p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "br"),
    *("a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "s", "samp"),
    *("small", "strong", "sub", "sup", "var"),
}
_CELL = {"colspan", "rowspan", "scope"}
_ATTRIBUTES = {"ol": {"start", "type", "reversed"}, "td": _CELL, "th": _CELL}
_SCHEMES = {"http", "https", "mailto", "tel"}


def _cleaner(link: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES | {"a": link, "*": set()},
        url_schemes=_SCHEMES,
        link_rel=None,
    )


# Links to pages and documents are stored as rich text stores them, by their keys.
_STORED = _cleaner({"href", "linktype", "id"})
_SHOWN = _cleaner({"href", "hreflang"})


def clean_legacy(html: str) -> str:
    """Return the part of HTML that may be stored."""
    return _STORED.clean(html)


def shown(html: str) -> SafeString:
    """Return stored HTML as a page shows it: links in place, and cleaned once more.

    What a database holds may have come another way than through ``clean_legacy``.
    """
    return _clean_shown(expand_db_html(html))


@lru_cache(maxsize=128)
def _clean_shown(html: str) -> SafeString:
    return mark_safe(_SHOWN.clean(html))  # noqa: S308 - that is what it is for


def words(html: str) -> str:
    """Return the text for a search index, with space where cells and lines end."""
    for tag in ("</td>", "</th>", "</tr>", "</caption>", "</dt>", "</dd>", "</pre>", "<br>"):
        html = html.replace(tag, f"{tag} ")
    return get_text_for_indexing(html) if strip_tags(html).strip() else ""
