"""Why a run of the import ends before everything is done, in sentences for who started it."""

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool

from django.db import DatabaseError
from django.utils.translation import gettext as _

from .importer import NoPlace
from .media import MediaError
from .reading import NotOneSite
from .report import Report
from .sentences import OF_EXPORTS, OF_ITEMS, sentence
from .wxr import Unreadable


class NothingRead(Exception):
    """None of the files is an export that holds anything."""


# What ends a run with a sentence instead of a trace.
ENDINGS = (
    *(Unreadable, MediaError, DatabaseError, OSError),
    *(NoPlace, NotOneSite, NothingRead, BrokenProcessPool),
)


def why(error: BaseException, report: Report) -> str:
    """Return why a run has ended before it was done."""
    match error:
        case KeyboardInterrupt():
            return _(
                "Interrupted. What was done is kept: start the same command again, and it goes on "
                "where it was."
            )
        case BrokenProcessPool():
            return _(
                "The second process of the import was ended from outside, perhaps for want of "
                "memory. What was done is kept: start the same command again with --processes 1, "
                "and it goes on where it was."
            )
        case NothingRead():
            return " ".join(dict.fromkeys(of_exports(report)))
        case NotOneSite():
            return _which_site(error.args)
        case Unreadable() | MediaError() | NoPlace():
            return str(error)
    text = _(
        "The database or the disk refuses: %(error)s. What was done is kept; when it is "
        "mended, start the same command again: it goes on where it was."
    )
    return text % {"error": error}


def of_exports(report: Report) -> Iterator[str]:
    """Yield what is wrong with files of the export, each with its name."""
    for entry in report.entries:
        if entry["code"] in OF_EXPORTS and entry["code"] not in OF_ITEMS:
            text = sentence(entry["code"], entry["detail"])
            yield f"{entry['title']}: {text}" if entry["title"] else text


def _which_site(hosts) -> str:
    if not hosts:
        return _("The export does not say of which site it is. Name it with --source.")
    text = _("The exports are of several sites: %(names)s. Import one after the other.")
    return text % {"names": ", ".join(hosts)}
