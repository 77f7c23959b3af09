from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from . import admin_words, kept
from .audit_report import AuditReportView
from .conflicts import OrderlyPageViewSet, SiteSettingEditView
from .menus import PublisherMenuItem
from .models import Partner, SiteTexts
from .pictures import QuickFormatOperation
from .records import RecordViewSet
from .rich_text import PageLinkHandler


class PartnerViewSet(RecordViewSet):
    model = Partner
    icon = "group"
    list_display = ["name", "short_name", "kind", "show_on_site", "position"]


class SiteTextsViewSet(RecordViewSet):
    model = SiteTexts
    icon = "list-ul"
    list_display = ["name", "short_name"]


class SiteViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Site")
    menu_icon = "site"
    menu_order = 330
    items = [SiteTextsViewSet, PartnerViewSet]


register_snippet(SiteViewSetGroup)


@hooks.register("register_rich_text_features", order=100)
def resolve_page_links_in_bulk(features):
    features.register_link_type(PageLinkHandler)


@hooks.register("register_image_operations", order=1)  # in the place of Wagtail's own
def draw_avif_quickly():
    return [("format", QuickFormatOperation)]


@hooks.register("insert_editor_js")
def translate_the_translation_editor():
    return format_html(
        '<script src="{}" data-more-actions="{}" data-translation="{}"></script>',
        static("js/translation-editor-words.js"),
        gettext("More actions"),
        gettext("Translation"),
    )


@hooks.register("filter_form_submissions_for_user")
def show_submissions_to_those_who_publish(user, forms):
    """Show what people send (names, addresses) to those who answer for the page, not to writers."""
    answered_for = page_permission_policy.instances_user_has_permission_for(user, "publish")
    return forms.filter(pk__in=answered_for.values("pk"))


@hooks.register("insert_editor_js")
def remember_confirmed_conflicts():
    return format_html('<script src="{}"></script>', static("js/editing-conflicts.js"))


@hooks.register("register_admin_viewset", order=1)  # in the place of Wagtail's own
def register_page_views():
    return OrderlyPageViewSet()


@hooks.register("register_admin_urls", order=-1)
def register_conflict_urls():
    """This stands before Wagtail's own, at the same address, so that its name leads here."""
    setting = "settings/<slug:app_name>/<slug:model_name>/<int:pk>/"
    return [path(setting, SiteSettingEditView.as_view())]


hooks.register("register_retained_data", kept.kinds)
hooks.register("construct_help_menu", admin_words.name_news_of_wagtail)

audit_urls = [
    path("", AuditReportView.as_view(), name="index"),
    path("results/", AuditReportView.as_view(results_only=True), name="results"),
]


@hooks.register("register_admin_urls")
def register_audit_urls():
    return [path("reports/accessibility/", include((audit_urls, "audit")))]


@hooks.register("register_reports_menu_item")
def register_audit_report():
    return PublisherMenuItem(
        AuditReportView.page_title,
        reverse("audit:index"),
        name="accessibility-checks",
        icon_name=AuditReportView.header_icon,
        order=1350,
    )


@hooks.register("register_task_names")
def name_tasks():
    return [("home.tasks.draw_pictures", _("Drawing the pictures of a page or record"))]
