"""Making the demo content: the Latvian objects first, each followed by its English translation.

Everything is found again by its translation key, made from the entry's own key: what exists is
never touched, what is missing is added.
"""

import datetime
import json
import uuid
from dataclasses import dataclass, field

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site, TranslatableMixin
from wagtail.utils.file import hash_filelike

from home.models import HomePage, SiteSettings
from translation.models import Term

from . import files, pictures, translator
from .data import Cells, Entry, File, InDays, L, Picture, Ref, RichText, Stream

NAMESPACE = uuid.UUID("6d1f7b52-5a4e-4c7e-9a39-0c7a1c1f2022")
MORNING = datetime.time(9, 0)


def stable_id(path: str) -> uuid.UUID:
    """Return the id that ``path`` has in every load, on every machine."""
    return uuid.uuid5(NAMESPACE, path)


def is_empty() -> bool:
    """Tell whether the site has no page yet but its home pages."""
    return not HomePage.objects.filter(numchild__gt=0).exists()


@transaction.atomic
def load(entries: list[Entry], settings: dict, advance=lambda: None) -> int:
    """Add what is missing of ``entries``, and ``settings`` when the home page was blank.

    ``advance`` is called after each entry. Returns the number of objects made. All or nothing.
    """
    loader = Loader()
    for entry in entries:
        loader.add(entry)
        advance()
    if loader.filled_home:
        site = Site.objects.get(is_default_site=True)
        SiteSettings.objects.update_or_create(site=site, defaults=settings)
    return loader.made


@transaction.atomic
def load_terms(terms: list[tuple[str, str, str, str]]) -> int:
    """Add what the glossary lacks of ``terms``; return the number of terms made."""
    known = {source.lower() for source in Term.objects.values_list("source", flat=True)}
    made = Term.objects.bulk_create(
        Term(source=source, target=target, forbidden=forbidden, note=note)
        for source, target, forbidden, note in terms
        if source.lower() not in known
    )
    return len(made)


@dataclass
class Loader:
    """One load. ``objects`` holds the Latvian objects by the keys of their entries."""

    source: Locale = field(default_factory=Locale.get_default)
    objects: dict[str, object] = field(default_factory=dict)
    made: int = 0
    filled_home: bool = False

    @property
    def target(self) -> Locale:
        return Locale.objects.exclude(pk=self.source.pk).get()

    def add(self, entry: Entry):
        """Make the objects of an entry, in both languages, as far as they are missing."""
        model = apps.get_model(entry.model)
        if model is HomePage:
            instance, is_new = self._home(entry)
        else:
            instance, is_new = self._find_or_make(model, entry)
        self.objects[entry.key] = instance
        if is_new or not instance.has_translation(self.target):
            translator.translate(instance, self.target, entry)
            self._date(instance, entry)
            self.made += 1

    def _home(self, entry):
        """Return the home page, which a migration made, and whether it was blank until now."""
        page = HomePage.objects.get(locale=self.source, depth=2)
        if page.mission:
            return page, False
        for name, value in entry.values.items():
            setattr(page, name, self._resolve(value))
        page.save_revision().publish()
        self.filled_home = True
        return page, True

    def _find_or_make(self, model, entry):
        key = stable_id(entry.key)
        instance = model.objects.filter(translation_key=key, locale=self.source).first()
        if instance:
            return instance, False
        instance = self._build(model, entry.values, entry.key)
        if entry.parent:
            parent = self.objects[entry.parent]
            parent.refresh_from_db(fields=["path", "depth", "numchild", "url_path"])
            parent.add_child(instance=instance)
            instance.save_revision().publish()
        else:
            instance.full_clean()
            instance.save()
        return instance, True

    def _build(self, model, values, path, order=None):
        """Return an unsaved instance with its children (and theirs)."""
        arguments = {}
        for name, value in values.items():
            model_field = model._meta.get_field(name)
            if model_field.one_to_many:
                value = [
                    self._build(model_field.related_model, child, f"{path}/{name}/{index}", index)
                    for index, child in enumerate(value)
                ]
            elif isinstance(model_field, StreamField):
                value = json.dumps(self._raw_stream(value, f"{path}/{name}"))
            else:
                value = self._resolve(value)
            arguments[name] = value
        if issubclass(model, TranslatableMixin):
            arguments |= {"locale": self.source, "translation_key": stable_id(path)}
        if order is not None:
            arguments["sort_order"] = order
        return model(**arguments)

    def _resolve(self, value):
        """Return what a field of a model takes for a value of the content."""
        match value:
            case L():
                return value.lv
            case Ref():
                return self.objects[value.key]
            case RichText():
                return value.html()
            case Picture() | File():
                return self._stored(value)
            case InDays():
                day = timezone.localdate() + datetime.timedelta(days=value.days)
                return timezone.make_aware(datetime.datetime.combine(day, value.time))
            case datetime.datetime():
                return timezone.make_aware(value)
        return value

    def _raw_stream(self, stream: Stream, path):
        """Return the JSON of a StreamField; ids tie translations to blocks, so they are stable."""
        return [
            {
                "type": block.kind,
                "id": str(stable_id(f"{path}/{index}")),
                "value": self._raw(block.value, f"{path}/{index}"),
            }
            for index, block in enumerate(stream.blocks)
        ]

    def _raw(self, value, path):
        match value:
            case Cells():
                return {
                    "table_caption": value.caption.lv,
                    "data": [[self._resolve(cell) for cell in row] for row in value.rows],
                    "table_header_choice": "row",
                    "first_row_is_table_header": True,
                    "first_col_is_header": False,
                }
            case dict():
                return {name: self._raw(item, f"{path}/{name}") for name, item in value.items()}
            case list():
                return [
                    {
                        "type": "item",
                        "id": str(stable_id(f"{path}/{index}")),
                        "value": self._raw(item, f"{path}/{index}"),
                    }
                    for index, item in enumerate(value)
                ]
            case Ref() | Picture() | File():
                return self._resolve(value).pk
        return self._resolve(value)

    def _stored(self, value: Picture | File):
        """Return the image or document; one with the same content is not stored twice."""
        if isinstance(value, Picture):
            model, content, name = get_image_model(), pictures.draw(value.name), f"{value.name}.png"
        else:
            model, content, name = get_document_model(), files.write(value), value.name
        file = ContentFile(content, name=name)
        file_hash = hash_filelike(file)
        stored = model.objects.filter(file_hash=file_hash).first()
        return stored or model.objects.create(title=value.title, file=file, file_hash=file_hash)

    def _date(self, instance, entry):
        """Make both languages of a page appear to have been published when the entry says."""
        if not entry.published:
            return
        first, last = (
            timezone.make_aware(datetime.datetime.combine(day, MORNING))
            for day in (entry.published, entry.updated or entry.published)
        )
        pages = Page.objects.filter(translation_key=instance.translation_key)
        pages.update(
            first_published_at=first, last_published_at=last, latest_revision_created_at=last
        )
