"""What killed processes leave behind: files that no row names, rows whose file is not there.

A file is written before its row and deleted after it. A process that is killed in between leaves
the file alone, which does no harm but takes room. A rendition without its file (the disk was full,
the power went, files were restored in part) is drawn again once its row is gone.
"""

import datetime
from collections.abc import Iterator

from django.apps import apps
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import models
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from .databases import still_named
from .media import walk

# An upload that is still going on is younger; what is older, an earlier day has looked at.
YOUNGEST, OLDEST = datetime.timedelta(days=1), datetime.timedelta(days=60)


def delete_orphans(youngest=YOUNGEST) -> list[str]:
    """Delete uploads and renditions that no row names; returns their names.

    Looks at files at least ``youngest`` old, in the folders that Wagtail writes to.
    """
    candidates = set(_old_files(timezone.now(), youngest))
    for model, field in _file_fields():
        names = model._base_manager.values_list(field.attname, flat=True)
        for name in names.iterator(chunk_size=5_000):
            candidates.discard(name)
    orphans = sorted(name for name in candidates if not still_named(name))
    for name in orphans:
        default_storage.delete(name)
    return orphans


def _old_files(now, youngest) -> Iterator[str]:
    if not _is_folder():
        return
    for folder in _folders():
        if not default_storage.exists(folder):
            continue
        for name in walk(folder):
            try:
                age = now - default_storage.get_modified_time(name)
            except FileNotFoundError:  # deleted meanwhile
                continue
            if youngest <= age <= OLDEST:
                yield name


def _folders() -> set[str]:
    """Return the folders that hold uploads of Wagtail and nothing else."""
    image, document = get_image_model(), get_document_model()
    rendition = image.get_rendition_model()
    names = (image().get_upload_to("x"), rendition().get_upload_to("x"))
    folders = {name.rpartition("/")[0] for name in names}
    return {*folders, document._meta.get_field("file").upload_to.strip("/")} - {""}


def _file_fields():
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                yield model, field


def forget_lost_renditions() -> int:
    """Delete the rows of renditions whose file is missing or empty; returns how many."""
    if not _is_folder():
        return 0
    renditions = get_image_model().get_rendition_model().objects
    lost = [
        pk
        for pk, name in renditions.values_list("pk", "file").iterator(chunk_size=5_000)
        if not _has_content(name)
    ]
    for rendition in renditions.filter(pk__in=lost):  # one by one: Wagtail's cache of it goes too
        rendition.delete()
    return len(lost)


def _has_content(name) -> bool:
    try:
        return default_storage.size(name) > 0
    except FileNotFoundError:
        return False


def _is_folder() -> bool:
    """Whether files are in a folder: elsewhere (S3) each look costs a request."""
    return isinstance(default_storage, FileSystemStorage)
