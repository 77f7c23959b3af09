"""Partners and supporters of the association."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.images import get_image_model_string
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from home.pictures import with_renditions


class PartnerQuerySet(models.QuerySet):
    def for_locale(self, locale_id):
        """The partners that the whole site shows, in their order."""
        return self.filter(locale_id=locale_id, show_on_site=True)

    def with_logos(self):
        """Partners with their logos drawn in the size of lists, in a constant number of queries."""
        return self.select_related("logo").prefetch_related(with_renditions("logo", "logo"))


class Partner(TranslatableMixin, models.Model):
    """An organisation that works with the association or supports it."""

    class Kind(models.TextChoices):
        PARTNER = "partner", _("Partner")
        SUPPORTER = "supporter", _("Supporter")

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(
        _("short name"), max_length=40, blank=True, help_text=_("For example: VRAA.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PARTNER)
    url = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    show_on_site = models.BooleanField(
        _("show on every page"),
        default=True,
        help_text=_("In the footer and on the front page; others only where pages name them."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    override_translatable_fields = [
        SynchronizedField("position"),
        SynchronizedField("show_on_site"),
    ]

    picture_places = {"logo": ("logo",)}

    objects = PartnerQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("kind")]),
        FieldPanel("url"),
        FieldPanel("logo"),
        FieldRowPanel([FieldPanel("show_on_site"), FieldPanel("position")]),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners and supporters")
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name

    @property
    def label(self) -> str:
        return self.short_name or self.name
