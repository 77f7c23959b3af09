"""A page that is deleted while somebody edits it: what was written is given back.

The addresses here stand before Wagtail's own, at the same places, so that its names lead to them.
"""

import functools
import json
from http import HTTPStatus

from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.admin.viewsets.pages import page_viewset_registry

MACHINERY = ("action-", "comment", "csrf", "loaded_", "next")


def or_give_back(view):
    """Wrap a view with a page's form: if the page is gone, it gives back what was written in it."""

    @functools.wraps(view)
    def wrapped(request, **kwargs):
        try:
            return view(request, **kwargs)
        except Http404:
            written = written_text(request.POST)
            if not written or not request.accepts("text/html"):
                raise
            context = {"written": written, "title": request.POST.get("title", "")}
            return render(request, "home/admin/page_is_gone.html", context, status=HTTPStatus.GONE)

    return never_cache(display_custom_404(require_admin_access(wrapped)))


def written_text(data) -> str:
    """Return the texts of a submitted page form, a paragraph each, without its machinery."""
    texts = []
    for name, value in data.items():
        if value.startswith("{"):
            value = "\n".join(_paragraphs_of(value))
        is_text = name == "title" or " " in value  # not a slug, a number or a choice
        if is_text and not name.startswith(MACHINERY):
            texts.append(value.strip())
    return "\n\n".join(dict.fromkeys(filter(None, texts)))


def _paragraphs_of(value):
    """Return the paragraphs of rich text as the editor (Draftail) sends it."""
    try:
        return [block["text"] for block in json.loads(value)["blocks"]]
    except (KeyError, TypeError, ValueError):
        return []


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
