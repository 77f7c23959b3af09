from django import template
from django.utils.text import capfirst
from django.utils.translation import get_language
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


@register.simple_tag(takes_context=True)
def nearest_pages(context) -> list:
    """Return the pages nearest to an address at which there is none (see ``search.nearest``)."""
    from ..nearest import nearest_pages

    return nearest_pages(context["request"], get_language())
