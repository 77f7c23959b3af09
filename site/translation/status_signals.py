"""When statuses of translations are marked: whatever changes a source, a translation or its texts.

Moving a page, taking it off the site, its drafts and a translation that is stopped or resumed need
nothing: the report asks the page and the translation themselves.
"""

from functools import cache, partial

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from modelcluster.fields import ParentalKey
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.signals import page_published
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)

from search.tasks import after_commit

from . import status, tasks
from .models import TranslationStatus
from .rows import specific_model


def settle_after_commit(translation_key):
    if status.is_postponed():
        return
    transaction.on_commit(partial(status.settle, translation_key=translation_key), robust=True)


@receiver(post_save)
def follow_object(instance, update_fields=None, raw=False, **kwargs):
    """A page or record was saved, as it is published; drafts are saved in revisions alone."""
    if raw or not isinstance(instance, TranslatableMixin) or not status.is_listed(instance):
        return
    if instance.locale_id != Locale.get_default().pk:
        values = status.target_values(instance, isinstance(instance, Page))
        TranslationStatus.objects.of_target(instance).update(**values)
    elif update_fields is None or _holds_content(instance, update_fields):
        _follow_source(instance)


def _holds_content(instance, names):
    fields = get_translatable_fields(specific_model(instance))
    return not {field.field_name for field in fields}.isdisjoint(names)


def _follow_source(instance):
    status.outdate(instance)
    settle_after_commit(instance.translation_key)


@receiver(page_published)
def follow_publication(instance, **kwargs):
    """Of a page that was copied, child rows come after it was saved."""
    if instance.locale_id == Locale.get_default().pk:
        _follow_source(instance)


@receiver([post_save, post_delete])
def follow_child_row(instance, raw=False, **kwargs):
    """Child rows are part of their page: its own comparison follows, at the latest when shown."""
    if raw:
        return
    while link := _parental_key(type(instance)):
        if issubclass(link.related_model, Page):
            page = getattr(instance, link.attname)
            TranslationStatus.objects.filter(page=page).outdate()
            return
        instance = getattr(instance, link.name)
        if instance is None:
            return


@cache
def _parental_key(model):
    """Return the field by which a model's rows belong to their parent, if they do."""
    keys = (field for field in model._meta.concrete_fields if isinstance(field, ParentalKey))
    return next(keys, None)


@receiver(post_delete)
def follow_deletion(instance, **kwargs):
    """Rows of a page go with the page, and let go of a translated page by themselves."""
    if isinstance(instance, tuple(status.record_models())):
        if instance.locale_id == Locale.get_default().pk:
            TranslationStatus.objects.filter(translation_key=instance.translation_key).delete()
        else:
            TranslationStatus.objects.of_target(instance).update(target_id=None)


@receiver(post_save, sender=TranslationSource)
def follow_synchronisation(instance, **kwargs):
    TranslationStatus.objects.filter(translation_key=instance.object_id).outdate()
    settle_after_commit(instance.object_id)


@receiver(post_save, sender=Translation)
def follow_translation(instance, **kwargs):
    if instance.source.locale_id == Locale.get_default().pk:
        TranslationStatus.objects.filter(
            translation_key=instance.source.object_id, target_locale=instance.target_locale_id
        ).update(translation=instance)


@receiver([post_save, post_delete], sender=StringTranslation)
@receiver([post_save, post_delete], sender=SegmentOverride)
def follow_text(instance, **kwargs):
    if instance.context_id:
        status.outdate_count(instance.context.object_id, instance.locale_id)


@receiver(post_save, sender=TranslationLog)
def follow_writing(instance, created, **kwargs):
    if created:
        status.mark_written(instance.source.object_id, instance.locale_id)


@receiver(post_save, sender=Locale)
def follow_language(created, raw=False, **kwargs):
    if created and not raw:
        after_commit(tasks.build_status.enqueue)


@receiver(post_migrate)
def build_for_existing_site(sender, plan=None, **kwargs):
    """Once all tables are made, fill ours: the site may have had translations before.

    ``plan`` is what was migrated; other commands that send this signal, such as flush, have none.
    """
    if plan is None or sender.name != "translation" or TranslationStatus.objects.exists():
        return
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        for _done in status.build():
            pass
