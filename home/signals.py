"""When pictures are drawn: with what shows them, and when an image changes that is shown."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex
from wagtail.signals import page_published

from .models import Partner, SiteSettings
from .tasks import draw_after_commit


@receiver(page_published)
def draw_for_page(instance, **kwargs):
    draw_after_commit(instance)


@receiver(post_save, sender=Partner)
@receiver(post_save, sender=SiteSettings)
def draw_for_record(instance, raw=False, **kwargs):
    if not raw:
        draw_after_commit(instance)


@receiver(post_save, sender=get_image_model())
def draw_image_anew(instance, created, raw=False, **kwargs):
    """The file may be another one, or the focal point; then every place needs it anew."""
    if created or raw:
        return
    references = ReferenceIndex.get_references_to(instance).select_related("content_type")
    shown_by = {(reference.content_type, reference.object_id) for reference in references}
    for content_type, pk in shown_by:
        for owner in content_type.model_class().objects.filter(pk=pk):
            draw_after_commit(owner)
