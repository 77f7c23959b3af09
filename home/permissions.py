"""Who may work in which language: one rule for pages, records and translations.

A person works in a language when they may change the home page of its tree; groups get that by
Wagtail's own page permissions.
"""

from django.core.exceptions import PermissionDenied
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy

TREE_DEPTH = 2  # where the home pages of the languages stand


def languages_of(user) -> set[int]:
    """Return the primary keys of the locales in which the user may change pages and records.

    Remembered on the user, whom each request reads anew, as Wagtail remembers page permissions.
    """
    if not hasattr(user, "_languages"):
        user._languages = _read_languages(user)
    return user._languages


def _read_languages(user) -> set[int]:
    if not user.is_active or user.is_anonymous:
        return set()
    if user.is_superuser:
        return set(Locale.objects.values_list("pk", flat=True))
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return set(pages.filter(depth=TREE_DEPTH).values_list("locale", flat=True))


def may_publish(user) -> bool:
    """Return whether a user may publish some page: who answers for the site, not only writes."""
    return page_permission_policy.user_has_permission(user, "publish")


def require_language(user, locale_id: int) -> None:
    """Raise ``PermissionDenied`` unless the user works in the language."""
    if locale_id not in languages_of(user):
        raise PermissionDenied
