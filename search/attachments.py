"""Documents attached to pages: their texts, and the pages on which they are found.

A page offers ``get_attached_documents()``. Each of them is found by itself, by its title and the
text of its file, unless its collection is private.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex
from wagtail.utils.file import hash_filelike

from home.querysets import is_restricted

from .extraction import Outcome, extract
from .models import AttachmentText

KIND = "attachment"
ANCHOR = "#attachment-{}"


def read(document) -> AttachmentText | None:
    """Read the file of a document and keep its text, or why there is none.

    Returns None when the document was replaced or deleted meanwhile. Raises OSError when the
    storage can't be read or no process can be started.
    """
    if document.file and document.file.storage.exists(document.file.name):
        with document.open_file() as file:
            file_hash = hash_filelike(file)
            file.seek(0)
            outcome, text = extract(file)
    else:
        file_hash, outcome, text = "", Outcome.BROKEN, ""
    # The document's own hash is missing where it was not uploaded through a form.
    same = get_document_model().objects.filter(pk=document.pk, file=document.file.name)
    if not same.update(file_hash=file_hash):
        return None
    return AttachmentText.objects.update_or_create(
        document_id=document.pk,
        defaults={
            "file_hash": file_hash,
            "text": text,
            "status": AttachmentText.Status[outcome.name],
        },
    )[0]


def unread(documents=None):
    """Return those of the documents (all of them) that were not read since they were uploaded."""
    documents = get_document_model().objects.all() if documents is None else documents
    read = AttachmentText.objects.filter(document=OuterRef("pk"), file_hash=OuterRef("file_hash"))
    return documents.filter(~Exists(read))


def parts_of(page) -> list[dict]:
    """Return what visitors can find of a page's attachments (see ``search.documents``)."""
    keys = [document.pk for document in page.get_attached_documents()]
    if not keys:
        return []
    documents = get_document_model().objects.filter(~is_private(), pk__in=keys)
    return [
        {
            "suffix": ANCHOR.format(pk),
            "kind": KIND,
            "title": title,
            "text": text if text and read_hash == file_hash else "",
        }
        for pk, title, file_hash, read_hash, text in documents.values_list(
            "pk", "title", "file_hash", "attachment_text__file_hash", "attachment_text__text"
        )
    ]


def is_private():
    """Return the condition that the document's collection, or one above it, is private."""
    restrictions = CollectionViewRestriction.objects
    return is_restricted(restrictions, "collection__path", "collection__path")


def references_to(documents):
    """Return the references of pages to documents, which may be a list of keys or a query."""
    return ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(get_document_model()),
        to_object_id__in=[str(key) for key in documents],
        base_content_type=ContentType.objects.get_for_model(Page),
    )


def pages_with(documents) -> list[int]:
    """Return the keys of the pages that refer to some of the documents, given by their keys."""
    references = references_to(documents)
    return sorted({int(key) for key in references.values_list("object_id", flat=True)})
