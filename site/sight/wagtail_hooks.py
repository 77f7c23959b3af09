from django.conf import settings
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from home.menus import PublisherMenuItem
from home.retention import Retained

from . import queue
from .admin_views import SystemStateView, TryAgainView
from .panels import SystemStatePanel

urls = [
    path("", SystemStateView.as_view(), name="index"),
    path("try-again/", TryAgainView.as_view(), name="try_again"),
]


@hooks.register("register_admin_urls")
def register_admin_urls():
    return [path("reports/system/", include((urls, "sight")))]


@hooks.register("register_reports_menu_item")
def register_system_state():
    return PublisherMenuItem(
        SystemStateView.page_title,
        reverse("sight:index"),
        name="system-state",
        icon_name=SystemStateView.header_icon,
        order=1400,
    )


@hooks.register("construct_homepage_panels")
def warn_on_the_dashboard(request, panels):
    panels.append(SystemStatePanel())


@hooks.register("register_retained_data")
def name_what_is_kept():
    return [
        Retained(
            "tasks",
            _("Tasks in the background"),
            ("django_tasks_database.DBTaskResult",),
            get_days=lambda: settings.TASK_DAYS,
            purge=queue.purge,
        )
    ]
