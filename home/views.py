"""Views of the site as a whole: errors, sitemap, robots, colours."""

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language_from_path, override
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response
from wagtail.models import Page

from .chrome import Chrome
from .models import BasePage, SiteSettings
from .patterns import cover_image
from .querysets import is_private
from .sitemaps import Sitemap

SHARE_IMAGE_SIZE = 1200, 630  # the ratio that social networks ask for (Open Graph)


def page_not_found(request, exception=None):
    """Answer 404 in the visitor's language, with ways on; without the database a plain page."""
    try:
        chrome = Chrome(request, is_error=True)
        return render(request, "404.html", {"chrome": chrome}, status=404)
    except DatabaseError:
        return _plain(request, "404_plain.html", status=404)


def server_error(request):
    """Answer 500 in the visitor's language, without the database and without a context."""
    return _plain(request, "500.html", status=500)


def _plain(request, template, status):
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with override(language):
        return HttpResponse(render_to_string(template, {"language": language}), status=status)


def sitemap(request):
    return sitemap_views.sitemap(request, {"pages": Sitemap(request)})


def javascript_catalogue(request):
    """The words of the admin's JavaScript in the person's language, all packages together."""
    return get_localized_response(JavaScriptCatalog.as_view(), request)


@cache_control(max_age=3600)
def robots(request):
    """Let robots read everything but the admin and search results."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        *(f"Disallow: {path}" for path in _search_paths()),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _search_paths():
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield reverse("search")


@cache_control(max_age=86400, public=True)
def share_image(request, pk):
    """Return the woven pattern of a published page as the picture that social networks show."""
    page = get_object_or_404(Page.objects.live().filter(~is_private()), pk=pk).specific
    if not isinstance(page, BasePage):
        raise Http404
    response = HttpResponse(content_type="image/png")
    picture = cover_image(page.pattern_seed, page.tone, *SHARE_IMAGE_SIZE)
    picture.quantize(2).save(response, "PNG", optimize=True)
    return response


@cache_control(max_age=3600)
def theme(request):
    """Return the accent colours of the site settings as a style sheet.

    Asked for only where the settings name colours of their own; see ``templates/base.html``.
    """
    site_settings = SiteSettings.for_request(request)
    light = site_settings.accent_light or "#9D2235"
    dark = site_settings.accent_dark or "#EF8A95"
    return HttpResponse(
        f":root{{--accent:light-dark({light},{dark})}}", content_type="text/css; charset=utf-8"
    )
