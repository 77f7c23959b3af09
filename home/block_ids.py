"""Block ids: they tie a translated text to its source, so siblings must not share one.

The editor gives every block an id of its own. Code and imports may not: two siblings with one id
would share one translation, and the second would stay untranslated (wagtail-localize).
"""

import uuid

from wagtail.fields import StreamField


def renew_duplicate_ids(instance) -> None:
    """Give a new id to every block of the object's StreamFields whose sibling before has the same.

    The first keeps its id, and with it its translation. Fields that are not loaded are left alone.
    """
    deferred = instance.get_deferred_fields()
    for field in instance._meta.concrete_fields:
        if not isinstance(field, StreamField) or field.attname in deferred:
            continue
        value = field.value_from_object(instance)
        raw = value.get_prep_value() if value else []
        if _renew(raw):
            setattr(instance, field.attname, field.stream_block.to_python(raw))


def _renew(raw) -> bool:
    """Renew duplicates in a raw value, in place; return whether there were any."""
    is_renewed = False
    for siblings in _sibling_lists(raw):
        seen = set()
        for block in siblings:
            if block["id"] in seen:
                block["id"] = str(uuid.uuid4())
                is_renewed = True
            seen.add(block["id"])
    return is_renewed


def _sibling_lists(raw):
    """Find the lists of blocks in a raw value, at any depth."""
    if isinstance(raw, dict):
        for child in raw.values():
            yield from _sibling_lists(child)
    elif isinstance(raw, list):
        yield [
            child
            for child in raw
            if isinstance(child, dict) and {"type", "value", "id"} <= child.keys()
        ]
        for child in raw:
            yield from _sibling_lists(child)
