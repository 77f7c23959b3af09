"""A page and its translation: published together, moved and taken down as one."""

from wagtail import hooks

from .. import pair_views
from ..action_menu import PublishPairMenuItem


@hooks.register("register_page_action_menu_item")
def offer_to_publish_in_both_languages():
    return PublishPairMenuItem(order=35)


hooks.register("before_publish_page", pair_views.refuse_before_source)
# Before wagtail-localize's own, which shows and publishes the translation instead of the page.
hooks.register("before_edit_page", pair_views.refuse_translation_before_source, order=-10)
hooks.register("after_publish_page", pair_views.publish_translations_too)
hooks.register("before_move_page", pair_views.refuse_move_from_pair)
hooks.register("after_move_page", pair_views.tell_of_misplaced)
hooks.register("after_bulk_action", pair_views.tell_of_misplaced_in_bulk)
hooks.register("after_delete_page", pair_views.delete_translations_too)
