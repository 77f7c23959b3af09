"""Puts translations into the draft of a page."""

from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, Revision
from wagtail_localize.models import Translation, TranslationLog


def save_draft(translation: Translation, user) -> Revision:
    """Save the translation's texts as a new revision of its page; what is published stays.

    wagtail-localize's ``save_target(publish=False)`` also writes the page itself, so that visitors
    of a published page see what nobody has published.

    Raises:
        ValidationError: the page is not valid with these texts.
    """
    instance = translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
    if isinstance(instance, Page):
        instance.slug = find_available_slug(
            instance.get_parent(), slugify(instance.slug), ignore_page_id=instance.pk
        )
    revision = instance.save_revision(user=user)
    TranslationLog.objects.create(
        source=translation.source, locale=translation.target_locale, revision=revision
    )
    return revision
