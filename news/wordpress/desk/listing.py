"""The list of what was read of the old site; first what waits for a decision."""

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Max, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from .. import decisions
from ..models import ImportedItem
from . import words
from .actions import ACTIONS

PERMISSION = "wordpress.decide_importeditem"
CHECKBOX, EVERYTHING = "items", "everything"
ANY_STATE, BEING_IMPORTED = "all", "being-imported"
NO_DATE = "none"
State, Decision = ImportedItem.State, ImportedItem.Decision
# What can be done to what is listed, by the state that is asked for.
ACTIONS_BY_STATE = {
    "": ("accept", "draft", "reject"),
    BEING_IMPORTED: ("reopen",),
    State.REJECTED: ("reopen",),
    State.FAILED: ("reopen",),
    State.IMPORTED: ("reject",),
    ANY_STATE: tuple(ACTIONS),
}


class DecidersMixin:
    """Only for those who decide on items of the old site."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


# Which ones


class ItemFilterSet(WagtailFilterSet):
    """What is to be shown; without a choice of states what waits for a decision."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            (BEING_IMPORTED, _("being imported")),
            *((value, label) for value, label in State.choices if value != State.DOUBTFUL),
            (ANY_STATE, _("all states")),
        ],
        empty_label=_("waits for a decision"),
        method="filter_state",
        widget=forms.RadioSelect,
    )
    reason = django_filters.MultipleChoiceFilter(
        label=_("Reason"),
        choices=list(words.REASONS.items()),
        method="filter_reason",
        widget=forms.CheckboxSelectMultiple,
    )
    type = django_filters.MultipleChoiceFilter(label=_("Type"), widget=forms.CheckboxSelectMultiple)
    year = django_filters.ChoiceFilter(label=_("Year"), method="filter_year")
    decision = django_filters.MultipleChoiceFilter(
        label=_("Decision"),
        choices=[choice for choice in Decision.choices if choice[0]],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ImportedItem
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["type"].extra["choices"] = _types()
        self.filters["year"].extra["choices"] = _years()

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        if self.form.cleaned_data["state"]:
            return queryset
        return queryset.filter(state=State.DOUBTFUL)

    def filter_state(self, queryset, name, value):
        if value == BEING_IMPORTED:
            return queryset.being_imported()
        return queryset if value == ANY_STATE else queryset.filter(state=value)

    def filter_reason(self, queryset, name, value):
        return queryset.with_reasons(value) if value else queryset

    def filter_year(self, queryset, name, value):
        if value == NO_DATE:
            return queryset.filter(date=None)
        return queryset.filter(date__year=int(value))


def _types() -> list[tuple[str, str]]:
    types = ImportedItem.objects.order_by("type").values_list("type", flat=True).distinct()
    return [(name, words.of_type(name)) for name in types]


def _years() -> list[tuple[str, str]]:
    ends = ImportedItem.objects.aggregate(first=Min("date"), last=Max("date"))
    years = []
    if ends["first"]:
        first, last = (timezone.localtime(ends[name]).year for name in ("first", "last"))
        years = [(str(year), str(year)) for year in range(last, first - 1, -1)]
    return [*years, (NO_DATE, _("without a date"))]


def found(request):
    """Return the items that the filters in the address find; none where they make no sense."""
    rows = ImportedItem.objects.all()
    filters = ItemFilterSet(request.GET, request=request, queryset=rows)
    if not filters.is_valid():
        return rows.none()
    return filters.qs.containing(request.GET.get("q", "").strip())


def selected(request):
    """Return the items that a form was posted with: those ticked, or all that the filters find."""
    if request.POST.get(EVERYTHING):
        return found(request)
    keys = [key for key in request.POST.getlist(CHECKBOX) if key.isdecimal() and len(key) < 19]
    return ImportedItem.objects.filter(pk__in=keys)


def filters_of(request) -> str:
    """Return the filters of the address as a query that another address can carry."""
    kept = request.GET.copy()
    for name in ("p", "ordering", "_w_filter_fragment"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}" if kept else ""


def list_url(request) -> str:
    return reverse("wordpress:index") + filters_of(request)


# How they are shown


class SelectionColumn(BaseColumn):
    header_template_name = "translation/status/select_all.html"
    cell_template_name = "wordpress/select.html"

    class Media:
        js = ["js/translation-selection.js"]


class ItemColumn(TitleColumn):
    cell_template_name = "wordpress/title.html"

    def get_value(self, row):
        return row.title or gettext("(without a title)")

    def get_title_id(self, row, parent_context):
        return f"item-{row.pk}"

    def get_cell_context_data(self, row, parent_context):
        context = super().get_cell_context_data(row, parent_context)
        return context | {"type": words.of_type(row.type)}


class DoubtColumn(Column):
    cell_template_name = "wordpress/doubt.html"

    def get_value(self, row):
        return words.percent(row.score)


class ReasonsColumn(Column):
    cell_template_name = "wordpress/reasons.html"

    def get_value(self, row):
        return words.reasons_of(row)


class StateColumn(BaseColumn):
    cell_template_name = "wordpress/state.html"


def _day(row) -> str:
    return date_format(timezone.localtime(row.date), "SHORT_DATE_FORMAT") if row.date else ""


class ItemListView(DecidersMixin, BaseListingView):
    """What was read of the old site, the most doubtful first."""

    model = ImportedItem
    page_title = _("Items of the old site")
    header_icon = "clipboard-list"
    index_url_name = "wordpress:index"
    index_results_url_name = "wordpress:results"
    results_template_name = "wordpress/results.html"
    verbose_name_plural = _("items of the old site")
    filterset_class = ItemFilterSet
    is_searchable = True
    default_ordering = "-score"
    paginate_by = 50

    @cached_property
    def header_buttons(self):
        categories = reverse("old_site_categories:index")
        return [
            HeaderButton(_("Import runs"), reverse("wordpress:runs"), icon_name="history"),
            HeaderButton(_("Categories"), categories, icon_name="tag"),
        ]

    @cached_property
    def columns(self):
        return [
            SelectionColumn("select"),
            ItemColumn("title", label=_("Title"), get_url=self.detail_url, sort_key="title"),
            DoubtColumn("score", label=_("Doubt"), sort_key="score"),
            ReasonsColumn("reasons", label=_("Reasons"), width="30%"),
            Column("date", label=_("Date"), accessor=_day, sort_key="date"),
            StateColumn("state", label=_("State")),
        ]

    def detail_url(self, row):
        return reverse("wordpress:item", args=[row.pk]) + filters_of(self.request)

    def get_base_queryset(self):
        return ImportedItem.objects.select_related("decided_by").with_address()

    def order_queryset(self, queryset):
        name = self.ordering.removeprefix("-")
        order = F(name).desc if self.ordering.startswith("-") else F(name).asc
        return queryset.order_by(order(nulls_last=True), "-pk")

    def search_queryset(self, queryset):
        return queryset.containing(self.search_query)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        state = self.request.GET.get("state", "")
        return context | {
            "filters_of_address": filters_of(self.request),
            "counts": counts(self.request),
            "actions": [ACTIONS[name] for name in ACTIONS_BY_STATE.get(state, ())],
        }


def counts(request) -> list[dict]:
    """Return how many items are in each state, with where they are listed."""
    numbers = ImportedItem.objects.aggregate(
        **{state.name: Count("pk", filter=Q(state=state)) for state in State},
        BEING=Count("pk", filter=Q(state=State.READ, decision__in=decisions.ACCEPTED)),
    )
    shown = [
        ("", _("waits for a decision"), numbers["DOUBTFUL"]),
        (BEING_IMPORTED, _("being imported"), numbers["BEING"]),
        *(
            (state.value, state.label, numbers[state.name])
            for state in (State.IMPORTED, State.REJECTED, State.FAILED)
        ),
    ]
    chosen = request.GET.get("state", "")
    return [
        {"state": value, "label": label, "number": number, "is_current": value == chosen}
        for value, label, number in shown
        if number or not value
    ]
