"""Is an export whole, and one that this site can take? Read before anything is written."""

import contextlib
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Collection, Locale, Page

from .errors import ExchangeError
from .exporting import FORMAT, MANIFEST, MEDIA, VERSION
from .folders import CHUNK, Hashed, is_safe
from .keys import ROOT, Numbers, has_names
from .kinds import children_of, fields_of, kinds, page_models, prefix_of, relations_of

# What Python says of data that has not the form of a line.
MALFORMED = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
LARGEST_MANIFEST = 256 * 1024 * 1024  # bytes


@dataclass
class Plan:
    """What is known of an export once it was read: how many children each node of a tree has,
    and the homes: type, language and key of the pages below the root."""

    manifest: dict
    numbers: Numbers = field(default_factory=Numbers)
    children: Counter = field(default_factory=Counter)
    homes: list[tuple[str, str, str]] = field(default_factory=list)
    media: dict[str, str] = field(default_factory=dict)  # name of an upload → SHA-256

    def lines(self, source, name: str) -> Iterator[tuple[type[models.Model], dict]]:
        """Yield model and content of each line of a file; errors say which line it is."""
        if name in self.manifest["files"]:
            with source.open(name) as file:
                yield from _lines(name, file)


def check(source, advance: Callable[[str], None]) -> Plan:
    """Read an export to its end; raises ExchangeError if anything is wrong with it."""
    manifest = _manifest(source)
    plan = Plan(manifest)
    plan.media = {
        name.removeprefix(MEDIA): file["sha256"]
        for name, file in manifest["files"].items()
        if name.startswith(MEDIA)
    }
    for model in (Page, Collection):
        root = model.objects.get(depth=1)
        plan.numbers.add(f"{prefix_of(model)}:{ROOT}", root.pk)
    for name, pk in Group.objects.values_list("name", "pk"):
        plan.numbers.add(f"group:{name}", pk)
    for name, expected in manifest["files"].items():
        with source.open(name) as file:
            hashed = Hashed(file)
            if name.startswith(MEDIA):
                while hashed.read(CHUNK):
                    pass
            else:
                _read_lines(plan, name, hashed, expected.get("lines"), advance)
        if hashed.sha256 != expected["sha256"]:
            raise ExchangeError(_("%s is not what was written: the export is damaged.") % name)
    _refuse_languages(plan)
    return plan


def _manifest(source) -> dict:
    if MANIFEST not in source.names:
        raise ExchangeError(_("It is no export, or not a whole one: %s is missing.") % MANIFEST)
    with source.open(MANIFEST) as file:
        try:
            manifest = json.loads(file.read(LARGEST_MANIFEST))
        except ValueError as error:
            raise ExchangeError(_("%s can't be read: the export is damaged.") % MANIFEST) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ExchangeError(_("It is no export of a site like this one."))
    if not isinstance(manifest.get("version"), int) or manifest["version"] > VERSION:
        raise ExchangeError(
            _("The export has version %(its)s of the format, this site knows %(ours)s: update it.")
            % {"its": manifest.get("version"), "ours": VERSION}
        )
    _refuse_files(manifest, source.names)
    return manifest


def _refuse_files(manifest, present):
    files = manifest.get("files")
    if not isinstance(files, dict) or not isinstance(manifest.get("languages"), list):
        raise ExchangeError(_("%s can't be read: the export is damaged.") % MANIFEST)
    for name, file in files.items():
        if not is_safe(name):
            raise ExchangeError(_("The export holds what none has: the file “%s”.") % name)
        if not isinstance(file, dict) or not isinstance(file.get("sha256"), str):
            raise ExchangeError(_("%s can't be read: the export is damaged.") % MANIFEST)
        if name not in present:
            raise ExchangeError(_("The export is not whole: %s is missing.") % name)
        if not name.startswith(MEDIA) and name not in kinds():
            raise ExchangeError(_newer(name))


def _newer(what) -> str:
    return _("This site does not know “%s”: is the export of a newer version?") % what


def _read_lines(plan, name, file, expected, advance):
    number = 0
    above = [f"{prefix_of(kinds()[name])}:{ROOT}"]
    for number, (model, line) in enumerate(_lines(name, file), start=1):
        with located(name, number):
            _check_line(plan, model, line, above)
        advance(name)
    if expected is not None and number != expected:
        raise ExchangeError(
            _("Lines in %(file)s: %(found)s instead of %(expected)s. The export is not whole.")
            % {"file": name, "found": number, "expected": expected}
        )


@contextlib.contextmanager
def located(name: str, number: int) -> Iterator[None]:
    """Say in which line of which file something came up; what is no line at all, too."""
    try:
        yield
    except (ExchangeError, *MALFORMED) as error:
        is_told = isinstance(error, ExchangeError)
        reason = error if is_told else _("It is no line of an export, or not a whole one.")
        place = _("%(file)s, line %(number)s:") % {"file": name, "number": number}
        raise ExchangeError(f"{place} {reason}") from error


def _lines(name, file) -> Iterator[tuple[type[models.Model], dict]]:
    models_ = _models(name)
    for number, text in enumerate(file, start=1):
        with located(name, number):
            line = json.loads(text)
            if not isinstance(line["key"], str):
                raise TypeError
            if not (model := models_.get(line["type"])):
                raise ExchangeError(_newer(line["type"]))
        yield model, line


def _models(name) -> dict[str, type[models.Model]]:
    model = kinds()[name]
    chosen = page_models() if model is Page else [model]
    return {model._meta.label_lower: model for model in chosen}


def _check_line(plan, model, line, above):
    key = line["key"]
    _check_record(model, line)
    if has_names(model):
        if key in plan.numbers:
            raise ExchangeError(_("The key “%s” stands there twice.") % key)
        plan.numbers.add(key, _number(plan, model, line))
    if issubclass(model, (Page, Collection)):
        while above and above[-1] != line.get("parent"):
            above.pop()
        if not above:
            raise ExchangeError(_("Its parent “%s” is not above it.") % line.get("parent"))
        plan.children[above[-1]] += 1
        for revision in line.get("revisions", []):
            plan.numbers.add(f"revision:{revision['number']}", revision["number"])
        if len(above) == 1 and issubclass(model, Page):
            plan.homes.append((line["type"], line.get("language"), key))
        above.append(key)


def _number(plan, model, line):
    """Return the number that an object gets: its own, unless the root of our tree has it."""
    number = model._meta.pk.to_python(line["number"]) if model is not Locale else None
    roots = [plan.numbers.of(root, f"{prefix_of(root)}:{ROOT}") for root in (Page, Collection)]
    is_node = issubclass(model, (Page, Collection))
    if is_node and number == roots[issubclass(model, Collection)]:
        raise ExchangeError(_("The number %s is taken in this site.") % number)
    return number


def _check_record(model, record):
    """Refuse a record with parts that the model lacks, its rows too."""
    if not isinstance(record["fields"], dict) or not isinstance(record["number"], int | str):
        raise TypeError
    children = children_of(model)
    known = {"fields": fields_of(model), "related": relations_of(model), "children": children}
    for part, names in known.items():
        for name in record.get(part, {}):
            if name not in names:
                raise ExchangeError(_newer(f"{model._meta.label_lower}.{name}"))
    for name, rows in record.get("children", {}).items():
        for row in rows:
            _check_record(children[name][0], row)


def _refuse_languages(plan):
    known = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    for language in plan.manifest.get("languages", []):
        if language not in known:
            raise ExchangeError(_("This site has no language “%s”.") % language)


def digest(file) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.file_digest(file, "sha256").hexdigest()
