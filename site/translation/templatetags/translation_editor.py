"""What our pages add to wagtail-localize's translation editor."""

import json

from django import template

from translation.review import Review

register = template.Library()


@register.filter
def without_aliases(props: str) -> str:
    """Return the editor's properties without the way to make the page an alias of its source."""
    properties = json.loads(props)
    properties["links"]["convertToAliasUrl"] = None
    return json.dumps(properties)


@register.inclusion_tag("translation/review.html", takes_context=True)
def translation_review(context):
    """Show where the page stands in its workflow, and what the person may do about it."""
    request = context["request"]
    review = Review(context["translation"], context["instance"], request.user)
    return {"review": review, "page": context["instance"], "request": request}
