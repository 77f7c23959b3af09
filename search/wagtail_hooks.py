from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import admin_views as views

unanswered_urls = [
    path("", views.UnansweredReportView.as_view(), name="index"),
    path("results/", views.UnansweredReportView.as_view(results_only=True), name="results"),
    path("<int:pk>/delete/", views.UnansweredDeleteView.as_view(), name="delete"),
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
        path("searchpicks/", include(promotion_urls)),
    ]


class UnansweredMenuItem(MenuItem):
    def is_shown(self, request):
        return views.may_see_unanswered(request.user)


@hooks.register("register_reports_menu_item")
def register_unanswered_report():
    return UnansweredMenuItem(
        _("Searched but not found"),
        reverse("unanswered:index"),
        name="unanswered",
        icon_name="search",
        order=1300,
    )


@hooks.register("construct_reports_menu")
def hide_report_of_search_terms(request, menu_items):
    """Wagtail's report counts all searches, which we don't: it would stay empty."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]
