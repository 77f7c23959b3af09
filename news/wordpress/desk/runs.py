"""What became of each run of the import."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from ..models import ImportedItem, ImportRun
from . import words
from .listing import DecidersMixin, ItemListView

ENTRIES_A_PAGE = 50
ENTRIES = "entries"  # what a report counts its entries as


def begun(run) -> str:
    return date_format(timezone.localtime(run.begun_at), "SHORT_DATETIME_FORMAT")


class RunListView(DecidersMixin, BaseListingView):
    model = ImportRun
    page_title = _("Import runs")
    header_icon = "history"
    index_url_name = "wordpress:runs"
    index_results_url_name = "wordpress:runs_results"
    results_template_name = "wordpress/runs.html"
    verbose_name_plural = _("import runs")
    default_ordering = "-begun_at"
    paginate_by = 50
    columns = [
        TitleColumn(
            "begun_at",
            label=_("Begun"),
            accessor=lambda run: begun(run),
            get_url=lambda run: reverse("wordpress:run", args=[run.pk]),
            sort_key="begun_at",
        ),
        Column("source", label=_("Old site"), sort_key="source"),
        DateColumn("ended_at", label=_("Ended")),
        BooleanColumn("is_dry", label=_("Tried out only")),
    ]

    def get_base_queryset(self):
        return ImportRun.objects.defer("report")

    def order_queryset(self, queryset):
        return queryset.order_by(self.ordering, "-pk")

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wordpress:index"), "label": ItemListView.page_title},
            {"url": "", "label": self.page_title},
        ]


class RunMixin(DecidersMixin):
    @cached_property
    def run(self) -> ImportRun:
        return get_object_or_404(ImportRun, pk=self.kwargs["pk"])


class RunView(RunMixin, WagtailAdminTemplateMixin, TemplateView):
    """The numbers of a run, and what a person should look at."""

    template_name = "wordpress/run.html"
    header_icon = "history"

    @cached_property
    def header_buttons(self):
        url = reverse("wordpress:run_report", args=[self.run.pk])
        return [HeaderButton(_("Download as JSON"), url, icon_name="download")]

    def get_page_title(self):
        return f"{self.run.source}, {begun(self.run)}"

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("wordpress:index"), "label": ItemListView.page_title},
            {"url": reverse("wordpress:runs"), "label": RunListView.page_title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        report = self.run.report
        shown = self.request.GET.get("code", "")
        entries = [entry for entry in report.get("entries", []) if shown in ("", entry.get("code"))]
        page = WagtailPaginator(entries, ENTRIES_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "run": self.run,
            "sentences": report.get("sentences", []),
            "numbers": Numbers(report.get("counts", {})),
            "kinds": self._kinds(shown),
            "shown": shown,
            "left_out": report.get("entries_left_out", 0),
            "entries": self._with_links(page),
            "page_obj": page,
            "elided_page_range": page.paginator.get_elided_page_range(page.number),
        }

    def _kinds(self, shown):
        """Return what entries there are, the most frequent first."""
        found = {}
        for entry in self.run.report.get("entries", []):
            found[entry.get("code", "")] = found.get(entry.get("code", ""), 0) + 1
        return [
            {
                "code": code,
                "label": _sentence(code),
                "number": number,
                "is_current": code == shown,
            }
            for code, number in sorted(found.items(), key=lambda pair: -pair[1])
        ]

    def _with_links(self, entries):
        numbers = {entry.get("post_id") for entry in entries} - {0, None}
        rows = ImportedItem.objects.of(self.run.source).filter(post_id__in=numbers)
        rows = {row.post_id: row for row in rows.only("post_id", "page")}
        return [
            entry
            | {
                "label": _sentence(entry.get("code", ""), entry.get("detail", "")),
                "detail": "" if _is_said(entry) else entry.get("detail", ""),
                "row": rows.get(entry["post_id"]),
            }
            for entry in entries
        ]


# The words of a report bring all that an import is made of, megabytes that no visitor needs.


def _sentence(code, detail="") -> str:
    from ..sentences import sentence

    return sentence(code, detail)


def _is_said(entry) -> bool:
    """Whether the detail of an entry is a code, which its sentence says in words."""
    from ..sentences import DETAILS

    return entry.get("detail") in DETAILS.get(entry.get("code"), ())


def _name_of(count) -> str:
    from ..sentences import COUNTS

    return COUNTS.get(count, count)


def _kinds_of(count) -> dict | None:
    """Return the words for what a count counts, if it is no types of items."""
    from ..sentences import GROUPS

    return GROUPS[count][1] if count in GROUPS else None


class Numbers:
    """The counts of a report as a table: a row a count, a column a type of items.

    ``counts`` are numbers by name and type, or by name alone.
    """

    def __init__(self, counts):
        named = {
            name: number if isinstance(number, dict) else {"": number}
            for name, number in counts.items()
            if name != ENTRIES
        }
        of_items = [found for name, found in named.items() if _kinds_of(name) is None]
        types = list(dict.fromkeys(kind for found in of_items for kind in found if kind))
        self.heads = [words.of_type(kind) for kind in types]
        self.rows = []
        for name, found in named.items():
            kinds = _kinds_of(name)
            numbers = [found.get(kind) for kind in types]
            self._add(_name_of(name), [None] * len(types) if kinds else numbers, found.values())
            for kind, number in found.items() if kinds else ():
                self._add(f"– {kinds.get(kind, kind)}", [None] * len(types), [number])

    def _add(self, label, numbers, counted):
        self.rows.append({"label": label, "numbers": numbers, "all": sum(counted)})


class RunReportView(RunMixin, View):
    """The report of a run, as ``--report`` writes it."""

    def get(self, request, pk):
        begun = timezone.localtime(self.run.begun_at)
        name = f"import-{begun:%Y-%m-%d-%H%M}.json"
        return JsonResponse(
            self.run.report,
            json_dumps_params={"ensure_ascii": False, "indent": 2},
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
