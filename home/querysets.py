"""Which pages visitors may see."""

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import PageManager, PageViewRestriction
from wagtail.query import PageQuerySet


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


class BasePageQuerySet(PageQuerySet):
    def visible(self):
        """Pages that are published and closed to nobody."""
        return self.live().filter(~is_private())

    def localized(self, translation_keys, locale_id):
        """The pages of one language with the given translation keys (values or a query)."""
        return self.visible().filter(translation_key__in=translation_keys, locale_id=locale_id)


BasePageManager = PageManager.from_queryset(BasePageQuerySet)
