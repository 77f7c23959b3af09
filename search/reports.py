"""The report of attachments of which no or only a part of the text is found."""

from collections import defaultdict

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .attachments import references_to
from .models import AttachmentText

Status = AttachmentText.Status
NEEDED = ["add", "change", "delete"]


def may_see_unread(user) -> bool:
    """Return whether a user sees which attachments were not read: all who may edit some."""
    policy = policy_registry.get_by_type(get_document_model())
    return policy.user_has_any_permission(user, NEEDED)


class UnreadFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=[choice for choice in Status.choices if choice[0] != Status.READ]
    )

    class Meta:
        model = AttachmentText
        fields = ["status"]


class PagesColumn(Column):
    cell_template_name = "search/admin/pages_cell.html"


class UnreadAttachmentsView(ReportView):
    """Who may edit documents sees those of their collections."""

    model = get_document_model()
    any_permission_required = NEEDED
    page_title = _("Attachments not read")
    header_icon = "doc-full"
    filterset_class = UnreadFilterSet
    index_url_name = "unread_attachments:index"
    index_results_url_name = "unread_attachments:results"
    columns = [
        TitleColumn(
            "document", label=_("Document"), url_name="wagtaildocs:edit", id_accessor="document_id"
        ),
        Column("status", label=_("Status"), accessor="get_status_display"),
        Column("hint", label=_("What to do")),
        PagesColumn("pages", label=_("Pages that use it")),
        DateColumn("read_at", label=_("When")),
    ]
    list_export = ["document", "get_status_display", "hint", "page_titles", "read_at"]
    export_headings = {
        "document": _("Document"),
        "get_status_display": _("Status"),
        "hint": _("What to do"),
        "page_titles": _("Pages that use it"),
        "read_at": _("When"),
    }
    export_filename = "attachments-not-read"

    def get_queryset(self):
        documents = policy_registry.get_by_type(self.model).instances_user_has_any_permission_for(
            self.request.user, ["change", "delete"]
        )
        return (
            AttachmentText.objects.exclude(status=Status.READ)
            .filter(document__in=documents)
            .defer("text")
            .select_related("document")
            .order_by("-read_at", "-pk")
        )

    def decorate_paginated_queryset(self, object_list):
        """Give each row its pages: those that the user may edit."""
        rows = list(object_list)
        used = defaultdict(set)
        references = references_to([row.document_id for row in rows])
        for document, page in references.values_list("to_object_id", "object_id"):
            used[int(document)].add(int(page))
        pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(
            self.request.user, "change"
        )
        pages = pages.in_bulk({key for keys in used.values() for key in keys})
        for row in rows:
            row.pages = [pages[key] for key in sorted(used[row.document_id]) if key in pages]
            row.page_titles = [page.get_admin_display_title() for page in row.pages]
        return rows
