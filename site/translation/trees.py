"""Parallel trees: a translation stands under the translation of the page above its source."""

from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page

from .pair import translations_of


def follow(source) -> None:
    """Put the translations of a page that was moved where they belong.

    They stay where they are if the page above is not translated, or has no room for them (see
    ``misplaced``).
    """
    for translation in translations_of(source):
        parent = translation.get_parallel_parent()
        if parent is not None and _fits(translation, parent):
            _place(translation, parent, source)


def misplaced(source) -> list[Page]:
    """Return the translations of a page that do not stand where their source stands."""
    return [
        translation
        for translation in translations_of(source)
        if translation.get_parallel_parent() != translation.get_parent()
    ]


def _fits(page, parent) -> bool:
    return (
        (page.is_child_of(parent) or page.can_move_to(parent))
        and not parent.is_descendant_of(page)
        and Page._slug_is_available(page.slug, parent, page)
    )


def _place(page, parent, source) -> None:
    """Move a page below its parent, behind the translation of what stands before its source."""
    order = list(source.get_siblings().values_list("translation_key", flat=True))
    before = order[: order.index(source.translation_key)]
    children = parent.get_children()
    paired = list(
        children.filter(
            translation_key__in=source.get_siblings().values("translation_key").order_by()
        ).values_list("translation_key", flat=True)
    )
    left = next((key for key in reversed(before) if key in paired), None)
    if page.translation_key in paired:
        position = paired.index(page.translation_key)
        if left == (paired[position - 1] if position else None):
            return
    if left:
        target, pos = children.get(translation_key=left), "right"
    else:
        target, pos = parent, "first-child"
    MovePageAction(page, target, pos=pos).execute(skip_permission_checks=True)
