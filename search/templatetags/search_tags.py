from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

register = template.Library()

# Pages say their kind themselves (``search_kind``); a kind without a name here shows as it is.
KINDS = {
    "article": _("Article"),
    "attachment": _("Attachment"),
    "conference": _("Conference"),
    "insight": _("Insight"),
    "meeting": _("Meeting"),
    "page": _("Page"),
    "person": _("Person"),
    "recording": _("Recording"),
}


@register.filter
def kind_name(kind: str) -> str:
    """Return what people call a kind of search document."""
    return KINDS.get(kind) or capfirst(kind)
