"""When a page last changed for those who read it.

Wagtail dates a page anew with every publication. Here a publication that changes nothing that
visitors read leaves ``last_published_at`` as it was, so that "Updated", feeds and the sitemap tell
of changes of the content.
"""

import json
from contextlib import contextmanager

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail.fields import StreamField
from wagtail.models import Page

SEEN_OF_EVERY_PAGE = {"title"}  # of the fields of Wagtail's own model: the others are bookkeeping
UNSEEN = {"review_by"}  # of ours
# Keys and places of child rows; their order is that of the list.
ROW_KEYS = {"pk", "sort_order", "page"}


@contextmanager
def keep_date_of_unchanged(page, revision):
    """While ``revision`` of a page is published, see whether visitors will read anything new."""
    before = type(page)._default_manager.filter(pk=page.pk, live=True).first()
    if before is None or before.last_published_at is None:
        yield
        return
    is_same = content_of(before) == content_of(revision.as_object())
    with transaction.atomic():
        yield
        if is_same:
            pages = Page.objects.filter(pk=page.pk, live=True)
            pages.update(last_published_at=before.last_published_at)


def content_of(page) -> str:
    """Return everything of a page that visitors may read, in a form that can be compared."""
    of_every_page = {field.name for field in Page._meta.get_fields()}
    unseen = of_every_page - SEEN_OF_EVERY_PAGE | UNSEEN
    data = page.serializable_data()
    values = {name: value for name, value in data.items() if name not in unseen}
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and field.name in values:
            values[field.name] = _stream(getattr(page, field.name))
    return json.dumps(_without_keys(values), cls=DjangoJSONEncoder, sort_keys=True)


def _stream(value):
    """Return a stream in one form: a block that was looked at is serialised with its defaults."""
    for _block in value:
        pass
    return value.get_prep_value()


def _without_keys(value):
    if isinstance(value, list):
        return [_without_keys(item) for item in value]
    if isinstance(value, dict) and "pk" in value:
        return {name: _without_keys(item) for name, item in value.items() if name not in ROW_KEYS}
    return value
