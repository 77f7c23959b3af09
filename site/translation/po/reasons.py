"""What the check of an upload says: kinds of results, and a sentence for each reason."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Result(models.TextChoices):
    """What becomes of a text of an uploaded file; one is of whole files."""

    ACCEPTED = "accepted", pgettext_lazy("texts of a PO file", "Accepted")
    UNCHANGED = "unchanged", pgettext_lazy("texts of a PO file", "Unchanged")
    STALE = "stale", pgettext_lazy("texts of a PO file", "Outdated")
    CONFLICT = "conflict", pgettext_lazy("texts of a PO file", "Changed by others")
    FOREIGN = "foreign", pgettext_lazy("texts of a PO file", "Not yours")
    BROKEN = "broken", pgettext_lazy("texts of a PO file", "Broken")
    UNREADABLE = "unreadable", pgettext_lazy("texts of a PO file", "Not readable")
    SKIPPED = "skipped", pgettext_lazy("texts of a PO file", "Not ready")
    EMPTY = "empty", pgettext_lazy("texts of a PO file", "Not translated")
    APPLIED = "applied", pgettext_lazy("texts of a PO file", "Applied")


MEANINGS = {
    Result.ACCEPTED: _("New and changed translations: applying puts them into the drafts."),
    Result.APPLIED: _("These are in the drafts now. Visitors see them once somebody publishes."),
    Result.UNCHANGED: _("They are here already, exactly so."),
    Result.STALE: _("The original has changed since the file was made. They are left out."),
    Result.CONFLICT: _("Somebody translated them anew since the file was made. They are left out."),
    Result.FOREIGN: _("In files of pages that you may not or cannot change. They are left out."),
    Result.BROKEN: _("They would damage the page. Nothing of their pages is applied."),
    Result.UNREADABLE: _("Files, not texts: they could not be read. Each says why."),
    Result.SKIPPED: _("The file marks them as fuzzy (needs work). They are left out."),
    Result.EMPTY: _("The file has no translation for them. What is here stays."),
}

# Why a whole file is left out. The first are of pages that the person cannot change.
FOREIGN_FILES = {
    "unknown": _(
        "Nothing here belongs to this file: it is from another site, or its page has been deleted. "
        "Download the page’s file again."
    ),
    "not_yours": _(
        "You may not change this translation (%(language)s). Ask somebody who works in the "
        "language to upload it."
    ),
    "stopped": _(
        "The translation of this page was stopped. Start it again in the page’s editor, then "
        "upload the file again."
    ),
    "deleted": _("The page or its original has been deleted. The file is of no use any more."),
    "other": _(
        "This file belongs to another page (“%(title)s”). Upload it there, or under Reports › "
        "PO files."
    ),
}
LOCKED = "locked"
INVALID = "invalid"
BUSY = "busy"
TO_TRY_AGAIN = {
    LOCKED: _(
        "The page is locked, scheduled or under review, and cannot be changed now. Apply again "
        "later."
    ),
    BUSY: _("Somebody was translating the same page at this very moment. Apply again."),
    INVALID: _("The page could not be saved with these texts: %(what)s Nothing of it was applied."),
}
BROKEN_FILES = {
    "not_po": _("This is not a PO file. Save it again as PO in your translation program."),
    "syntax": _(
        "The file is damaged at line %(line)s. Open and save it again in your translation program."
    ),
    "not_utf8": _(
        "The file is not written in UTF-8. Choose this encoding in your translation program and "
        "save it again."
    ),
    "no_metadata": _(
        "The file does not say to which page it belongs: its header "
        "X-WagtailLocalize-TranslationID is missing. Download the page’s file again and copy the "
        "translations into it."
    ),
    "file_size": _("The file is larger than %(limit)s: no page is. It was not read."),
    "name": _("The file’s name leads out of the archive. Pack the files again, without folders."),
    "encrypted": _("The file is protected by a password. Pack the archive again without one."),
    "nested": _("An archive within the archive is not opened. Unpack it and upload what it holds."),
    "compression": _("The file is packed in an unusual way. Pack it again as an ordinary zip."),
    "damaged": _("The archive is damaged here. Pack the files again."),
    "extension": _("This is not a PO file: its name does not end in .po. It was not read."),
    "duplicate": _(
        "Several files of this upload are of this page. Leave one of them and upload again."
    ),
}
FILES = FOREIGN_FILES | TO_TRY_AGAIN | BROKEN_FILES

TEXTS = {
    "changed": _(
        "The original reads differently now. Download the page’s file again and translate the "
        "new text."
    ),
    "moved": _("This text stands in another place now. Download the page’s file again."),
    "gone": _("The original does not have this place any more."),
    "conflict": _(
        "Translated anew by %(who)s after the file was made; that translation stays. "
        "Download the page’s file again if yours is better."
    ),
    "fuzzy": _("Marked as fuzzy: check the text and remove the mark."),
    "plural": _("The text has plural forms, which pages do not. Leave one form."),
    "twice": _("The file has this text several times with different translations. Leave one."),
    "characters": _("The translation has characters that cannot be shown (%(what)s). Remove them."),
    "placeholder_lost": _(
        "%(what)s is missing: a program fills it in. Copy it from the original, unchanged."
    ),
    "placeholder_invented": _("The original does not have %(what)s. Remove it."),
    "tag_lost": _("The tag %(what)s is missing. Put it around the same words as in the original."),
    "tag_invented": _("The original does not have the tag %(what)s here. Remove it."),
    "tag_unbalanced": _("The tag %(what)s stands alone: each that opens must be closed, in order."),
    "angle_bracket": _("A lone “<” would be read as a tag. Write &lt; instead."),
    "markup": _("The tags are not as they should be: %(what)s"),
    "too_long": _("%(length)s characters are too many for this field, it takes %(limit)s."),
    "slug": _("An address takes only letters without diacritics, digits and hyphens, no spaces."),
}


def file_sentence(reason: str, params: dict) -> str:
    return str(FILES[reason]) % params


def text_sentence(reason: str, params: dict) -> str:
    return str(TEXTS[reason]) % params
