"""Why an item is doubtful, in words that an editor understands."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "mashing": _("Letters without meaning, as of keys struck at random: “%(detail)s”."),
    "no_vowels": _("Words without vowels: “%(detail)s”."),
    "title_mashing": _("The title is letters without meaning: “%(detail)s”."),
    "test": _("Somebody tried the system out: “%(detail)s”."),
    "default": _("Text that WordPress or a theme brings along: “%(detail)s”."),
    "filler": _("Text that stands in for a real one (Lorem ipsum): “%(detail)s”."),
    "empty": _("There is no text, picture, file or link."),
    "short": _("Very few words, without a date, number, link, picture or file: “%(detail)s”."),
    "title_repeated": _("The text only repeats the title: “%(detail)s”."),
    "spam_host": _("Links to sites that advertise: %(detail)s."),
    "spam_link": _("Links named as in advertisements: “%(detail)s”."),
    "spam_line": _("A line of advertisements: “%(detail)s”."),
    "spam_words": _("Words of advertisements: %(detail)s."),
    "hidden_text": _("Text that visitors cannot see: “%(detail)s”."),
    "hidden_link": _("Links that visitors cannot see: %(detail)s."),
    "end_links": _("At the end, links to sites that no other text links to: %(detail)s."),
    "foreign_link": _(
        "A text in another language, not about local government, that links to a site that no "
        "other text links to: %(detail)s."
    ),
    "foreign_language": _("In a language that the site does not use: “%(detail)s”."),
    "no_language": _("Long, but without the little words of any language: “%(detail)s”."),
    "duplicate": _("The same text as an earlier item: “%(detail)s”."),
    "near_duplicate": _("Nearly the same text as an earlier item: “%(detail)s”."),
    "yearly": _("The same short text as long before: “%(detail)s”."),
}


class Reason(NamedTuple):
    """One finding: ``code`` of ``SENTENCES``, what it was found in, and 0 (nothing) to 1 (sure)."""

    code: str
    detail: str
    weight: float


@dataclass
class Verdict:
    """How doubtful an item is, from 0 to 1, with the reasons, the heaviest first.

    ``is_doubtful`` is whether it waits in quarantine. ``original`` is the key of the earlier item
    that it repeats, where it repeats one.
    """

    score: float = 0.0
    reasons: list[Reason] = field(default_factory=list)
    is_doubtful: bool = False
    original: Hashable = None


def sentence(code: str, detail: str) -> str:
    """Return the reason as a sentence in the language of now."""
    return str(SENTENCES[code]) % {"detail": detail}
