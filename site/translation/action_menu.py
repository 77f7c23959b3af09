"""The page editor's action that publishes a page together with its translation."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem

from .pair import translations_of

# The value of the editor's `action-publish`: Wagtail takes any for "publish".
BOTH = "both"


class PublishPairMenuItem(ActionMenuItem):
    """Shown to who may publish both, where there is a translation, draft or live."""

    name = "action-publish"
    label = _("Publish in both languages")
    icon_name = "globe"
    template_name = "translation/publish_pair_menu_item.html"

    def is_shown(self, context):
        if context["view"] != "edit" or context["locked_for_user"]:
            return False
        if not self.get_user_page_permissions_tester(context).can_publish():
            return False
        user = context["request"].user
        translations = translations_of(context["page"])
        return bool(translations) and all(
            translation.permissions_for_user(user).can_publish() for translation in translations
        )

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        go_live_at = context["page"].go_live_at
        return context | {
            "value": BOTH,
            "is_scheduled": bool(go_live_at and go_live_at > timezone.now()),
        }
