"""Addresses of the API, under /api/v2/."""

from django.urls import path, re_path
from django.views.decorators.http import conditional_page
from wagtail.api.v2.router import WagtailAPIRouter

from . import endpoints
from .views import NotFound, Root


class Router(WagtailAPIRouter):
    """Wagtail's router; every answer has an ETag, and 304 is the answer to its own."""

    @property
    def names(self):
        return list(self._endpoints)

    def wrap_view(self, view):
        return conditional_page(super().wrap_view(view))


router = Router("api")
# The first that knows a model names its objects: people before pages.
for endpoint in (endpoints.People, endpoints.Pages, endpoints.Insights, endpoints.Topics):
    router.register_endpoint(endpoint.name, endpoint)
router.register_endpoint(endpoints.Documents.name, endpoints.Documents)

app_name = "api"
urlpatterns = [
    path("", conditional_page(Root.as_view()), name="root"),
    *router.get_urlpatterns(),
    re_path(r"^(?P<path>.+)/$", NotFound.as_view()),
]
