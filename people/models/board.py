"""The board: seats, terms, and the people who hold them."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, PageManager, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.metadata import shorten
from home.models import BasePage
from home.pictures import draw_one, with_renditions
from home.querysets import BasePageQuerySet
from home.rows import InlinePanel
from home.structured_data import list_of_pages
from home.tones import Tone
from people import structured_data
from people.forms import PersonForm

from .municipalities import Municipality


class Seat(TranslatableMixin, models.Model):
    """A seat of the board: the group of municipalities or the region that it represents."""

    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(
        _("description"), blank=True, help_text=_("Whom the seat represents.")
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The place of the seat on the board's page.")
    )
    tone = models.CharField(_("colour"), max_length=10, choices=Tone.choices, default=Tone.CARMINE)

    override_translatable_fields = [SynchronizedField("position")]

    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("tone")]),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("seat of the board")
        verbose_name_plural = _("seats of the board")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class Role(models.TextChoices):
    CHAIR = "chair", _("Chair")
    DEPUTY = "deputy", _("Deputy Chair")
    MEMBER = "member", _("Board Member")


# Latvian offices have a gender; English ones are the same in both.
ROLE_TITLES = {
    (Role.CHAIR, "m"): pgettext_lazy("of a man", "Chair"),
    (Role.CHAIR, "f"): pgettext_lazy("of a woman", "Chair"),
    (Role.DEPUTY, "m"): pgettext_lazy("of a man", "Deputy Chair"),
    (Role.DEPUTY, "f"): pgettext_lazy("of a woman", "Deputy Chair"),
    (Role.MEMBER, "m"): pgettext_lazy("of a man", "Board Member"),
    (Role.MEMBER, "f"): pgettext_lazy("of a woman", "Board Member"),
}


class PersonQuerySet(BasePageQuerySet):
    def contacts(self, date: datetime.date):
        """The chair of that day first, then everyone marked as a contact."""
        chairs = Term.objects.on(date).filter(role=Role.CHAIR).values("person_id")
        is_chair = Q(pk__in=chairs)
        return (
            self.visible()
            .filter(is_chair | Q(show_in_contacts=True))
            .annotate(is_chair=models.ExpressionWrapper(is_chair, models.BooleanField()))
            .order_by("-is_chair", "title", "pk")
            .select_related("municipality")
            .defer("biography")
        )


class BoardPage(BasePage):
    """The board of today and of any day."""

    lead = models.TextField(_("lead"), blank=True)

    content_panels = [
        HelpPanel(
            content=_(
                "Who sits on the board follows from the terms on the pages of its members: "
                "each has a seat, a first day and a last day."
            )
        ),
        *BasePage.content_panels,
        FieldPanel("lead"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("lead")]

    chrome_name = "board"
    cached_parameters = ("date",)
    schema_type = "CollectionPage"
    parent_page_types = ["home.ContentPage"]
    subpage_types = ["people.PersonPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("board page")
        verbose_name_plural = _("board pages")

    def get_context(self, request, *args, **kwargs):
        asked = request.GET.get("date", "")
        date = parse_day(asked)
        seats = Seat.objects.filter(locale_id=self.locale_id)
        terms = {
            term.seat_id: term for term in Term.objects.board_on(date or today(), self.locale_id)
        }
        return super().get_context(request, *args, **kwargs) | {
            "date": date or today(),
            "is_today": date in (None, today()),
            "date_error": bool(asked) and date is None,
            "seats": [(seat, terms.get(seat.pk)) for seat in seats],
            "contacts": PersonPage.objects.filter(locale_id=self.locale_id, show_in_contacts=True)
            .visible()
            .exclude(pk__in=[term.person_id for term in terms.values()]),
        }

    def structured_data(self, request, context):
        people = [term.person for _seat, term in context["seats"] if term]
        return [list_of_pages(people, request, context)] if context["is_today"] else []


def today() -> datetime.date:
    """Return today's date in Latvia."""
    return timezone.localdate()


def parse_day(text: str) -> datetime.date | None:
    """Return the day that ``text`` (ISO 8601) names, or None when it is no day."""
    try:
        return parse_date(text)
    except ValueError:
        return None


class PersonPage(BasePage):
    """A person: a member of the board or another contact of the association.

    The only place where contacts stand; articles and other pages refer to it.
    """

    base_form_class = PersonForm

    class Gender(models.TextChoices):
        FEMININE = "f", _("Feminine")
        MASCULINE = "m", _("Masculine")

    portrait = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without a portrait the initials stand in a woven field."),
    )
    gender = models.CharField(
        _("gender of titles"),
        max_length=1,
        choices=Gender.choices,
        help_text=_("For Latvian titles: “priekšsēdētājs” or “priekšsēdētāja”."),
    )
    position = models.CharField(
        _("office"), max_length=160, blank=True, help_text=_("For example: executive director.")
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    organisation = models.CharField(
        _("organisation"),
        max_length=160,
        blank=True,
        help_text=_("If it is no municipality, or named otherwise."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    show_in_contacts = models.BooleanField(
        _("show among the contacts"),
        default=False,
        help_text=_("In the footer and on the contacts page. The chair stands there anyway."),
    )
    biography = RichTextField(_("biography"), features=["bold", "italic", "link"], blank=True)

    override_translatable_fields = [SynchronizedField("phone")]

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("portrait"),
                FieldPanel("gender"),
                FieldRowPanel([FieldPanel("position"), FieldPanel("municipality")]),
                FieldPanel("organisation"),
            ],
            heading=_("Person"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                FieldPanel("show_in_contacts"),
            ],
            heading=_("Contacts"),
        ),
        InlinePanel(
            "terms",
            heading=_("Terms on the board"),
            label=_("Term"),
            help_text=_("A seat is held by one person at a time; several terms may follow."),
        ),
        FieldPanel("biography"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("position"),
        index.SearchField("organisation"),
        index.SearchField("biography"),
        index.RelatedFields("municipality", [index.SearchField("name")]),
    ]

    parent_page_types = ["people.BoardPage"]
    subpage_types = []

    objects = PageManager.from_queryset(PersonQuerySet)()

    search_kind = "person"
    picture_places = {"portrait": ("portrait",)}

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    schema_type = "ProfilePage"

    def get_metadata(self, request, context):
        metadata = super().get_metadata(request, context)
        metadata.kind = "profile"
        if not metadata.description:
            term = context["current_term"]
            office = f"{term.role_title}, {term.seat.name}" if term else ""
            work = ", ".join(filter(None, (self.position, self.workplace)))
            parts = filter(None, (self.title, office, work, context["chrome"].texts.name))
            metadata.description = shorten(". ".join(parts) + ".")
        return metadata

    def structured_data(self, request, context):
        return [structured_data.person(self, context)]

    @property
    def initials(self) -> str:
        """The first letters of the first and the last name."""
        words = self.title.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def workplace(self) -> str:
        """The organisation if one is named, otherwise the municipality."""
        return self.organisation or (self.municipality.name if self.municipality else "")

    @property
    def phone_uri(self) -> str:
        """The number as a tel: address; numbers of eight digits are Latvian."""
        digits = "".join(char for char in self.phone if char.isdigit() or char == "+")
        return f"tel:+371{digits}" if len(digits) == 8 else f"tel:{digits}"

    def role_title(self, role) -> str:
        """The name of a role in the person's grammatical gender."""
        return ROLE_TITLES[Role(role), self.gender or "m"]

    @cached_property
    def current_term(self) -> "Term | None":
        """The seat that the person holds today; the newest if they are several."""
        terms = self.terms.select_related("seat").order_by("-starts_on", "-pk")
        return next((term for term in terms if term.covers(today())), None)

    @property
    def portrait_address(self) -> str:
        """The address of the portrait in a format that every program reads; empty without one."""
        rendition = self.portrait and draw_one(self.portrait, "fill-640x640|format-jpeg")
        return rendition.url if rendition else ""

    @property
    def chair_title(self) -> str:
        """The title of the chair; empty for others. For people read by ``contacts()``."""
        return self.role_title(Role.CHAIR) if getattr(self, "is_chair", False) else ""

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        terms = list(self.terms.select_related("seat").order_by("-starts_on", "-pk"))
        current = [term for term in terms if term.covers(today())]
        return context | {
            "terms": terms,
            "current_term": current[0] if current else None,
            "tone": (current or terms)[0].seat.tone if terms else Tone.CARMINE,
        }


class TermQuerySet(models.QuerySet):
    def on(self, date: datetime.date):
        """The terms that cover a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=date), starts_on__lte=date)

    def board_on(self, date: datetime.date, locale_id):
        """The board of a day in one language: terms with their seats and people."""
        people = PersonPage.objects.filter(locale_id=locale_id).visible()
        return (
            self.on(date)
            .filter(person__in=people.order_by())
            .select_related("seat", "person__municipality", "person__portrait")
            .prefetch_related(with_renditions("person__portrait", "portrait"))
            .defer("person__biography")
            .order_by("seat__position", "seat__pk")
        )

    def overlapping(self, starts_on, ends_on):
        """The terms that share a day with the given time; ``ends_on`` may be None (open)."""
        terms = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
        return terms.filter(starts_on__lte=ends_on) if ends_on else terms


class Term(TranslatableMixin, Orderable):
    """The time during which a person holds a seat, and the role."""

    person = ParentalKey(PersonPage, on_delete=models.CASCADE, related_name="terms")
    seat = models.ForeignKey(
        Seat, verbose_name=_("seat"), on_delete=models.PROTECT, related_name="terms"
    )
    role = models.CharField(_("role"), max_length=8, choices=Role.choices, default=Role.MEMBER)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty: still in office.")
    )

    objects = TermQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("seat"), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self):
        return f"{self.seat}: {self.starts_on}–{self.ends_on or ''}"

    @property
    def role_title(self) -> str:
        return self.person.role_title(self.role)

    def covers(self, date: datetime.date) -> bool:
        return self.starts_on <= date and (self.ends_on is None or date <= self.ends_on)

    def clean(self):
        super().clean()
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first.")})
