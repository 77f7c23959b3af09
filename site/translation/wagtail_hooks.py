from django.urls import include, path
from wagtail import hooks

from . import guards, review


@hooks.register("register_admin_urls", order=-1)
def guard_upstream_views():
    """These stand before wagtail-localize's own, at the same addresses."""
    return [path("localize/", include(guards.urlpatterns))]


@hooks.register("before_edit_page", order=-1)
def act_on_translation(request, page):
    return review.act_on_translation(request, page)


@hooks.register("construct_page_action_menu")
def hide_aliases(menu_items, request, context):
    """No aliases: they would show Latvian text at English addresses (see guards.no_aliases)."""
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]
