"""Parts of templates that are the same on many pages."""

from django import template
from django.utils.translation import get_language

from home import shared
from home.addresses import site_of

register = template.Library()


@register.tag
def shared_part(parser, token):
    """Make a part of a page once for all pages: ``{% shared_part "name" key … %}``.

    Whatever in it differs from page to page must stand among the keys; the site and the language do
    already. In previews it is made anew.
    """
    _tag, name, *keys = token.split_contents()
    nodes = parser.parse(("endshared_part",))
    parser.delete_first_token()
    return SharedPart(nodes, name, [parser.compile_filter(key) for key in keys])


class SharedPart(template.Node):
    def __init__(self, nodelist, name, keys):
        self.nodelist, self.name, self.keys = nodelist, name, keys

    def render(self, context):
        request = context["request"]
        if getattr(request, "is_preview", False):
            return self.nodelist.render(context)
        site = site_of(request)
        keys = [key.resolve(context) for key in self.keys]
        key = ("part", self.name, site and site.pk, get_language(), *keys)
        return shared.once(key, lambda: self.nodelist.render(context))
