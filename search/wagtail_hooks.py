from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents import get_document_model
from wagtail.permissions import policy_registry

from .attachments import pages_with
from .reports import UnreadAttachmentsView
from .tasks import after_commit, update_pages


class DocumentReportMenuItem(MenuItem):
    def is_shown(self, request):
        policy = policy_registry.get_by_type(get_document_model())
        needed = UnreadAttachmentsView.any_permission_required
        return policy.user_has_any_permission(request.user, needed)


@hooks.register("register_admin_urls")
def register_reports():
    view = UnreadAttachmentsView.as_view
    return [
        path("reports/attachments/", view(), name="unread_attachments"),
        path(
            "reports/attachments/results/",
            view(results_only=True),
            name="unread_attachments_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_unread_attachments():
    return DocumentReportMenuItem(
        UnreadAttachmentsView.page_title,
        reverse("unread_attachments"),
        name="unread-attachments",
        icon_name=UnreadAttachmentsView.header_icon,
        order=1250,
    )


@hooks.register("after_bulk_action")
def follow_moved_documents(request, action_type, objects, action):
    """Documents moved to another collection in bulk send no signal; it may be a private one."""
    if action_type == "add_to_collection" and get_document_model() in action.models:
        after_commit(update_pages.enqueue, pages_with([document.pk for document in objects]))
