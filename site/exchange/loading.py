"""Loading an export into an empty site: all of it or nothing."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models import Case, When
from django.utils.translation import gettext as _
from wagtail.models import Collection, Locale, Page, Revision, Site

from demo.loader import is_empty

from . import folders
from .building import Builder, Tree
from .checking import Plan, check, digest, located
from .errors import ExchangeError, in_sentences
from .exporting import MEDIA
from .keys import ROOT
from .kinds import children_of, is_left_out, is_setting, kinds, lineage, prefix_of

# What is computed from the content, as a command each: the last takes the longest.
AFTER = (
    "rebuild_references_index",
    "build_search",
    "update_index",
    "read_attachments",
    "build_translation_status",
    "check_content",
    "draw_pictures",
)


@dataclass(frozen=True)
class Loaded:
    """What was loaded: lines by file, uploads; and commands that failed after it, with why."""

    lines: dict[str, int]
    uploads: int
    lost: list[str]
    failed: dict[str, str]


def load(path: Path, advance: Callable[[str], None] = lambda name: None) -> Loaded:
    """Make this site, which must be empty, what an export holds; raises ExchangeError.

    ``advance`` is called with the name of a file for each line that was checked and for each that
    was loaded, and with that of each command that runs at the end.
    """
    with in_sentences(_("Nothing was loaded.")), folders.opened(path) as source:
        refuse_unless_empty()
        plan = check(source, advance)
        with _uploads(source, plan, advance), transaction.atomic():
            refuse_unless_empty()
            lines = _load(source, plan, advance)
    return Loaded(lines, len(plan.media), plan.manifest.get("lost", []), _finish(advance))


def refuse_unless_empty():
    """Raise ExchangeError if the site has any content already."""
    if not is_empty():
        raise ExchangeError(_("The site is not empty: an export is loaded into a new site."))
    for model in kinds().values():
        if model in (Locale, Site, Page) or is_setting(model):
            continue
        objects = model._base_manager.all()
        count = (objects.filter(depth__gt=1) if model is Collection else objects).count()
        if count:
            raise ExchangeError(
                _("The site is not empty, it has %(count)s × %(what)s: load into a new site.")
                % {"count": count, "what": model._meta.verbose_name}
            )


@contextlib.contextmanager
def _uploads(source, plan: Plan, advance) -> Iterator[None]:
    """Put the uploads in their places; take them away again if what follows fails."""
    written = []
    try:
        for name, sha256 in plan.media.items():
            if default_storage.exists(name):
                with default_storage.open(name) as file:
                    if digest(file) != sha256:
                        raise ExchangeError(_("Another file is in the place of %s.") % name)
                continue
            written.append(name)
            with source.open(MEDIA + name) as file:
                if default_storage.save(name, File(file, name)) != name:
                    raise ExchangeError(_("Another file is in the place of %s.") % name)
            advance(MEDIA)
        yield
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise


def _load(source, plan: Plan, advance) -> dict[str, int]:
    _make_room(plan)
    builder, lines = Builder(plan.numbers), {}
    for name, kind in kinds().items():
        tree = None
        if kind in (Page, Collection):
            tree = Tree(kind, plan.children, f"{prefix_of(kind)}:{ROOT}")
        lines[name] = 0
        for number, (model, line) in enumerate(plan.lines(source, name), start=1):
            with located(name, number):
                _load_line(builder, plan, model, line, tree)
            lines[name] = number
            advance(name)
    builder.finish()
    return lines


def _load_line(builder, plan, model, line, tree):
    if model is Locale:
        code = line["fields"]["language_code"]
        locale, _created = Locale.objects.get_or_create(language_code=code)
        plan.numbers.add(line["key"], locale.pk)
        return
    number = model._meta.pk.to_python(line["number"])
    place = tree.place(line) if tree else {}
    if issubclass(model, Page):
        place["content_type_id"] = ContentType.objects.get_for_model(model).pk
    row = builder.add(model, line, number, **place)
    for revision in line.get("revisions", []):
        builder.add_revision(model, line, revision, row)


def _make_room(plan: Plan):
    """Take away what every new site has, and let the rights to it follow to what comes instead."""
    homes = _homes(plan)
    pages = {page.pk: page.specific_class for page in Page.objects.filter(depth__gt=1)}
    Revision.objects.filter(object_id__in=map(str, pages), base_content_type=_page_type()).delete()
    _repoint(Page, homes)
    for pk, model in pages.items():
        for child, key in children_of(model).values():
            child._base_manager.filter(**{key.name: pk}).delete()
        for table in reversed(lineage(model)):
            table._base_manager.filter(pk=pk)._raw_delete(using=DEFAULT_DB_ALIAS)
    Site.objects.all()._raw_delete(using=DEFAULT_DB_ALIAS)
    for model in kinds().values():
        if is_setting(model):
            model._base_manager.all()._raw_delete(using=DEFAULT_DB_ALIAS)


def _page_type():
    return ContentType.objects.get_for_model(Page)


def _homes(plan) -> dict[int, int]:
    """Return which page of the export comes in the place of which home page, by number."""
    coming = list(plan.homes)
    places = {}
    for page in Page.objects.filter(depth=2).select_related("locale").order_by("path"):
        label = page.specific_class._meta.label_lower
        like = [home for home in coming if home[:2] == (label, page.locale.language_code)]
        if not like:
            raise ExchangeError(_("The export has no page in the place of “%s”.") % page.title)
        coming.remove(like[0])
        places[page.pk] = plan.numbers.of(Page, like[0][2])
    return places


def _repoint(model, numbers: dict[int, int]):
    """Have the rows that are not of an export, such as rights, name other objects of a model."""
    changed = {old: new for old, new in numbers.items() if old != new}
    if not changed:
        return
    for other in apps.get_models(include_auto_created=True):
        if not is_left_out(other) or not other._meta.managed:
            continue
        for field in other._meta.local_concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is model:
                cases = [When(**{field.attname: old}, then=new) for old, new in changed.items()]
                rows = other._base_manager.filter(**{f"{field.attname}__in": changed})
                rows.update(**{field.attname: Case(*cases)})


def _finish(advance) -> dict[str, str]:
    """Compute what is computed from the content; return what failed, which can be run again."""
    failed, is_interrupted = {}, False
    with contextlib.suppress(Exception):  # a cache that is away knows nothing old either
        cache.clear()
    for command in AFTER:
        if is_interrupted:
            failed[command] = _("interrupted")
            continue
        try:
            call_command(command, verbosity=0)
        except KeyboardInterrupt:
            failed[command], is_interrupted = _("interrupted"), True
        except Exception as error:
            failed[command] = str(error)
        advance(command)
    return failed
