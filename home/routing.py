"""Finding a page by its address in one query, however deep it lies."""

from django.http import Http404
from wagtail.models import Page


class SingleQueryRoutingMixin:
    """For a site's root page: looks all levels of an address up at once.

    Wagtail walks down the tree with two queries a level. The deepest page whose ``url_path`` is a
    beginning of the address answers for the rest of it, as it would after the walk.
    """

    def route(self, request, path_components):
        if not path_components:
            return super().route(request, path_components)
        paths, path = {}, self.url_path
        for depth, component in enumerate(path_components, start=1):
            path += f"{component}/"
            paths[path] = depth
        page = Page.objects.filter(url_path__in=paths).order_by("-depth").first()
        if page is None:
            raise Http404
        return page.specific.route(request, path_components[paths[page.url_path] :])
