"""Items as an import has read them, of a site like the seed's."""

import datetime
import itertools
import sys
from types import SimpleNamespace

from django.utils import timezone

from news.wordpress.items import Item, dump_item
from news.wordpress.models import ImportedItem
from tests.factories import NewsIndexPageFactory, NewsPageFactory

SOURCE = "lps.lv"
DATE = datetime.datetime(2015, 3, 24, 10, 30, tzinfo=datetime.UTC)
State, Decision = ImportedItem.State, ImportedItem.Decision

_numbers = itertools.count(1001)


def mashing(weight=0.7):
    return {"code": "mashing", "detail": "asdasdsadsadasd", "weight": weight}


def make_item(title="asdasdsadsadasd", slug="", score=0.7, reasons=None, item=None, **values):
    """Save what was read of a post. ``item`` holds further fields of the ``Item``."""
    number = values.pop("post_id", None) or next(_numbers)
    kind = values.pop("type", "post")
    fields = {
        "title": title,
        "slug": slug or f"raksts-{number}",
        "link": f"http://www.lps.lv/2015/03/{slug or f'raksts-{number}'}/",
        "guid": f"http://www.lps.lv/?p={number}",
        "date": DATE,
        "content": "asdasd",
        "author": "Jānis",
    }
    data = dump_item(Item(number, type=kind, **fields | (item or {})))
    defaults = {
        "source": SOURCE,
        "state": State.DOUBTFUL,
        "date": DATE,
        "checksum": "0" * 64,
        "reasons": [mashing(score)] if reasons is None else reasons,
    }
    return ImportedItem.objects.create(
        post_id=number, type=kind, title=title, score=score, data=data, **defaults | values
    )


def make_page(row, home, **values):
    """Give an item the page that the import made of it."""
    index = NewsIndexPageFactory(parent=home, slug="aktualitates")
    page = NewsPageFactory(parent=index, title=row.title, **values)
    row.page, row.state, row.revision = page, State.IMPORTED, page.latest_revision_id
    row.save()
    return page


def now(row):
    """Return an item as the database has it."""
    return ImportedItem.objects.get(pk=row.pk)


class Importer:
    """Stands where pages are made of items; remembers which ones it was to make."""

    def __init__(self, monkeypatch):
        self.asked = []
        stand_in = SimpleNamespace(import_items=self.import_items)
        monkeypatch.setitem(sys.modules, "news.wordpress.importer", stand_in)

    def import_items(self, rows, progress=None):
        for row in rows.order_by("pk"):
            self.asked.append((row.pk, row.decision))
        rows.update(state=State.IMPORTED, updated_at=timezone.now())
