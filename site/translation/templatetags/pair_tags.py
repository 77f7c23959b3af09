from django import template

from translation.pair import translations_of

register = template.Library()


@register.inclusion_tag("translation/unpublishing_note.html")
def unpublishing_note(page):
    """Say which translations go down with the page."""
    return {"translations": [page for page in translations_of(page) if page.live]}


@register.inclusion_tag("translation/deleting_note.html", takes_context=True)
def deleting_note(context, page, ask):
    """Say what becomes of the translations of a page that is deleted; ``ask`` offers a choice."""
    user = context["request"].user
    translations = translations_of(page)
    return {
        "translations": translations,
        "ask": ask and any(page.permissions_for_user(user).can_delete() for page in translations),
        "live": any(page.live for page in translations),
    }
