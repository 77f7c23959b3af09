from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Partner, SiteTexts


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "group"
    list_display = ["name", "short_name", "kind", "show_on_site", "position"]


class SiteTextsViewSet(SnippetViewSet):
    model = SiteTexts
    icon = "list-ul"
    list_display = ["name", "short_name"]


class SiteViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Site")
    menu_icon = "site"
    menu_order = 330
    items = [SiteTextsViewSet, PartnerViewSet]


register_snippet(SiteViewSetGroup)


@hooks.register("before_serve_page")
def refuse_other_language(page, request, args, kwargs):
    """Never show a page under the address of another language.

    Wagtail falls back to the source page where a language has no home page of its own.
    """
    if page.locale.language_code != get_language():
        raise Http404
