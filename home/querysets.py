"""Which pages visitors may see."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from home import shared


def is_private():
    """Return the condition that a page, or a page above it, is closed to the public.

    As ``PageQuerySet.public()``, but within the same query: that one asks for the restrictions
    first, every time.
    """
    return is_restricted(PageViewRestriction.objects, "page__path", "path")


def is_restricted(restrictions, restricted_path, path):
    """Return the condition that there is a restriction on a node of a tree, or on one above it.

    ``restricted_path`` is where a restriction has the path of its node, ``path`` where the object
    asked about has that of its own.
    """
    above = Substr(OuterRef(path), 1, Length(F(restricted_path)))
    return Exists(restrictions.filter(**{restricted_path: above}))


def is_public():
    """Return the condition that a page is closed to nobody, for lists.

    Few pages are closed, often none: where they lie is kept (``home.shared``), which makes the
    query a short one.
    """
    paths = shared.once("closed pages", _closed_paths)
    if paths is None:
        return ~is_private()
    condition = Q()
    for path in paths:
        condition &= ~Q(path__startswith=path)
    return condition


def _closed_paths() -> list[str] | None:
    """Return the paths of the closed pages; None when it is as well to ask for them each time."""
    if not shared.is_kept():
        return None
    return list(PageViewRestriction.objects.values_list("page__path", flat=True))


class BasePageQuerySet(PageQuerySet):
    def visible(self):
        """Pages that are published and closed to nobody."""
        return self.live().filter(is_public())

    def shown(self):
        """With what every view of the page reads; ``is_translated``: there may be translations.

        The few with a ``share_image`` read it by themselves.
        """
        others = Page.objects.filter(translation_key=OuterRef("translation_key"), live=True)
        is_translated = Exists(others.exclude(pk=OuterRef("pk")))
        return self.annotate(is_translated=is_translated)

    def localized(self, translation_keys, locale_id):
        """The pages of one language with the given translation keys (values or a query)."""
        return self.visible().filter(translation_key__in=translation_keys, locale_id=locale_id)


BasePageManager = PageManager.from_queryset(BasePageQuerySet)
