"""The report of translations: what is to be submitted, translated, brought up to date."""

from urllib.parse import urlencode

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import (
    BaseColumn,
    ButtonsColumnMixin,
    Column,
    LocaleColumn,
    TitleColumn,
)
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import ListingButton
from wagtail.models import Locale

from home.permissions import languages_of
from home.spreadsheets import escaped

from . import handover, selection, status
from .access import SUBMIT
from .models import State, TranslationStatus


class SelectionColumn(BaseColumn):
    header_template_name = "translation/status/select_all.html"
    cell_template_name = "translation/status/select.html"

    class Media:
        js = ["js/translation-selection.js"]


class RowTitleColumn(ButtonsColumnMixin, TitleColumn):
    cell_template_name = "translation/status/title.html"

    def __init__(self, name, links, **kwargs):
        super().__init__(name, get_url=links.main, **kwargs)
        self.links = links

    def get_buttons(self, row, parent_context):
        return self.links.buttons(row)

    def get_title_id(self, row, parent_context):
        return f"translation-{row.pk}"


class StateColumn(BaseColumn):
    cell_template_name = "translation/status/state.html"


class ProgressColumn(BaseColumn):
    cell_template_name = "translation/status/progress.html"


class SinceColumn(BaseColumn):
    cell_template_name = "translation/status/since.html"


class ImportanceColumn(BaseColumn):
    cell_template_name = "translation/status/importance.html"


class Links:
    """Where the rows of a report lead one person."""

    def __init__(self, user, back):
        self.user = user
        self.languages = languages_of(user)
        self.is_editor = Locale.get_default().pk in self.languages
        self.back = back

    def main(self, row) -> str | None:
        """Return where the work goes on: in the translation, or in what makes one."""
        return self.translation(row) or self.submit(row) or self.source(row)

    def buttons(self, row) -> list[ListingButton]:
        labelled = [
            (_("Edit translation"), self.translation(row)),
            (_("Submit for translation"), self.submit(row)),
            (_("Edit source"), self.source(row)),
        ]
        return [
            ListingButton(label, url, priority=place)
            for place, (label, url) in enumerate(labelled)
            if url
        ]

    def translation(self, row):
        if row.target_locale_id not in self.languages:
            return None
        return self._edit(row, row.target_page_id or row.target_id)

    def source(self, row):
        return self._edit(row, row.object_id) if self.is_editor else None

    def submit(self, row):
        if row.state != State.NEVER or not self.user.has_perm(SUBMIT):
            return None
        if row.page_id:
            url = reverse("wagtail_localize:submit_page_translation", args=[row.page_id])
        else:
            meta = row.model._meta
            args = [meta.app_label, meta.model_name, quote(row.object_id)]
            url = reverse("wagtail_localize:submit_snippet_translation", args=args)
        parameters = {"select_locale": row.target_locale.language_code, "next": self.back}
        return f"{url}?{urlencode(parameters)}"

    def _edit(self, row, key):
        if not key:
            return None
        if row.page_id:
            return reverse("wagtailadmin_pages:edit", args=[key])
        meta = row.model._meta
        if not self.user.has_perm(f"{meta.app_label}.change_{meta.model_name}"):
            return None
        return reverse(row.model.snippet_viewset.get_url_name("edit"), args=[quote(key)])


class TranslationsReportView(ReportView):
    """A row for each page and record of the source language and each other language."""

    page_title = _("Translations")
    header_icon = "wagtail-localize-language"
    model = TranslationStatus
    verbose_name_plural = _("translations")
    index_url_name = "translations:index"
    index_results_url_name = "translations:results"
    results_template_name = "translation/status/results.html"
    filterset_class = selection.TranslationFilterSet
    is_searchable = True
    default_ordering = "urgency"
    export_filename = "translations"
    list_export = [
        "title",
        "type_name",
        "target_locale",
        "get_state",
        "unit_count",
        "translated_count",
        "words_left",
        "changed_at",
        "changed_field_names",
        "changed_words",
        "get_publication",
        "since",
        "in_menu",
        "references",
    ]
    export_headings = {
        "title": _("Title"),
        "type_name": _("Kind"),
        "target_locale": _("Language"),
        "get_state": _("State"),
        "unit_count": _("Text units"),
        "translated_count": _("Translated text units"),
        "words_left": _("Words to translate"),
        "changed_at": _("Source changed"),
        "changed_field_names": _("Changed fields"),
        "changed_words": _("Changed words"),
        "get_publication": _("Translation"),
        "since": _("Since"),
        "in_menu": _("In a menu"),
        "references": _("Links to it"),
    }
    custom_field_preprocess = {
        "title": {"csv": escaped},
    }

    def dispatch(self, request, *args, **kwargs):
        if not selection.may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def columns(self):
        links = Links(self.request.user, self.request.get_full_path())
        columns = [
            RowTitleColumn("title", links, label=_("Title"), sort_key="title", width="31%"),
            LocaleColumn(accessor="target_locale", label=_("Language"), sort_key=None),
            StateColumn("state", label=_("State"), sort_key="urgency", width="18%"),
            ProgressColumn("progress", label=_("Translated"), width="16%"),
            Column("publication", label=_("Translation"), accessor="get_publication"),
            SinceColumn("since", label=_("Since"), sort_key="since"),
            ImportanceColumn("importance", label=_("Importance"), sort_key="importance"),
        ]
        if Locale.objects.count() < 3:
            columns = [column for column in columns if not isinstance(column, LocaleColumn)]
        if self.actions:
            columns.insert(0, SelectionColumn("select"))
        return columns

    @cached_property
    def actions(self):
        return selection.actions_for(self.request.user)

    def get_base_queryset(self):
        status.settle()
        rows = selection.rows_for(self.request).with_importance()
        return rows.select_related("target_locale")

    def order_queryset(self, queryset):
        """Order by urgency, age (the oldest first), importance or title; each either way."""
        is_reversed = self.ordering.startswith("-")
        name = self.ordering.removeprefix("-")
        if name == "since":  # those without a date stand last either way
            since = F("since")
            ordering = since.desc if is_reversed else since.asc
            return queryset.order_by(ordering(nulls_last=True), "pk")
        orders = {
            "urgency": queryset.most_urgent_first,
            "importance": queryset.most_important_first,
            "title": queryset.alphabetical,
        }
        ordered = orders[name]()
        return ordered.reverse() if is_reversed else ordered

    def search_queryset(self, queryset):
        return queryset.containing(self.search_query)

    def get_context_data(self, **kwargs):
        filters = self.request.GET.urlencode()
        return super().get_context_data(**kwargs) | {
            "actions": self.actions,
            "filters_of_address": f"?{filters}" if filters else "",
        }


class HandOverView(View):
    """Hands the selection over to the translators and says what became of it."""

    http_method_names = ["post"]

    def post(self, request):
        if not (selection.may_see(request.user) and request.user.has_perm(SUBMIT)):
            raise PermissionDenied
        rows = selection.selected(request).select_related(
            "page", "target_locale", "translation__source"
        )
        result = handover.hand_over(rows, request.user)
        done, left = result.done(), result.left()
        if done:
            messages.success(request, " ".join(done))
        if left:
            messages.warning(request, format_html_join(" ", "{}", [[text] for text in left]))
        if not done and not left:
            messages.warning(request, _("Nothing was selected."))
        return redirect(selection.report_url(request))
