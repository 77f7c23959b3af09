from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import include, path
from wagtail import hooks
from wagtail.permissions import page_permission_policy

from . import guards, review


@hooks.register("register_admin_urls", order=-1)
def guard_upstream_views():
    """These stand before wagtail-localize's own, at the same addresses."""
    return [path("localize/", include(guards.urlpatterns))]


@hooks.register("before_edit_page", order=-1)
@hooks.register("before_edit_snippet", order=-1)
def act_on_translation(request, instance):
    return review.act_on_translation(request, instance)


@hooks.register("construct_page_action_menu")
def hide_aliases(menu_items, request, context):
    """No aliases: they would show Latvian text at English addresses (see guards.no_aliases)."""
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


@hooks.register("before_copy_page")
def refuse_aliases(request, page):
    if request.POST.get("alias"):
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def offer_pages_that_one_may_see(pages, request):
    """Leave out drafts of trees that are closed to the person; Wagtail's chooser offers all."""
    own = page_permission_policy.explorable_instances(request.user)
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))
