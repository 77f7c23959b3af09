from wagtail.snippets.models import register_snippet

from home.records import RecordViewSet

from .models import Topic


class TopicViewSet(RecordViewSet):
    model = Topic
    icon = "tag"
    add_to_admin_menu = True
    menu_order = 310
    list_display = ["name", "slug", "tone"]


register_snippet(TopicViewSet)
