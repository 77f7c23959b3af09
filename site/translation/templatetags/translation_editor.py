"""What our pages add to wagtail-localize's translation editor."""

import json

from django import template

from translation.access import may_edit_source
from translation.review import Review

register = template.Library()


@register.filter
def without_aliases(props: str) -> str:
    """Return the editor's properties without the way to make the page an alias of its source."""
    properties = json.loads(props)
    properties["links"]["convertToAliasUrl"] = None
    return json.dumps(properties)


@register.simple_tag(takes_context=True)
def link_to_source(context):
    """Return upstream's ``source_translation``, leading who may not edit the source to the site."""
    link = context["source_translation"]
    translation = context["translation"]
    if may_edit_source(context["request"].user, translation):
        return link
    source = translation.source.get_source_instance()
    return {**link, "editUrl": getattr(source, "full_url", None)}


@register.inclusion_tag("translation/review.html", takes_context=True)
def translation_review(context):
    """Show where the page stands in its workflow, and what the person may do about it."""
    request = context["request"]
    review = Review(context["translation"], context["instance"], request.user)
    return {"review": review, "page": context["instance"], "request": request}
