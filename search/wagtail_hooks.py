from django.conf import settings
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents import get_document_model

from home.menus import PublisherMenuItem
from home.retention import Retained

from . import admin_views as views
from . import state
from .attachments import pages_with
from .models import UnansweredQuery
from .reports import UnreadAttachmentsView, may_see_unread
from .tasks import after_commit, update_pages

unanswered_urls = [
    path("", views.UnansweredReportView.as_view(), name="index"),
    path("results/", views.UnansweredReportView.as_view(results_only=True), name="results"),
    path("<int:pk>/delete/", views.UnansweredDeleteView.as_view(), name="delete"),
]
attachment_urls = [
    path("", UnreadAttachmentsView.as_view(), name="index"),
    path("results/", UnreadAttachmentsView.as_view(results_only=True), name="results"),
]
# These stand before Wagtail's own, at the same addresses, so that its names lead to them.
promotion_urls = [
    path("", views.PromotionIndexView.as_view()),
    path("results/", views.PromotionIndexView.as_view(results_only=True)),
    path("add/", views.PromotionCreateView.as_view()),
    path("<int:query_id>/", views.PromotionEditView.as_view()),
]


@hooks.register("register_admin_urls", order=-1)
def register_admin_urls():
    return [
        path("reports/unanswered/", include((unanswered_urls, "unanswered"))),
        path("reports/attachments/", include((attachment_urls, "unread_attachments"))),
        path("searchpicks/", include(promotion_urls)),
    ]


class UnreadAttachmentsMenuItem(MenuItem):
    def is_shown(self, request):
        return may_see_unread(request.user)


@hooks.register("register_reports_menu_item")
def register_unanswered_report():
    return PublisherMenuItem(
        _("Searched but not found"),
        reverse("unanswered:index"),
        name="unanswered",
        icon_name="search",
        order=1300,
    )


@hooks.register("register_reports_menu_item")
def register_unread_attachments_report():
    return UnreadAttachmentsMenuItem(
        UnreadAttachmentsView.page_title,
        reverse("unread_attachments:index"),
        name="unread-attachments",
        icon_name=UnreadAttachmentsView.header_icon,
        order=1250,
    )


@hooks.register("construct_reports_menu")
def hide_report_of_search_terms(request, menu_items):
    """Wagtail's report counts all searches, which we don't: it would stay empty."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]


@hooks.register("after_bulk_action")
def follow_moved_documents(request, action_type, objects, action):
    """Documents moved to another collection in bulk send no signal; it may be a private one."""
    if action_type == "add_to_collection" and get_document_model() in action.models:
        after_commit(update_pages.enqueue, pages_with([document.pk for document in objects]))


@hooks.register("register_retained_data")
def name_what_is_kept():
    return [
        Retained(
            "unanswered",
            _("Searches that found nothing"),
            ("search.UnansweredQuery",),
            get_days=lambda: settings.SEARCH_UNANSWERED_DAYS,
            purge=UnansweredQuery.objects.purge,
        )
    ]


hooks.register("register_state_entries", state.entries)


@hooks.register("register_task_names")
def name_tasks():
    return [
        ("search.tasks.read_attachment", _("Reading an attachment, so that it is found")),
        ("search.tasks.update_pages", _("Writing pages anew for the search")),
    ]
