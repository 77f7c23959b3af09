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
        day, locale_id = today(), chrome.locale_id

        def find():
            return list(PersonPage.objects.filter(locale_id=locale_id).contacts(day))

        chrome.contacts = shared.once(("contacts", locale_id, day), find)
    return chrome.contacts


@register.simple_tag(takes_context=True)
def board_of_today(context):
    """Return the terms of today's board in the order of the seats."""
    day, locale_id = today(), context["chrome"].locale_id
    key = ("board", locale_id, day)
    return shared.once(key, lambda: list(Term.objects.board_on(day, locale_id)))
