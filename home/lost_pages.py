"""The addresses of the page editor that give back what was written in a page that is gone.

They stand before Wagtail's own, at the same places, so that its names lead to them.
"""

import functools

from django.http import Http404
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.admin.viewsets.pages import page_viewset_registry

from .lost_work import give_back


def or_give_back(view):
    """Wrap a view with a page's form: if the page is gone, it gives back what was written in it."""

    @functools.wraps(view)
    def wrapped(request, **kwargs):
        try:
            return view(request, **kwargs)
        except Http404:
            response = give_back(request)
            if response is None:
                raise
            return response

    return never_cache(display_custom_404(require_admin_access(wrapped)))


urlpatterns = [
    path(
        "add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
        or_give_back(
            page_viewset_registry.as_view(
                "add",
                app_label_kwarg="content_type_app_name",
                model_name_kwarg="content_type_model_name",
            )
        ),
    ),
    path(
        "<int:page_id>/edit/",
        or_give_back(page_viewset_registry.as_view("edit", page_id_kwarg="page_id")),
    ),
]
