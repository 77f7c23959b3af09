"""What the head of a page tells machines."""

from django import template

from home.structured_data import as_json, page_graph

register = template.Library()


@register.simple_tag(takes_context=True)
def page_metadata(context):
    """Return the metadata of the page that is shown; None for a view without a page."""
    page, request = context.get("page"), context["request"]
    return page.get_metadata(request, context) if hasattr(page, "get_metadata") else None


@register.simple_tag(takes_context=True)
def structured_data(context):
    """Return the page as JSON-LD, the content of a script element."""
    return as_json(page_graph(context["page"], context["request"], context))
