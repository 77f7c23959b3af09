"""From the texts of an export's elements to sites, authors, terms and items."""

import re

from ..items import Author, Item, Site, Term
from .dates import moment

ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)  # a BigIntegerField holds it
NUMBER = re.compile(r"-?[0-9]{1,9}", re.ASCII)


def site(values: dict, version: str) -> Site:
    """``version`` is that of the namespace, for a file that does not say its own."""
    return Site(
        url=values.get("wp:base_blog_url") or values.get("link", ""),
        title=values.get("title", ""),
        language=values.get("language", ""),
        version=values.get("wp:wxr_version") or version,
    )


def author(values: dict) -> Author:
    names = values.get("wp:author_first_name"), values.get("wp:author_last_name")
    return Author(
        values.get("wp:author_login", ""),
        values.get("wp:author_display_name") or " ".join(filter(None, names)),
    )


def term(tag: str, values: dict) -> Term:
    """Return the term of a wp:category, wp:tag or wp:term."""
    keys = {
        "wp:category": ("", "wp:category_nicename", "wp:cat_name", "wp:category_parent"),
        "wp:tag": ("", "wp:tag_slug", "wp:tag_name", ""),
        "wp:term": ("wp:term_taxonomy", "wp:term_slug", "wp:term_name", "wp:term_parent"),
    }[tag]
    taxonomy, slug, name, parent = (values.get(key, "") for key in keys)
    taxonomy = {"wp:category": "category", "wp:tag": "post_tag"}.get(tag, taxonomy)
    number = values.get("wp:term_id", "")
    return Term(taxonomy, slug, name or slug, parent, int(number) if ID.fullmatch(number) else 0)


def item(values: dict, **lists) -> Item:
    """Return the item of an <item>'s texts; ``lists`` are the fields that are more than a text."""
    get = values.get
    problems = []
    times = (get(name, "") for name in ("wp:post_date_gmt", "wp:post_date", "pubDate"))
    date, agrees = moment(*times)
    changes = get("wp:post_modified_gmt", ""), get("wp:post_modified", "")
    modified, _agrees = moment(*changes)
    for code, is_so in {
        "no_id": not ID.fullmatch(get("wp:post_id", "")),
        "no_guid": not get("guid"),
        "no_type": not get("wp:post_type"),
        "no_status": not get("wp:status"),
        "no_date": not date,
        "date_disagrees": not agrees,
        "bad_modified": not modified and any(changes),
    }.items():
        if is_so:
            problems.append(code)
    return Item(
        id=0 if "no_id" in problems else int(get("wp:post_id")),
        type=get("wp:post_type") or "post",
        # Nothing appears in public that does not say that it did.
        status=get("wp:status") or "draft",
        title=get("title", ""),
        slug=get("wp:post_name", ""),
        link=get("link", ""),
        guid=get("guid", ""),
        author=get("dc:creator", ""),
        date=date,
        modified=modified,
        content=get("content:encoded", ""),
        excerpt=get("excerpt:encoded", ""),
        password=get("wp:post_password", ""),
        parent=_number(get("wp:post_parent", "")),
        order=_number(get("wp:menu_order", "")),
        sticky=get("wp:is_sticky") == "1",
        file=get("wp:attachment_url", ""),
        problems=problems,
        **lists,
    )


def _number(text):
    return int(text) if NUMBER.fullmatch(text) else 0
