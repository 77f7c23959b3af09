"""What of a source has changed since it was brought to the translators. Nothing is written here."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.fields import StreamField
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import String, TranslationContext, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from search.analysis import words_of

EMPTY = (None, "", [], "[]")


def compare(instance, synced: TranslationSource | None) -> dict:
    """Compare an object, as the database has it, with what translators have, if anything.

    Returns the names of the fields that differ (``changed_fields``), the digest of what translators
    have (``synced_digest``), and all text units of the object (``units``): the id of the path, the
    hash of the text, the number of words, and whether translators lack the unit.
    """
    units = units_of(instance)
    if not synced:
        return {
            "changed_fields": [],
            "synced_digest": "",
            "units": [[*unit, False] for unit in units],
        }
    data = content_of(instance)
    old = json.loads(synced.content_json)
    old = {name: old[name] for name in data if name in old}
    changed = [name for name in data if _differs(type(instance), name, data, old)]
    known = {tuple(unit[:2]) for unit in (units_of(synced.as_instance()) if changed else units)}
    return {
        "changed_fields": changed,
        "synced_digest": digest(old),
        "units": [[*unit, tuple(unit[:2]) not in known] for unit in units],
    }


def units_of(instance) -> list[list]:
    """Return the text units: the id of the path, the hash of the text, the number of words."""
    return [
        [
            str(TranslationContext._get_path_id(segment.path)),
            str(String._get_data_hash(segment.string.data)),
            len(words_of(_plain(segment.string))),
        ]
        for segment in extract_segments(instance)
        if isinstance(segment, StringSegmentValue)
    ]


def _plain(string) -> str:
    """Return the text of a string of HTML, without parsing what holds no markup."""
    data = string.data
    return string.render_text() if "<" in data or "&" in data else data


def content_of(instance) -> dict:
    """Return the values of the fields that a translation has or takes over, serialised.

    In the way in which wagtail-localize keeps what translators have.
    """
    if isinstance(instance, ClusterableModel):
        text = instance.to_json()
    else:
        text = json.dumps(get_serializable_data_for_fields(instance), cls=DjangoJSONEncoder)
    data = json.loads(text)
    names = [field.field_name for field in get_translatable_fields(type(instance))]
    return {name: data[name] for name in names if name in data}


def digest(value) -> str:
    """Return a fingerprint of what JSON can hold."""
    text = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _differs(model, name, new, old) -> bool:
    field = model._meta.get_field(name)
    if name not in old:  # a field younger than what translators have
        return new[name] not in EMPTY and new[name] != _default(field)
    if new[name] == old[name]:
        return False
    if isinstance(field, StreamField):
        return _stream(field, new[name]) != _stream(field, old[name])
    if _is_children(field):
        return _children(field, new[name]) != _children(field, old[name])
    return True


def _default(field):
    return field.get_default() if hasattr(field, "get_default") else None


def _is_children(field) -> bool:
    return field.is_relation and field.auto_created


def _stream(field, text):
    """Return a stream in one form: a block that was looked at is serialised with its defaults."""
    value = field.to_python(text)
    for _block in value:
        pass
    return json.loads(json.dumps(value.get_prep_value(), cls=DjangoJSONEncoder))


def _children(relation, rows) -> list:
    """Return what counts of child rows and their order: not their keys in the database."""
    model = relation.related_model
    fields = [field.get_field(model) for field in get_translatable_fields(model)]
    fields = [field for field in fields if not isinstance(field, ParentalKey)]
    return [
        {
            field.name: _children(field, row.get(field.name) or [])
            if _is_children(field)
            else row.get(field.name)
            for field in fields
        }
        | {"translation_key": row.get("translation_key")}
        for row in rows
    ]
