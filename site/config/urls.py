"""The site's addresses."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from home import views as home_views
from home.routing import serve
from search import urls as search_urls

handler400 = "home.views.bad_request"
handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"

urlpatterns = [
    # Wagtail's and wagtail-localize's own catalogues do not reach LOCALE_PATHS.
    path("admin/jsi18n/", home_views.javascript_catalogue),
    path("admin/localize/jsi18n/", home_views.javascript_catalogue),
    path("admin/pages/", include("home.lost_pages")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", include("api.urls")),
    path("sitemap.xml", home_views.sitemap, name="sitemap"),
    path("robots.txt", home_views.robots, name="robots"),
    path("theme.css", home_views.theme, name="theme"),
    path("share/<int:pk>.png", home_views.share_image, name="share_image"),
]

if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
if "debug_toolbar" in settings.INSTALLED_APPS:
    urlpatterns += [path("__debug__/", include("debug_toolbar.urls"))]

urlpatterns += i18n_patterns(
    path("", include(search_urls)),
    re_path(serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
)
