"""What editors decide about items of the old site.

Whoever decides first, wins: each function takes up only what is still open to it, under a lock, and
says how many it left. An accepted item is made a page in the background (``tasks``); until then it
is *read* again, and the decision can be taken back.

A page that is there already, because its item was imported, is taken down when the item is rejected
after all; one that editors have changed or translated since, stays as it is.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import ModelLogEntry

from .gone import BATCH, normalise, remember_addresses
from .models import ImportedItem, OldAddress
from .tasks import import_accepted

State, Decision = ImportedItem.State, ImportedItem.Decision
ACCEPTED = (Decision.ACCEPTED, Decision.ACCEPTED_AS_DRAFT)

LOG_ACCEPTED, LOG_REJECTED = "wordpress.item.accepted", "wordpress.item.rejected"
LOG_REOPENED = "wordpress.item.reopened"

# What each decision can be taken about.
CAN_BE_ACCEPTED = Q(state=State.DOUBTFUL)
CAN_BE_REJECTED = Q(state=State.DOUBTFUL) | Q(state=State.IMPORTED, page__isnull=False)
CAN_BE_REOPENED = Q(state=State.REJECTED) | Q(
    state__in=(State.READ, State.FAILED), decision__in=ACCEPTED, page__isnull=True
)


@dataclass
class Outcome:
    """What became of a decision about several items, in numbers."""

    decided: int = 0
    late: int = 0  # somebody else had decided before, or they are gone
    kept: int = 0  # pages of editors, which stay, and their items with them


def accept(items, user, as_draft: bool = False) -> Outcome:
    """Have doubtful items imported: published with their dates, or as drafts.

    ``items`` is a queryset of ``ImportedItem``, unsliced.
    """
    decision = Decision.ACCEPTED_AS_DRAFT if as_draft else Decision.ACCEPTED
    with transaction.atomic():
        asked, rows = _take_up(items.defer("data"), CAN_BE_ACCEPTED)
        there = [row for row in rows if row.page_id]
        new = [row for row in rows if not row.page_id]
        for row in there:
            _put_back(row, user, as_draft)
        _decide(there, State.IMPORTED, decision, user)
        # One that was a page once, and was deleted, is made anew.
        _decide(new, State.READ, decision, user, imported_checksum="")
        _record(rows, LOG_ACCEPTED, user, as_draft=as_draft)
        if new:
            keys = [row.pk for row in new]
            transaction.on_commit(lambda: import_accepted.enqueue(keys))
    return Outcome(len(rows), asked - len(rows))


def reject(items, user) -> Outcome:
    """Keep items out for good, as records whose addresses answer 410; take down their pages."""
    with transaction.atomic():
        asked, rows = _take_up(items, CAN_BE_REJECTED)
        rejected = [row for row in rows if not row.page_id or _take_down(row, user)]
        _decide(rejected, State.REJECTED, Decision.REJECTED, user)
        remember_addresses(rejected)
        _record(rejected, LOG_REJECTED, user)
    return Outcome(len(rejected), asked - len(rows), len(rows) - len(rejected))


def reopen(items, user) -> Outcome:
    """Take decisions back, as long as what was accepted is no page yet: the items wait again."""
    with transaction.atomic():
        asked, rows = _take_up(items.defer("data"), CAN_BE_REOPENED)
        _decide(rows, State.DOUBTFUL, Decision.NONE, None)
        _record(rows, LOG_REOPENED, user)
    return Outcome(len(rows), asked - len(rows))


def _take_up(items, condition) -> tuple[int, list[ImportedItem]]:
    """Return how many items there are, and those that meet the condition, locked."""
    rows = items.order_by("pk").filter(condition).select_for_update(of=("self",))
    return items.count(), list(rows)


def _decide(rows, state, decision, user, **more):
    values = more | {
        "state": state,
        "decision": decision,
        "decided_by": user,
        "decided_at": user and timezone.now(),
        "updated_at": timezone.now(),
    }
    for start in range(0, len(rows), BATCH):
        keys = [row.pk for row in rows[start : start + BATCH]]
        ImportedItem.objects.filter(pk__in=keys).update(**values)


def _record(rows, action, user, **data):
    """Write what Wagtail's ``log`` would for each item, in a few statements for all of them."""
    shared = {
        "content_type": ContentType.objects.get_for_model(ImportedItem),
        "action": action,
        "user": user,
        "uuid": get_active_log_context().uuid,
        "timestamp": timezone.now(),
        "data": data,
    }
    entries = [ModelLogEntry(object_id=str(row.pk), label=str(row), **shared) for row in rows]
    ModelLogEntry.objects.bulk_create(entries, batch_size=BATCH)


def _take_down(row, user) -> bool:
    """Unpublish the page of an item, if it is as it was imported; tell whether that is so."""
    page = row.page.specific
    if page.latest_revision_id != row.revision or page.get_translations().exists():
        return False
    if page.live:
        if not page.permissions_for_user(user).can_unpublish():
            return False
        page.unpublish(user=user)
    # Old addresses still lead to that of the page.
    path = normalise(urlsplit(page.full_url or "").path)
    if path:
        OldAddress.objects.get_or_create(path=path, item=row)
    return True


def _put_back(row, user, as_draft):
    """Publish the page of an item that was rejected meanwhile."""
    page = row.page.specific
    if as_draft or page.live:
        return
    revision = page.save_revision(user=user)
    revision.publish(user=user)
    ImportedItem.objects.filter(pk=row.pk).update(revision=revision.pk)
