"""When search documents are written: on publication, its end, and a change of who may read."""

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished

from .documents import forget_words, update_documents


@receiver([page_published, page_unpublished])
def follow_publication(instance, **kwargs):
    update_documents(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def follow_restriction(instance, **kwargs):
    for page in Page.objects.descendant_of(instance.page, inclusive=True).live():
        update_documents(page)


@receiver(pre_delete)
def follow_deletion(sender, instance, **kwargs):
    """The documents go with their page; their words are taken back before."""
    if sender is Page:
        forget_words(instance)
