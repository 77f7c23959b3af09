"""Uploads of PO files that wait to be applied."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation

from ..po.reasons import FILES, FOREIGN_FILES, TO_TRY_AGAIN, Result, file_sentence
from ..po.selection import editable_by

MOST_IMPORTANT_FIRST = (
    Result.UNREADABLE,
    Result.BROKEN,
    Result.ACCEPTED,
    Result.CONFLICT,
    Result.STALE,
    Result.SKIPPED,
    Result.UNCHANGED,
)


class POUploadQuerySet(models.QuerySet):
    def of(self, user):
        """Return what a person has uploaded and not discarded, the newest first."""
        return self.filter(user=user, is_checked=True).order_by("-created_at", "-pk")

    def old(self):
        """Return what is kept no longer (``PO_UPLOAD_DAYS``)."""
        days = datetime.timedelta(days=settings.PO_UPLOAD_DAYS)
        return self.filter(created_at__lt=timezone.now() - days)


class POUpload(models.Model):
    """A file with translations that somebody uploaded, tried out and perhaps applied."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    name = models.CharField(_("file"), max_length=255)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True, db_index=True)
    # What was begun and broke off is shown to nobody.
    is_checked = models.BooleanField(default=False)
    # Where the person came from: an address of this site, or nothing.
    return_to = models.CharField(max_length=500, blank=True)

    objects = POUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload of PO files")
        verbose_name_plural = _("uploads of PO files")

    def __str__(self):
        return self.name

    def is_open_to(self, user) -> bool:
        """Return whether a user may see, apply and discard it.

        Its own person may, administrators, and whoever may change all its pages.
        """
        if user.is_superuser or user.pk == self.user_id:
            return True
        wanted = set(self.files.exclude(translation=None).values_list("translation", flat=True))
        mine = editable_by(user).filter(pk__in=wanted).values_list("pk", flat=True)
        return bool(wanted) and wanted <= set(mine)

    @cached_property
    def counts(self) -> dict[Result, int]:
        """The number of texts of each result."""
        sums = self.files.aggregate(**{f"sum_{kind}": Sum(kind) for kind in Result})
        return {kind: sums[f"sum_{kind}"] or 0 for kind in Result}


class POFileQuerySet(models.QuerySet):
    def to_apply(self):
        """Return the files with something to apply; some of them may meet a locked page."""
        return self.filter(
            Q(problem="") | Q(problem__in=TO_TRY_AGAIN), applied_at=None, accepted__gt=0, broken=0
        )


class POFile(models.Model):
    """A file of an upload: the translation of one page or record, with what became of each text."""

    upload = models.ForeignKey(POUpload, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    translation = models.ForeignKey(
        Translation, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=255, blank=True)
    problem = models.CharField(max_length=30, blank=True)  # a key of reasons.FILES
    params = models.JSONField(default=dict)
    texts = models.JSONField(default=list)  # importing.CheckedText
    accepted = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    stale = models.PositiveIntegerField(default=0)
    conflict = models.PositiveIntegerField(default=0)
    foreign = models.PositiveIntegerField(default=0)
    broken = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)
    applied = models.PositiveIntegerField(default=0)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = POFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded PO file")
        verbose_name_plural = _("uploaded PO files")

    def __str__(self):
        return self.name

    @property
    def problem_sentence(self) -> str:
        """Why the whole file is left out, and what to do."""
        return file_sentence(self.problem, self.params) if self.problem in FILES else ""

    @property
    def result(self) -> Result:
        """What the file as a whole is, for its heading."""
        if self.applied_at:
            return Result.APPLIED if self.applied else Result.UNCHANGED
        if self.problem in FOREIGN_FILES:
            return Result.FOREIGN
        return next((kind for kind in MOST_IMPORTANT_FIRST if getattr(self, kind)), Result.EMPTY)

    def count(self, texts: list[dict]):
        """Take the texts with their results, and count them."""
        self.texts = texts
        for kind in Result:
            setattr(self, kind, sum(text["result"] == kind for text in texts))
