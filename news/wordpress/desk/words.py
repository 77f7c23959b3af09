"""What the import says in codes, in words: reasons of doubt, types of items, what runs report."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

REASONS = {
    "mashing": _("Letters without meaning"),
    "no_vowels": _("Words without vowels"),
    "title_mashing": _("Title without meaning"),
    "test": _("Somebody trying out"),
    "default": _("Text of WordPress or a theme"),
    "filler": _("Filler text (Lorem ipsum)"),
    "empty": _("Nothing in it"),
    "short": _("Very short"),
    "title_repeated": _("Only the title again"),
    "spam_host": _("Links to sites that advertise"),
    "spam_link": _("Links named as in advertisements"),
    "spam_line": _("Line of advertisements"),
    "spam_words": _("Words of advertisements"),
    "hidden_text": _("Hidden text"),
    "hidden_link": _("Hidden links"),
    "end_links": _("Unknown links at the end"),
    "foreign_link": _("Foreign text with an unknown link"),
    "foreign_language": _("Foreign language"),
    "no_language": _("Text of no language"),
    "duplicate": _("Same text as another"),
    "near_duplicate": _("Nearly the same text as another"),
    "yearly": _("Same short text as long before"),
}
REPEATS = ("duplicate", "near_duplicate", "yearly")

TAXONOMIES = {"category": _("category"), "post_tag": _("tag"), "tag": _("tag")}
TYPES = {
    "post": _("post"),
    "page": _("page"),
    "attachment": _("file"),
    "nav_menu_item": _("menu item"),
    "revision": _("revision"),
}


def of_type(name: str) -> str:
    """Return the type of an item in words; that of a plugin as it is."""
    return TYPES.get(name, name)


def of_taxonomy(name: str) -> str:
    """Return the kind of a category in words; that of a plugin as it is."""
    return TAXONOMIES.get(name, name)


@dataclass(frozen=True)
class Reason:
    """A reason of doubt: in what it was found, and how much it weighs, 0 to 1."""

    code: str
    detail: str = ""
    weight: float = 0
    original: int | None = None  # the number of the item that this one repeats

    @property
    def label(self) -> str:
        return REASONS.get(self.code, self.code)

    @property
    def percent(self) -> str:
        return percent(self.weight)


def reasons_of(row) -> list[Reason]:
    """Return why an item is doubtful, the heaviest reason first.

    Each is stored as an object, or as a list in the order of the fields of ``Reason``. A detail
    that is a number, of a reason that tells of another item, is that one's.
    """
    found = [
        Reason(**value) if isinstance(value, dict) else Reason(*value) for value in row.reasons
    ]
    return sorted(map(_with_original, found), key=lambda reason: -reason.weight)


def _with_original(reason) -> Reason:
    detail = str(reason.detail)
    if reason.code in REPEATS and detail.isdecimal() and len(detail) < 19:
        return replace(reason, detail="", original=int(detail))
    return reason


def percent(share: float) -> str:
    return gettext("%(number)s%%") % {"number": round(share * 100)}
