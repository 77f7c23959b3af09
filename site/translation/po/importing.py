"""Tries uploaded translations out, and applies what was accepted.

Nothing gets in that was not shown before: applying asks the database of now again, and what changed
in between is left out and said. A page with a broken text is left alone as a whole; outdated texts
and those that others changed are left out, the rest of their page is applied.
"""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin
from wagtail_localize.models import StringTranslation

from translation.models import POFile, POUpload

from ..pair import save_draft
from . import TOOL_NAME
from .checks import Broken, check
from .places import place_of
from .reading import ReadFile, ReadText, read
from .reasons import BUSY, INVALID, LOCKED, Result
from .targets import Target, targets
from .texts import Text

BATCH, MOST_TEXTS = 100, 5_000  # files at a time, fewer when they are long
LOG_ACTION = "translation.import_po"


@dataclasses.dataclass
class CheckedText:
    """A text of a file with its result; ``old`` is the translation that it would replace."""

    context: str
    source: str
    text: str
    field: str = ""
    old: str | None = None
    result: str = Result.ACCEPTED
    reason: str = ""
    params: dict = dataclasses.field(default_factory=dict)


# The dry run


def try_out(user, file, name: str, only=None, return_to="") -> POUpload:
    """Check an upload against the database of now and keep the result; nothing is applied.

    Args:
        user: whose rights count.
        file, name: see ``reading.read``.
        only: the one ``Translation`` that files may belong to.
        return_to: the address to lead back to.

    Raises:
        Refused: the upload as a whole cannot be read. Then nothing is kept.
    """
    POUpload.objects.old().delete()
    upload = POUpload.objects.create(user=user, name=name[:255], return_to=return_to)
    try:
        for batch in _batches(read(file, name)):
            _keep(upload, batch, only)
    except BaseException:
        upload.delete()
        raise
    _refuse_duplicates(upload)
    upload.is_checked = True
    upload.save(update_fields=["is_checked"])
    return upload


def _batches(files: Iterable[ReadFile]) -> Iterator[list[ReadFile]]:
    batch, texts = [], 0
    for file in files:
        batch.append(file)
        texts += len(file.texts)
        if len(batch) == BATCH or texts > MOST_TEXTS:
            yield batch
            batch, texts = [], 0
    yield batch


def _keep(upload, batch: list[ReadFile], only):
    found = targets([each.translation for each in batch if each.translation], upload.user)
    POFile.objects.bulk_create(
        _checked(upload, read_file, found.get(read_file.translation), only) for read_file in batch
    )


def _checked(upload, read_file: ReadFile, target: Target | None, only) -> POFile:
    file = POFile(
        upload=upload, name=read_file.name[:255], problem=read_file.problem, params=read_file.params
    )
    if file.problem:
        file.unreadable = 1
        return file
    if target is None:
        file.problem = "unknown"
    else:
        file.translation = target.translation
        file.title = target.title[:255]
        file.problem, file.params = target.problem
        if only and target.translation != only:
            file.problem, file.params = "other", {"title": target.title}
    if file.problem and file.problem != LOCKED:
        file.foreign = len(read_file.texts)
        return file
    texts = [_classified(text, target) for text in read_file.texts]
    for text in texts:
        _respect_others(text, target, read_file.exported_at, upload.user)
    file.count([vars(text) for text in texts])
    return file


def _classified(read_text: ReadText, target: Target) -> CheckedText:
    checked = CheckedText(read_text.context, read_text.source, read_text.text)
    text = target.texts.get((read_text.context, read_text.source))
    if text:
        checked.field, checked.old = text.field, text.current
    checked.result, checked.reason, checked.params = _result(read_text, text, target)
    return checked


def _result(read_text: ReadText, text: Text | None, target: Target) -> tuple[str, str, dict]:
    if read_text.is_plural:
        return Result.BROKEN, "plural", {}
    if read_text.is_ambiguous:
        return Result.BROKEN, "twice", {}
    if not read_text.text:
        return Result.EMPTY, "", {}
    if read_text.is_fuzzy:
        return Result.SKIPPED, "fuzzy", {}
    if text and read_text.text == text.current and not text.translation.has_error:
        return Result.UNCHANGED, "", {}
    if text is None:
        return Result.STALE, target.what_became_of(read_text.context, read_text.source), {}
    return _check(read_text, text, target)


def _check(read_text, text, target):
    try:
        check(text.source, read_text.text, place_of(target.model, text.field))
    except Broken as broken:
        return Result.BROKEN, broken.reason, broken.params
    return Result.ACCEPTED, "", {}


def _respect_others(checked: CheckedText, target, exported_at: datetime.datetime | None, user):
    """Leave alone what was translated in the admin after the file was made.

    Only the person's own import may be replaced by a later state of the same file.
    """
    text = target.texts.get((checked.context, checked.source))
    if checked.result != Result.ACCEPTED or not text.translation or not exported_at:
        return
    made = text.translation
    is_own_import = made.tool_name == TOOL_NAME and made.last_translated_by_id == user.pk
    if made.updated_at > exported_at and not is_own_import:
        _set_conflict(checked, made)


def _set_conflict(checked: CheckedText, made: StringTranslation | None):
    checked.result, checked.reason = Result.CONFLICT, "conflict"
    person = made.last_translated_by if made else None
    checked.params = {"who": get_user_display_name(person) or "–"}


def _refuse_duplicates(upload):
    """Two files of one page: nobody knows which one is meant."""
    doubled = (
        upload.files.exclude(translation=None)
        .order_by()
        .values("translation")
        .annotate(number=Count("pk"))
        .filter(number__gt=1)
        .values_list("translation", flat=True)
    )
    for file in upload.files.filter(translation__in=list(doubled)):
        file.problem, file.params = "duplicate", {}
        file.count([])
        file.unreadable = 1
        file.save()


# Applying


def apply(upload: POUpload, user, until: datetime.datetime) -> Counter:
    """Apply what was accepted, page by page, until a time; what is left, the next call applies.

    Returns the numbers of ``pages`` and ``texts`` that were applied.
    """
    done = Counter()
    for key in upload.files.to_apply().order_by("pk").values_list("pk", flat=True):
        texts = _apply_file(key, user)
        done.update(pages=bool(texts), texts=texts)
        if timezone.now() >= until:
            break
    return done


def _apply_file(key, user) -> int:
    """Apply one file, all of it or nothing; return the number of texts that got in."""
    try:
        with transaction.atomic():
            file = POFile.objects.select_for_update(of=("self",)).get(pk=key)
            if file.applied_at:
                return 0  # somebody was faster
            _apply(file, user)
            return file.applied
    except IntegrityError:  # somebody translated one of the texts at this very moment
        _leave(key, BUSY)
    except ValidationError as error:
        _leave(key, INVALID, {"what": _said(error)})
    return 0


def _leave(key, problem, params=None):
    POFile.objects.filter(pk=key, applied_at=None).update(problem=problem, params=params or {})


def _said(error: ValidationError) -> str:
    """Return what a page's validation says, with the names of its fields."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()
    )


def _apply(file: POFile, user):
    uuid = file.translation and file.translation.uuid
    target = targets([uuid], user, for_update=True).get(uuid) if uuid else None
    file.problem, file.params = target.problem if target else ("unknown", {})
    if file.problem:
        file.save(update_fields=["problem", "params"])
        return
    texts = [CheckedText(**text) for text in file.texts]
    for text in texts:
        if text.result == Result.ACCEPTED:
            _check_again(text, target)
    accepted = [text for text in texts if text.result == Result.ACCEPTED]
    if not any(text.result == Result.BROKEN for text in texts):
        for text in accepted:
            _write(text, target, file.upload.user)
            text.result = Result.APPLIED
        if accepted:
            _finish(file, target, user, len(accepted))
        file.applied_at, file.applied_by = timezone.now(), user
    file.count([vars(text) for text in texts])
    file.save()


def _check_again(checked: CheckedText, target):
    """What was accepted may have become outdated, needless or somebody else's since."""
    old = checked.old
    text = target.texts.get((checked.context, checked.source))
    read_text = ReadText(checked.context, checked.source, checked.text)
    checked.result, checked.reason, checked.params = _result(read_text, text, target)
    if checked.result == Result.ACCEPTED and text.current != old:
        _set_conflict(checked, text.translation)


def _write(checked: CheckedText, target, translator):
    text = target.texts[checked.context, checked.source]
    made = text.translation or StringTranslation(
        translation_of_id=text.string_id,
        context_id=text.context_id,
        locale_id=target.translation.target_locale_id,
    )
    made.data = checked.text
    made.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
    made.tool_name = TOOL_NAME
    made.last_translated_by = translator
    made.has_error, made.field_error = False, ""
    made.save()


def _finish(file, target, user, number):
    revision = None
    if isinstance(target.instance, DraftStateMixin):
        revision = save_draft(target.translation, user)
    log(
        instance=target.instance,
        action=LOG_ACTION,
        user=user,
        revision=revision,
        data={"file": file.name, "texts": number, "translator": str(file.upload.user)},
    )
