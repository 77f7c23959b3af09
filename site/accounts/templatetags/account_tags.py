"""What the pages of signing in are drawn with."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def admin_name() -> str:
    """Return what the site is called where people work on it."""
    return settings.WAGTAIL_SITE_NAME
