"""What is kept about editors and users of the API, for the list of ``home.retention``."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import ModelLogEntry, PageLogEntry

from api.throttling import AddressThrottle
from home.retention import MONTH_DAYS, SECONDS_A_DAY, Retained

DAY = datetime.timedelta(days=1)
PRESENCE = (EditingSession, FormState)


@hooks.register("register_retained_data")
def name_what_is_kept():
    return [
        Retained(
            "accounts",
            _("Accounts of editors"),
            ("auth.User", "wagtailusers.UserProfile", "wagtailcore.PageSubscription"),
            until=_("until an administrator deletes the account"),
        ),
        Retained(
            "history",
            _("History: who did what, and when"),
            ("wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"),
            get_days=lambda: settings.HISTORY_MONTHS * MONTH_DAYS,
            purge=_purge_history,
        ),
        Retained(
            "presence",
            _("Who has a page open for editing"),
            ("wagtailadmin.EditingSession", "wagtailadmin.FormState"),
            get_days=lambda: max(model.STALE_TIMEOUT for model in PRESENCE) / DAY,
            purge=lambda: sum(model.objects.stale().delete()[0] for model in PRESENCE),
        ),
        Retained(
            "authorship",
            _("Who wrote, reviewed, translated or uploaded what"),
            AUTHORSHIP,
            until=_("as long as the page, image or document itself"),
        ),
        Retained(
            "people",
            _("People whom the site presents"),
            ("people.PersonPage",),
            until=_("as long as the page is published or kept as a record"),
        ),
        Retained(
            "addresses",
            _("Addresses to which forms are mailed"),
            ("home.FormPage", "home.AccessibilityStatementPage", "home.EnforcementBody"),
            until=_("until an editor changes them"),
        ),
        Retained(
            "askers",
            _("Print of the address of who asks the public API"),
            get_days=lambda: (AddressThrottle().duration or 0) / SECONDS_A_DAY,
        ),
    ]


AUTHORSHIP = (
    "wagtailcore.Page",
    "wagtailcore.Revision",
    "wagtailcore.Comment",
    "wagtailcore.CommentReply",
    "wagtailcore.WorkflowState",
    "wagtailcore.TaskState",
    "wagtailcore.UploadedFile",
    "wagtailimages.Image",
    "wagtaildocs.Document",
    "wagtail_localize.SegmentOverride",
    "wagtail_localize.StringTranslation",
    "wordpress.ImportedItem",
)


def _purge_history() -> int:
    limit = timezone.now() - datetime.timedelta(days=settings.HISTORY_MONTHS * MONTH_DAYS)
    models = (PageLogEntry, ModelLogEntry)
    return sum(model.objects.filter(timestamp__lt=limit).delete()[0] for model in models)
