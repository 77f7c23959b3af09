from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from home.typography import typeset as set_text

register = template.Library()


@register.filter
def typeset(text):
    """Return a text or HTML with the typography of the language of the page."""
    language = (get_language() or "en")[:2]
    return mark_safe(set_text(conditional_escape(text), language))  # noqa: S308 - escaped before
