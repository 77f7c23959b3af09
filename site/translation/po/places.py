"""Where a text stands: the names a person knows the field by, and what fits into it."""

import functools
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField


@dataclass(frozen=True)
class Place:
    """A field or block of a model.

    ``limit`` is its greatest number of characters (``None``: any). ``is_column`` says that the
    text goes, as it is, into a column of that width too, as a page's title does.
    """

    names: tuple = ()
    limit: int | None = None
    is_slug: bool = False
    is_column: bool = False

    @property
    def label(self) -> str:
        return " › ".join(capfirst(str(name)) for name in self.names)


@functools.cache
def place_of(model: type[models.Model], path: str) -> Place:
    """Return the place that wagtail-localize's field path, such as ``body.quote.text``, names."""
    name, *rest = path.split(".")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return Place()
    if isinstance(field, StreamField):
        return _block_place(field, rest)
    if isinstance(field, models.ManyToOneRel) and rest:
        child = place_of(field.related_model, ".".join(rest))
        names = (field.related_model._meta.verbose_name, *child.names)
        return Place(names, child.limit, child.is_slug)
    limit = None if isinstance(field, RichTextField) else getattr(field, "max_length", None)
    is_slug = isinstance(field, models.SlugField) and not (
        field.allow_unicode and settings.WAGTAIL_ALLOW_UNICODE_SLUGS
    )
    # wagtail-localize writes a new title into Page.draft_title before it checks anything.
    return Place((field.verbose_name,), limit, is_slug, is_column=path == "title")


def _block_place(field: StreamField, path: list[str]) -> Place:
    names, block = [field.verbose_name], field.stream_block
    for name in path:
        if isinstance(block, blocks.ListBlock):
            block = block.child_block
            continue
        block = getattr(block, "child_blocks", {}).get(name)
        if block is None:
            return Place(tuple(names))
        names.append(block.label)
    limit = getattr(getattr(block, "field", None), "max_length", None)
    return Place(tuple(names), None if isinstance(block, blocks.RichTextBlock) else limit)
