"""Who may work on a translation."""

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from home.permissions import languages_of

SUBMIT = "wagtail_localize.submit_translation"


def may_edit(user, instance) -> bool:
    """Whether the user may change a page or a record, with its language."""
    policy = policy_registry.get(instance)
    return policy.user_has_permission_for_instance(user, "change", instance)


def may_submit(user, source) -> bool:
    """Whether the user may bring a page or record, as it is now, to the translators.

    Its editors may; translators may when it is published: drafts are none of their business.
    """
    if not user.has_perm(SUBMIT) or source.locale_id != Locale.get_default().pk:
        return False
    return may_edit(user, source) or (is_public(source) and is_translator(user))


def is_translator(user) -> bool:
    """Whether the user works in a language that is translated into."""
    return bool(languages_of(user) - {Locale.get_default().pk})


def may_edit_source(user, translation) -> bool:
    """Whether the user may change what a translation translates."""
    return may_edit(user, translation.source.get_source_instance())


def is_public(instance) -> bool:
    """Whether visitors see the page or record; a record without drafts is always public."""
    if isinstance(instance, DraftStateMixin) and not instance.live:
        return False
    if isinstance(instance, Page):
        return not instance.get_view_restrictions().exists()
    return True


def require(permitted: bool) -> None:
    """Raise ``PermissionDenied`` unless it is permitted."""
    if not permitted:
        raise PermissionDenied


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
    require(may_edit(user, target))
    return translation, target


def is_locked_for(user, target) -> bool:
    """Tell whether a page is locked against changes by the user; records never are."""
    return isinstance(target, Page) and target.permissions_for_user(user).page_locked()
