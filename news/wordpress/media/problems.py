"""What can be wrong with a file of the old site: codes, and a sentence for each."""

import errno
import re
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

DISK_FULL = (errno.ENOSPC, errno.EDQUOT)

# The file is here, but not quite as it was.
NOTES = {
    "renamed": _("The name of the file said another kind than it is. It was given %(detail)s."),
    "converted": _("Browsers do not show pictures of this kind (%(detail)s). It was converted."),
    "animated": _("The picture moves. Visitors see its first frame."),
    "smaller": _("The picture itself is gone. The largest of its previews was taken: %(detail)s."),
    "unsafe_name": _(
        "The old site gives the file a path that leads out of its folder (%(detail)s). The path "
        "was ignored, the file taken by its address."
    ),
}
NOT_FOUND = {
    "missing": _("The file is not there any more."),
    "no_source": _(
        "Neither a folder with files was given (--media) nor fetching allowed (--fetch-media)."
    ),
    "unknown": _("The export has no file with this number."),
    "no_address": _("The export does not say where the file is."),
    "foreign": _("The file lies on another site (%(detail)s), from which nothing is taken."),
    "no_file": _("The address is not that of a file."),
    "removed": _("Somebody has deleted the file here since. It is not brought back."),
    "unsafe_path": _("The path leads out of the folder, which is not followed: %(detail)s."),
    "outside": _("A link in the folder leads out of it, which is not followed: %(detail)s."),
    "long_name": _("The name of the file is too long."),
    "not_regular": _("What has this name in the folder is not a file."),
    "unreadable": _("The file in the folder can’t be read: %(detail)s."),
}
REFUSED = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than %(detail)s."),
    "page": _(
        "The file holds a web page instead of what its name says: probably the old site’s message "
        "that it has no such file."
    ),
    "refused_type": _("Files of this kind are not taken: %(detail)s."),
    "wrong_content": _(
        "The content of the file is not of the kind that its name says: %(detail)s."
    ),
    "program": _("The document holds a program (macros). Save it without macros and upload it."),
    "broken": _("The picture is damaged."),
    "too_many_pixels": _("The picture has too many pixels. Make it smaller and upload it."),
    "many_pages": _("The picture has several pages. Save it as a PDF and upload it."),
    "invalid": _("The file was not taken: %(detail)s"),
}
NOT_FETCHED = {
    "timeout": _("The old site did not answer in time."),
    "too_slow": _("The old site sends the file too slowly. What came is kept for the next run."),
    "broken_off": _("The old site broke off while it sent the file. The next run goes on."),
    "unreachable": _("The old site can’t be reached: %(detail)s."),
    "host_away": _("The old site did not answer several times and was not asked for this file."),
    "busy": _("The old site does not hand out the file now (HTTP %(detail)s)."),
    "status": _("The old site does not hand out the file (HTTP %(detail)s)."),
    "redirects": _("The old site redirects in a circle, or too many times."),
    "redirected_away": _("The old site redirects to another one (%(detail)s). Nothing was taken."),
    "private_address": _(
        "The host of the old site is in a private network (%(detail)s). Name the host when you "
        "start the import if it is the right one."
    ),
}
SENTENCES = NOTES | NOT_FOUND | REFUSED | NOT_FETCHED


# Control characters and halves of characters, which no form and no database takes.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def plain(text: str) -> str:
    """Return a text of an export on one line, as the database and the report can hold it."""
    return " ".join(UNPRINTABLE.sub(" ", text).split())


class Problem(NamedTuple):
    """Something about a file that the report says; ``item`` is the attachment's number or 0."""

    code: str
    address: str
    detail: str = ""
    item: int = 0

    @property
    def is_lost(self) -> bool:
        """Whether the file is not here, and not merely changed."""
        return self.code not in NOTES


def sentence(problem: Problem) -> str:
    """Return what is wrong, in the language of the reader."""
    return str(SENTENCES[problem.code]) % {"detail": problem.detail}


class Refused(Exception):
    """A file is not taken: ``code`` of a sentence, with what it is about."""

    def __init__(self, code: str, detail: object = ""):
        super().__init__(code, detail)
        self.code, self.detail = code, str(detail)


class MediaError(Exception):
    """No file can be taken any more; the message is a sentence for the operator."""


def full_disk(error: OSError) -> MediaError:
    return MediaError(
        _(
            "The disk is full (%(file)s). Make room and start the import again: it goes on where "
            "it was."
        )
        % {"file": error.filename or "?"}
    )
