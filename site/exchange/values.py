"""Values of fields as JSON has them, and back."""

import datetime
import decimal
import json
import uuid

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.duration import duration_iso_string, duration_string
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField, StreamField

from . import texts
from .errors import ExchangeError
from .folders import is_safe
from .texts import Convert

# Texts that hold JSON, by model and field: what a reader gets as JSON too.
JSON_TEXTS = {
    ("wagtail_localize.translationsource", "content_json"),
    ("wagtail_localize.stringsegment", "attrs"),
    ("wagtail_localize.overridablesegment", "data_json"),
    ("wagtail_localize.segmentoverride", "data_json"),
}
REFERENCE = "reference"  # {"reference": key} where any value may stand


def from_serialised(field: models.Field, data: dict, convert: Convert):
    """Return the value that Wagtail serialised of a field, as an export has it."""
    if field.name not in data:
        return [] if isinstance(field, StreamField) else plain(field.get_default())
    value = data[field.name]
    if value is None:
        return None
    if field.remote_field:
        return _key(field, value, convert)
    if isinstance(field, (StreamField, models.JSONField)):
        value = json.loads(value) if isinstance(value, str) else value
        if isinstance(field, StreamField):
            value = texts.stream(field.stream_block, value, convert)
        return _sorted(value)
    if isinstance(field, RichTextField):
        return texts.rich_text(value, convert)
    return plain(field.to_python(value))


def serialised(field: models.Field, value, convert: Convert):
    """Return a value of an export as Wagtail serialises it."""
    if value is None:
        return None
    if field.remote_field:
        return convert(field.related_model, value)
    if isinstance(field, StreamField):
        raw = texts.stream(field.stream_block, value, convert)
        return json.dumps(raw, cls=DjangoJSONEncoder)
    if isinstance(field, models.DurationField):
        return duration_string(field.to_python(value))
    return texts.rich_text(value, convert) if isinstance(field, RichTextField) else value


def is_json_text(field: models.Field) -> bool:
    return (field.model._meta.label_lower, field.name) in JSON_TEXTS


def type_name(field: models.Field) -> str:
    """Return what a reader of an export is told of a field."""
    if field.remote_field:
        return "key"
    if is_json_text(field):
        return "json"
    for kind, name in (
        (StreamField, "stream"),
        (RichTextField, "rich text"),
        (models.JSONField, "json"),
        (models.FileField, "file"),
        (models.BooleanField, "boolean"),
        (models.IntegerField, "integer"),
        (models.FloatField, "number"),
        (models.DateTimeField, "time"),
        (models.DateField, "date"),
        (models.DurationField, "duration"),
        (models.UUIDField, "uuid"),
    ):
        if isinstance(field, kind):
            return name
    return "text"


def to_json(instance: models.Model, field: models.Field, convert: Convert):
    """Return the value that a field of an object has, with keys for numbers."""
    value = field.value_from_object(instance)
    if value is None:
        return None
    if field.remote_field:
        return _key(field, value, convert)
    if isinstance(field, StreamField):
        return _sorted(texts.stream(field.stream_block, list(value.raw_data), convert))
    if isinstance(field, RichTextField):
        return texts.rich_text(value, convert)
    if isinstance(field, models.JSONField):
        return _sorted(value)
    if is_json_text(field):
        return _json_text(instance, field, value, convert)
    return plain(value)


def _key(field, value, convert):
    key = convert(field.related_model, value)
    return None if field.null and key.endswith(":missing") else key


def _json_text(instance, field, value, convert):
    if not value:
        return value
    data = json.loads(value)
    match field.name:
        case "content_json":
            model = instance.specific_content_type.model_class()
            return texts.serialised(model, data, convert)
        case "attrs":
            return texts.attributes(data, convert)
    if isinstance(data, bool) or not isinstance(data, int):
        return data
    model = texts.target_of(_segment_model(instance), instance.context.path)
    return {REFERENCE: convert(model, data)} if model else data


def _segment_model(instance):
    if hasattr(instance, "source"):
        return instance.source.specific_content_type.model_class()
    source = instance.context.object.sources.select_related("specific_content_type").first()
    content_type = source.specific_content_type if source else instance.context.object.content_type
    return content_type.model_class()


def plain(value):
    """Return a value as JSON has it: times in UTC, as ISO 8601 writes them, like durations."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime.datetime():
            return value.astimezone(datetime.UTC).isoformat()
        case datetime.date() | datetime.time():
            return value.isoformat()
        case datetime.timedelta():
            return duration_iso_string(value)
        case decimal.Decimal() | uuid.UUID():
            return str(value)
        case models.fields.files.FieldFile():
            return value.name or ""
    raise TypeError(f"A value of {type(value)} can't be exported yet.")


def _sorted(value):
    """Return JSON with its keys in order: PostgreSQL forgets in which they were."""
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def from_json(field: models.Field, value, convert: Convert, data: dict | None = None):
    """Return what the column of a field takes for a value of an export; raises ExchangeError.

    ``data`` are the other values of the object that is loaded.
    """
    try:
        return _from_json(field, value, convert, data or {})
    except (ValidationError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise ExchangeError(
            _("“%(value)s” can't be a value of %(field)s.")
            % {"value": str(value)[:80], "field": f"{field.model._meta.label_lower}.{field.name}"}
        ) from error


def _from_json(field, value, convert, data):
    if is_json_text(field):
        return _text_of_json(field, value, convert, data)
    if value is None:
        if not field.null:
            raise ValueError
        return None
    if field.remote_field:
        return convert(field.related_model, value)
    if isinstance(field, StreamField):
        return texts.stream(field.stream_block, value, convert)
    if isinstance(field, RichTextField):
        return texts.rich_text(value, convert)
    if isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.FileField):
        if value and not is_safe(value):
            raise ValueError
        return value
    return field.to_python(value)


def _text_of_json(field, value, convert, data):
    if value == "":
        return value
    match field.name:
        case "content_json":
            model = _model_of_type(data["specific_content_type"])
            value = texts.serialised(model, value, convert)
        case "attrs":
            value = texts.attributes(value, convert)
        case _ if isinstance(value, dict) and REFERENCE in value:
            value = convert(None, value[REFERENCE])
    return json.dumps(value, cls=DjangoJSONEncoder)


def _model_of_type(key):
    _prefix, label, model = key.split(":")
    return apps.get_model(label, model)
