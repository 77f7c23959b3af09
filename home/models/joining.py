"""Forms that visitors fill in: applications to join or to leave the association."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.forms.models import FORM_FIELD_CHOICES, AbstractFormField
from wagtail.contrib.forms.panels import FormSubmissionsPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import INLINE_FEATURES, BodyBlock
from home.rows import InlinePanel

from .base import BasePage
from .submissions import VisitorFormMixin


class FormPage(VisitorFormMixin, BasePage):
    """A page with a form whose fields editors arrange."""

    lead = models.TextField(_("lead"), blank=True)
    body = StreamField(
        BodyBlock(),
        verbose_name=_("body"),
        blank=True,
        help_text=_("Stands before the form: who applies, and how it goes on."),
    )
    button_label = models.CharField(_("label of the button"), max_length=60)
    thank_you = RichTextField(
        _("answer after sending"),
        features=INLINE_FEATURES,
        help_text=_("What happens next, and when to expect an answer."),
    )
    override_translatable_fields = [
        SynchronizedField("to_address"),
        SynchronizedField("retention_months", overridable=False),
    ]

    content_panels = [
        FormSubmissionsPanel(),
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        InlinePanel("form_fields", heading=_("Form"), label=_("Field")),
        FieldPanel("button_label"),
        FieldPanel("thank_you"),
        MultiFieldPanel(
            [
                FieldPanel("to_address"),
                FieldRowPanel([FieldPanel("from_address"), FieldPanel("subject")]),
            ],
            heading=_("Mail"),
        ),
        FieldPanel("retention_months"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("form page")
        verbose_name_plural = _("form pages")


class FormField(TranslatableMixin, AbstractFormField):
    """A field of a form; its name in the data stays the same in every language."""

    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(
        verbose_name=_("field type"),
        max_length=16,
        choices=[*FORM_FIELD_CHOICES, ("municipality", _("Municipality"))],
    )

    override_translatable_fields = [SynchronizedField("clean_name", overridable=False)]

    class Meta(TranslatableMixin.Meta, AbstractFormField.Meta):
        verbose_name = _("form field")
        verbose_name_plural = _("form fields")

    def __str__(self):
        return self.label
