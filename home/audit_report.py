"""The report of what the last automated check found, by page."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from .models import AutomatedCheck, CheckFailure
from .spreadsheets import escaped


class AuditFilterSet(WagtailFilterSet):
    impact = django_filters.ChoiceFilter(label=_("Impact"), choices=CheckFailure.Impact.choices)

    class Meta:
        model = CheckFailure
        fields = ["impact"]


class PageColumn(Column):
    cell_template_name = "home/admin/audit_page_cell.html"


class WrongColumn(Column):
    cell_template_name = "home/admin/audit_failure_cell.html"


class AuditReportView(ReportView):
    """A row for each failure; none where everything is in order."""

    model = CheckFailure
    permission_policy = page_permission_policy
    permission_required = "publish"
    page_title = _("Accessibility checks")
    header_icon = "circle-check"
    verbose_name_plural = _("failures of a check")
    index_url_name = "audit:index"
    index_results_url_name = "audit:results"
    results_template_name = "home/admin/audit_results.html"
    filterset_class = AuditFilterSet
    is_searchable = True
    search_fields = ["url", "rule", "help"]
    default_ordering = "url"
    export_filename = "accessibility-checks"
    list_export = ["url", "check_name", "rule", "get_impact_display", "help", "places"]
    export_headings = {
        "url": _("Page"),
        "check_name": _("Check"),
        "rule": _("Rule"),
        "get_impact_display": _("Impact"),
        "help": _("What was found"),
        "places": _("Where"),
    }
    custom_field_preprocess = {
        name: {"csv": escaped} for name in ("url", "check_name", "rule", "help", "places")
    }
    columns = [
        PageColumn("url", label=_("Page"), sort_key="url"),
        WrongColumn("help", label=_("What was found")),
        Column("impact", label=_("Impact"), accessor="get_impact_display", sort_key="impact"),
    ]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.audit = AutomatedCheck.objects.newest()

    def get_base_queryset(self):
        return CheckFailure.objects.filter(audit=self.audit)

    def order_queryset(self, queryset):
        return super().order_queryset(queryset).order_by(self.ordering, "check_name", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"audit": self.audit}
