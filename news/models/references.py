"""The register of the insights' references."""

import re

from django.db import IntegrityError, models, transaction
from django.db.models import Max

REFERENCE = re.compile(r"(?P<prefix>[A-Z][A-Z0-9-]*)-(?P<year>\d{4})-(?P<number>\d{2,4})")


class InsightReferenceManager(models.Manager):
    def claim_next(self, year: int, translation_key) -> "InsightReference":
        """Give the insight with that key the year's next free number.

        Safe when two editors save at once: the loser of the race takes the number after.
        """
        while True:
            last = self.filter(year=year).aggregate(last=Max("number"))["last"] or 0
            try:
                with transaction.atomic():
                    return self.create(year=year, number=last + 1, translation_key=translation_key)
            except IntegrityError:
                taken = self.filter(translation_key=translation_key).first()
                if taken:
                    return taken

    def is_gone(self, reference: str, prefix: str) -> bool:
        """Tell whether an insight of that reference was public once and is deleted."""
        from .insights import Insight

        match = REFERENCE.fullmatch(reference)
        if not match or match["prefix"] != prefix:
            return False
        given = self.filter(year=int(match["year"]), number=int(match["number"]))
        given = given.filter(first_published_at__isnull=False).first()
        if given is None or str(given) != reference.removeprefix(f"{prefix}-"):
            return False
        return not Insight.objects.filter(translation_key=given.translation_key).exists()


class InsightReference(models.Model):
    """The register of references: who got which number, for ever.

    Kept apart from the insights, because those live in drafts, in two languages and may be
    deleted, while a number that was given once is never given again.
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    translation_key = models.UUIDField(unique=True, editable=False)
    first_published_at = models.DateTimeField(null=True, editable=False)

    objects = InsightReferenceManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="news_reference_given_once")
        ]

    def __str__(self):
        return f"{self.year}-{self.number:02}"
