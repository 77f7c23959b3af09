"""What the page “System state” shows: entries that each app names for what is its own.

An app registers the hook ``register_state_entries``: a function that returns a list of ``Entry``.
The entry named ``backup`` is the one whose ``at`` the metrics give as the backup's age.
"""

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

logger = logging.getLogger(__name__)


class Level(IntEnum):
    """How much something needs a person."""

    OK = 0
    NOTE = 1  # good to know; nothing is broken
    WARNING = 2  # somebody should see to it in the next days
    SERIOUS = 3  # somebody must see to it today


@dataclass(frozen=True)
class State:
    """How something is: a sentence, when that was, and what to do where something is to be done.

    ``url`` leads to where one sees more or mends it; ``detail`` is for developers.
    """

    text: str
    level: Level = Level.OK
    at: datetime.datetime | None = None
    hint: str = ""
    url: str = ""
    detail: str = ""


class Group(IntEnum):
    """The parts of the page, in their order."""

    SAFETY = 1
    WORK = 2
    CONTENT = 3

    @property
    def label(self) -> str:
        return GROUPS[self]


GROUPS = {
    Group.SAFETY: _("Backups and storage"),
    Group.WORK: _("Work in the background"),
    Group.CONTENT: _("Content and search"),
}


@dataclass(frozen=True)
class Entry:
    """A line of the page. ``read`` asks how it stands; it takes a query or two, no more."""

    name: str
    label: str
    group: Group
    read: Callable[[], State]
    order: int = 100

    def look(self) -> State:
        """Return how it stands; what can't be read is a warning, and no error of the page."""
        try:
            return self.read()
        except Exception:
            logger.exception("The state of “%s” can't be read.", self.name)
            return State(gettext("This could not be read."), Level.WARNING)


def entries() -> list[Entry]:
    """Return all entries in the order of the page."""
    from .entries import own_entries  # which builds on this module

    found = [entry for hook in hooks.get_hooks("register_state_entries") for entry in hook()]
    return sorted(
        [*found, *own_entries()], key=lambda entry: (entry.group, entry.order, entry.name)
    )


def look() -> list[tuple[Entry, State]]:
    """Return all entries in the order of the page, and how each stands."""
    return [(entry, entry.look()) for entry in entries()]


def amiss(lines: list[tuple[Entry, State]]) -> list[tuple[Entry, State]]:
    """Return those of the entries that need somebody, the most serious first."""
    found = [(entry, state) for entry, state in lines if state.level >= Level.WARNING]
    return sorted(found, key=lambda pair: -pair[1].level)
