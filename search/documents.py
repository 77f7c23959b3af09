"""Keeping the search documents in step with what is published.

`search` knows no page type. Any page with ``is_findable`` becomes a document: its text is that of
its ``search_fields``; ``search_kind``, ``search_date`` and ``search_topics`` (``{slug: name}``) are
taken where it has them. ``get_parts_to_find()`` may add documents for parts of it, such as an
insight or a moment of a recording: dictionaries with ``suffix`` (joined to the page's address),
``kind``, ``title``, ``text`` and, where they differ from the page's, ``date`` and ``topics``. The
documents that ``get_attached_documents()`` names become documents of their own (see
``search.attachments``).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Manager
from wagtail.models import Page
from wagtail.search.index import RelatedFields, SearchField

from home.steps import in_steps

from .attachments import parts_of
from .models import CHUNK, DocumentVector, SearchDocument, WordForm

OWN_PLACE = {"title", "summary", "search_description", "seo_title"}
PAGES_AT_ONCE = 100  # held in memory by a full build


def update_documents(*pages: Page):
    """Write the search documents of pages anew: none for those that are not public."""
    documents = [document for page in pages for document in documents_of(page)]
    with transaction.atomic():
        WordForm.objects.apply(_replace([page.pk for page in pages], documents))


def remove_documents(page: Page):
    """Remove the search documents of a page that is public no more, or about to be deleted."""
    with transaction.atomic():
        WordForm.objects.apply(_replace([page.pk], []))


def build_documents() -> Iterator[int]:
    """Write everything anew, yielding the number of pages done after each step.

    Searching and publishing go on meanwhile; broken off, what was done stays.
    """
    public = Page.objects.live().public()
    words = defaultdict(Counter)
    done = 0
    for pages in in_steps(public.specific(), PAGES_AT_ONCE):
        documents = [document for page in pages for document in _documents_of_public(page)]
        with transaction.atomic():
            _replace([page.pk for page in pages], documents)
        _count(words, documents, 1)
        done += len(pages)
        yield done
    SearchDocument.objects.exclude(page__in=public.values("pk")).delete()
    DocumentVector.objects.refresh()
    WordForm.objects.rebuild(words)


def rename_topic(slug: str, name: str, language: str):
    """Give a topic another name in the documents that have it already."""
    documents = SearchDocument.objects.filter(language=language, topics__has_key=slug)
    changed = list(documents.only("topics"))
    for document in changed:
        document.topics[slug] = name
    SearchDocument.objects.bulk_update(changed, ["topics"], batch_size=CHUNK)


def documents_of(page: Page) -> list[SearchDocument]:
    """Return what visitors can find on a page, not saved."""
    page = page.specific
    if not page.live or page.get_view_restrictions().exists():
        return []
    return _documents_of_public(page)


def _documents_of_public(page) -> list[SearchDocument]:
    if not getattr(page, "is_findable", False):
        return []
    shared = {
        "page_id": page.pk,
        "language": page.locale.language_code,
        "date": getattr(page, "search_date", None),
        "topics": getattr(page, "search_topics", {}),
    }
    whole = {
        "suffix": "",
        "kind": getattr(page, "search_kind", "page"),
        "title": page.title,
        "summary": getattr(page, "description", ""),
        "text": text_of(page),
    }
    documents = {}
    for part in [whole, *page.get_parts_to_find(), *parts_of(page)]:
        if known := documents.get(part["suffix"]):  # two moments of a recording at one second
            known.text = f"{known.text} {part['text']}"
        else:
            documents[part["suffix"]] = SearchDocument(**shared | part)
    return list(documents.values())


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


def _replace(pages: list[int], after: list[SearchDocument]) -> dict[str, Counter]:
    """Make ``after`` the documents of the pages; return by how much the words' numbers change."""
    before = {
        (document.page_id, document.suffix): document
        for document in SearchDocument.objects.filter(page__in=pages)
    }
    changes = defaultdict(Counter)
    changed = []
    for document in after:
        old = before.pop((document.page_id, document.suffix), None)
        if old and old.content == document.content:
            document.pk = old.pk
            continue
        changed.append(document)
        _count(changes, [old] if old else [], -1)
        _count(changes, [document], 1)
    _count(changes, before.values(), -1)
    SearchDocument.objects.filter(pk__in=[document.pk for document in before.values()]).delete()
    SearchDocument.objects.write(changed)
    return changes


def _count(changes, documents: Iterable[SearchDocument], step: int):
    for document in documents:
        for word in document.words:
            changes[document.language][word] += step
