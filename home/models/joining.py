"""Forms that visitors fill in: applications to join or to leave the association."""

import datetime
import logging
from smtplib import SMTPException

from django.core.mail import BadHeaderError
from django.db import models
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.forms.models import (
    FORM_FIELD_CHOICES,
    AbstractFormField,
    EmailFormMixin,
    FormMixin,
    FormSubmission,
)
from wagtail.contrib.forms.panels import FormSubmissionsPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import INLINE_FEATURES, BodyBlock
from home.forms import FormPageForm, VisitorFormBuilder
from home.rows import InlinePanel
from home.spam import exceeds_rate, is_same_origin

from .base import BasePage

MONTH_DAYS = 365.25 / 12

logger = logging.getLogger(__name__)


class FormPage(EmailFormMixin, FormMixin, BasePage):
    """A page with a form. What is sent is stored first and mailed second.

    Submissions older than ``retention_months`` are deleted whenever a new one arrives and by the
    command ``purge_submissions``.
    """

    base_form_class = FormPageForm
    form_builder = VisitorFormBuilder

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
    retention_months = models.PositiveSmallIntegerField(
        _("months kept"),
        default=24,
        help_text=_("Submissions are deleted after this many months. Visitors see it."),
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

    def serve(self, request, *args, **kwargs):
        if request.method == "GET" and "sent" in request.GET:
            return self.render_landing_page(request)
        status = 200
        if request.method == "POST":
            form = self.get_form(request.POST, page=self, user=request.user)
            status = self._accept(request, form)
            if status == 303:
                return HttpResponseRedirect(f"{self.get_url(request)}?sent=1", status=303)
        else:
            form = self.get_form(page=self, user=request.user)
        context = self.get_context(request) | {"form": form}
        return TemplateResponse(request, self.get_template(request), context, status=status)

    def _accept(self, request, form) -> int:
        """Store a valid form; return the status of the answer, 303 when it was taken."""
        if not is_same_origin(request):
            form.add_error(None, _("The form was sent from another website. Please send it here."))
            return 403
        if not form.is_valid():
            return 422
        if form.looks_automatic():
            # A robot is told nothing, a person in a great hurry that something is missing.
            form.add_error(None, _("The form was sent too quickly. Please send it once more."))
            return 422
        if exceeds_rate(request, scope=f"form:{self.translation_key}"):
            form.add_error(None, _("Too many forms from this address. Please try in an hour."))
            return 429
        self.process_form_submission(form)
        return 303

    def process_form_submission(self, form):
        names = [field.name for field in form.visitor_fields()]
        submission = self.get_submission_class().objects.create(
            form_data={name: form.cleaned_data[name] for name in names}, page=self
        )
        self.purge_submissions()
        if self.to_address:
            try:
                self.send_mail(form)
            except (BadHeaderError, SMTPException, OSError):
                logger.exception("Submission %s is stored but could not be mailed", submission.pk)
        return submission

    def render_email(self, form):
        for name in form.GUARD_FIELDS:
            form.cleaned_data.pop(name, None)
        return super().render_email(form)

    def purge_submissions(self) -> int:
        """Delete the submissions that are older than the retention period; return how many."""
        limit = timezone.now() - datetime.timedelta(days=MONTH_DAYS * self.retention_months)
        deleted, _details = FormSubmission.objects.filter(page=self, submit_time__lt=limit).delete()
        return deleted


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
