"""The translation editor: who may use it, review, help, and no aliases."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.permissions import page_permission_policy

from .. import guards, machine_views, review, views
from ..terms_admin import TermViewSet

help_urls = [
    path("help/", views.overview, name="overview"),
    path("help/<int:segment_id>/", views.unit_help, name="unit"),
    path("fill/", views.fill, name="fill"),
]
machine_urls = [
    path("translate/<int:translation_id>/machine_translate/", machine_views.machine_translate),
    path("update/<int:translation_source_id>/", machine_views.UpdateTranslationsView.as_view()),
]


@hooks.register("register_admin_urls", order=-1)
def register_urls():
    """Stand before wagtail-localize's own, at the same addresses, so that its names lead here."""
    return [
        path("localize/translate/<int:translation_id>/", include((help_urls, "translation_help"))),
        path("localize/", include(machine_urls)),
        path("localize/", include(guards.urlpatterns)),
    ]


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
    pages = pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))
    # What the status of each row needs, as Wagtail's explorer has it.
    return pages.prefetch_workflow_states().annotate_approved_schedule().prefetch_related("locale")


@hooks.register("insert_editor_js")
def help_in_the_translation_editor():
    return format_html(
        '<link rel="stylesheet" href="{}">'
        '<script src="{}" data-url="{}" data-waiting="{}" data-failed="{}" data-inserted="{}">'
        "</script>",
        static("css/admin/translation-help.css"),
        static("js/translation-help.js"),
        reverse("translation_help:overview", args=[0]),
        gettext("Looking for suggestions…"),
        gettext("Suggestions can’t be shown at the moment. You can go on translating."),
        gettext("Inserted. Save the text unit to keep it."),
    )


@hooks.register("insert_editor_js")
def ask_before_going_over_anothers_text():
    return format_html(
        '<script src="{}" data-title="{}" data-theirs="{}" data-mine="{}" data-nothing="{}" '
        'data-keep="{}" data-replace="{}"></script>',
        static("js/translation-collisions.js"),
        gettext("Somebody else has translated this text unit meanwhile"),
        gettext("Saved translation"),
        gettext("Your translation"),
        gettext("(nothing: the translation is to be removed)"),
        gettext("Keep the saved one"),
        gettext("Replace it with mine"),
    )


@hooks.register("register_admin_viewset")
def register_glossary():
    return TermViewSet()
