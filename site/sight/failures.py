"""Failed tasks in words that an editor understands."""

import errno
from dataclasses import dataclass

from django.utils.translation import gettext
from wagtail import hooks

from . import queue

DATABASE = ("django.db.utils.", "psycopg.", "sqlite3.")


@dataclass(frozen=True)
class Failure:
    """A failed task: what it was to do, what went wrong, and the last line of its traceback."""

    pk: str
    name: str
    sentence: str
    detail: str
    attempts: int
    at: object


def failures(limit: int) -> list[Failure]:
    """Return the newest failed tasks."""
    names = {path: name for hook in hooks.get_hooks("register_task_names") for path, name in hook()}
    return [_failure(row, names) for row in queue.failed()[:limit]]


def _failure(row, names) -> Failure:
    lines = row.traceback.strip().splitlines()
    detail = lines[-1] if lines else ""
    name = names.get(row.task_path, row.task_path)
    sentence = _sentence(row.exception_class_path, detail)
    return Failure(str(row.pk), name, sentence, detail, len(row.worker_ids), row.finished_at)


def _sentence(exception: str, detail: str) -> str:
    if exception == queue.LOST:
        return gettext("The worker was ended in the middle of it, every time it tried.")
    if f"[Errno {errno.ENOSPC}]" in detail:
        return gettext("The disk is full.")
    if exception.startswith(DATABASE):
        return gettext("The database did not answer as it should.")
    exception = exception.removeprefix("builtins.")
    if exception == "FileNotFoundError":
        return gettext("A file that it needs is missing.")
    if exception == "PermissionError":
        return gettext("It was not allowed to read or write a file.")
    if exception in ("ImportError", "ModuleNotFoundError"):
        return gettext("This version of the site does not know the task.")
    return gettext("An error that a developer has to look at.")
