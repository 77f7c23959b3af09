"""The association itself: its home page, its goals, and plain pages."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home import shared
from home.blocks import INLINE_FEATURES, BodyBlock, ContentBodyBlock
from home.forms import NumberedGoalsForm
from home.querysets import is_private
from home.rows import InlinePanel

from .base import BasePage
from .meetings import MeetingPage
from .partners import Partner

GOAL_NUMBER = re.compile(r"[1-9]\d?(\.[1-9]\d?){0,2}")


class HomePage(BasePage):
    """The front page of one language. Made by a data migration, one per language."""

    mission = models.CharField(
        _("mission"),
        max_length=160,
        blank=True,
        help_text=_("Who we are, in one sentence. It opens the front page in large type."),
    )
    introduction = RichTextField(
        _("introduction"),
        features=INLINE_FEATURES,
        blank=True,
        help_text=_("A short paragraph under the mission. May be left empty."),
    )

    content_panels = [
        HelpPanel(
            heading=_("What stands on the front page"),
            content=_(
                "News, insights, meetings, the board, the goals and the partners come from their "
                "own pages and are always the newest. Here only the mission and the introduction "
                "are written."
            ),
        ),
        *BasePage.content_panels,
        FieldPanel("mission"),
        FieldPanel("introduction"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("mission"),
        index.SearchField("introduction"),
    ]

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.ContentPage",
        "home.MeetingsPage",
        "home.FormPage",
        "home.AccessibilityStatementPage",
        "home.EasyReadPage",
        "home.PrivacyPage",
        "news.NewsIndexPage",
        "news.InsightLibraryPage",
    ]

    is_findable = False  # it repeats what stands on other pages

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        locale_id, minute = self.locale_id, timezone.now().replace(second=0, microsecond=0)
        next_meeting, last_recording = shared.once(
            ("meetings around", locale_id, minute),
            lambda: MeetingPage.objects.around_today(locale_id),
        )
        goals_page, goals = shared.once(("goals", locale_id), self._goals)
        # The footer names the same partners: read them once, here with their logos.
        partners = shared.once(("partners with logos", locale_id), self._partners)
        context["chrome"].partners = partners
        return context | {
            "next_meeting": next_meeting,
            "last_recording": last_recording,
            "goals_page": goals_page,
            "goals": goals,
            "partners": partners,
        }

    def _goals(self) -> tuple["GoalsPage | None", list["Goal"]]:
        page = GoalsPage.objects.visible().filter(locale_id=self.locale_id).first()
        return page, list(page.goals.all()) if page else []

    def _partners(self) -> list[Partner]:
        return list(Partner.objects.for_locale(self.locale_id).with_logos())


class ContentPage(BasePage):
    """A plain page, for instance about the association or its contacts."""

    lead = models.TextField(_("lead"), blank=True, help_text=_("Opens the page in larger type."))
    body = StreamField(ContentBodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = [
        "home.ContentPage",
        "home.GoalsPage",
        "home.FormPage",
        "people.BoardPage",
        "people.MunicipalitiesPage",
    ]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        children = self.get_children().live().filter(~is_private(), show_in_menus=True)
        # Summaries live in each page's own table: `specific` reads each type in one query.
        context["child_pages"] = children.specific()
        return context


class GoalsPage(BasePage):
    """The association's goals, numbered as in its statutes."""

    base_form_class = NumberedGoalsForm

    introduction = models.TextField(
        _("introduction"), help_text=_("The half-sentence that the goals complete.")
    )
    body = StreamField(
        BodyBlock(),
        verbose_name=_("body"),
        blank=True,
        help_text=_("What follows the goals, for instance the rules of membership."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        InlinePanel("goals", heading=_("Goals"), label=_("Goal"), min_num=1),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.RelatedFields("goals", [index.SearchField("text")]),
        index.SearchField("body"),
    ]

    chrome_name = "goals"
    schema_type = "AboutPage"
    parent_page_types = ["home.ContentPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("goals page")
        verbose_name_plural = _("goals pages")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"goals": self.goals.all()}


def validate_goal_number(value):
    """Refuse what is not a number of the statutes, such as 1.1 or 2.3.1."""
    if not GOAL_NUMBER.fullmatch(value):
        raise ValidationError(
            _("Write the number as in the statutes, for example 1.3."), code="goal_number"
        )


class Goal(TranslatableMixin, Orderable):
    """One goal: its number in the statutes and its text."""

    page = ParentalKey(GoalsPage, on_delete=models.CASCADE, related_name="goals")
    number = models.CharField(
        _("number"),
        max_length=8,
        validators=[validate_goal_number],
        help_text=_("As in the statutes, for example 1.3."),
    )
    text = models.TextField(_("text"))
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("What it means in practice.")
    )

    override_translatable_fields = [SynchronizedField("number", overridable=False)]

    panels = [FieldPanel("number"), FieldPanel("text"), FieldPanel("explanation")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    def __str__(self):
        return f"{self.number}. {self.text}"
