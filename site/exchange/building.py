"""Lines of an export as rows of the database, written many at a time and past all signals."""

from collections import defaultdict
from types import SimpleNamespace

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models
from taggit.models import Tag, TaggedItem
from wagtail.models import Page, Revision

from .keys import Numbers
from .kinds import children_of, fields_of, lineage, relations_of
from .values import from_json, serialised

BATCH = 200  # rows of a table that wait to be written


class Rows:
    """Rows on their way into their tables.

    Values go in as they are: nothing is filled in (the time of now), no signal is sent. Keys to
    rows that come later are fine until the transaction ends.
    """

    def __init__(self):
        self._waiting = defaultdict(list)
        self._models = set()

    def add(self, model: type[models.Model], row: SimpleNamespace):
        for table in lineage(model):
            self._waiting[table].append(row)
            if len(self._waiting[table]) >= BATCH:
                self._write(table)

    def finish(self):
        """Write what waits, prove that no key leads nowhere, and let new rows have new numbers."""
        for table in list(self._waiting):
            self._write(table)
        connection.check_constraints()
        statements = connection.ops.sequence_reset_sql(no_style(), list(self._models))
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _write(self, table):
        rows = self._waiting.pop(table)
        fields = table._meta.local_concrete_fields
        if isinstance(table._meta.pk, models.AutoField) and not hasattr(rows[0], _pk(table)):
            fields = [field for field in fields if not field.primary_key]
        size = max(connection.ops.bulk_batch_size(fields, rows), 1)
        for start in range(0, len(rows), size):
            table._base_manager.all()._insert(rows[start : start + size], fields=fields, raw=True)
        self._models.add(table)


def _pk(model) -> str:
    return model._meta.pk.attname


class Builder:
    """Makes rows of lines: ``add`` takes a line; the rows are in the database after ``finish``."""

    def __init__(self, numbers: Numbers):
        self.numbers = numbers
        self.rows = Rows()

    def finish(self):
        self.rows.finish()

    def add(self, model: type[models.Model], record: dict, number, **others) -> SimpleNamespace:
        """Add an object with its tags, relations and rows; ``others`` are further columns."""
        row = self._row(model, record["fields"], number, others)
        self.rows.add(model, row)
        for tag in record.get("tags", []):
            self._add_tag(model, number, tag)
        for name, targets in record.get("related", {}).items():
            self._add_related(relations_of(model)[name], number, targets)
        for name, (row_model, key) in children_of(model).items():
            for child in record.get("children", {}).get(name, []):
                self.add(row_model, child, child["number"], **{key.attname: number})
        return row

    def _row(self, model, fields, number, others) -> SimpleNamespace:
        row = SimpleNamespace(**others)
        for table in lineage(model):
            setattr(row, _pk(table), table._meta.pk.to_python(number))
        told = fields_of(model)
        for field in model._meta.concrete_fields:
            if field.name in fields and field.name in told:
                value = from_json(field, fields[field.name], self.numbers.of, fields)
                setattr(row, field.attname, value)
            elif not hasattr(row, field.attname):
                setattr(row, field.attname, field.get_default())
        return row

    def _add_tag(self, model, number, name):
        tag = self.numbers.of(Tag, f"taggit.tag:{name}")
        content_type = ContentType.objects.get_for_model(model)
        self.rows.add(
            TaggedItem,
            SimpleNamespace(tag_id=tag, content_type_id=content_type.pk, object_id=number),
        )

    def _add_related(self, field, number, targets):
        through = field.remote_field.through
        own = through._meta.get_field(field.m2m_field_name()).attname
        other = through._meta.get_field(field.m2m_reverse_field_name()).attname
        for target in targets:
            named = self.numbers.of(field.related_model, target)
            self.rows.add(through, SimpleNamespace(**{own: number, other: named}))

    def add_revision(self, model: type[Page], record: dict, revision: dict, row: SimpleNamespace):
        """Add an edit of a page; ``record`` is the line of the page, ``row`` its row."""
        field = Revision._meta.get_field
        types = ContentType.objects.get_for_models(model, Page, for_concrete_models=False)
        times = {
            name: from_json(field(name), revision[name], self.numbers.of)
            for name in ("created_at", "approved_go_live_at")
        }
        self.rows.add(
            Revision,
            SimpleNamespace(
                id=revision["number"],
                content_type_id=types[model].pk,
                base_content_type_id=types[Page].pk,
                object_id=str(row.id),
                object_str=revision["title"],
                user_id=None,
                content=self._content(model, record, revision["content"] or record, row),
                **times,
            ),
        )

    def _content(self, model, record, edit, row) -> dict:
        """Return the content of an edit as Wagtail serialises a page."""
        fields = record["fields"] | edit["fields"]
        place = {name: getattr(row, name) for name in ("path", "depth", "numchild", "url_path")}
        data = {"pk": row.id, **place, "content_type": row.content_type_id, "owner": None}
        return data | {"locked_by": None} | self._serialised(model, fields, edit, row.id)

    def _serialised(self, model, fields, record, number) -> dict:
        told = fields_of(model)
        data = {
            name: serialised(told[name], value, self.numbers.of) for name, value in fields.items()
        }
        for name, (row_model, key) in children_of(model).items():
            data[name] = [
                {
                    "pk": child["number"],
                    key.name: number,
                    **self._serialised(row_model, child["fields"], child, child["number"]),
                }
                for child in record.get("children", {}).get(name, [])
            ]
        return data


class Tree:
    """Where nodes stand that come one by one, parents first: path, depth, number of children."""

    def __init__(self, model, children: dict[str, int], root_key: str):
        self.model = model
        self.children = children
        root = model.objects.get(depth=1)
        self.above = [(root_key, root.path, getattr(root, "url_path", ""))]
        self.step = [0]
        model.objects.filter(pk=root.pk).update(numchild=children[root_key])

    def place(self, line: dict) -> dict:
        """Return the columns that say where the node of a line stands."""
        while self.above[-1][0] != line["parent"]:
            self.above.pop()
            self.step.pop()
        _key, parent, url_path = self.above[-1]
        self.step[-1] += 1
        depth = len(self.above) + 1
        columns = {
            "path": self.model._get_path(parent, depth, self.step[-1]),
            "depth": depth,
            "numchild": self.children[line["key"]],
        }
        if self.model is Page:
            columns["url_path"] = url_path = f"{url_path}{line['fields']['slug']}/"
        self.above.append((line["key"], columns["path"], url_path))
        self.step.append(0)
        return columns
