"""Objects that texts name by number: rich text, StreamFields, what Wagtail and translators store.

Each function takes a value and returns it with another name for each object, by
``convert(model, name)``: so the way out and the way back are the same.
"""

import html
import json
import re
from collections.abc import Callable
from functools import cache

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Revision
from wagtail.rich_text import features

from .kinds import is_left_out

TAG = re.compile(r"<(a|embed)\b[^>]*>")
TYPE = re.compile(r'\s(?:linktype|embedtype)="([^"]*)"')
NUMBER = re.compile(r'(\sid=")([^"]*)(")')

Convert = Callable[[type[models.Model] | None, object], object]


@cache
def _targets() -> dict[tuple[str, str], type[models.Model]]:
    """Return the models that links and embeds of rich text name, by the tag and its type."""
    handlers = {"a": features.get_link_types(), "embed": features.get_embed_types()}
    found = {}
    for tag, types in handlers.items():
        for name, handler in types.items():
            try:
                found[tag, name] = handler.get_model()
            except NotImplementedError:  # of an address, not of an object
                continue
    return found


def rich_text(text: str, convert: Convert) -> str:
    """Return rich text as Wagtail stores it, with other names in its links and embeds."""
    if not text or "id=" not in text:
        return text

    def in_tag(match):
        kind = TYPE.search(match[0])
        model = kind and _targets().get((match[1], kind[1]))
        if not model:
            return match[0]

        def name(number):
            return number[1] + html.escape(str(convert(model, html.unescape(number[2])))) + '"'

        return NUMBER.sub(name, match[0], count=1)

    return TAG.sub(in_tag, text)


def attributes(attrs: dict | None, convert: Convert) -> dict | None:
    """Return the attributes of the links of a string, as wagtail-localize keeps them by place."""
    if not attrs:
        return attrs
    return {place: _attributes(values, convert) for place, values in attrs.items()}


def _attributes(values, convert):
    model = _targets().get(("a", values.get("linktype")))
    return (
        {**values, "id": str(convert(model, values["id"]))} if model and "id" in values else values
    )


def stream(block: blocks.Block, value, convert: Convert):
    """Return the stored value of a block, a whole StreamField first of all."""
    match block:
        case blocks.StreamBlock() if isinstance(value, list):
            return [_item(block.child_blocks.get(item["type"]), item, convert) for item in value]
        case blocks.ListBlock() if isinstance(value, list):
            return [
                _item(block.child_block, item, convert)
                if block._item_is_in_block_format(item)
                else stream(block.child_block, item, convert)
                for item in value
            ]
        case ImageBlock() if value is not None and not isinstance(value, dict):
            return stream(block.child_blocks["image"], value, convert)
        case blocks.StructBlock() if isinstance(value, dict):
            children = block.child_blocks
            return {
                name: stream(children[name], child, convert) if name in children else child
                for name, child in value.items()
            }
        case blocks.ChooserBlock() if value is not None:
            return convert(block.model_class, value)
        case blocks.RichTextBlock():
            return rich_text(value, convert)
    return value


def _item(block, item, convert):
    """Return an item of a stream or list; one of a type that is no more stays as it is."""
    return {**item, "value": stream(block, item["value"], convert)} if block else item


def serialised(model: type[models.Model], data: dict, convert: Convert) -> dict:
    """Return the data of an object and its rows, as Wagtail serialises them.

    What names people and edits is emptied: neither is in an export.
    """
    return {name: _serialised(model, name, value, convert) for name, value in data.items()}


def _serialised(model, name, value, convert):
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return value
    if field.one_to_many and isinstance(value, list):
        if is_left_out(field.related_model):
            return []
        return [serialised(field.related_model, row, convert) for row in value]
    if value is None or field.primary_key or isinstance(field, ParentalKey):
        return value  # a row stands in what it belongs to
    if isinstance(field, models.ForeignKey):
        target = field.related_model
        return None if target in (Revision, get_user_model()) else convert(target, value)
    if isinstance(field, StreamField) and isinstance(value, str):
        raw = stream(field.stream_block, json.loads(value), convert)
        return json.dumps(raw, cls=DjangoJSONEncoder)
    return rich_text(value, convert) if isinstance(field, RichTextField) else value


def target_of(model: type[models.Model], path: str) -> type[models.Model] | None:
    """Return the model of the objects that the value at a path of wagtail-localize names.

    A path is a field, `body.<id of a block>.image`, or `insights.<translation key>.meeting`.
    """
    name, *rest = path.split(".")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if field.one_to_many and len(rest) > 1:
        return target_of(field.related_model, ".".join(rest[1:]))
    if isinstance(field, StreamField):
        chosen = [block for block in _blocks_at(field.stream_block, rest) if _chooses(block)]
        found = {block.model_class for block in chosen}
        return found.pop() if len(found) == 1 else None
    return field.related_model if isinstance(field, models.ForeignKey) else None


def _chooses(block) -> bool:
    return isinstance(block, blocks.ChooserBlock)


def _blocks_at(block, path) -> list:
    """Return the blocks that may stand at a path: of a block's type it says nothing."""
    if not path:
        return [block]
    first, *rest = path
    match block:
        case blocks.StreamBlock():
            children = list(block.child_blocks.values())
        case blocks.ListBlock():
            children = [block.child_block]
        case blocks.StructBlock():
            children = [block.child_blocks[first]] if first in block.child_blocks else []
        case _:
            children = []
    return [found for child in children for found in _blocks_at(child, rest)]
