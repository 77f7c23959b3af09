"""Views of the site as a whole: errors, sitemap, robots, colours."""

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.http import FileResponse, Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header, http_date
from django.utils.text import slugify
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response
from wagtail.models import Page

from pagecache.marks import cacheable

from . import icons
from .addresses import absolute
from .calendars import calendar
from .chrome import Chrome
from .contrast import PAPER
from .models import BasePage, MeetingPage, SiteSettings
from .patterns import THREADS, cover_image
from .pictures import SHARE_IMAGE_SIZE
from .querysets import is_private
from .sitemaps import Sitemap
from .tones import Tone

DRAWN = "images/"  # where Wagtail has what it drew; originals hold what cameras write into them
A_DAY = cache_control(public=True, max_age=86_400)
# The same in whatever language a browser prefers.
WITHOUT_LANGUAGE = cacheable(speaks_any_language=True)


def page_not_found(request, exception=None):
    """Answer 404 in the visitor's language, with ways on; without the database a plain page."""
    try:
        chrome = Chrome(request, is_error=True)
        return render(request, "404.html", {"chrome": chrome}, status=404)
    except DatabaseError:
        return _bare(request, 404)


def bad_request(request, exception=None):
    """Answer 400 in the visitor's language: the host may be a wrong one, so nothing asks for it."""
    return _bare(request, 400)


def server_error(request):
    """Answer 500 in the visitor's language, without the database and without a context."""
    return _bare(request, 500)


def _bare(request, status):
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with override(language):
        html = render_to_string(f"bare/{status}.html", {"language": language})
    return HttpResponse(html, status=status)


@WITHOUT_LANGUAGE
@require_safe
@cache_control(max_age=3600)
def sitemap(request, number=None):
    """Return the sitemap, or where it is too long for one file the list of its files.

    ``number`` asks for one of the files; 404 if there are not so many.
    """
    contents = Sitemap(request)
    files = contents.number_of_files
    if number is not None and not 1 <= number <= files:
        raise Http404
    if number or files == 1:
        lines = contents.write(number or 1)
    else:
        paths = (reverse("sitemap_file", args=[file]) for file in range(1, files + 1))
        lines = contents.write_index([absolute(request, path) for path in paths])
    response = StreamingHttpResponse(lines, content_type="application/xml; charset=utf-8")
    if contents.modified:
        response["Last-Modified"] = http_date(contents.modified.timestamp())
    return response


@require_safe
@cache_control(max_age=31_536_000, public=True, immutable=True)
def media(request, name):
    """Return a picture, where the web server in front has no folder of them; else 404.

    Documents have a view of their own, which asks who may see them. Names are given once: a
    changed picture gets another.
    """
    if not name.startswith(DRAWN) or ".." in name.split("/"):
        raise Http404
    try:
        file = default_storage.open(name)
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation) as error:
        raise Http404 from error
    response = FileResponse(file)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def javascript_catalogue(request):
    """The words of the admin's JavaScript in the person's language, all packages together."""
    return get_localized_response(JavaScriptCatalog.as_view(), request)


@WITHOUT_LANGUAGE
@cache_control(max_age=3600)
def robots(request):
    """Let robots read everything but the admin and search results; nothing on a trial server."""
    if not settings.ROBOTS_ALLOWED:
        lines = ["User-agent: *", "Disallow: /"]
    else:
        lines = [
            "User-agent: *",
            f"Disallow: {reverse('wagtailadmin_home')}",
            *(f"Disallow: {path}?" for path in _search_paths()),
            f"Sitemap: {absolute(request, reverse('sitemap'))}",
        ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _search_paths():
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield reverse("search")


@WITHOUT_LANGUAGE
@cache_control(max_age=86400, public=True)
def share_image(request, pk):
    """Return the woven pattern of a published page as the picture that social networks show."""
    page = get_object_or_404(Page.objects.live().filter(~is_private()), pk=pk).specific
    if not isinstance(page, BasePage):
        raise Http404
    response = HttpResponse(
        content_type="image/png", headers={"Cross-Origin-Resource-Policy": "cross-origin"}
    )
    picture = cover_image(page.pattern_seed, page.tone, *SHARE_IMAGE_SIZE)
    picture.quantize(2).save(response, "PNG", optimize=True)
    return response


@WITHOUT_LANGUAGE
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


@WITHOUT_LANGUAGE
@A_DAY
def icon(request, size):
    """Return the mark as a picture; 404 for a size that no page names."""
    return _icon(request, icons.png, size)


@WITHOUT_LANGUAGE
@A_DAY
def maskable_icon(request, size):
    return _icon(request, icons.maskable_png, size)


def _icon(request, draw, size):
    if size not in icons.ICON_SIZES:
        raise Http404
    picture = draw(SiteSettings.for_request(request), size)
    return HttpResponse(picture, content_type="image/png")


@WITHOUT_LANGUAGE
@A_DAY
def touch_icon(request):
    picture = icons.touch_png(SiteSettings.for_request(request))
    return HttpResponse(picture, content_type="image/png")


@WITHOUT_LANGUAGE
@A_DAY
def favicon(request):
    picture = icons.ico(SiteSettings.for_request(request))
    return HttpResponse(picture, content_type="image/vnd.microsoft.icon")


@cacheable()
@cache_control(max_age=3600)
@conditional_page
def manifest(request):
    """Return the web manifest in the active language: name, colours and icons of the site."""
    chrome = Chrome(request)
    pictures = [
        {
            "src": reverse(name, args=[size]),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, purpose in (("icon", "any"), ("maskable_icon", "maskable"))
        for size in icons.ICON_SIZES
    ]
    data = {
        "id": chrome.home_url,
        "name": chrome.texts.name,
        "short_name": chrome.texts.short_name,
        "lang": get_language(),
        "dir": "ltr",
        "start_url": chrome.home_url,
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": chrome.settings.accent_light or THREADS[Tone.CARMINE],
        "icons": pictures,
    }
    return JsonResponse(
        data,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


@cacheable()
@require_safe
@cache_control(max_age=300)
@conditional_page
def meetings_calendar(request):
    """Return all meetings of the active language, to subscribe to."""
    chrome = Chrome(request)
    name = f"{chrome.texts.short_name} · {_('Meetings')}"
    source = chrome.absolute(request.path)
    meetings = calendar_meetings(chrome).order_by("starts_at", "pk")
    return _calendar(calendar(meetings, name, chrome, source), slugify(name), is_file=False)


@cacheable()
@require_safe
@cache_control(max_age=300)
@conditional_page
def meeting_calendar(request, key):
    """Return one meeting, to keep; 404 when it is not public (any more).

    ``key`` is the translation key of the meeting's page.
    """
    chrome = Chrome(request)
    meeting = get_object_or_404(calendar_meetings(chrome), translation_key=key)
    content = calendar([meeting], meeting.title, chrome)
    return _calendar(content, meeting.slug, is_file=True)


def calendar_meetings(chrome):
    meetings = MeetingPage.objects.filter(locale_id=chrome.locale_id).visible()
    return meetings.defer("body", "transcript").prefetch_related("agenda")


def _calendar(content: bytes, name: str, is_file: bool) -> HttpResponse:
    disposition = content_disposition_header(is_file, f"{name}.ics")
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )
