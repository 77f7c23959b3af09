from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from wagtail import hooks

from . import machine_views, views
from .terms_admin import TermViewSet

help_urls = [
    path("help/", views.overview, name="overview"),
    path("help/<int:segment_id>/", views.unit_help, name="unit"),
    path("fill/", views.fill, name="fill"),
]
# These stand before wagtail-localize's own, at the same addresses, so that its names lead to them.
machine_urls = [
    path("translate/<int:translation_id>/machine_translate/", machine_views.machine_translate),
    path("update/<int:translation_source_id>/", machine_views.UpdateTranslationsView.as_view()),
]


@hooks.register("register_admin_urls", order=-1)
def register_help_urls():
    return [
        path("localize/translate/<int:translation_id>/", include((help_urls, "translation_help"))),
        path("localize/", include(machine_urls)),
    ]


@hooks.register("insert_editor_js")
def help_in_the_translation_editor():
    return format_html(
        '<link rel="stylesheet" href="{}">'
        '<script src="{}" data-url="{}" data-waiting="{}" data-failed="{}" data-inserted="{}">'
        "</script>",
        static("css/translation-help.css"),
        static("js/translation-help.js"),
        reverse("translation_help:overview", args=[0]),
        gettext("Looking for suggestions…"),
        gettext("Suggestions can’t be shown at the moment. You can go on translating."),
        gettext("Inserted. Save the text unit to keep it."),
    )


@hooks.register("register_admin_viewset")
def register_glossary():
    return TermViewSet()
