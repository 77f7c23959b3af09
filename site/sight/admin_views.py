"""The page “System state”, and trying failed tasks again."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.permissions import may_publish

from . import panels, queue, state, versions
from .failures import failures

MOST_SHOWN = 25  # failed tasks


class PublishersMixin:
    """Lets those in who may publish some page, administrators among them."""

    def dispatch(self, request, *args, **kwargs):
        if not may_publish(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class SystemStateView(PublishersMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "sight/system_state.html"
    page_title = _("System state")
    header_icon = "cogs"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        lines = state.look()
        groups = [
            {"name": group.name.lower(), "label": group.label, "lines": list(members)}
            for group, members in groupby(lines, key=lambda line: line[0].group)
        ]
        amiss = state.amiss(lines)
        return super().get_context_data(**kwargs) | {
            "groups": groups,
            "amiss": amiss,
            "is_serious": any(line[1].level == state.Level.SERIOUS for line in amiss),
            "failures": failures(MOST_SHOWN),
            "failure_count": queue.failed().count(),
            "site_version": versions.site_version(),
            "versions": versions.versions(),
            "started_at": versions.STARTED_AT,
        }


class TryAgainView(PublishersMixin, View):
    """Puts failed tasks back into the queue: the one that the form names, or all."""

    http_method_names = ["post"]

    def post(self, request):
        tasks = queue.failed()
        if pk := request.POST.get("task"):
            tasks = queue.failed_with_key(pk)
        count = queue.try_again(tasks)
        panels.forget()
        if count:
            text = ngettext(
                "%(count)s task will be tried again.", "%(count)s tasks will be tried again.", count
            )
            messages.success(request, text % {"count": count})
        else:
            messages.warning(request, gettext("There is nothing left to try again."))
        return redirect(reverse("sight:index"))
