"""What the editorial office shows on the page “System state”: its jobs and its checks."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Site

from home.models import AutomatedCheck, SiteSettings
from sight.state import Entry, Group, Level, State

from ..models import Finding, InternalLink, Job
from ..schedule import due_revisions

LASTING = datetime.timedelta(days=1)  # of a failure that may pass by itself
LATE = datetime.timedelta(minutes=5)  # for what should be live


@hooks.register("register_state_entries")
def name_states():
    return [
        Entry("publish", _("Scheduled publishing"), Group.WORK, scheduled, order=40),
        Entry("playlist", _("New recordings"), Group.WORK, playlist, order=50),
        Entry("purge", _("Deleting of old data"), Group.WORK, purge, order=60),
        Entry("content", _("Content checks"), Group.CONTENT, content, order=10),
        Entry("links", _("Internal links"), Group.CONTENT, links, order=20),
        Entry("accessibility", _("Accessibility checks"), Group.CONTENT, accessibility, order=30),
    ]


def scheduled() -> State:
    late = due_revisions(timezone.now() - LATE)
    count = late.count()
    if count:
        text = ngettext(
            "%(count)s page or record is late.", "%(count)s pages and records are late.", count
        )
        hint = gettext("Open its history, which says why it could not be published.")
        oldest = late.values_list("approved_go_live_at", flat=True).first()
        return State(text % {"count": count}, Level.WARNING, oldest, hint)
    return _of_job("publish", gettext("Nothing is late."))


def playlist() -> State:
    site = Site.objects.filter(is_default_site=True).first()
    if not site or not SiteSettings.for_site(site).playlist_id:
        return State(gettext("The site has no playlist."))
    return _of_job("sync_playlist", gettext("The playlist was read."))


def purge() -> State:
    return _of_job("purge", gettext("What was past its time is deleted."))


def _of_job(name, text) -> State:
    """Return how the last run of a job of the worker went."""
    job = Job.objects.filter(name=name).first()
    if job is None:
        return State(gettext("Not yet: the worker has not run."), Level.NOTE)
    if job.failing_since:
        is_long = timezone.now() - job.failing_since > LASTING
        return State(
            gettext("It does not work."),
            Level.WARNING if is_long else Level.NOTE,
            job.failing_since,
            gettext("It is tried again by itself. If this stays, tell whoever runs the server."),
            detail=job.error,
        )
    return State(text, at=job.done_at)


def _checked_at() -> datetime.datetime | None:
    """Return when the contents were checked last, the internal links among them."""
    return Job.objects.filter(name="check_content").values_list("done_at", flat=True).first()


def content() -> State:
    count, checked = Finding.objects.count(), _checked_at()
    url = reverse("findings:index")
    if not count:
        return State(gettext("Nothing was found."), at=checked, url=url)
    text = ngettext("%(count)s thing to mend.", "%(count)s things to mend.", count)
    return State(text % {"count": count}, Level.NOTE, checked, url=url)


def links() -> State:
    """The index of links is written at each publication, and all of it with the content checks."""
    count, checked = InternalLink.objects.broken().count(), _checked_at()
    url = reverse("broken_links:index")
    if not count:
        return State(gettext("None is broken."), at=checked, url=url)
    text = ngettext("%(count)s broken link.", "%(count)s broken links.", count)
    return State(text % {"count": count}, Level.NOTE, checked, url=url)


def accessibility() -> State:
    newest = AutomatedCheck.objects.newest()
    url = reverse("audit:index")
    if newest is None:
        return State(gettext("None has been recorded yet."), Level.NOTE, url=url)
    if not newest.failure_count:
        return State(gettext("No failures were found."), at=newest.finished_at, url=url)
    text = ngettext("%(count)s failure.", "%(count)s failures.", newest.failure_count)
    return State(text % {"count": newest.failure_count}, Level.NOTE, newest.finished_at, url=url)
