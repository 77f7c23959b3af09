"""What is done in the background of saving and publishing (see also search.tasks)."""

import functools

from django.apps import apps
from django.db import transaction
from django_tasks import task

from .pictures import draw_all


@task()
def draw_pictures(label: str, pk: int):
    """Draw the pictures of a page or record, so that no visitor waits for them."""
    for instance in apps.get_model(label).objects.filter(pk=pk):
        draw_all(instance)


def draw_after_commit(instance):
    """Draw the pictures of what is being saved once it is there to stay; errors are logged."""
    enqueue = functools.partial(draw_pictures.enqueue, instance._meta.label, instance.pk)
    transaction.on_commit(enqueue, robust=True)
