"""What editors have scheduled comes true: pages and records go live and come off at their time.

Wagtail's `publish_scheduled` does the same in one go, and stops where one page can't be published.
Here each has a transaction of its own, so that a failure or a killed process concerns that one
only, and none is published twice by two workers.
"""

import logging

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)

FAILED = "editorial.publish.failed"  # see wagtail_hooks


def publish_due() -> int:
    """Publish the revisions whose time has come, then unpublish what has expired.

    Returns how many were. Publishing comes first, so that what was to be seen while nothing ran
    is taken off in the same pass.
    """
    now = timezone.now()
    done = sum([_publish(revision, now) for revision in due_revisions(now)])
    for model in _models_with_drafts():
        expired = model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
        done += sum([_unpublish(model, pk, now) for pk in expired.values_list("pk", flat=True)])
    return done


def due_revisions(now):
    """Return the revisions that should be live by ``now`` and are not, in the order of time."""
    due = Revision.objects.filter(approved_go_live_at__lt=now)
    return due.defer("content").order_by("approved_go_live_at", "pk")


def _models_with_drafts():
    drafts = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [Page] + [model for model in drafts if not issubclass(model, Page)]


def _publish(revision, now) -> bool:
    try:
        with transaction.atomic():
            revision = _locked(Revision.objects.filter(pk=revision.pk), approved_go_live_at__lt=now)
            if revision is None:  # the schedule was cancelled, or another worker was faster
                return False
            revision.publish(log_action="wagtail.publish.scheduled")
    except Exception as error:
        _report(revision, error)
        return False
    logger.info("Published as scheduled: %s", revision.object_str)
    return True


def _unpublish(model, pk, now) -> bool:
    try:
        with transaction.atomic():
            instance = _locked(model.objects.filter(pk=pk), live=True, expire_at__lt=now)
            if instance is None:
                return False
            instance.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    except Exception:
        logger.exception("Could not unpublish %s %s as scheduled.", model.__name__, pk)
        return False
    logger.info("Unpublished as scheduled: %s", instance)
    return True


def _locked(queryset, **conditions):
    """Return the row that fulfils the conditions, locked until the end of the transaction.

    The conditions are asked once the lock is ours: whoever had it may have changed them.
    """
    return queryset.select_for_update().filter(**conditions).first()


def _report(revision, error):
    """Say once in the history why this revision did not go live; the log says it every time."""
    logger.error("Could not publish “%s” as scheduled: %r", revision.object_str, error)
    if isinstance(error, DatabaseError):
        return  # nothing that an editor could put right, and it passes
    instance = revision.content_object
    entries = log_registry.get_logs_for_instance(instance)
    if not entries.filter(action=FAILED, revision=revision).exists():
        reasons = error.messages if isinstance(error, ValidationError) else []
        log(instance, FAILED, revision=revision, data={"reason": " ".join(reasons)})
