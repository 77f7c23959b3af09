from django import template
from django.conf import settings
from django.utils.translation import get_language

from ..freshness import newer_source

register = template.Library()


@register.inclusion_tag("components/newer_source.html", takes_context=True)
def source_notice(context):
    """Say on a translated page that its original is newer, with the day of the change."""
    page, request = context.get("page"), context.get("request")
    is_source = get_language() == settings.LANGUAGE_CODE
    if is_source or not page or not page.pk or getattr(request, "is_preview", False):
        return {}
    source = newer_source(page)
    return {"source": source, "url": source.get_url(request)} if source else {}
