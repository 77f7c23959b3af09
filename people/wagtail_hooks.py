from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.conflicts import RecordEditView

from .models import Municipality, Region, Seat


class SeatViewSet(SnippetViewSet):
    model = Seat
    icon = "group"
    list_display = ["name", "position", "tone"]
    edit_view_class = RecordEditView


class MunicipalityViewSet(SnippetViewSet):
    model = Municipality
    icon = "home"
    list_display = ["name", "kind", "region"]
    list_filter = ["kind", "region"]
    list_per_page = 50
    edit_view_class = RecordEditView

    def get_queryset(self, request):
        return Municipality.objects.alphabetical().select_related("region")


class RegionViewSet(SnippetViewSet):
    model = Region
    icon = "globe"
    list_display = ["name", "position"]
    edit_view_class = RecordEditView


class PeopleViewSetGroup(SnippetViewSetGroup):
    menu_label = _("People and municipalities")
    menu_icon = "group"
    menu_order = 320
    items = [SeatViewSet, MunicipalityViewSet, RegionViewSet]


register_snippet(PeopleViewSetGroup)


@hooks.register("register_form_choices")
def municipality_choices():
    """Offer the municipalities to forms (see ``home.forms.choices_from_hooks``)."""
    municipalities = Municipality.objects.filter(locale__language_code=get_language())
    names = municipalities.alphabetical().values_list("name", flat=True)
    return "municipality", lambda: [(name, name) for name in names]
