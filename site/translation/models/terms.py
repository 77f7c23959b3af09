"""What helps translators: the glossary of the content."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from home.collation import latvian_order


class TermQuerySet(models.QuerySet):
    def alphabetical(self):
        """The terms in Latvian alphabetical order."""
        return self.order_by(latvian_order("source"), "pk")


class Term(models.Model):
    """A term of the source language with what it is called in the translation.

    It holds both languages, so it is not translatable itself. Texts are matched by
    ``translation.glossary``, in any inflected form.
    """

    SEPARATOR = ";"  # between variants

    source = models.CharField(
        _("in Latvian"),
        max_length=120,
        help_text=_("A word or several, in the basic form. Every inflected form is recognised."),
    )
    target = models.CharField(_("in English"), max_length=120)
    forbidden = models.CharField(
        _("not this"),
        max_length=255,
        blank=True,
        help_text=_("English words to avoid for this term, separated by semicolons."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("When to use it, and when not."))

    objects = TermQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("source"), FieldPanel("target")]),
        FieldPanel("forbidden"),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["source", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("source"),
                name="translation_term_source",
                violation_error_message=_("The glossary has this term already."),
            )
        ]

    def __str__(self):
        return f"{self.source} – {self.target}"

    def clean(self):
        self.source, self.target = _one_line(self.source), _one_line(self.target)
        self.forbidden = f"{self.SEPARATOR} ".join(self.forbidden_variants)
        if self.target in self.forbidden_variants:
            raise ValidationError(
                {"forbidden": _("The translation itself stands among the words to avoid.")}
            )

    @property
    def forbidden_variants(self) -> list[str]:
        """The translations to avoid."""
        return [
            variant for part in self.forbidden.split(self.SEPARATOR) if (variant := _one_line(part))
        ]


def _one_line(text: str) -> str:
    return " ".join(text.split())
