"""What happens by itself in the editorial office."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished
from wagtail.users.models import UserProfile

from .findings import remove_findings, update_findings


@receiver(post_save, sender=get_user_model())
def speak_the_language_of_the_office(instance, created, raw, **kwargs):
    """Give new people the admin and mails in the site's first language, until they choose another.

    Wagtail would take the language of the browser, and for mails that of whoever caused them.
    """
    if created and not raw:
        UserProfile.objects.create(user=instance, preferred_language=settings.LANGUAGE_CODE)


@receiver(page_published)
def follow_publication(instance, **kwargs):
    """Check pages on publication; what was found goes with its end."""
    update_findings(instance)


@receiver(page_unpublished)
def follow_end_of_publication(instance, **kwargs):
    remove_findings(instance)
