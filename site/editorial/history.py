"""Who did what, where Wagtail and wagtail-localize don't say it: the work of translators.

The person is that of the request (see ``wagtail.log_actions.LogContext``).
"""

import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.log_actions import get_active_log_context, log
from wagtail.log_actions import registry as log_registry
from wagtail_localize.models import StringTranslation, Translation, TranslationLog

WRITTEN = "editorial.translation.written"
SAVED = "editorial.translation.saved"
SITTING = datetime.timedelta(hours=1)


@receiver(post_save, sender=StringTranslation)
def record_writing(instance, raw=False, **kwargs):
    """One entry for all that a translator writes in a page or record within an hour."""
    user = get_active_log_context().user
    if raw or not user or instance.tool_name or not instance.context_id:
        return
    target = _target_of(source__object=instance.context.object_id, target_locale=instance.locale_id)
    if target is None:
        return
    entries = log_registry.get_logs_for_instance(target).filter(user=user, action=WRITTEN)
    if not entries.filter(timestamp__gt=timezone.now() - SITTING).exists():
        log(target, WRITTEN)


@receiver(post_save, sender=TranslationLog)
def record_saving(instance, created, raw=False, **kwargs):
    """wagtail-localize wrote the translated texts into the page or record."""
    if created and not raw:
        target = _target_of(source=instance.source_id, target_locale=instance.locale_id)
        if target is not None:
            revision = {"revision": instance.revision} if instance.revision_id else {}
            log(target, SAVED, **revision)


def _target_of(**conditions):
    """Return the translated page or record, or None where there is none yet."""
    translation = Translation.objects.filter(**conditions).select_related("source").first()
    try:
        return translation and translation.get_target_instance()
    except ObjectDoesNotExist:
        return None
