"""Who may work on a translation."""

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import user_can_edit_instance

from home.permissions import require_language


def translation_for(user, translation_id: int) -> tuple[Translation, object]:
    """Return a translation under way and the page or record that it makes.

    Raises ``PermissionDenied`` unless the user may change that object and works in its language,
    ``Http404`` when there is no such translation or it was stopped.
    """
    translation = get_object_or_404(
        Translation.objects.select_related("source", "source__locale", "target_locale"),
        pk=translation_id,
        enabled=True,
    )
    try:
        target = translation.get_target_instance()
    except ObjectDoesNotExist as error:
        raise Http404 from error
    require_language(user, translation.target_locale_id)
    if not user_can_edit_instance(user, target):
        raise PermissionDenied
    return translation, target


def is_locked_for(user, target) -> bool:
    """Tell whether a page is locked against changes by the user; records never are."""
    return isinstance(target, Page) and target.permissions_for_user(user).page_locked()
