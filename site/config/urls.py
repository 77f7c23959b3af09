"""The site's addresses."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from home import urls as home_urls
from home import views as home_views
from home.routing import serve
from people import urls as people_urls
from search import urls as search_urls

handler400 = "home.views.bad_request"
handler404 = "home.views.page_not_found"
handler500 = "recovery.views.server_error"

urlpatterns = [
    # Wagtail's and wagtail-localize's own catalogues do not reach LOCALE_PATHS.
    path(f"{settings.ADMIN_PATH}jsi18n/", home_views.javascript_catalogue),
    path(f"{settings.ADMIN_PATH}localize/jsi18n/", home_views.javascript_catalogue),
    path(f"{settings.ADMIN_PATH}pages/", include("home.lost_pages")),
    path(settings.ADMIN_PATH, include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", include("api.urls")),
    path("media/<path:name>", home_views.media, name="media"),
    path("sitemap.xml", home_views.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", home_views.sitemap, name="sitemap_file"),
    path("robots.txt", home_views.robots, name="robots"),
    path("theme.css", home_views.theme, name="theme"),
    path("share/<int:pk>.png", home_views.share_image, name="share_image"),
    path("favicon.ico", home_views.favicon, name="favicon"),
    path("apple-touch-icon.png", home_views.touch_icon, name="touch_icon"),
    path("icon-<int:size>.png", home_views.icon, name="icon"),
    path("icon-maskable-<int:size>.png", home_views.maskable_icon, name="maskable_icon"),
]

if "debug_toolbar" in settings.INSTALLED_APPS:
    urlpatterns += [path("__debug__/", include("debug_toolbar.urls"))]

# To open a page that has a password: the pattern of pages would take this address for one.
# Wagtail's own sign-in stays behind it, as that knows neither our attempts nor second factors.
opening = [url for url in wagtail_urls.urlpatterns if "with_password" in url.name]

urlpatterns += i18n_patterns(
    path("", include(opening)),
    path("", include(search_urls)),
    path("", include(people_urls)),
    path("", include(home_urls)),
    re_path(serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
)
