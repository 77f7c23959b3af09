"""The dashboard, its reports, the guides, and the checks of content."""

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from .. import guides, panels, publishing, reports, userbar

REPORTS = (
    (reports.PagesToReviewView, "pages_to_review", "to-review"),
    (reports.FindingsView, "findings", "content-checks"),
    (reports.RecordingsView, "recordings_without_transcript", "recordings"),
    (reports.BrokenLinksView, "broken_links", "broken-links"),
)


def report_urls(view):
    return [
        path("", view.as_view(), name="index"),
        path("results/", view.as_view(results_only=True), name="results"),
    ]


@hooks.register("register_admin_urls")
def register_admin_urls():
    guide_urls = [path("<slug:slug>/", guides.GuideView.as_view(), name="guide")]
    return [
        path("guides/", include((guide_urls, "guides"))),
        *(
            path(f"reports/{address}/", include((report_urls(view), namespace)))
            for view, namespace, address in REPORTS
        ),
    ]


class ReportMenuItem(MenuItem):
    def is_shown(self, request):
        return page_permission_policy.user_has_permission(request.user, "change")


def register_report(view, namespace, order):
    @hooks.register("register_reports_menu_item")
    def register_menu_item():
        return ReportMenuItem(
            view.page_title,
            reverse(f"{namespace}:index"),
            name=namespace.replace("_", "-"),
            icon_name=view.header_icon,
            order=order,
        )


for number, (view, namespace, _address) in enumerate(REPORTS):
    register_report(view, namespace, 100 + number)


@hooks.register("construct_homepage_panels")
def arrange_the_dashboard(request, homepage_panels):
    panels.arrange(homepage_panels)


@hooks.register("register_help_menu_item")
def register_editors_guide():
    return guide_menu_item(guides.EDITORS, order=100)


@hooks.register("register_help_menu_item")
def register_translators_guide():
    return guide_menu_item(guides.TRANSLATORS, order=110)


def guide_menu_item(guide, order):
    return MenuItem(
        guide.title, guide.url, name=guide.dismissible_id, icon_name=guide.icon, order=order
    )


@hooks.register("construct_wagtail_userbar")
def check_content_by_our_rules(request, items, page):
    userbar.use_our_checks(items)


@hooks.register("after_publish_page")
def say_what_the_checks_found(request, page):
    publishing.say_what_was_found(request, page)
