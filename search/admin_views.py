"""The admin's views: what visitors did not find, and what editors promote for a query."""

from urllib.parse import urlencode

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Max, Min, Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import ListingButton
from wagtail.contrib.search_promotions import forms as promotion_forms
from wagtail.contrib.search_promotions.views import settings as promotion_views
from wagtail.permissions import page_permission_policy

from home.spreadsheets import escaped

from . import promotions
from .models import UnansweredQuery
from .query import Query

# What visitors searched for and did not find


class UnansweredFilterSet(WagtailFilterSet):
    language = django_filters.ChoiceFilter(
        label=_("Language"),
        choices=settings.LANGUAGES,
        empty_label=_("Both"),
        widget=forms.RadioSelect,
    )
    days = django_filters.ChoiceFilter(
        label=_("Period"),
        choices=[("30", _("Last 30 days")), ("90", _("Last 90 days"))],
        empty_label=_("All days"),
        method="filter_days",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = UnansweredQuery
        fields = []

    def filter_days(self, queryset, name, value):
        return queryset.of_last_days(int(value))


class UnansweredColumn(ButtonsColumnMixin, TitleColumn):
    """A query with what an editor can do about it."""

    def __init__(self, name, get_buttons, **kwargs):
        super().__init__(name, **kwargs)
        self.buttons_of = get_buttons

    def get_buttons(self, instance, parent_context):
        return self.buttons_of(instance)


class UnansweredReportView(ReportView):
    """Queries without results: a row for each text and language, summed over the period."""

    page_title = _("Searched but not found")
    header_icon = "search"
    model = UnansweredQuery
    verbose_name_plural = _("queries without results")
    permission_policy = page_permission_policy
    permission_required = "publish"
    index_url_name = "unanswered:index"
    index_results_url_name = "unanswered:results"
    filterset_class = UnansweredFilterSet
    is_searchable = True
    search_fields = ["text"]
    default_ordering = "-times"
    export_filename = "searched-but-not-found"
    list_export = ["text", "language", "times", "first", "last"]
    export_headings = {
        "text": _("Query"),
        "language": _("Language"),
        "times": _("Times"),
        "first": _("First day"),
        "last": _("Last day"),
    }
    custom_field_preprocess = {
        "text": {"csv": escaped},
    }

    @cached_property
    def columns(self):
        return [
            UnansweredColumn(
                "text", self.get_row_buttons, label=_("Query"), sort_key="text", width="55%"
            ),
            Column("language", label=_("Language"), accessor=_language_name),
            NumberColumn("times", label=_("Times"), sort_key="times"),
            Column("last", label=_("First and last day"), accessor=_days, sort_key="last"),
        ]

    def get_base_queryset(self):
        # The newest counter's key stands for the row: all counters of its text and language.
        return (
            UnansweredQuery.objects.kept()
            .values("language", "text")
            .annotate(pk=Max("pk"), times=Sum("count"), first=Min("day"), last=Max("day"))
        )

    def order_queryset(self, queryset):
        return queryset.order_by(self.ordering, "text", "language")

    def get_row_buttons(self, row) -> list[ListingButton]:
        buttons = [ListingButton(_("Search on the site"), _search_url(row), priority=10)]
        if promotion := self._promotion_button(row):
            buttons.append(promotion)
        url = reverse("unanswered:delete", args=[row["pk"]])
        return [*buttons, ListingButton(_("Delete"), url, priority=30)]

    def _promotion_button(self, row) -> ListingButton | None:
        query = Query(row["text"], (row["language"],), is_exact=True)
        phrases = promotions.matching(query, self._promoted_phrases)
        if phrases and self.request.user.has_perm("wagtailsearchpromotions.change_searchpromotion"):
            url = reverse("wagtailsearchpromotions:edit", args=[phrases[0]])
            return ListingButton(_("Edit the recommendation"), url, priority=20)
        if self.request.user.has_perm("wagtailsearchpromotions.add_searchpromotion"):
            parameters = urlencode({"query_string": row["text"]})
            url = f"{reverse('wagtailsearchpromotions:add')}?{parameters}"
            return ListingButton(_("Recommend a page"), url, priority=20)
        return None

    @cached_property
    def _promoted_phrases(self):
        return promotions.promoted_phrases()


def _language_name(row):
    return dict(settings.LANGUAGES).get(row["language"], row["language"])


def _days(row):
    days = dict.fromkeys([row["first"], row["last"]])
    return "\N{NO-BREAK SPACE}– ".join(date_format(day, "SHORT_DATE_FORMAT") for day in days)


def _search_url(row) -> str:
    with override(row["language"]):
        return f"{reverse('search')}?{urlencode({'q': row['text']})}"


class UnansweredDeleteView(generic.DeleteView):
    """Forgets a query: it has been dealt with, or is junk. Asked again, it is counted again."""

    model = UnansweredQuery
    permission_policy = page_permission_policy
    permission_required = "publish"
    header_icon = "search"
    index_url_name = "unanswered:index"
    delete_url_name = "unanswered:delete"
    confirmation_message = _(
        "Delete this query from the report? If visitors search for it again and find nothing, it "
        "is counted anew."
    )
    success_message = _("“%(object)s” was deleted from the report.")

    def delete_action(self):
        same = {"language": self.object.language, "text": self.object.text}
        UnansweredQuery.objects.filter(**same).delete()


# Promotions: Wagtail's views, without its counter of searches, which nothing feeds here


class PromotionQueryForm(promotion_forms.QueryForm):
    query_string = forms.CharField(
        label=_("Query"),
        help_text=_(
            "Shown to those who search for these words and no others, in any form and order, with "
            "or without diacritics: “pašvaldība” answers “pašvaldībām” and “pasvaldiba” too."
        ),
        max_length=255,
    )


class PromotionIndexView(promotion_views.IndexView):
    page_title = _("Promoted search results")  # as Wagtail's menu has it, so both are Latvian
    add_item_label = _("Recommend a page")
    columns = [
        TitleColumn(
            "query_string",
            label=_("Query"),
            url_name="wagtailsearchpromotions:edit",
            sort_key="query_string",
        ),
        promotion_views.SearchPromotionColumn("editors_picks", label=_("Recommended")),
    ]


class PromotionFormMixin:
    form_class = PromotionQueryForm
    page_subtitle = _("Promoted search result")

    def get_breadcrumbs_items(self):
        breadcrumbs = super().get_breadcrumbs_items()
        breadcrumbs[-2]["label"] = PromotionIndexView.page_title
        return breadcrumbs


class PromotionCreateView(PromotionFormMixin, promotion_views.CreateView):
    """Takes the query from the address when it has one, as the report's link does."""

    template_name = "search/admin/add_promotion.html"
    success_message = _("What is recommended for “%(query)s” was saved.")

    def get_initial(self):
        return {"query_string": self.request.GET.get("query_string", "")}

    @cached_property
    def searchpicks_formset(self):
        formset = super().searchpicks_formset
        formset.extra = 1  # the fields of a first recommendation stand there at once
        return formset


class PromotionEditView(PromotionFormMixin, promotion_views.EditView):
    success_message = _("What is recommended for “%(query)s” was saved.")
