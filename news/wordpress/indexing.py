"""What the site keeps of pages besides themselves, written once at the end of an import."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
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

from .helper import Helper
from .models import ImportedItem

AT_ONCE = 50  # pages, held in memory
MODELS = (NewsPage, ContentPage)


@contextmanager
def postponed(is_alone):
    """Leave references and comparisons of translations for ``Indexing``.

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


class Indexing:
    """Writes what was postponed for pages, with a second process where ``helper`` is one.

    ``add`` gives it pages while others are still being made; ``finish`` sees to all that are left.
    Broken off, the next run goes on.
    """

    def __init__(self, helper: Helper | None = None):
        self.helper = helper
        self._waiting = []  # keys of rows

    def add(self, rows: Iterable[ImportedItem]):
        """Let the helper begin with pages that are not to be changed any more."""
        if self.helper is None:
            return
        for _number in self.helper.done():  # what went wrong there is raised here
            pass
        self._waiting += [row.pk for row in rows if row.page_id and not row.is_indexed]
        while len(self._waiting) >= AT_ONCE and self.helper.is_free:
            self.helper.give(self._waiting[:AT_ONCE])
            del self._waiting[:AT_ONCE]

    def finish(self, source) -> Iterator[int]:
        """Index all pages of an old site that are not yet, yielding how many each step did."""
        rows = left(source)
        if self.helper is None:
            yield from (index(keys) for keys in _keys(rows))
            return
        for keys in _keys(rows.exclude(pk__in=self.helper.given)):
            if self.helper.is_free:
                self.helper.give(keys)
            else:
                yield index(keys)
            yield from self.helper.done()
        yield from self.helper.done(until_all=True)


def left(source):
    """Return the items of an old site whose pages are to be indexed."""
    return ImportedItem.objects.of(source).filter(is_indexed=False)


def _keys(rows) -> Iterator[list[int]]:
    for batch in in_steps(rows.only("pk"), AT_ONCE):
        yield [row.pk for row in batch]


def index(keys: list[int]) -> int:
    """Write what was postponed for the pages of some items; return how many items these are.

    Each step is a transaction of its own, or several: so others are not kept waiting, and what was
    broken off can be done again.
    """
    rows = ImportedItem.objects.filter(pk__in=keys)
    pages = list(rows.exclude(page=None).values_list("page", flat=True))
    for model in MODELS:
        _index(model, list(model.objects.filter(pk__in=pages).select_related("locale")))
    rows.update(is_indexed=True)
    return len(keys)


def _index(model, pages):
    if not pages:
        return
    for page in pages:
        draw_all(page)
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
