"""What has been taken in of an old site, as the database has it."""

import contextlib
import hashlib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import Model
from wagtail.images.models import AbstractImage
from wagtail.models import Collection

from ..models import ImportedFile, ImportedItem
from .attachments import Attachment, title_of
from .intake import Texts, digest_of, examined, store
from .problems import Refused

NOT_TAKEN = 0  # the id of what a dry run would take in


class Taken(NamedTuple):
    """The id of the image or of the document that a file has become."""

    image: int | None = None
    document: int | None = None


class Shelf:
    """The files of one old site that are here: each path once, and each content once.

    In a ``dry`` run, files are examined and nothing is written.
    """

    def __init__(self, source: str, site_url: str, dry: bool):
        self._source, self._dry = source, dry
        self._name = f"WordPress: {urlsplit(site_url).netloc or source}"[:255]

    def find(self, *paths: str) -> Taken | None:
        """Return what the first of these paths that was ever taken in has become.

        Raises ``Refused`` if somebody has deleted it since.
        """
        rows = ImportedFile.objects.filter(source=self._source, path__in=paths)
        rows = {row.path: row for row in rows}
        row = next((rows[path] for path in paths if path in rows), None)
        if row is None:
            return None
        if row.image_id is None and row.document_id is None:
            raise Refused("removed")
        return Taken(row.image_id, row.document_id)

    def take_in(
        self, file: Path, name: str, path: str, attachment: Attachment | None
    ) -> tuple[Taken, list[tuple[str, str]]]:
        """Take in a file of this disk, called ``name``, as what lies at ``path`` at the old site.

        Returns what it has become, with the codes and details of what was changed. Raises
        ``Refused`` and ``MediaError``; then nothing of it is left.
        """
        digest = digest_of(file)
        if twin := self._twin(digest):
            self._remember(path, digest, twin, attachment)
            return twin, []
        texts = Texts(title_of("", name))
        if attachment:
            texts = Texts(attachment.title, attachment.alt)
        with examined(file, name, texts, self._collection()) as candidate:
            return self._store(candidate, path, digest, attachment), candidate.notes

    def _store(self, candidate, path, digest, attachment) -> Taken:
        if self._dry:
            is_image = isinstance(candidate.instance, AbstractImage)
            return Taken(NOT_TAKEN) if is_image else Taken(None, NOT_TAKEN)
        # The same in every run, so that what one left that was cut off is found again.
        place = hashlib.sha256(f"{self._source}\0{path}".encode()).hexdigest()[:10]
        instance = store(candidate, place)
        try:
            return self._save(instance, path, digest, attachment)
        except IntegrityError:
            _remove_file(instance)
            if taken := self.find(path):  # another import was quicker
                return taken
            raise
        except BaseException:
            _remove_file(instance)
            raise

    def link(self, number: int, taken: Taken):
        """Tell the item of an attachment what has become of its file, if it does not know."""
        if not self._dry:
            ImportedItem.objects.of(self._source).filter(
                post_id=number, type="attachment", image=None, document=None
            ).update(image=taken.image, document=taken.document, state=ImportedItem.State.IMPORTED)

    def _twin(self, digest) -> Taken | None:
        rows = ImportedFile.objects.filter(source=self._source, digest=digest)
        row = rows.exclude(image=None, document=None).order_by("pk").first()
        return row and Taken(row.image_id, row.document_id)

    def _save(self, instance, path, digest, attachment) -> Taken:
        with transaction.atomic():
            instance.save()
            if attachment and attachment.date:  # among the files here it is an old one
                type(instance).objects.filter(pk=instance.pk).update(created_at=attachment.date)
            is_image = isinstance(instance, AbstractImage)
            taken = Taken(instance.pk) if is_image else Taken(None, instance.pk)
            self._remember(path, digest, taken, attachment)
        return taken

    def _remember(self, path, digest, taken, attachment):
        if self._dry:
            return
        ImportedFile.objects.create(
            source=self._source,
            path=path,
            digest=digest,
            image_id=taken.image,
            document_id=taken.document,
        )
        if attachment:
            self.link(attachment.number, taken)

    def _collection(self) -> Collection:
        """Return the collection of the old site's files, where editors find them."""
        root = Collection.get_first_root_node()
        made = root.get_children().filter(name=self._name).first()
        return made or (root if self._dry else root.add_child(name=self._name))


def _remove_file(instance: Model):
    """Remove the file of a row that could not be saved, unless another row has it."""
    with contextlib.suppress(Exception):
        if not type(instance).objects.filter(file=instance.file.name).exists():
            instance.file.storage.delete(instance.file.name)
