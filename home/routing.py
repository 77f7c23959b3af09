"""Finding a page by its address in one query, however deep it lies."""

from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import TextField
from django.http import Http404
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from wagtail import views
from wagtail.models import Page

from .addresses import site_of
from .compiled import Compiled, Parameter
from .querysets import is_private

DEEPEST = Page._meta.get_field("path").max_length // Page.steplen  # that a page can stand


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
    for number, component in enumerate(components[:DEEPEST], start=1):
        root_path += f"{component}/"
        paths[root_path] = components[number:]
    # Databases have an index of slugs, which url_paths end in, none of url_paths.
    slugs = [url_path.rstrip("/").rpartition("/")[2] for url_path in paths]
    found = _deepest_of(len(paths)).ask(**_numbered("path", paths), **_numbered("slug", slugs))
    for pk, url_path, content_type_id, is_closed in found:
        page = _specific(pk, content_type_id)
        if page is None:  # deleted since
            return None
        page.is_known_public = not is_closed
        try:
            return page.route(request, paths[url_path])
        except Http404:
            return None
    return None


@cache
def _deepest_of(number):
    """Return the query for the deepest page at one of so many paths."""
    text = TextField()
    paths = [Parameter(f"path{place}", text) for place in range(number)]
    slugs = [Parameter(f"slug{place}", text) for place in range(number)]
    pages = Page.objects.annotate(is_private=is_private()).order_by("-depth")
    pages = pages.filter(slug__in=slugs, url_path__in=paths)[:1]
    return Compiled(pages.values_list("pk", "url_path", "content_type_id", "is_private"))


def _numbered(name, values) -> dict:
    return {f"{name}{place}": value for place, value in enumerate(values)}


def _specific(pk, content_type_id) -> Page | None:
    """Return a page as its own type, with what the type always shows; None if it is gone."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    model = model or Page  # of an app that is gone
    return next(iter(_shown(model).ask(pk=pk)), None)


@cache
def _shown(model):
    """Return the query for what a page of a type shows."""
    pages = model._default_manager.all()
    pages = pages.shown() if hasattr(pages, "shown") else pages
    return Compiled(pages.filter(pk=Parameter("pk", Page._meta.pk)))


def root_path_of(request) -> str | None:
    """Return the ``url_path`` of the home page in the active language, or None."""
    site = site_of(request)
    roots = Page._get_site_root_paths(None, cache_object=request) if site else ()
    for root in roots:
        if root.site_id == site.pk and root.language_code == get_language():
            return root.root_path
    return None
