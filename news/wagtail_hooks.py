from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.conflicts import RecordEditView

from .models import Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    add_to_admin_menu = True
    menu_order = 310
    list_display = ["name", "slug", "tone"]
    edit_view_class = RecordEditView


register_snippet(TopicViewSet)
