"""What this app keeps about visitors, for the list of ``home.retention``."""

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from .models import AccessibilityStatementPage, FormPage
from .retention import MONTH_DAYS, SECONDS_A_DAY, Retained
from .spam import WINDOW_SECONDS

SUBMISSIONS = ("wagtailforms.FormSubmission",)


def kinds() -> list[Retained]:
    return [
        Retained(
            "applications",
            _("Applications and other forms"),
            SUBMISSIONS,
            get_days=lambda: _longest(FormPage),
            purge=lambda: _purge(FormPage),
        ),
        Retained(
            "feedback",
            _("Reports of barriers to accessibility"),
            SUBMISSIONS,
            get_days=lambda: _longest(AccessibilityStatementPage),
            purge=lambda: _purge(AccessibilityStatementPage),
        ),
        Retained(
            "senders",
            _("Print of the address of who sends a form"),
            get_days=lambda: WINDOW_SECONDS / SECONDS_A_DAY,  # the cache forgets it by itself
        ),
        Retained(
            "browser",
            _("What the visitor's own browser keeps"),
            until=_("until the choice is taken back or the data of the browser are deleted"),
        ),
    ]


def _longest(model) -> float:
    """Return the longest period of the pages of a type, in days."""
    months = model.objects.live().aggregate(longest=Max("retention_months"))["longest"]
    if months is None:
        months = model._meta.get_field("retention_months").default
    return months * MONTH_DAYS


def _purge(model) -> int:
    return sum(page.purge_submissions() for page in model.objects.all())
