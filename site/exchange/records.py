"""Objects of the database as lines of an export: their fields, their rows, their tags."""

from collections import defaultdict
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import models
from taggit.models import TaggedItem
from wagtail.models import Page

from . import pages
from .keys import Keys, has_names
from .kinds import children_of, fields_of, has_tags, prefix_of, relations_of
from .values import plain, to_json

BATCH = 200  # objects that are in memory at a time


def lines(model: type[models.Model], keys: Keys) -> Iterator[dict]:
    """Yield a line for each object of a model: pages as the tree has them, others by age."""
    if model is Page:
        for batch in pages.batches(BATCH):
            yield from _page_lines(batch, keys)
        return
    for batch in _batches(model):
        for instance, record in zip(batch, records(model, batch, keys), strict=True):
            yield {
                "key": key_of(instance, keys),
                "type": model._meta.label_lower,
                **_parent(instance, keys),
                **record,
            }


def key_of(instance: models.Model, keys: Keys) -> str:
    if has_names(type(instance)):
        return keys.of(type(instance), instance.pk)
    return f"{prefix_of(type(instance))}:{instance.pk}"


def _batches(model) -> Iterator[list]:
    objects = model._base_manager.select_related(*_followed(model))
    if hasattr(model, "path") and hasattr(model, "depth"):
        yield list(objects.filter(depth__gt=1).order_by("path"))
        return
    last = None
    while batch := list(_after(objects, last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def _after(objects, last):
    return objects if last is None else objects.filter(pk__gt=last)


def _followed(model) -> list[str]:
    """Return what the values of a model's fields need of others."""
    names = {field.name for field in model._meta.fields}
    if model._meta.app_label != "wagtail_localize":
        return []
    paths = ["specific_content_type", "source__specific_content_type", "context__object"]
    return [path for path in paths if path.split("__")[0] in names]


def _parent(instance, keys) -> dict:
    """Return the parent of what stands in a tree."""
    if not hasattr(instance, "get_parent"):
        return {}
    parent = instance.get_parent()
    return {"parent": keys.of(type(parent), parent.pk)}


def records(model, instances: list, keys: Keys) -> list[dict]:
    """Return number, fields, tags, relations and rows of objects of a model, in their order."""
    rows = {name: _rows(name, model, instances, keys) for name in children_of(model)}
    named = {name: _named(field, instances, keys) for name, field in relations_of(model).items()}
    tags = _tags(model, instances) if has_tags(model) else None
    return [
        {
            "number": plain(instance.pk),
            "fields": values(instance, keys),
            **_part("related", named, instance.pk),
            **({"tags": tags[instance.pk]} if tags is not None else {}),
            **_part("children", rows, instance.pk),
        }
        for instance in instances
    ]


def _part(name, found: dict[str, dict], number) -> dict:
    """Return what was found of an object by name, if there is anything."""
    part = {each: values_[number] for each, values_ in found.items() if values_[number]}
    return {name: part} if part else {}


def values(instance: models.Model, keys: Keys) -> dict:
    """Return the values of an object's fields by name."""
    fields = fields_of(type(instance))
    return {name: to_json(instance, field, keys.of) for name, field in fields.items()}


def _rows(name, model, instances, keys) -> dict[object, list[dict]]:
    """Return the rows that objects of a model have in a relation, by the number of the object."""
    row_model, key = children_of(model)[name]
    order = ["sort_order"] if "sort_order" in fields_of(row_model) else []
    numbers = [instance.pk for instance in instances]
    found = row_model._base_manager.filter(**{f"{key.name}__in": numbers})
    found = list(found.order_by(*order, "pk"))
    rows = defaultdict(list)
    for row, record in zip(found, records(row_model, found, keys), strict=True):
        rows[getattr(row, key.attname)].append(record)
    return rows


def _named(field, instances, keys) -> dict[object, list[str]]:
    """Return the keys of what objects name in a many-to-many field, by their numbers."""
    through = field.remote_field.through
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    numbers = [instance.pk for instance in instances]
    found = through._base_manager.filter(**{f"{own}__in": numbers})
    named = defaultdict(list)
    for number, target in found.values_list(own, other):
        named[number].append(keys.of(field.related_model, target))
    return defaultdict(list, {number: sorted(targets) for number, targets in named.items()})


def _tags(model, instances) -> dict[int, list[str]]:
    tagged = TaggedItem.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        object_id__in=[instance.pk for instance in instances],
    )
    tags = defaultdict(list)
    for number, name in tagged.order_by("pk").values_list("object_id", "tag__name"):
        tags[number].append(name)
    return tags


def _page_lines(batch: list[tuple[Page, int]], keys: Keys) -> Iterator[dict]:
    """Yield lines of pages of any types: each table is asked once a batch."""
    found, by_type = {}, defaultdict(list)
    for page, _parent in batch:
        by_type[type(page)].append(page)
    for model, instances in by_type.items():
        numbers = (instance.pk for instance in instances)
        found.update(zip(numbers, records(model, instances, keys), strict=True))
    edits = pages.edits([page for page, _parent in batch], found, keys)
    for page, parent in batch:
        yield {
            "key": keys.of(Page, page.pk),
            "type": page._meta.label_lower,
            **pages.place(page, parent, keys),
            **found[page.pk],
            "revisions": edits[page.pk],
        }
