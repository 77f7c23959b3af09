"""What can be decided, with the words for it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from .. import decisions
from ..models import ImportedItem

Decision = ImportedItem.Decision


@dataclass(frozen=True)
class Action:
    """A button. ``run(items, user)`` returns a ``decisions.Outcome``."""

    name: str
    label: str
    icon_name: str
    run: Callable
    question: str  # with %(count)s, in both numbers
    done: str  # the same
    done_to_one: str  # after its title
    condition: object  # which items it can be done to
    explanation: str = ""
    classname: str = "button-secondary"

    @property
    def url(self) -> str:
        return reverse("wordpress:decide", args=[self.name])


ACTIONS = {
    action.name: action
    for action in (
        Action(
            "accept",
            _("Accept and publish"),
            "check",
            decisions.accept,
            ngettext_lazy(
                "Accept and publish %(count)s item?", "Accept and publish %(count)s items?", "count"
            ),
            ngettext_lazy(
                "%(count)s item was accepted.", "%(count)s items were accepted.", "count"
            ),
            Decision.ACCEPTED.label,
            decisions.CAN_BE_ACCEPTED,
            _("They become pages with their old dates, which everybody sees."),
            "",
        ),
        Action(
            "draft",
            _("Accept as draft"),
            "draft",
            partial(decisions.accept, as_draft=True),
            ngettext_lazy(
                "Accept %(count)s item as a draft?", "Accept %(count)s items as drafts?", "count"
            ),
            ngettext_lazy(
                "%(count)s item was accepted as a draft.",
                "%(count)s items were accepted as drafts.",
                "count",
            ),
            Decision.ACCEPTED_AS_DRAFT.label,
            decisions.CAN_BE_ACCEPTED,
            _("They become pages that nobody sees until they are published."),
        ),
        Action(
            "reject",
            _("Reject"),
            "cross",
            decisions.reject,
            ngettext_lazy("Reject %(count)s item?", "Reject %(count)s items?", "count"),
            ngettext_lazy(
                "%(count)s item was rejected.", "%(count)s items were rejected.", "count"
            ),
            Decision.REJECTED.label,
            decisions.CAN_BE_REJECTED,
            _(
                "They stay on record here. Their old addresses say that the page was removed. "
                "Pages that were made of them are taken down, unless an editor has changed them."
            ),
            "no",
        ),
        Action(
            "reopen",
            _("Undo the decision"),
            "rotate",
            decisions.reopen,
            ngettext_lazy(
                "Undo the decision on %(count)s item?",
                "Undo the decisions on %(count)s items?",
                "count",
            ),
            ngettext_lazy(
                "%(count)s item waits for a decision again.",
                "%(count)s items wait for a decision again.",
                "count",
            ),
            _("waits for a decision again"),
            decisions.CAN_BE_REOPENED,
            _("They wait for a decision again."),
        ),
    )
}


def left_over(outcome) -> list[str]:
    """Return sentences about what a decision was not about, or could not be."""
    sentences = []
    if outcome.late:
        text = ngettext(
            "%(count)s item was left as it is: somebody else has decided on it, or this decision "
            "cannot be made about it.",
            "%(count)s items were left as they are: somebody else has decided on them, or this "
            "decision cannot be made about them.",
            outcome.late,
        )
        sentences.append(text % {"count": outcome.late})
    if outcome.kept:
        text = ngettext(
            "%(count)s page stays: it was changed or translated after the import. Unpublish it "
            "by hand, if you wish.",
            "%(count)s pages stay: they were changed or translated after the import. Unpublish "
            "them by hand, if you wish.",
            outcome.kept,
        )
        sentences.append(text % {"count": outcome.kept})
    return sentences
