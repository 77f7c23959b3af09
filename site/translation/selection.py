"""What a person has selected in the report of translations, and what can be done with it.

The report is one form. Its check boxes are named ``translations`` and hold primary keys of
``TranslationStatus``; ``everything`` stands for all rows that the filters in the address find, on
this page or not. An action is a button of that form with an address of its own, to which the
browser posts the selection, the filters in the query string. A view that takes it asks
``selected(request)`` for the rows; a row's ``translation`` is that of wagtail-localize, or None.

Buttons come by the hook ``register_translation_selection_action``, whose functions return a
``SelectionAction`` (see wagtail_hooks/po.py).
"""

from collections.abc import Callable
from dataclasses import dataclass

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.filters import MultipleContentTypeFilter, WagtailFilterSet
from wagtail.models import Locale

from home.permissions import languages_of

from .models import Publication, State, TranslationStatus

CHECKBOX, EVERYTHING = "translations", "everything"
HOOK = "register_translation_selection_action"


@dataclass(frozen=True)
class SelectionAction:
    """A button under the report. ``url_name`` is that of a view that takes a POST."""

    label: str
    url_name: str
    icon_name: str
    is_shown: Callable[[object], bool] = lambda user: True
    order: int = 100

    @property
    def url(self) -> str:
        return reverse(self.url_name)


def actions_for(user) -> list[SelectionAction]:
    actions = [register() for register in hooks.get_hooks(HOOK)]
    shown = [action for action in actions if action.is_shown(user)]
    return sorted(shown, key=lambda action: action.order)


def may_see(user) -> bool:
    """Whether a person sees the report: all who work in some language."""
    return bool(languages_of(user))


def _kinds(request):
    kinds = TranslationStatus.objects.order_by().values("content_type")
    return ContentType.objects.filter(pk__in=kinds).order_by("model")


class TranslationFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    publication = django_filters.MultipleChoiceFilter(
        label=_("Translation"), choices=Publication.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = MultipleContentTypeFilter(
        label=_("Kind"),
        field_name="content_type",
        queryset=_kinds,
        widget=forms.CheckboxSelectMultiple,
    )
    is_published = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a translation", "Source"),
        choices=[
            ("True", _("Published sources")),
            ("False", _("Sources that are not published")),
        ],
        empty_label=_("All sources"),
        widget=forms.RadioSelect,
    )
    language = django_filters.ModelMultipleChoiceFilter(
        label=_("Language"),
        field_name="target_locale",
        queryset=lambda request: Locale.objects.exclude(pk=Locale.get_default().pk),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = TranslationStatus
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        languages = languages_of(self.request.user)
        if Locale.get_default().pk not in languages:
            del self.filters["is_published"]  # there is nothing but published sources
        if Locale.objects.count() < 3:
            del self.filters["language"]


def rows_for(request):
    """Return all rows that a person may know of, with their states."""
    return TranslationStatus.objects.visible_to(request.user).with_state().defer("units")


def selected(request):
    """Return the rows that a form was posted with: those of the person's that still exist."""
    rows = rows_for(request)
    if not request.POST.get(EVERYTHING):
        keys = [key for key in request.POST.getlist(CHECKBOX) if key.isdecimal()]
        return rows.filter(pk__in=keys)
    filters = TranslationFilterSet(request.GET, request=request, queryset=rows)
    found = filters.qs if filters.is_valid() else rows.none()
    return found.containing(request.GET.get("q", ""))


def report_url(request) -> str:
    """Return the address of the report with the filters of this request, for going back there."""
    kept = request.GET.copy()
    kept.pop("_w_filter_fragment", None)  # what Wagtail adds when a filter is taken off
    address = reverse("translations:index")
    return f"{address}?{kept.urlencode()}" if kept else address
