"""What automated checks of the running site found, as they reported it themselves."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

MOST_KEPT = 20  # checks: enough to see a trend


class AutomatedCheckManager(models.Manager):
    def newest(self) -> "AutomatedCheck | None":
        """Return the last check, with the number of its failures and of the pages that have any."""
        return (
            self.annotate(
                failure_count=models.Count("failures"),
                page_count=models.Count("failures__url", distinct=True),
            )
            .order_by("-finished_at", "-pk")
            .first()
        )

    @transaction.atomic
    def record(self, failures: list["CheckFailure"], **values) -> tuple["AutomatedCheck", bool]:
        """Keep a check with its failures; return it, and whether it is new.

        The same check (same tool and time) is kept once. Those before the last ``MOST_KEPT`` go.
        """
        key = {name: values.pop(name) for name in ("tool", "started_at", "finished_at")}
        check, is_new = self.get_or_create(**key, defaults=values)
        if is_new:
            for failure in failures:
                failure.audit = check
            CheckFailure.objects.bulk_create(failures)
            kept = self.order_by("-finished_at", "-pk")[:MOST_KEPT]
            self.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
        return check, is_new


class AutomatedCheck(models.Model):
    """One run of the automated checks over the site; written by ``record_audit`` alone."""

    tool = models.CharField(_("tool"), max_length=120)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), db_index=True)
    pages = models.PositiveIntegerField(_("pages"))
    checks = models.PositiveIntegerField(_("checks"))

    objects = AutomatedCheckManager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("automated check")
        verbose_name_plural = _("automated checks")
        constraints = [
            models.UniqueConstraint(
                fields=["tool", "started_at", "finished_at"], name="home_one_record_a_check"
            )
        ]

    def __str__(self):
        return f"{self.tool}, {self.finished_at:%Y-%m-%d}"


class CheckFailure(models.Model):
    """Something that an automated check found on a page."""

    class Impact(models.TextChoices):
        """How bad it is, in the words of axe."""

        CRITICAL = "critical", _("Critical")
        SERIOUS = "serious", _("Serious")
        MODERATE = "moderate", _("Moderate")
        MINOR = "minor", _("Minor")

    audit = models.ForeignKey(AutomatedCheck, on_delete=models.CASCADE, related_name="failures")
    url = models.CharField(_("page"), max_length=500)
    check_name = models.CharField(_("check"), max_length=100)
    rule = models.CharField(_("rule"), max_length=100, blank=True)
    impact = models.CharField(_("impact"), max_length=10, choices=Impact.choices, blank=True)
    help = models.TextField(_("what is wrong"), blank=True)
    places = models.TextField(_("where"), blank=True)  # one place a line

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("failure of a check")
        verbose_name_plural = _("failures of a check")

    def __str__(self):
        return f"{self.url}: {self.rule or self.check_name}"
