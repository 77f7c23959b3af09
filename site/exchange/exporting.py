"""The export: the site's content as JSON lines, with its files, as docs/export.md describes it."""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, PageViewRestriction

from sight.versions import project_version

from . import folders, records
from .errors import in_sentences
from .folders import Hashed
from .keys import Keys
from .kinds import children_of, fields_of, kinds, page_models, relations_of
from .values import type_name

FORMAT, VERSION = "wagtail-site", 1
MANIFEST = "manifest.json"
MEDIA = "media/"


class Exported:
    """What was written: lines by file, the number of uploads, and those that are lost."""

    def __init__(self, manifest: dict):
        self.lines = {
            name: file["lines"] for name, file in manifest["files"].items() if "lines" in file
        }
        self.uploads = len(manifest["files"]) - len(self.lines)
        self.lost = manifest["lost"]
        self.has_passwords = PageViewRestriction.objects.exclude(password="").exists()


def export(
    path: Path, with_media: bool = True, advance: Callable[[str], None] = lambda name: None
) -> Exported:
    """Write the content of the site to a folder, a `.zip` or a `.tar`; raises ExchangeError.

    ``advance`` is called with the name of a file for each line and each upload that was written.
    The content is that of one moment, though the site goes on being edited.
    """
    with in_sentences(_("Nothing was exported.")), folders.created(path) as target, _moment():
        files, keys = {}, Keys()
        for name, model in kinds().items():
            files[name] = _write_lines(target, name, model, keys, advance)
        lost = []
        if with_media:
            for name in _uploads():
                if not (file := _write_upload(target, name, advance)):
                    lost.append(name)
                else:
                    files[MEDIA + name] = file
        manifest = _manifest(files, with_media, lost)
        with target.create(MANIFEST) as file:
            file.write(json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n")
        return Exported(manifest)


@contextlib.contextmanager
def _moment() -> Iterator[None]:
    """Read all of it from the database as it is at one moment, and keep nobody from writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        connection.ensure_connection()
        mode = connection.transaction_mode
        connection.transaction_mode = "DEFERRED"  # reads, and so locks nobody out (WAL)
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = mode


def _write_lines(target, name, model, keys, advance) -> dict:
    number = 0
    with target.create(name) as file:
        hashed = Hashed(file)
        for line in records.lines(model, keys):
            hashed.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            number += 1
            advance(name)
    return {"size": hashed.size, "sha256": hashed.sha256, "lines": number}


def _uploads() -> list[str]:
    """Return the names of the files that the content has, each once."""
    names = set()
    for model in kinds().values():
        for field in fields_of(model).values():
            if isinstance(field, models.FileField):
                values = model._base_manager.order_by().values_list(field.name, flat=True)
                names.update(filter(None, values.iterator(chunk_size=2_000)))
    return sorted(names)


def _write_upload(target, name, advance) -> dict | None:
    try:
        upload = default_storage.open(name)
    except FileNotFoundError:
        return None
    with upload, target.create(MEDIA + name) as file:
        hashed = Hashed(file)
        while chunk := upload.read(folders.CHUNK):
            hashed.write(chunk)
    advance(MEDIA)
    return {"size": hashed.size, "sha256": hashed.sha256}


def _manifest(files, with_media, lost) -> dict:
    return {
        "format": FORMAT,
        "version": VERSION,
        "site": settings.WAGTAIL_SITE_NAME,
        "software": project_version(),
        "languages": sorted(Locale.objects.values_list("language_code", flat=True)),
        "media": with_media,
        "lost": lost,
        "types": _types(),
        "files": files,
    }


def _types() -> dict:
    """Return what a reader should know of each type: its fields, and its rows."""
    types, todo = {}, [*kinds().values(), *page_models()]
    while todo:
        model = todo.pop(0)
        if model._meta.label_lower in types:
            continue
        children = {name: child for name, (child, _key) in children_of(model).items()}
        types[model._meta.label_lower] = {
            "fields": {name: type_name(field) for name, field in fields_of(model).items()},
            "related": sorted(relations_of(model)),
            "children": {name: child._meta.label_lower for name, child in children.items()},
        }
        todo += children.values()
    return dict(sorted(types.items()))
