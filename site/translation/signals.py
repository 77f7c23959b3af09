"""What happens to a translation when something happens to its source.

As signals, so that it does not matter where the change came from: the editor, a bulk action, the
schedule, the API or code.
"""

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from . import addresses, trees
from .pair import translations_of


@receiver(page_unpublished)
@receiver(pre_delete, sender=Page)
def take_translations_down(instance, **kwargs):
    """A translation is live only while its source is."""
    for translation in translations_of(instance):
        if translation.live:
            translation.unpublish()


@receiver(post_page_move)
def move_translations(instance, url_path_before, url_path_after, **kwargs):
    """A translation stands where its source stands, and in the same order."""
    trees.follow(instance)
    if url_path_before != url_path_after:
        addresses.forget_redirects_to_themselves(instance)


@receiver(page_slug_changed)
def keep_translated_address(instance, instance_before, **kwargs):
    """A translation keeps its own address when that of the source changes."""
    addresses.forget_redirects_to_themselves(instance)
    addresses.carry_translated_slug(instance, instance_before.slug)
