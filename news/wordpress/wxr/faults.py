"""What may be wrong with an export and its items: a code for programs, a sentence for people."""

from django.utils.translation import gettext_lazy as _

from ..items import Damage


class Unreadable(Exception):
    """The file cannot be opened or read at all; the message is a sentence for the person."""


# Of a file as a whole, or a place in it. What ends the reading stands first.
SENTENCES = {
    "empty": _("The file is empty. Export it from WordPress again."),
    "zip": _("This is a ZIP archive. Unpack it and import the XML files that it holds."),
    "html": _(
        "This is a web page, not an export: perhaps the login page. Sign in to WordPress and "
        "download the export again."
    ),
    "not_wxr": _("This is not an export from WordPress (Tools › Export makes one)."),
    "plain_rss": _(
        "This is a news feed, not an export: it holds the newest posts only, without their "
        "numbers. Make an export in WordPress under Tools › Export."
    ),
    "dtd": _(
        "The file has a document type (DTD), which no export has and which can do harm. It was "
        "not read."
    ),
    "gzip": _("The compressed file is damaged. What stands before the damage was read."),
    "truncated": _(
        "The file ends in the middle, at line %(detail)s. What stands before was read; the last "
        "item, if it was cut off, was not. Export the rest again."
    ),
    "lost": _(
        "From line %(detail)s on the file is damaged. What stands there, up to the next item, "
        "could not be read."
    ),
    "repaired": _(
        "An item is damaged near line %(detail)s. It was read nevertheless: compare it with the "
        "old site."
    ),
    "too_long": _("An item is too large, and its text was cut off here: %(detail)s."),
    "version": _(
        "The export has the unknown version “%(detail)s”. It was read like version 1.2: look "
        "whether something is missing."
    ),
    "encoding": _(
        "Lines that are not in the encoding that the file declares, with the one that they were "
        "read in: %(detail)s. Look whether their letters are right."
    ),
    "control": _("Invisible control characters were removed: %(detail)s."),
    "before_start": _(
        "Something stands before the beginning of the export, such as an error message of the "
        "server. It was left out."
    ),
    "after_end": _(
        "Something stands after the end of the export, such as an error message of the server. "
        "It was left out."
    ),
}

# Of one item: the codes in ``Item.problems``.
PROBLEMS = {
    "no_id": _("It has no number of its own."),
    "no_guid": _("It has no permanent identifier (guid)."),
    "no_date": _("It has no date, or one that no calendar has."),
    "bad_modified": _("The time of its last change is not a date."),
    "date_disagrees": _(
        "Its local and its universal time are more than 14 hours apart; the local one was taken."
    ),
    "no_type": _("It does not say whether it is a post, a page or something else."),
    "no_status": _("It does not say whether it was published; it counts as a draft."),
    "doubled": _("It says something twice that is said once: two items may have become one here."),
    "repaired": _("It stood in a damaged place of the file."),
    "too_long": _("It is too large; its text was cut off."),
}


def sentence(damage: Damage) -> str:
    """Return what a damage means, in the language of the moment."""
    return str(SENTENCES[damage.code]) % {"detail": damage.detail}
