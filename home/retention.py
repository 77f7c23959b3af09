"""What the site stores about people, how long, and what deletes it: one list, in the code.

Each app names its kinds by the hook ``register_retained_data``, which returns a list of
``Retained``. The privacy page takes the periods from here, the worker deletes what is due, and a
test holds every model with data of people against it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import ngettext
from wagtail import hooks

MONTH_DAYS = 365.25 / 12
SECONDS_A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Retained:
    """One kind of data about people.

    ``models`` are the labels of what holds it; none for what is not in the database. ``get_days``
    gives for how many days it is kept; None: as long as what it belongs to, which ``until`` says.
    ``purge`` deletes what is older and returns how many.
    """

    name: str
    label: str
    models: tuple[str, ...] = ()
    get_days: Callable[[], float] | None = None
    until: str = ""
    purge: Callable[[], int] | None = field(default=None, compare=False)

    @property
    def period(self) -> str:
        """For how long it is kept, in the active language."""
        return in_words(self.get_days()) if self.get_days else capfirst(str(self.until))


def kinds() -> dict[str, Retained]:
    """Return all kinds by their names."""
    found = (kind for hook in hooks.get_hooks("register_retained_data") for kind in hook())
    return {kind.name: kind for kind in found}


def choices() -> list[tuple[str, str]]:
    """Return the kinds for a field of editors: name and label."""
    return [(kind.name, kind.label) for kind in kinds().values()]


def purge_all() -> dict[str, int]:
    """Delete everything whose time is over; return how much of each kind."""
    return {kind.name: kind.purge() for kind in kinds().values() if kind.purge}


def in_words(days: float) -> str:
    """Return a period as people say it: whole months, hours and minutes as such, else days."""
    hours = round(days * 24)
    if hours < 1:
        minutes = round(days * 24 * 60)
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if hours < 24:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    months = days / MONTH_DAYS
    if months >= 1 and abs(months - round(months)) < 0.01:
        months = round(months)
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    return ngettext("%(count)s day", "%(count)s days", round(days)) % {"count": round(days)}
