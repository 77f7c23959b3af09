"""The glossary as a CSV file, as spreadsheets write it: in and out by the same four columns."""

import csv
import io

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from home.spreadsheets import unescaped

from .models import Term

COLUMNS = ["source", "target", "forbidden", "note"]
REQUIRED = {"source", "target"}
LARGEST = 1024 * 1024  # bytes of a file
MOST_ROWS = 2_000
MOST_ERRORS = 10  # that are told one by one


def _text(cell: str | None) -> str:
    return unescaped((cell or "").strip())


def import_terms(data: bytes, user) -> tuple[int, int]:
    """Add the terms of a file and change those that the glossary has already; delete none.

    All or nothing. Returns the numbers of added and of changed terms. Raises ``ValidationError``
    with a sentence for each row that can't be taken.
    """
    added, changed = _read(data)
    with transaction.atomic():
        for term in added:
            term.save()
            log(term, "wagtail.create", user=user)
        for term in changed:
            term.save()
            log(term, "wagtail.edit", user=user)
    return len(added), len(changed)


def _read(data) -> tuple[list[Term], list[Term]]:
    """Return the terms of a file that are new, and those that differ from the glossary's."""
    known = {term.source.lower(): term for term in Term.objects.all()}
    added, changed, seen, errors = [], [], set(), []
    for line, row in _rows(data):
        term = known.get(row["source"].lower()) or Term()
        before = [getattr(term, name) for name in COLUMNS]
        for name, value in row.items():
            setattr(term, name, value)
        try:
            term.full_clean(validate_unique=False, validate_constraints=False)
            if term.source.lower() in seen:
                raise ValidationError(_("The term stands in the file twice."))
        except ValidationError as error:
            errors.append(_row_error(line, error))
            continue
        seen.add(term.source.lower())
        if term.pk is None:
            added.append(term)
        elif before != [getattr(term, name) for name in COLUMNS]:
            changed.append(term)
    if errors:
        raise ValidationError([*errors[:MOST_ERRORS], *_further(errors)])
    return added, changed


def _row_error(line, error):
    return _("Line %(line)s: %(error)s") % {"line": line, "error": " ".join(error.messages)}


def _further(errors) -> list[str]:
    count = len(errors) - MOST_ERRORS
    if count <= 0:
        return []
    text = ngettext("… and %(count)s more line.", "… and %(count)s more lines.", count)
    return [text % {"count": count}]


def _rows(data) -> list[tuple[int, dict[str, str]]]:
    if len(data) > LARGEST:
        raise ValidationError(_("The file is too large for a glossary."))
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)  # Excel in Latvian writes semicolons
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = {(name or "").strip().lower(): name for name in reader.fieldnames or []}
        if not names.keys() >= REQUIRED:
            raise ValidationError(
                _("The first line has to name the columns: %(columns)s.")
                % {"columns": ", ".join(COLUMNS)}
            )
        present = {column: names[column] for column in COLUMNS if column in names}
        rows = [
            (reader.line_num, {column: _text(row[name]) for column, name in present.items()})
            for row in reader
        ]
    except csv.Error as error:
        raise ValidationError(_("The file is not a table in the CSV format.")) from error
    rows = [(line, row) for line, row in rows if any(row.values())]
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("The file has too many lines for a glossary."))
    return rows


def _decoded(data) -> str:
    for encoding in ("utf-8-sig", "cp1257"):  # of Windows in Latvian
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValidationError(_("The file is not a text. Save it as CSV in UTF-8."))
