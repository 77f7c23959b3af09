"""What pages with a form for visitors have in common: guarding, keeping, mailing, forgetting."""

import datetime
import logging
from smtplib import SMTPException

from django.apps import apps
from django.core.mail import BadHeaderError
from django.db import models
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.models import EmailFormMixin, FormMixin, FormSubmission

from home.forms import FormPageForm, VisitorFormBuilder
from home.retention import MONTH_DAYS
from home.spam import exceeds_rate, is_same_origin

logger = logging.getLogger(__name__)


class VisitorFormMixin(EmailFormMixin, FormMixin, models.Model):
    """A page with a form. What is sent is stored first and mailed second.

    Submissions older than ``retention_months`` are deleted whenever a new one arrives and by the
    command ``purge_submissions``.
    """

    base_form_class = FormPageForm
    form_builder = VisitorFormBuilder

    cached_parameters = None  # the form holds a stamp of the time at which it was opened

    retention_months = models.PositiveSmallIntegerField(
        _("months kept"),
        default=24,
        help_text=_("Submissions are deleted after this many months. Visitors see it."),
    )

    class Meta:
        abstract = True

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


def pages_with_forms():
    """Yield every page on which visitors can send something, of all types."""
    for model in apps.get_models():
        if issubclass(model, VisitorFormMixin):
            yield from model.objects.all()
