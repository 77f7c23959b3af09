"""Regions and municipalities of Latvia."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.collation import latvian_order
from home.models import BasePage


class Region(TranslatableMixin, models.Model):
    """A planning region (Cabinet Regulation No. 418 of 22 June 2021 lists their municipalities)."""

    name = models.CharField(_("name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    override_translatable_fields = [SynchronizedField("position")]

    panels = [FieldPanel("name"), FieldPanel("position")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name


class MunicipalityQuerySet(models.QuerySet):
    def alphabetical(self):
        """In the order of the Latvian alphabet, on both databases."""
        # Both as expressions: the search leaves those alone, and asks names of its index.
        return self.order_by(latvian_order("name").asc(), models.F("pk").asc())


class Municipality(TranslatableMixin, index.Indexed, models.Model):
    """A local government of today: a state city or a county."""

    class Kind(models.TextChoices):
        STATE_CITY = "state_city", _("State city")
        COUNTY = "county", _("County")
        COUNTY_WITH_STATE_CITY = "county_city", _("County with a state city")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.COUNTY)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="municipalities"
    )
    website = models.URLField(_("website"), blank=True)

    objects = MunicipalityQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("region"),
        FieldPanel("website"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class MunicipalitiesPage(BasePage):
    """The municipalities of Latvia by region."""

    lead = models.TextField(_("lead"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("lead")]
    search_fields = [*BasePage.search_fields, index.SearchField("lead")]

    schema_type = "CollectionPage"
    parent_page_types = ["home.ContentPage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("municipalities page")
        verbose_name_plural = _("municipalities pages")

    def get_context(self, request, *args, **kwargs):
        municipalities = Municipality.objects.filter(locale_id=self.locale_id)
        regions = {
            region.pk: (region, []) for region in Region.objects.filter(locale_id=self.locale_id)
        }
        for municipality in municipalities.alphabetical():
            if municipality.region_id in regions:
                regions[municipality.region_id][1].append(municipality)
        return super().get_context(request, *args, **kwargs) | {
            "regions": list(regions.values()),
            "total": sum(len(group) for _region, group in regions.values()),
        }
