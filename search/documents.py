"""Keeping the search documents in step with what is published.

`search` knows no page type. Any page with ``is_findable`` becomes a document: its text is that of
its ``search_fields``; ``search_date`` and ``search_topics`` (slugs) are taken where it has them.
``get_parts_to_find()`` may add documents for parts of it, such as an insight or a moment of a
recording: dictionaries with ``suffix`` (joined to the page's address), ``kind``, ``title``,
``text`` and, where they differ from the page's, ``date`` and ``topics``. The documents that
``get_attached_documents()`` names become documents of their own (see ``search.attachments``).
"""

from collections import Counter, defaultdict

from django.db import transaction
from django.db.models import Manager
from wagtail.models import Page
from wagtail.search.index import RelatedFields, SearchField

from .attachments import parts_of
from .models import SearchDocument, WordForm

OWN_PLACE = {"title", "summary", "search_description", "seo_title"}


def update_documents(page: Page):
    """Write the search documents of a page anew: none when it is not public."""
    _replace(page, documents_of(page))


def remove_documents(page: Page):
    """Remove the search documents of a page that is public no more, or about to be deleted."""
    _replace(page, [])


@transaction.atomic
def _replace(page, after):
    before = list(SearchDocument.objects.filter(page_id=page.pk))
    WordForm.objects.apply(_changes(before, after))
    SearchDocument.objects.filter(pk__in=[document.pk for document in before]).delete()
    for document in after:
        document.save()  # one by one: saving puts it into the index


def documents_of(page: Page) -> list[SearchDocument]:
    """Return what visitors can find on a page, not saved."""
    page = page.specific
    if not (page.live and getattr(page, "is_findable", False)):
        return []
    if page.get_view_restrictions().exists():
        return []
    shared = {
        "page_id": page.pk,
        "language": page.locale.language_code,
        "date": getattr(page, "search_date", None),
        "topics": list(getattr(page, "search_topics", ())),
    }
    whole = {
        "kind": page._meta.model_name,
        "title": page.title,
        "summary": getattr(page, "description", ""),
        "text": text_of(page),
    }
    parts = [whole, *page.get_parts_to_find(), *parts_of(page)]
    return [SearchDocument(**shared | part) for part in parts]


def text_of(obj) -> str:
    """Return the plain text of an object's search fields but those that have their own place."""
    texts = _texts(obj, obj.get_search_fields())
    return " ".join(" ".join(text.split()) for text in texts if text)


def _texts(obj, fields):
    for field in fields:
        if isinstance(field, RelatedFields):
            related = field.get_value(obj)
            others = related.all() if isinstance(related, Manager) else filter(None, [related])
            for other in others:
                yield from _texts(other, field.fields)
        elif isinstance(field, SearchField) and field.field_name not in OWN_PLACE:
            value = field.get_value(obj)
            yield from map(str, value) if isinstance(value, list) else [str(value or "")]


def _changes(before, after) -> dict[str, Counter]:
    changes = defaultdict(Counter)
    for documents, step in ((before, -1), (after, 1)):
        for document in documents:
            for word in document.words:
                changes[document.language][word] += step
    return changes
