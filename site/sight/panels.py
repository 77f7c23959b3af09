"""The panel of the dashboard that warns those who answer for the site, when something is amiss."""

from django.conf import settings
from django.core.cache import cache
from django.forms import Media
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.admin.ui.components import Component

from home.permissions import may_publish

from . import state

KEY = "sight:amiss:{}"
FRESH_SECONDS = 60  # the dashboard asks no more often: some entries count many rows


class SystemStatePanel(Component):
    name = "system_state"
    order = 120
    template_name = "sight/panel.html"

    def get_context_data(self, parent_context):
        return {"amiss": _amiss(), "url": reverse("sight:index")}

    def render_html(self, parent_context=None):
        if not may_publish(parent_context["request"].user) or not _amiss():
            return ""
        return super().render_html(parent_context)

    @property
    def media(self):
        return Media(css={"all": ["css/admin/sight.css"]})


def forget():
    """Look anew when the dashboard asks next: somebody has just done something about it."""
    cache.delete_many([KEY.format(code) for code, _name in settings.LANGUAGES])


def _amiss() -> list[dict]:
    """Return what needs somebody, in the active language."""
    return cache.get_or_set(KEY.format(get_language()), _look, FRESH_SECONDS)


def _look():
    return [
        {
            "label": str(entry.label),
            "text": seen.text,
            "is_serious": seen.level == state.Level.SERIOUS,
        }
        for entry, seen in state.amiss(state.look())
    ]
