"""Where the states of translations stand in the admin."""

from django.templatetags.static import static
from django.urls import include, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .. import access, reports, selection
from ..panels import TranslationsPanel

urlpatterns = [
    path("", reports.TranslationsReportView.as_view(), name="index"),
    path("results/", reports.TranslationsReportView.as_view(results_only=True), name="results"),
    path("hand-over/", reports.HandOverView.as_view(), name="hand_over"),
]
UPSTREAM_REPORT = "/localize/reports/translations/"


@hooks.register("register_admin_urls", order=-1)
def register_report():
    """Ours, and in front of wagtail-localize's, which compares with the last synchronisation."""
    to_ours = RedirectView.as_view(url=reverse_lazy("translations:index"))
    return [
        path("reports/translations/", include((urlpatterns, "translations"))),
        path("localize/reports/translations/", to_ours),
        path("localize/reports/translations/results/", to_ours),
    ]


class TranslationsMenuItem(MenuItem):
    def is_shown(self, request):
        return selection.may_see(request.user)


@hooks.register("register_reports_menu_item")
def register_menu_item():
    return TranslationsMenuItem(
        reports.TranslationsReportView.page_title,
        reverse("translations:index"),
        name="translation-status",
        icon_name=reports.TranslationsReportView.header_icon,
        order=100,
    )


@hooks.register("construct_reports_menu")
def hide_upstream_report(request, menu_items):
    menu_items[:] = [item for item in menu_items if not item.url.endswith(UPSTREAM_REPORT)]


@hooks.register("construct_homepage_panels")
def add_panel(request, panels):
    if selection.may_see(request.user):
        panels.append(TranslationsPanel(request))


@hooks.register(selection.HOOK)
def offer_handover():
    return selection.SelectionAction(
        _("Hand over to translators"),
        "translations:hand_over",
        "wagtail-localize-language",
        is_shown=lambda user: user.has_perm(access.SUBMIT),
    )


@hooks.register("insert_global_admin_css")
def style_states():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/translations.css"))


@hooks.register("register_task_names")
def name_tasks():
    return [("translation.tasks.build_status", _("Working out the state of all translations"))]
