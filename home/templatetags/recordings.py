"""Recordings on a page."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def permit_player(context) -> str:
    """Let the page that is being made load YouTube's player (see ``home.middleware``)."""
    if "request" in context:
        context["request"].shows_recording = True
    return ""
