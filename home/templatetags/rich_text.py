"""Rich text that is safe to show; Wagtail's filter ``richtext`` ends here too (by its template)."""

from django import template

from home.rich_text import clean

register = template.Library()
register.simple_tag(clean, name="rich_text")
