"""Pages on their way out: in the order of the tree, each with the edits that are kept of it."""

from collections import defaultdict
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from wagtail.models import Page, Revision

from .keys import Keys
from .kinds import OF_PAGE, children_of, fields_of
from .values import from_serialised, plain


def batches(size: int) -> Iterator[list[tuple[Page, int]]]:
    """Yield all pages but the root, each as its own type has it, with the number of its parent."""
    root = Page.objects.filter(depth=1).order_by("path").values_list("path", "pk").first()
    above, last = [root], root[0]
    pages = Page.objects.filter(depth__gt=1).order_by("path")
    while rows := list(
        pages.filter(path__gt=last).values_list("pk", "content_type", "path")[:size]
    ):
        specific = _specific(rows)
        batch = []
        for number, _content_type, path in rows:
            while not path.startswith(above[-1][0]):
                above.pop()
            batch.append((specific[number], above[-1][1]))
            above.append((path, number))
        yield batch
        last = rows[-1][-1]


def _specific(rows) -> dict[int, Page]:
    numbers = defaultdict(list)
    for number, content_type, _path in rows:
        numbers[content_type].append(number)
    found = {}
    for content_type, wanted in numbers.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        found |= model._base_manager.in_bulk(wanted)
    return found


def place(page: Page, parent: int, keys: Keys) -> dict:
    """Return where a page stands: the key of its parent, its language and its address."""
    _empty, _home, *rest = page.url_path.split("/")
    language = keys.of(Page, page.pk).split(":")[2]
    return {
        "parent": keys.of(Page, parent),
        "language": language,
        "address": "/".join(["", language, *rest]),
    }


def edits(pages: list[Page], found: dict[int, dict], keys: Keys) -> dict[int, list[dict]]:
    """Return the edits of pages that are kept, the oldest first, by the number of the page.

    ``found`` are the records of the pages. An edit that says the same has no content of its own.
    """
    by_number = {str(page.pk): page for page in pages}
    kept = defaultdict(list)
    for revision in _kept(pages, by_number):
        page = by_number[revision.object_id]
        edit = _edit(type(page), revision.content, found[page.pk], keys, without=OF_PAGE)
        kept[page.pk].append(
            {
                "number": revision.pk,
                "created_at": plain(revision.created_at),
                "title": revision.object_str,
                "approved_go_live_at": plain(revision.approved_go_live_at),
                "content": None if _says_same(edit, found[page.pk]) else edit,
            }
        )
    return kept


def _kept(pages, numbers) -> models.QuerySet:
    named = {
        number for page in pages for number in (page.latest_revision_id, page.live_revision_id)
    }
    to_come = Q(object_id__in=numbers, approved_go_live_at__isnull=False)
    content_type = ContentType.objects.get_for_model(Page)
    kept = Revision.objects.filter(Q(pk__in=named - {None}) | to_come)
    return kept.filter(base_content_type=content_type).order_by("pk")


def _edit(model, content, record, keys, without=frozenset()) -> dict:
    """Return what an edit makes of an object that is in the database as ``record`` says."""
    fields = {
        name: from_serialised(field, content, keys.of)
        for name, field in fields_of(model).items()
        if name not in without
    }
    children = {}
    for name, (row_model, _key) in children_of(model).items():
        rows = {row["number"]: row for row in record.get("children", {}).get(name, [])}
        edited = [
            {
                # Rows of an edit that were deleted since have no number: it may be given again.
                "number": row["pk"] if row.get("pk") in rows else None,
                **_edit(row_model, row, rows.get(row.get("pk"), {}), keys),
            }
            for row in content.get(name) or []
        ]
        if edited:
            children[name] = sorted(edited, key=lambda row: row["fields"].get("sort_order") or 0)
    return {"fields": fields, **({"children": children} if children else {})}


def _says_same(edit, record) -> bool:
    """Tell whether an edit is what the page is; publishing gives rows numbers that it lacks."""
    if any(record["fields"][name] != value for name, value in edit["fields"].items()):
        return False
    edited, present = edit.get("children", {}), record.get("children", {})
    return edited.keys() == present.keys() and all(
        len(edited[name]) == len(present[name])
        and all(map(_says_same, edited[name], present[name]))
        for name in edited
    )
