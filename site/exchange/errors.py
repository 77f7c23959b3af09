"""What goes wrong with an export, in a sentence for the operator."""

import contextlib
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from django.core.exceptions import SuspiciousFileOperation
from django.db import DatabaseError
from django.utils.translation import gettext as _

INTERRUPTED = 130  # the exit code that shells expect after Ctrl-C


class ExchangeError(Exception):
    """A sentence for the operator: what is wrong, and what was left as it was."""


class Interrupted(ExchangeError):
    """Somebody pressed Ctrl-C."""


@contextlib.contextmanager
def in_sentences(beginning: str = "") -> Iterator[None]:
    """Turn what disks, archives and databases raise into an ExchangeError."""
    try:
        yield
    except ExchangeError as error:
        raise ExchangeError(f"{beginning} {error}".strip()) from error
    except KeyboardInterrupt as error:
        raise Interrupted(_("%s It was interrupted.") % beginning) from error
    except SuspiciousFileOperation as error:
        raise ExchangeError(f"{beginning} {error}".strip()) from error
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise ExchangeError(f"{beginning} {error.strerror or error}{where}.".strip()) from error
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        reason = _("The archive is damaged: %s.") % error
        raise ExchangeError(f"{beginning} {reason}".strip()) from error
    except (DatabaseError, OverflowError) as error:
        reason = _("The database says: %s") % str(error).strip().splitlines()[0]
        raise ExchangeError(f"{beginning} {reason}".strip()) from error
