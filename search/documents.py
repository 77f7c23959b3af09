"""Keeping the search documents in step with what is published.

A page says what visitors can find on it by ``get_search_documents()``: a list of unsaved
``SearchDocument``; so `search` knows no page type. Pages without that method can't be found.
"""

from collections import Counter, defaultdict

from django.db import transaction
from wagtail.models import Page

from .models import SearchDocument, WordForm


@transaction.atomic
def update_documents(page: Page):
    """Write the search documents of a page anew: none when it is not public."""
    before = list(page.search_documents.all())
    after = documents_of(page)
    WordForm.objects.count(_changes(before, after))
    SearchDocument.objects.filter(pk__in=[document.pk for document in before]).delete()
    for document in after:
        document.save()  # one by one: saving puts it into the index


def documents_of(page: Page) -> list[SearchDocument]:
    """Return what visitors can find on a page, not saved."""
    page = page.specific
    if not page.live or not hasattr(page, "get_search_documents"):
        return []
    if page.get_view_restrictions().exists():
        return []
    documents = page.get_search_documents()
    for document in documents:
        document.page = Page(pk=page.pk)
        document.language = page.locale.language_code
    return documents


def _changes(before, after) -> dict[str, Counter]:
    changes = defaultdict(Counter)
    for documents, step in ((before, -1), (after, 1)):
        for document in documents:
            for word in document.words:
                changes[document.language][word] += step
    return changes


def forget_words(page: Page):
    """Take back the words of a page that is about to be deleted."""
    WordForm.objects.count(_changes(page.search_documents.all(), []))
