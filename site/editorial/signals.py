"""When pages are checked: on publication; what was found goes with its end."""

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from .findings import remove_findings, update_findings


@receiver(page_published)
def follow_publication(instance, **kwargs):
    update_findings(instance)


@receiver(page_unpublished)
def follow_end_of_publication(instance, **kwargs):
    remove_findings(instance)
