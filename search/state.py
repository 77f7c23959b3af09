"""What the search shows on the page “System state”."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models

from sight.state import Entry, Group, Level, State

from .attachments import unread
from .models import SearchDocument


def entries() -> list[Entry]:
    return [
        Entry("search", pgettext_lazy("state", "Search"), Group.CONTENT, index, order=50),
        Entry("attachments", _("Texts of attachments"), Group.CONTENT, attachments, order=60),
    ]


def index() -> State:
    """Return whether every public page can be found."""
    findable = [model for model in get_page_models() if getattr(model, "is_findable", False)]
    documents = SearchDocument.objects.filter(page=OuterRef("pk"))
    pages = Page.objects.live().public().type(*findable)
    missing = pages.filter(~Exists(documents)).count()
    if missing:
        text = ngettext(
            "%(count)s public page can’t be found.",
            "%(count)s public pages can’t be found.",
            missing,
        )
        hint = gettext(
            "Publish it anew, or ask whoever runs the server for “manage.py build_search”."
        )
        return State(text % {"count": missing}, Level.WARNING, hint=hint)
    return State(gettext("All public pages can be found."))


def attachments() -> State:
    """Return whether the files of all documents have been read, well or not."""
    count = unread().count()
    url = reverse("unread_attachments:index")
    if not count:
        return State(gettext("All have been read."), url=url)
    text = ngettext("%(count)s has not been read yet.", "%(count)s have not been read yet.", count)
    hint = gettext("They are read in the background, soon after they are uploaded.")
    return State(text % {"count": count}, Level.NOTE, hint=hint, url=url)
