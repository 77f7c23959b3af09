"""Addresses of pages and their translations, when they change.

Wagtail itself makes the redirects, of a page and of those below it, when a page moves or its slug
changes; they lead to pages, not to addresses, so there are no chains. What it leaves open is here.
"""

from wagtail.contrib.redirects.models import Redirect
from wagtail_localize.models import String, StringTranslation, Translation
from wagtail_localize.strings import StringValue


def forget_redirects_to_themselves(page) -> None:
    """Delete Wagtail's redirects from the addresses at which the page and those below now stand.

    A page that moved back would, once unpublished, lead to itself without end.
    """
    redirects = Redirect.objects.filter(
        automatically_created=True, redirect_page__path__startswith=page.path
    ).select_related("redirect_page")
    stale = [
        redirect.pk for redirect in redirects.iterator() if redirect.old_path == _path_of(redirect)
    ]
    Redirect.objects.filter(pk__in=stale).delete()


def _path_of(redirect) -> str:
    parts = redirect.redirect_page.get_url_parts()
    route = redirect.redirect_page_route_path or "/"
    return Redirect.normalise_path(parts[2].rstrip("/") + route) if parts else ""


def carry_translated_slug(page, old_slug: str) -> None:
    """Make the translations of a page's old slug those of its new one.

    Else the translation would take over the new slug of its source when it is next published.
    """
    old, new = (
        String.from_value(page.locale, StringValue.from_plaintext(slug))
        for slug in (old_slug, page.slug)
    )
    locales = Translation.objects.filter(
        source__object_id=page.translation_key, source__locale_id=page.locale_id
    ).values("target_locale")
    known = StringTranslation.objects.filter(
        context__object_id=page.translation_key, context__path="slug", locale__in=locales
    )
    for translation in known.filter(translation_of=old):
        if not known.filter(translation_of=new, locale=translation.locale_id).exists():
            translation.pk = None
            translation.translation_of = new
            translation.save()
