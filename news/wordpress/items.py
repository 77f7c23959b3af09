"""What a WordPress export (WXR) says, as plain data."""

from dataclasses import asdict, dataclass, field
from datetime import datetime


@dataclass
class Site:
    """The old site, as the head of an export describes it."""

    url: str = ""  # of its front page: http://www.lps.lv
    title: str = ""
    language: str = ""
    version: str = ""  # of WXR: "1.0" to "1.2"


@dataclass
class Author:
    login: str
    name: str = ""


@dataclass
class Term:
    """A category, a tag, or a term of another taxonomy; ``parent`` is the slug of another one.

    ``number`` is 0 where the export does not say it, as in items.
    """

    taxonomy: str  # "category", "post_tag" or the name of another
    slug: str
    name: str
    parent: str = ""
    number: int = 0


@dataclass
class Item:
    """One ``<item>``: a post, a page, a file, or something of a plugin.

    Texts are as WordPress stores them. Times know their zone; None for 0000-00-00 and nonsense.
    ``problems`` are codes of what was wrong with the item itself (see ``wxr``).
    """

    id: int  # wp:post_id; 0 when it has none
    type: str = "post"  # post, page, attachment, nav_menu_item, revision …
    status: str = "publish"  # publish, draft, pending, private, future, trash, inherit, auto-draft
    title: str = ""
    slug: str = ""
    link: str = ""
    guid: str = ""
    author: str = ""  # the login
    date: datetime | None = None
    modified: datetime | None = None
    content: str = ""
    excerpt: str = ""
    password: str = ""
    parent: int = 0
    order: int = 0
    sticky: bool = False
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)  # wp:postmeta; the last of equal keys
    # The values before it of a key that stands several times, as _wp_old_slug does.
    earlier_meta: dict[str, list[str]] = field(default_factory=dict)
    comments: int = 0  # approved ones of people
    other_comments: int = 0  # pings, spam, and what nobody approved
    file: str = ""  # wp:attachment_url
    problems: list[str] = field(default_factory=list)


@dataclass
class Damage:
    """What an export holds besides, or could not be read: ``code`` with details for the report."""

    code: str
    detail: str = ""
    item: int = 0


def dump_item(item: Item) -> dict:
    """Return the item as JSON can hold it."""
    data = asdict(item)
    for name in ("date", "modified"):
        data[name] = data[name] and data[name].isoformat()
    return data


def load_item(data: dict) -> Item:
    """Return the item that ``dump_item`` made ``data`` of."""
    dates = {
        name: data[name] and datetime.fromisoformat(data[name]) for name in ("date", "modified")
    }
    return Item(**data | dates | {"terms": [Term(**term) for term in data["terms"]]})
