"""The one tag that shows a picture; the places of the design stand in ``home.pictures``."""

from django import template

from home.pictures import picture

register = template.Library()


@register.simple_tag
def picture_at(place, image, alt="", **attributes):
    """Return a picture as it is shown at a place; empty if there is none or its file is broken.

    ``priority=True`` is for the largest picture that visitors see first.
    """
    return picture(image, place, alt, **attributes)
