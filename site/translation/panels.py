"""Translations on the admin's home: how many stand how, and the most urgent."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from . import selection, status
from .models import State
from .reports import Links

URGENT = (State.FAILED, State.CHANGED, State.PARTIAL, State.NEVER)
ROWS = 5


class TranslationsPanel(Component):
    """What is published in the source language, for those who work in some language."""

    name = "translations"
    template_name = "translation/status/panel.html"
    order = 220

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        status.settle()
        rows = selection.rows_for(self.request).of_published_sources()
        report = reverse("translations:index")
        return {
            "heading": _("Translations"),
            "counts": self._counts(rows, report),
            "rows": self._urgent(rows),
            "report_url": report,
        }

    def _counts(self, rows, report):
        found = rows.order_by().values_list("state").annotate(Count("pk"))
        numbers = dict(found)
        return [
            {
                "state": state.value,
                "label": state.label,
                "number": numbers.get(state.value, 0),
                "url": f"{report}?state={state.value}",
            }
            for state in State
            if state in numbers or state != State.FAILED
        ]

    def _urgent(self, rows):
        links = Links(self.request.user, reverse("wagtailadmin_home"))
        urgent = rows.filter(state__in=URGENT).with_importance().most_urgent_first()
        urgent = list(urgent.select_related("target_locale")[:ROWS])
        for row in urgent:
            row.url = links.main(row)
        return urgent
