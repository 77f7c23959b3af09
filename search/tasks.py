"""What is done in the background of saving and publishing.

The tasks run at once unless ``TASKS`` names another backend. Their errors go to the log: nobody who
saves or publishes meets them.
"""

import functools

from django.db import transaction
from django_tasks import task
from wagtail.documents import get_document_model
from wagtail.models import Page

from .attachments import pages_with, read, unread
from .documents import update_documents


@task()
def read_attachment(pk: int):
    """Read a document's file unless it is unchanged, and write anew what is found by it."""
    for document in unread(get_document_model().objects.filter(pk=pk)):
        read(document)
    _update(pages_with([pk]))


@task()
def update_pages(keys: list[int]):
    """Write the search documents of pages anew."""
    _update(keys)


def _update(keys):
    for page in Page.objects.filter(pk__in=keys).live():
        update_documents(page)


def after_commit(enqueue, *args):
    """Call a task's ``enqueue`` once what is being saved is there to stay; errors are logged."""
    transaction.on_commit(functools.partial(enqueue, *args), robust=True)
