"""What a site holds and shows, read past the code under test."""

import datetime
import json
import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from exchange.keys import NOBODY
from exchange.kinds import LEFT_OUT, OF_PAGE, PLACE
from tests.demo.test_every_page import below

# Of an edit, what Wagtail takes from the page and not from the edit; and who made it.
NOT_OF_EDITS = OF_PAGE | PLACE | {"owner", "locked_by", "content_type", "wagtail_admin_comments"}
GONE = 999999  # the number that a text names though nothing has it; any other is as good
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
TOKEN = re.compile(rb'name="(csrfmiddlewaretoken|opened)" value="[^"]*"')


def tables() -> dict[str, list[dict]]:
    """Return the rows of all tables that belong to an export, people and drafts of old left out."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in LEFT_OUT or not model._meta.managed or model is Revision:
            continue
        rows = model._base_manager.order_by("pk")
        if hasattr(model, "depth"):  # in the order of the tree, whose gaps are closed
            rows = rows.filter(depth__gt=1).order_by("path")
        found[model._meta.label] = [row(instance) for instance in rows]
    return found


def row(instance) -> dict:
    return {
        field.attname: comparable(field, instance)
        for field in instance._meta.local_concrete_fields
        if field.name != "path"
        and not (field.remote_field and field.related_model._meta.label == "auth.User")
    }


def comparable(field, instance):
    value = field.value_from_object(instance)
    if isinstance(field, StreamField):
        return json.loads(_gone(json.dumps(list(value.raw_data))))
    if isinstance(field, models.FileField):
        return value.name
    if field.name == "content_json":
        names = {"latest_revision", "live_revision", "owner", "locked_by"}
        data = json.loads(value)
        return {name: data[name] for name in data if name not in names}
    if field.attname == "revision_id" and instance._meta.label.endswith("TranslationLog"):
        return value if Revision.objects.filter(pk=value).exists() and _is_kept(value) else None
    return value


def _gone(text) -> str:
    return text.replace(f'id=\\"{GONE}\\"', f'id=\\"{NOBODY}\\"')


def _is_kept(number):
    return (
        Page.objects.filter(latest_revision=number).exists()
        or Page.objects.filter(live_revision=number).exists()
        or Revision.objects.filter(pk=number, approved_go_live_at__isnull=False).exists()
    )


def edits() -> dict[int, list]:
    """Return what editors find: the edits that are the newest, shown or to come, by number."""
    return {
        revision.pk: [
            revision.object_id,
            revision.object_str,
            revision.created_at,
            revision.approved_go_live_at,
            _content(revision.content),
        ]
        for revision in Revision.objects.order_by("pk")
        if _is_kept(revision.pk)
    }


def _content(content):
    return {
        name: _plain(value) for name, value in content.items() if name not in NOT_OF_EDITS | {"pk"}
    }


def _plain(value):
    """Return a serialised value without what rows belong to, and streams as data."""
    if isinstance(value, list):
        own = {"pk", "page", "insight", "person"}
        rows = [{name: _plain(v) for name, v in row.items() if name not in own} for row in value]
        return sorted(rows, key=lambda row: row.get("sort_order") or 0)
    if isinstance(value, str) and value.startswith("[{"):
        return json.loads(_gone(value))
    if isinstance(value, str) and TIME.match(value):
        return datetime.datetime.fromisoformat(value)
    return value


def answers() -> dict[str, tuple]:
    """Return what visitors get at every public address, and at every old one."""
    client, found = Client(), {}
    pages = Page.objects.filter(depth__gt=1).live().specific()
    addresses = ["/sitemap.xml", "/robots.txt"]
    for page in pages:
        addresses += [page.url, *below(page)]
    addresses += list(Redirect.objects.values_list("old_path", flat=True))
    for address in addresses:
        address = re.sub(r"^https?://[^/]+", "", address)
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        found[address] = (
            answer.status_code,
            answer.headers.get("Location"),
            TOKEN.sub(rb'name="\1"', content).decode(),
        )
    return found


def uploads() -> dict[str, bytes]:
    folder = Path(settings.MEDIA_ROOT)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for name in ("original_images", "documents")
        for path in sorted((folder / name).rglob("*"))
        if path.is_file()
    }


def rights() -> list[tuple]:
    """Return which group may do what where, by the names of both."""
    from wagtail.models import GroupPagePermission

    rows = GroupPagePermission.objects.values_list(
        "group__name", "permission__codename", "page__url_path"
    )
    return sorted(rows)
