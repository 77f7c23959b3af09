"""A page or record that is deleted while somebody edits it: what was written is given back."""

import json
from http import HTTPStatus

from django.shortcuts import render

NAMES = ("title", "name")  # of pages and of records
MACHINERY = ("action-", "comment", "csrf", "loaded_", "next")


def give_back(request):
    """Return a page with what was written in a form whose object is gone; None if nothing was."""
    written = written_text(request.POST)
    if not written or not request.accepts("text/html"):
        return None
    title = next((request.POST[name] for name in NAMES if name in request.POST), "")
    context = {"written": written, "title": title}
    return render(request, "home/admin/gone.html", context, status=HTTPStatus.GONE)


def written_text(data) -> str:
    """Return the texts of a submitted form, a paragraph each, without its machinery."""
    texts = []
    for name, value in data.items():
        if value.startswith("{"):
            value = "\n".join(_paragraphs_of(value))
        is_text = name in NAMES or " " in value  # not a slug, a number or a choice
        if is_text and not name.startswith(MACHINERY):
            texts.append(value.strip())
    return "\n\n".join(dict.fromkeys(filter(None, texts)))


def _paragraphs_of(value):
    """Return the paragraphs of rich text as the editor (Draftail) sends it."""
    try:
        return [block["text"] for block in json.loads(value)["blocks"]]
    except (KeyError, TypeError, ValueError):
        return []
