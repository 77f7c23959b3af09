"""Which translations a person works on."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.permissions import get_permission_name
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from home.permissions import languages_of


def editable_by(user) -> QuerySet[Translation]:
    """Return the translations whose page or record the user may change, stopped ones too."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change").filter(
        translation_key=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id")
    )
    models = [
        model
        for model in get_snippet_models()
        if user.has_perm(get_permission_name("change", model))
    ]
    records = [kind.pk for kind in ContentType.objects.get_for_models(*models).values()]
    return Translation.objects.filter(target_locale__in=languages_of(user)).filter(
        Q(Exists(pages)) | Q(source__specific_content_type__in=records)
    )


def offered_to(user) -> QuerySet[Translation]:
    """Return the translations that a user may download, with the number of their texts.

    ``texts`` counts the texts of the original, ``waiting`` those without a valid translation.
    """
    segments = (
        StringSegment.objects.filter(source_id=OuterRef("source_id"))
        .order_by()
        .values("source_id")
        .annotate(number=Count("pk"))
        .values("number")
    )
    translated = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=OuterRef("locale_id"),
        has_error=False,
    )
    waiting = (
        StringSegment.objects.filter(source_id=OuterRef("source_id"))
        .annotate(locale_id=OuterRef("target_locale_id"))
        .filter(~Exists(translated))
        .order_by()
        .values("source_id")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        editable_by(user)
        .filter(enabled=True)
        .annotate(
            title=F("source__object_repr"),
            texts=Coalesce(Subquery(segments, output_field=IntegerField()), 0),
            waiting=Coalesce(Subquery(waiting, output_field=IntegerField()), 0),
        )
        .select_related("source__specific_content_type", "target_locale")
    )


def existing(model, keys) -> dict:
    """Return the objects of a translatable model, by translation key and locale."""
    model = Page if issubclass(model, Page) else model
    found = model._default_manager.filter(translation_key__in=keys).select_related("locale")
    return {(each.translation_key, each.locale_id): each for each in found}
