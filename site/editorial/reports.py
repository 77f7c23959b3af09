"""The reports behind the tiles of the dashboard: what needs attention, with links to mend it."""

import django_filters
from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.coreutils import get_content_type_label
from wagtail.models import Locale, Page, get_page_content_types
from wagtail.permissions import page_permission_policy

from home.spreadsheets import escaped

from . import attention
from .models import Finding, InternalLink

PUBLISHED = "first_published_at"


class LanguageFilter(django_filters.ModelChoiceFilter):
    def __init__(self, field_name="locale"):
        super().__init__(
            field_name=field_name,
            label=_("Language"),
            queryset=Locale.objects.all(),
            empty_label=_("Both"),
        )


def page_type_filter(field_name="content_type"):
    return ContentTypeFilter(
        field_name=field_name,
        label=_("Type"),
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
    )


class AttentionReportView(ReportView):
    """A list of what a person may mend, told from the person's rights by ``editorial.attention``.

    A row is a page, or belongs to one: ``page_of`` leads to it.
    """

    model = Page
    permission_policy = page_permission_policy
    permission_required = "change"

    # What stands in the columns of a spreadsheet before those of the report itself.
    list_export = ["title", "language", "type"]
    export_headings = {"title": _("Title"), "language": _("Language"), "type": _("Type")}
    custom_field_preprocess = {name: {"csv": escaped} for name in ("title", "excerpt", "text")}

    def page_of(self, row) -> Page:
        return row

    @property
    def no_results_message(self):
        return gettext("Nothing here needs attention.")

    def decorate_paginated_queryset(self, object_list):
        """Give each row the title, the language and the type of its page."""
        languages = {locale.pk: locale.get_display_name() for locale in Locale.objects.all()}
        rows = list(object_list)
        for row in rows:
            page = self.page_of(row)
            row.title = page.get_admin_display_title()
            row.language = languages[page.locale_id]
            row.type = get_content_type_label(page.cached_content_type)
        return rows

    @cached_property
    def columns(self):
        return [
            TitleColumn("title", label=_("Title"), get_url=self.get_edit_url, width="40%"),
            *self.own_columns,
            Column("type", label=_("Type")),
            Column("language", label=_("Language")),
        ]

    def get_edit_url(self, row):
        return reverse("wagtailadmin_pages:edit", args=[self.page_of(row).pk])


class PageFilterSet(WagtailFilterSet):
    locale = LanguageFilter()
    content_type = page_type_filter()

    class Meta:
        model = Page
        fields = []


class PagesToReviewView(AttentionReportView):
    page_title = _("Pages to review")
    header_icon = "time"
    filterset_class = PageFilterSet
    index_url_name = "pages_to_review:index"
    index_results_url_name = "pages_to_review:results"
    export_filename = "pages-to-review"
    list_export = [*AttentionReportView.list_export, "review_by"]
    export_headings = AttentionReportView.export_headings | {"review_by": _("Review by")}
    default_ordering = "review_by"
    own_columns = [Column("review_by", label=_("Review by"), sort_key="review_by")]

    def get_base_queryset(self):
        return attention.pages_to_review(self.request.user)

    def order_queryset(self, queryset):
        return queryset.order_by(self.ordering, "title", "pk")


class RecordingsView(AttentionReportView):
    page_title = _("Recordings without a transcript")
    header_icon = "media"
    index_url_name = "recordings_without_transcript:index"
    index_results_url_name = "recordings_without_transcript:results"
    export_filename = "recordings-without-transcript"
    list_export = ["title", "starts_at"]
    export_headings = {"title": _("Title"), "starts_at": _("Starts at")}
    default_ordering = "-starts_at"

    @cached_property
    def columns(self):
        return [
            TitleColumn("title", label=_("Title"), get_url=self.get_edit_url),
            Column("starts_at", label=_("Starts at"), sort_key="starts_at"),
            Column("length", label=_("Length of the recording")),
        ]

    def get_base_queryset(self):
        return attention.recordings_without_transcript(self.request.user)

    def order_queryset(self, queryset):
        return queryset.order_by(self.ordering, "-pk")


class FindingFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label=_("Finding"), choices=Finding.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    locale = LanguageFilter("page__locale")
    content_type = page_type_filter("page__content_type")

    class Meta:
        model = Finding
        fields = []


class FindingColumn(Column):
    cell_template_name = "editorial/finding_cell.html"


class FindingsView(AttentionReportView):
    model = Finding
    page_title = _("What the content checks found")
    header_icon = "glasses"
    filterset_class = FindingFilterSet
    index_url_name = "findings:index"
    index_results_url_name = "findings:results"
    export_filename = "content-checks"
    list_export = [*AttentionReportView.list_export, "get_kind_display", "excerpt", "hint"]
    export_headings = AttentionReportView.export_headings | {
        "get_kind_display": _("Finding"),
        "excerpt": _("Where"),
        "hint": _("What to do"),
    }
    own_columns = [
        FindingColumn("kind", label=_("Finding"), accessor="get_kind_display", width="35%")
    ]

    def page_of(self, row):
        return row.page

    def get_base_queryset(self):
        findings = attention.findings(self.request.user).select_related("page")
        return findings.order_by("page__title", "page", "pk")


class LinkFilterSet(WagtailFilterSet):
    locale = LanguageFilter("page__locale")
    content_type = page_type_filter("page__content_type")

    class Meta:
        model = InternalLink
        fields = []


class BrokenLinksView(AttentionReportView):
    model = InternalLink
    page_title = _("Broken internal links")
    header_icon = "link"
    filterset_class = LinkFilterSet
    index_url_name = "broken_links:index"
    index_results_url_name = "broken_links:results"
    export_filename = "broken-links"
    list_export = [*AttentionReportView.list_export, "text", "reason"]
    export_headings = AttentionReportView.export_headings | {
        "text": _("Text of the link"),
        "reason": _("What is wrong"),
    }
    own_columns = [
        Column("text", label=_("Text of the link")),
        Column("reason", label=_("What is wrong")),
    ]

    def page_of(self, row):
        return row.page

    def get_base_queryset(self):
        links = attention.broken_links(self.request.user).select_related("page")
        return links.order_by("page__title", "page", "pk")

    def decorate_paginated_queryset(self, object_list):
        rows = super().decorate_paginated_queryset(object_list)
        targets = Page.objects.in_bulk({row.target_page_id for row in rows})
        for row in rows:
            row.reason = _reason(row, targets.get(row.target_page_id))
        return rows


def _reason(link, target) -> str:
    if link.target_document_id:
        return gettext("The document was deleted.")
    if target:
        title = target.get_admin_display_title()
        return gettext("The page “%(title)s” is not published.") % {"title": title}
    return gettext("The page was deleted.")
