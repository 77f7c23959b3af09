"""Keys that name the same object in every database: what stands in an export for numbers.

page:<translation key>:<language>           and snippets as news.topic:<translation key>:lv
image:<name of the file>, document:<name>   with `#2` for a second one of the same file
locale:lv, site:<host>:<port>, group:<name>, type:<app>:<model>, taggit.tag:<name>
page:root, collection:root                  what every tree begins with
<app.model>:<number>                        of what has no name of its own
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from taggit.models import Tag
from wagtail.contrib.search_promotions.models import Query
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale, Page, Revision, Site, TranslatableMixin

from .errors import ExchangeError
from .kinds import base_of, prefix_of

ROOT = "root"
MISSING = "missing"  # what a text names though it is gone, as it stays after a page was deleted
NOBODY = 0  # the number that no object has


class Keys:
    """The keys of what a database holds; those of a model are read when one is asked for."""

    def __init__(self):
        self._known = {}

    def of(self, model: type[models.Model], number) -> str:
        """Return the key of the object with a number, also if a text names one that is gone."""
        model = base_of(model)
        prefix = prefix_of(model)
        if model not in self._known:
            self._known[model] = _keys(model) if has_names(model) else None
        known = self._known[model]
        if known is None:
            return f"{prefix}:{number}"
        try:
            return known[model._meta.pk.to_python(number)]
        except (KeyError, ValidationError):
            return f"{prefix}:{MISSING}"


@cache
def has_names(model: type[models.Model]) -> bool:
    """Tell whether objects of a model are known by more than their numbers."""
    model = base_of(model)
    named = (Collection, ContentType, Group, Locale, Query, Revision, Site, Tag)
    uploads = (get_image_model(), get_document_model())
    return model in (*named, *uploads) or issubclass(model, TranslatableMixin)


def _keys(model) -> dict:
    prefix, seen, keys = prefix_of(model), Counter(), {}
    for number, name in _names(model):
        seen[name] += 1
        keys[number] = f"{prefix}:{name}" + (f"#{seen[name]}" if seen[name] > 1 else "")
    return keys


def _names(model) -> Iterator[tuple]:
    """Yield number and name of each object of a model, the oldest first."""
    columns = _columns(model)
    objects = kept_revisions() if model is Revision else model._base_manager.order_by("pk")
    for number, *values in objects.values_list("pk", *columns).iterator(chunk_size=2_000):
        yield number, ":".join(map(str, values))
    if model in (Page, Collection):
        roots = model._base_manager.filter(depth=1).values_list("pk", flat=True)
        yield from ((number, ROOT) for number in roots)  # comes last, and so it is


def _columns(model) -> tuple[str, ...]:
    if issubclass(model, TranslatableMixin):
        return "translation_key", "locale__language_code"
    if model in (get_image_model(), get_document_model()):
        return ("file",)
    columns = {
        Collection: ("pk",),
        ContentType: ("app_label", "model"),
        Group: ("name",),
        Locale: ("language_code",),
        Query: ("query_string",),
        Revision: ("pk",),
        Site: ("hostname", "port"),
        Tag: ("name",),
    }
    return columns[model]


def kept_revisions() -> models.QuerySet:
    """Return the edits of pages that are kept: the newest, the one shown, those to come."""
    pages = Page.objects.order_by()
    newest = pages.exclude(latest_revision=None).values("latest_revision")
    shown = pages.exclude(live_revision=None).values("live_revision")
    kept = Q(pk__in=newest) | Q(pk__in=shown) | Q(approved_go_live_at__isnull=False)
    return Revision.objects.filter(kept, base_content_type=_page_type()).order_by("pk")


def _page_type():
    return ContentType.objects.get_for_model(Page)


class Numbers:
    """The numbers that the objects of an export have in the database it is loaded into."""

    def __init__(self):
        self._numbers = {}

    def __contains__(self, key) -> bool:
        return key in self._numbers

    def add(self, key: str, number):
        self._numbers[key] = number

    def of(self, model: type[models.Model], key: str):
        """Return the number of the object with a key; ExchangeError if there is no such object.

        ``model`` is the field's own: the key must be of that kind. None takes any.
        """
        if not isinstance(key, str) or ":" not in key:
            raise ExchangeError(_("“%s” is no key of an object.") % key)
        prefix, _colon, name = key.partition(":")
        if model and prefix != prefix_of(model):
            raise ExchangeError(_("“%s” is the key of something else than is asked for.") % key)
        if key in self._numbers:
            return self._numbers[key]
        if name == MISSING:
            return NOBODY
        model = model or _model_of(prefix)
        if model and not has_names(model):
            return base_of(model)._meta.pk.to_python(name)
        if model is ContentType and (found := _type_of(name)):
            return found
        if model is Group:  # nobody is in it, but what is private stays private
            return Group.objects.get_or_create(name=name)[0].pk
        raise ExchangeError(_("“%s” is named, but it is not in the export.") % key)


def _model_of(prefix):
    """Return the model of keys with a prefix, if it is the label of one."""
    try:
        return apps.get_model(prefix)
    except (LookupError, ValueError):
        return None


def _type_of(name):
    label, _colon, model = name.partition(":")
    found = ContentType.objects.filter(app_label=label, model=model).first()
    return found and found.pk
