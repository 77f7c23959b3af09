"""What the site keeps of pages besides themselves, written once at the end of an import."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_save
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.children import fetch_children
from home.models import ContentPage
from home.pictures import draw_all
from home.steps import in_steps
from news.models import NewsPage
from search.documents import update_documents
from translation import status, untouched

from .models import ImportedItem

AT_ONCE = 200  # pages: held in memory, and written by one transaction
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
    """Write what was postponed for the pages of an old site, yielding how many each step did.

    Broken off, the next run goes on.
    """
    rows = ImportedItem.objects.of(source).filter(is_indexed=False).only("pk", "page")
    for batch in in_steps(rows, AT_ONCE):
        keys = [row.page_id for row in batch if row.page_id]
        for model in MODELS:
            pages = list(model.objects.filter(pk__in=keys).select_related("locale"))
            for page in pages:
                draw_all(page)
            with transaction.atomic():
                _index(model, pages)
        ImportedItem.objects.filter(pk__in=[row.pk for row in batch]).update(is_indexed=True)
        yield len(batch)


def _index(model, pages):
    if not pages:
        return
    fetch_children(pages)
    keys = [page.pk for page in pages]
    public = set(Page.objects.filter(pk__in=keys).public().values_list("pk", flat=True))
    for page in pages:
        page.is_known_public = page.pk in public  # else each page asks
    get_search_backend().add_bulk(model, pages)
    update_documents(*pages)
    _write_references(pages)
    default = Locale.get_default().pk
    untouched.add([page for page in pages if page.locale_id == default])
    status.settle(translation_key__in=[page.translation_key for page in pages])


def _write_references(pages):
    """Do for pages what ``ReferenceIndex.create_or_update_for_object`` does for one."""
    of_page = ContentType.objects.get_for_model(Page)
    keys = [str(page.pk) for page in pages]
    ReferenceIndex.objects.filter(base_content_type=of_page, object_id__in=keys).delete()
    rows = (row for page in pages for row in references_of(page))
    ReferenceIndex.objects.bulk_create(rows, batch_size=AT_ONCE)


def references_of(page) -> list[ReferenceIndex]:
    """Return the rows of the reference index for a page, not saved."""
    return [
        ReferenceIndex(
            content_type_id=page.content_type_id,
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=page.pk,
            to_content_type_id=to_type,
            to_object_id=to_object,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for to_type, to_object, model_path, content_path in set(
            ReferenceIndex._extract_references_from_object(page)
        )
    ]
