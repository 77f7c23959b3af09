"""What other apps' templates may ask of the board."""

from django import template

from home import shared
from people.models import PersonPage, Term
from people.models.board import today

register = template.Library()


@register.simple_tag(takes_context=True)
def contacts(context):
    """Return the association's contacts in the language of the page: the chair first.

    The surroundings keep them: the footer and the structured data of every page name them too.
    """
    chrome = context["chrome"]
    if chrome.contacts is None:
        day, people = today(), PersonPage.objects.filter(locale_id=chrome.locale_id)
        key = ("contacts", chrome.locale_id, day)
        chrome.contacts = shared.once(key, lambda: list(people.contacts(day)))
    return chrome.contacts


@register.simple_tag(takes_context=True)
def board_of_today(context):
    """Return the terms of today's board in the order of the seats."""
    day, locale_id = today(), context["chrome"].locale_id
    board = Term.objects.board_on(day, locale_id)
    return shared.once(("board", locale_id, day), lambda: list(board))
