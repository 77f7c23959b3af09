"""What the site keeps of pages besides themselves, written once at the end of an import."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models.signals import post_save
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.models import ContentPage
from home.pictures import draw_all
from home.steps import in_steps
from news.models import NewsPage
from search.documents import update_documents
from translation import status

from .models import ImportedItem

AT_ONCE = 100
MODELS = (NewsPage, ContentPage)


@contextmanager
def postponed(is_alone):
    """Leave references and comparisons of translations for ``index_written``.

    The search index too, where the caller ``is_alone``: nothing else writes pages in this process.
    """
    models = MODELS if is_alone else ()
    connected = [
        model for model in models if post_save.disconnect(post_save_signal_handler, sender=model)
    ]
    try:
        with disable_reference_index_auto_update(), status.postponed():
            yield
    finally:
        for model in connected:
            post_save.connect(post_save_signal_handler, sender=model)


def index_written(source) -> Iterator[int]:
    """Write what was postponed for the pages of an old site, yielding how many are done.

    Broken off, the next run goes on.
    """
    rows = ImportedItem.objects.of(source).filter(is_indexed=False).only("pk", "page")
    done = 0
    for batch in in_steps(rows, AT_ONCE):
        pages = [row.page_id for row in batch if row.page_id]
        for model in MODELS:
            _index(list(model.objects.filter(pk__in=pages)))
        ImportedItem.objects.filter(pk__in=[row.pk for row in batch]).update(is_indexed=True)
        done += len(batch)
        yield done


def _index(pages):
    if not pages:
        return
    for page in pages:
        draw_all(page)
    with transaction.atomic():
        get_search_backend().add_bulk(type(pages[0]), pages)
        for page in pages:
            ReferenceIndex.create_or_update_for_object(page)
        update_documents(*pages)
    status.settle(translation_key__in=[page.translation_key for page in pages])
