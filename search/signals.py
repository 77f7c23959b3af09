"""When search documents are written: on publication, its end, and a change of who may read."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from .documents import remove_documents, update_documents


@receiver(page_published)
def follow_publication(instance, **kwargs):
    update_documents(instance)


@receiver(page_unpublished)
def follow_end_of_publication(instance, **kwargs):
    """Wagtail unpublishes pages that are deleted as well, before they go."""
    remove_documents(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def follow_restriction(instance, **kwargs):
    _update_branch(instance.page)


@receiver(post_page_move)
def follow_move(instance, **kwargs):
    """A page may come under another's restriction, or leave it."""
    _update_branch(instance)


def _update_branch(page):
    for descendant in Page.objects.descendant_of(page, inclusive=True).live().iterator():
        update_documents(descendant)
