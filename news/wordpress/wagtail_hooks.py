"""What the import adds to the admin: deciding, the reports of its runs, and the history."""

from django.contrib.auth.models import Permission
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.log_actions import LogFormatter

from . import decisions
from .desk.categories import TermMappingViewSet
from .desk.deciding import DecideOneView, DecideView, ItemView
from .desk.listing import PERMISSION, ItemListView
from .desk.runs import RunListView, RunReportView, RunView
from .models import ImportedItem

urls = [
    path("", ItemListView.as_view(), name="index"),
    path("results/", ItemListView.as_view(results_only=True), name="results"),
    path("decide/<slug:action>/", DecideView.as_view(), name="decide"),
    path("<int:pk>/", ItemView.as_view(), name="item"),
    path("<int:pk>/<slug:action>/", DecideOneView.as_view(), name="decide_one"),
    path("runs/", RunListView.as_view(), name="runs"),
    path("runs/results/", RunListView.as_view(results_only=True), name="runs_results"),
    path("runs/<int:pk>/", RunView.as_view(), name="run"),
    path("runs/<int:pk>/report.json", RunReportView.as_view(), name="run_report"),
]


@hooks.register("register_admin_viewset")
def register_categories():
    return TermMappingViewSet()


@hooks.register("register_admin_urls")
def register_urls():
    return [path("reports/old-site/", include((urls, "wordpress")))]


class OldSiteMenuItem(MenuItem):
    """Says how many items wait; there only once something was read of an old site."""

    def is_shown(self, request):
        return request.user.has_perm(PERMISSION) and self._has_items(request)

    def _has_items(self, request) -> bool:
        # Wagtail asks twice: for the submenu, and for what is in it.
        if not hasattr(request, "_has_old_site"):
            request._has_old_site = ImportedItem.objects.exists()
        return request._has_old_site

    def render_component(self, request):
        waiting = ImportedItem.objects.doubtful().count()
        label = f"{self.label} ({waiting})" if waiting else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_reports_menu_item")
def register_menu_item():
    return OldSiteMenuItem(
        ItemListView.page_title,
        reverse("wordpress:index"),
        name="old-site",
        icon_name=ItemListView.header_icon,
        order=960,
    )


@hooks.register("register_permissions")
def offer_deciding_to_groups():
    return Permission.objects.filter(
        content_type__app_label="wordpress", codename="decide_importeditem"
    )


@hooks.register("insert_global_admin_css")
def style():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/old-site.css"))


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action(decisions.LOG_REJECTED, _("Reject"), _("Rejected"))
    actions.register_action(
        decisions.LOG_REOPENED, _("Undo the decision"), _("Waits for a decision again")
    )

    @actions.register_action(decisions.LOG_ACCEPTED)
    class AcceptedFormatter(LogFormatter):
        label = _("Accept")

        def format_message(self, log_entry):
            as_draft = log_entry.data.get("as_draft")
            return gettext("Accepted as a draft") if as_draft else gettext("Accepted")


class ItemURLFinder(ModelAdminURLFinder):
    """Leads from the history to the item."""

    model = ImportedItem

    def construct_edit_url(self, instance):
        return reverse("wordpress:item", args=[instance.pk])

    def get_edit_url(self, instance):
        return self.construct_edit_url(instance) if self.user.has_perm(PERMISSION) else None


register_admin_url_finder(ImportedItem, ItemURLFinder)


@hooks.register("register_task_names")
def name_tasks():
    return [("news.wordpress.tasks.import_accepted", _("Importing accepted items of the old site"))]
