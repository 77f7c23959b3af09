"""When search documents are written: on publication, its end, and a change of who may read.

And when attachments are read: once they are uploaded or replaced, at the latest with their page.
"""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from home.steps import in_steps

from .attachments import ANCHOR, pages_with, unread
from .documents import PAGES_AT_ONCE, remove_documents, update_documents
from .models import SearchDocument
from .tasks import after_commit, read_attachment, update_pages

Document = get_document_model()


@receiver(page_published)
def follow_publication(instance, **kwargs):
    update_documents(instance)
    if getattr(instance, "is_findable", False):
        keys = [document.pk for document in instance.get_attached_documents()]
        for document in unread(Document.objects.filter(pk__in=keys)) if keys else ():
            after_commit(read_attachment.enqueue, document.pk)


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
    live = Page.objects.descendant_of(page, inclusive=True).live()
    for pages in in_steps(live, PAGES_AT_ONCE):
        update_documents(*pages)


@receiver(post_save, sender=Document)
def follow_document(instance, raw=False, **kwargs):
    """A document was uploaded, replaced, renamed or moved to another collection."""
    if not raw:
        after_commit(read_attachment.enqueue, instance.pk)


@receiver(post_delete, sender=Document)
def follow_deleted_document(instance, **kwargs):
    found = SearchDocument.objects.filter(suffix=ANCHOR.format(instance.pk))
    after_commit(update_pages.enqueue, list(found.values_list("page_id", flat=True)))


@receiver([post_save, post_delete], sender=CollectionViewRestriction)
def follow_collection_restriction(instance, **kwargs):
    follow_collection(instance.collection)


@receiver(post_save, sender=Collection)
def follow_collection(instance, raw=False, **kwargs):
    """Who may read a collection changed, or it was moved, which stands in the tree on commit."""
    if not raw:
        after_commit(_update_pages_with_documents_of, instance.pk)


def _update_pages_with_documents_of(pk):
    for collection in Collection.objects.filter(pk=pk):
        collections = collection.get_descendants(inclusive=True)
        documents = Document.objects.filter(collection__in=collections)
        update_pages.enqueue(pages_with(documents.values_list("pk", flat=True)))
