"""Child rows of many pages (topics, attachments …) read together."""

from collections import defaultdict

from django.db.models import prefetch_related_objects
from modelcluster.models import get_all_child_relations


def fetch_children(objects: list):
    """Give objects of one model all their child rows, with what these name, in few queries.

    Without it each object asks for each kind of row, even where there is none. The objects must be
    as the database has them, and are not to be saved afterwards.
    """
    if not objects:
        return
    keys = [each.pk for each in objects]
    for relation in get_all_child_relations(type(objects[0])):
        parent, model = relation.field, relation.related_model
        children = defaultdict(list)
        for row in model._default_manager.filter(**{f"{parent.name}__in": keys}):
            children[getattr(row, parent.attname)].append(row)
        rows = [row for some in children.values() for row in some]
        names = [field.name for field in model._meta.concrete_fields if field.many_to_one]
        prefetch_related_objects(rows, *(name for name in names if name != parent.name))
        for each in objects:
            setattr(each, relation.get_accessor_name(), children[each.pk])
