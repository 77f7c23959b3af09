"""The accessibility statement: what a public body in the European Union must publish."""

import datetime
from urllib.parse import urlsplit

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.forms.panels import FormSubmissionsPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import INLINE_FEATURES, BodyBlock
from home.querysets import is_private
from home.rows import InlinePanel

from .audits import AutomatedCheck
from .base import BasePage
from .joining import FormField
from .submissions import VisitorFormMixin


class AccessibilityStatementPage(VisitorFormMixin, BasePage):
    """The accessibility statement, with a form on which visitors report barriers.

    Its parts follow the model statement of Commission Implementing Decision (EU) 2018/1523 (status,
    content that is not accessible, preparation, feedback, enforcement) and Latvia's Cabinet
    Regulation No. 445 of 14 July 2020. The last automated check is not written by editors: see
    ``AutomatedCheck``.
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
    alternatives = RichTextField(
        _("alternatives"),
        features=[*INLINE_FEATURES, "ul"],
        blank=True,
        help_text=_("How to get what is not accessible in another way."),
    )
    body = StreamField(
        BodyBlock(),
        verbose_name=_("body"),
        blank=True,
        help_text=_("What else helps visitors with disabilities."),
    )
    feedback = models.TextField(
        _("invitation"),
        blank=True,
        help_text=_("Stands above the form: what to report, and who reads it."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("days until the answer"),
        default=30,
        help_text=_("Whoever writes learns the day by which an answer is due."),
    )
    enforcement = models.TextField(
        _("procedure"),
        blank=True,
        help_text=_("When and how to turn to the bodies below."),
    )
    prepared_on = models.DateField(_("prepared on"), null=True, blank=True)
    revised_on = models.DateField(_("last revised on"), null=True, blank=True)

    override_translatable_fields = [
        SynchronizedField("to_address"),
        SynchronizedField("retention_months", overridable=False),
        SynchronizedField("answer_days", overridable=False),
    ]

    content_panels = [
        FormSubmissionsPanel(),
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
        FieldPanel("alternatives"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("feedback"),
                FieldRowPanel([FieldPanel("answer_days"), FieldPanel("retention_months")]),
                FieldPanel("to_address"),
                FieldRowPanel([FieldPanel("from_address"), FieldPanel("subject")]),
            ],
            heading=_("Feedback form"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("enforcement"),
                InlinePanel(
                    "enforcement_bodies", heading=_("Institutions"), label=_("Institution")
                ),
            ],
            heading=_("Enforcement"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("prepared_on"), FieldPanel("revised_on")])],
            heading=_("Preparation of the statement"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("alternatives"),
        index.SearchField("body"),
        index.SearchField("feedback"),
        index.SearchField("enforcement"),
    ]

    chrome_name = "accessibility"
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

    def get_form_fields(self):
        """Return the fields of the feedback form: the same in every statement, so not stored."""

        def field(name, label, kind="singleline", required=False, help_text=""):
            return FormField(
                clean_name=name,
                label=label,
                field_type=kind,
                required=required,
                help_text=help_text,
            )

        return [
            field("problem", _("What could not be used or read?"), "multiline", required=True),
            field(
                "place", _("Address or name of the page"), help_text=_("If it is about one page.")
            ),
            field(
                "aids",
                _("Browser and assistive technology"),
                help_text=_("For example: NVDA, zoom, keyboard alone."),
            ),
            field("name", _("Your name")),
            field(
                "email",
                _("E-mail address"),
                "email",
                help_text=_("Needed for an answer; without it the report is read all the same."),
            ),
        ]

    @property
    def answer_due(self) -> datetime.date:
        """The day by which what is sent today is answered."""
        return timezone.localdate() + datetime.timedelta(days=self.answer_days)

    def _failures_with_links(self) -> list["KnownFailure"]:
        """Return the known failures; ``link`` is the page of each as visitors of this page see it.

        That is its translation in this language, else the page that was chosen, else None.
        """
        failures = list(self.failures.select_related("subject"))
        keys = {failure.subject.translation_key for failure in failures if failure.subject}
        public = Page.objects.live().filter(~is_private(), translation_key__in=keys)
        public = list(public.select_related("locale")) if keys else []
        spoken = (page for page in public if page.locale_id == self.locale_id)
        translated = {page.translation_key: page for page in spoken}
        chosen = {page.pk: page for page in public}
        for failure in failures:
            key = failure.subject.translation_key if failure.subject else None
            failure.link = translated.get(key) or chosen.get(failure.subject_id)
        return failures

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "failures": self._failures_with_links(),
            "enforcement_bodies": self.enforcement_bodies.all(),
            "last_check": AutomatedCheck.objects.newest(),
        }


class KnownFailure(TranslatableMixin, Orderable):
    """Something that is not accessible yet, and what is planned."""

    class Reason(models.TextChoices):
        """Why, in the groups of the model statement ("Non-accessible content")."""

        FAILURE = "failure", _("Does not conform to the standard")
        BURDEN = "burden", _("Disproportionate burden")
        SCOPE = "scope", _("Outside the scope of the law")

    page = ParentalKey(
        AccessibilityStatementPage, on_delete=models.CASCADE, related_name="failures"
    )
    description = models.TextField(_("what does not conform"))
    reason = models.CharField(
        _("reason"), max_length=8, choices=Reason.choices, default=Reason.FAILURE
    )
    subject = models.ForeignKey(
        Page,
        verbose_name=_("on which page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    place = models.CharField(
        _("where"),
        max_length=200,
        blank=True,
        help_text=_("In words, where it is not one page."),
    )
    plan = models.TextField(_("plan"), blank=True, help_text=_("What will be done about it."))
    due_on = models.DateField(_("to be mended by"), null=True, blank=True)

    override_translatable_fields = [SynchronizedField("subject", overridable=False)]

    panels = [
        FieldPanel("description"),
        FieldPanel("reason"),
        PageChooserPanel("subject"),
        FieldPanel("place"),
        FieldPanel("plan"),
        FieldPanel("due_on"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("known failure")
        verbose_name_plural = _("known failures")

    def __str__(self):
        return self.description

    @property
    def reason_order(self) -> int:
        """The place of the reason in the model statement."""
        return self.Reason.values.index(self.reason)

    @property
    def is_overdue(self) -> bool:
        """Tell whether the day of the plan is past: the statement says so itself."""
        return bool(self.due_on) and self.due_on < timezone.localdate()


class EnforcementBody(TranslatableMixin, Orderable):
    """An institution to which visitors can turn when they get no satisfying answer."""

    page = ParentalKey(
        AccessibilityStatementPage, on_delete=models.CASCADE, related_name="enforcement_bodies"
    )
    name = models.CharField(_("name"), max_length=200)
    role = models.TextField(_("what it does"), blank=True)
    url = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)

    override_translatable_fields = [SynchronizedField("phone")]

    panels = [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldPanel("url"),
        FieldPanel("email"),
        FieldPanel("phone"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("enforcement body")
        verbose_name_plural = _("enforcement bodies")

    def __str__(self):
        return self.name

    @property
    def address(self) -> str:
        """The website as people read it."""
        return urlsplit(self.url).netloc.removeprefix("www.")
