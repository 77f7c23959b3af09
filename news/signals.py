"""What follows when topics change and when insights are published."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from search.documents import rename_topic

from .models import ConferencePage, InsightReference, Topic


@receiver(post_save, sender=Topic)
def follow_name(instance, created, raw=False, **kwargs):
    """The search shows topics by name."""
    if not (created or raw):
        rename_topic(instance.slug, instance.name, instance.locale.language_code)


@receiver(page_published, sender=ConferencePage)
def remember_publication(instance, **kwargs):
    """A reference that was public once says so for good, even when its insight is deleted."""
    keys = [insight.translation_key for insight in instance.insights.all()]
    references = InsightReference.objects.filter(translation_key__in=keys)
    references.filter(first_published_at=None).update(first_published_at=timezone.now())
