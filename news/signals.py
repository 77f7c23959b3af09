"""What follows when topics change."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from search.documents import rename_topic

from .models import Topic


@receiver(post_save, sender=Topic)
def follow_name(instance, created, raw=False, **kwargs):
    """The search shows topics by name."""
    if not (created or raw):
        rename_topic(instance.slug, instance.name, instance.locale.language_code)
