"""Pages that the site of a public body must have: accessibility, easy reading, privacy."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from home.blocks import BodyBlock
from home.rows import InlinePanel

from .base import BasePage


class AccessibilityStatementPage(BasePage):
    """The accessibility statement.

    Its content follows the model statement of Commission Implementing Decision (EU) 2018/1523 and
    Latvia's Cabinet Regulation No. 445 of 14 July 2020.
    """

    class Conformance(models.TextChoices):
        FULL = "full", _("Fully conforms")
        PARTIAL = "partial", _("Partly conforms")
        NONE = "none", _("Does not conform")

    introduction = models.TextField(_("introduction"))
    conformance = models.CharField(
        _("conformance"), max_length=8, choices=Conformance.choices, default=Conformance.PARTIAL
    )
    standard = models.CharField(
        _("standard"), max_length=160, help_text=_("For example: EN 301 549, WCAG 2.2 AA.")
    )
    method = models.TextField(_("method of the evaluation"))
    evaluated_on = models.DateField(_("evaluated on"))
    evaluated_by = models.CharField(_("evaluated by"), max_length=160)
    body = StreamField(
        BodyBlock(),
        verbose_name=_("body"),
        blank=True,
        help_text=_("Alternatives, feedback and the body that enforces the rules."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("conformance"), FieldPanel("standard")]),
                FieldPanel("method"),
                FieldRowPanel([FieldPanel("evaluated_on"), FieldPanel("evaluated_by")]),
            ],
            heading=_("Evaluation"),
        ),
        InlinePanel("failures", heading=_("Known failures"), label=_("Failure")),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    chrome_name = "accessibility"
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"failures": self.failures.all()}


class KnownFailure(TranslatableMixin, Orderable):
    """Something that does not conform yet, and what is planned."""

    page = ParentalKey(
        AccessibilityStatementPage, on_delete=models.CASCADE, related_name="failures"
    )
    description = models.TextField(_("what does not conform"))
    place = models.CharField(_("where"), max_length=200, blank=True)
    plan = models.TextField(_("plan"), blank=True, help_text=_("What will be done, and by when."))

    panels = [FieldPanel("description"), FieldPanel("place"), FieldPanel("plan")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("known failure")
        verbose_name_plural = _("known failures")

    def __str__(self):
        return self.description


class EasyReadPage(BasePage):
    """The association in easy-to-read language: short sentences, one thought a line."""

    body = StreamField(BodyBlock(), verbose_name=_("body"))

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    chrome_name = "easy_read"
    parent_page_types = ["home.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("easy-to-read page")
        verbose_name_plural = _("easy-to-read pages")


class PrivacyPage(BasePage):
    """What the site stores about people, where, why and for how long."""

    introduction = models.TextField(_("introduction"))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        InlinePanel("records", heading=_("What is stored"), label=_("Record"), min_num=1),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    chrome_name = "privacy"
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("privacy page")
        verbose_name_plural = _("privacy pages")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"records": self.records.all()}


class StoredRecord(TranslatableMixin, Orderable):
    """One kind of data that the site stores."""

    page = ParentalKey(PrivacyPage, on_delete=models.CASCADE, related_name="records")
    what = models.CharField(_("what"), max_length=200)
    where = models.CharField(_("where"), max_length=200)
    purpose = models.TextField(_("purpose"))
    kept_for = models.CharField(_("kept for"), max_length=200)

    panels = [
        FieldPanel("what"),
        FieldPanel("where"),
        FieldPanel("purpose"),
        FieldPanel("kept_for"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("stored record")
        verbose_name_plural = _("stored records")

    def __str__(self):
        return self.what
