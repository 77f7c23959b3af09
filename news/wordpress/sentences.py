"""What the report of an import says in codes, in sentences for the person who reads it."""

from django.utils.translation import gettext_lazy as _

from .conversion.result import WHY_DROPPED, WHY_LEGACY, WHY_REMOVED
from .media.problems import SENTENCES as OF_FILES
from .wxr.faults import PROBLEMS as OF_ITEMS
from .wxr.faults import SENTENCES as OF_EXPORTS

# Of the import itself.
OWN = {
    "ended": _("The run ended before everything was done: %(detail)s"),
    "failed": _("It could not be made a page: %(detail)s."),
    "changed": _(
        "There is something new (the text of the old site, or a topic), but editors have changed "
        "the page here. It stayed as it is: compare the two."
    ),
    "deleted": _(
        "There is something new (the text of the old site, or a topic), but editors have deleted "
        "the page here. It stays deleted."
    ),
    "untitled": _("It had no title. The page begins with its first words: “%(detail)s”."),
    "undated": _("It had no date. The page has the day of the import: %(detail)s."),
    "unmapped": _("Nobody has said which topic this category becomes: %(detail)s."),
    "sticky": _(
        "It stood above all others on the old site. Here it does not: link to it from the home "
        "page, if it should be seen first."
    ),
    "twice": _(
        "The export has two different items of this number. Only the last one counts: compare with "
        "the old site."
    ),
    "private": _("Only people who have signed in see it: %(detail)s."),
    "legacy": _("No block of ours can hold this, so it was kept as HTML: %(detail)s."),
    "characters": _(
        "Not every character of the text is accounted for (in and out: %(detail)s): compare the "
        "page with the old one."
    ),
    "missing": _("Files that this text showed or led to are not here: %(detail)s."),
    "address": _("A later address that leads to nothing that was imported: %(detail)s."),
}
# What a run counts (see ``report``).
COUNTS = {
    "read": _("read"),
    "left out": _("left out, as was asked for"),
    "imported": _("imported"),
    "brought up to date": _("brought up to date"),
    "unchanged": _("unchanged"),
    "redirects": _("redirects"),
    "characters in": _("characters read"),
    "characters out": _("characters on pages"),
    "characters removed": _("characters left out"),
    "doubtful": _("doubtful"),
    "rejected": _("rejected"),
    "counted": _("not imported, only counted"),
    "failed": _("failed"),
    "comments": _("comments, which are not imported"),
    "removed": _("parts of texts left out"),
    "dropped": _("marks without a text left out"),
    "now read": _("in all: still to be imported"),
    "now doubtful": _("in all: doubtful"),
    "now rejected": _("in all: rejected"),
    "now imported": _("in all: imported"),
    "now counted": _("in all: only counted"),
    "now failed": _("in all: failed"),
}
# What details are codes themselves.
DETAILS = {
    "legacy": WHY_LEGACY,
    "private": {
        "private": _("it was private on the old site"),
        "password": _("it had a password on the old site"),
    },
}
# Codes made of a word and a code of another part: "removed hidden".
GROUPS = {
    "removed": (_("Left out of the text: %(what)s."), WHY_REMOVED | WHY_DROPPED),
    "dropped": (_("Left out, as there was no text in it: %(what)s."), WHY_DROPPED),
}
BARE = OF_FILES | OF_ITEMS | OF_EXPORTS | OWN
UNSAID = "…"


def sentence(code: str, detail: object = "") -> str:
    """Return what a code of the report means, in the language of the moment.

    ``detail`` is that of one entry; above many entries there is none. Codes of files are written
    "media missing", those of what was taken out of a text "removed hidden". A code that nobody
    knows stands for itself.
    """
    group, _space, inner = code.partition(" ")
    if group == "media" and inner in OF_FILES:
        return str(OF_FILES[inner]) % {"detail": detail or UNSAID}
    if group in GROUPS and inner:
        text, words = GROUPS[group]
        return str(text) % {"what": words.get(inner, inner)}
    if code not in BARE:
        return code
    detail = DETAILS.get(code, {}).get(detail, detail)
    return str(BARE[code]) % {"detail": detail or UNSAID}
