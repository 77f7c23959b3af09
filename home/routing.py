"""Finding a page by its address in one query, however deep it lies."""

from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from wagtail import views
from wagtail.models import Page

from .addresses import site_of
from .querysets import is_private


# Public forms set no cookie, so Django's CSRF check can't hold for them; home.spam stands in.
@csrf_exempt
def serve(request, path=""):
    """Serve the page at ``path`` in the language of the address, or 404.

    Wagtail's own view walks down the tree with two queries a level, and falls back to the source
    page where a language has no home page. It takes the route found here instead.
    """
    request._wagtail_route_for_request = find_route(request, path)
    return views.serve(request, path)


def find_route(request, path: str):
    """Return the ``RouteResult`` for an address, or None.

    All levels are looked up at once: the deepest page whose ``url_path`` is a beginning of the
    address answers for the rest of it, as it would after a walk.
    """
    root_path = root_path_of(request)
    if root_path is None:
        return None
    components = [component for component in path.split("/") if component]
    paths = {root_path: components}
    for number, component in enumerate(components, start=1):
        root_path += f"{component}/"
        paths[root_path] = components[number:]
    # Databases have an index of slugs, which url_paths end in, none of url_paths.
    slugs = {url_path.rstrip("/").rpartition("/")[2] for url_path in paths}
    found = _deepest_first().filter(slug__in=slugs, url_path__in=paths)[:1]
    for pk, url_path, content_type_id, is_closed in found:
        page = _specific(pk, content_type_id)
        page.is_known_public = not is_closed
        try:
            return page.route(request, paths[url_path])
        except Http404:
            return None
    return None


# To put a query together takes Python as long as to ask it: the parts that are always the same are
# put together once. They are never evaluated themselves.


@cache
def _deepest_first():
    pages = Page.objects.annotate(is_private=is_private()).order_by("-depth")
    return pages.values_list("pk", "url_path", "content_type_id", "is_private")


def _specific(pk, content_type_id) -> Page:
    """Return a page as its own type, with what the type says it always shows."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    if model is None:  # of an app that is gone
        return Page.objects.get(pk=pk)
    return _shown(model).get(pk=pk)


@cache
def _shown(model):
    """Return the query for what the pages of a type show."""
    pages = model._default_manager.all()
    return pages.shown() if hasattr(pages, "shown") else pages


def root_path_of(request) -> str | None:
    """Return the ``url_path`` of the home page in the active language, or None."""
    site = site_of(request)
    roots = Page._get_site_root_paths(None, cache_object=request) if site else ()
    for root in roots:
        if root.site_id == site.pk and root.language_code == get_language():
            return root.root_path
    return None
