"""The buttons of wagtail-localize in a listing of pages, asked for once for all its rows.

Upstream asks two to four queries for each row. What they tell comes with the explorer's listing
here; the search, whose listing can't be told to bring it, asks one.
"""

from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail_localize import wagtail_hooks as upstream
from wagtail_localize.models import Translation, TranslationSource

HOOK = "register_page_listing_more_buttons"
PERMISSION = "wagtail_localize.submit_translation"


def annotate(pages):
    """Return a queryset of pages that know what their translation buttons need.

    ``source_of_translations``: the key of the source that has translations going on, or None.
    """
    sources = _sources(OuterRef("translation_key"), OuterRef("locale"))
    return pages.annotate(source_of_translations=Subquery(sources[:1]))


def _sources(translation_key, locale):
    """Return the keys of the sources of a page that have translations going on; one at most."""
    return TranslationSource.objects.filter(
        Exists(Translation.objects.filter(source=OuterRef("pk"), enabled=True)),
        object__content_type=ContentType.objects.get_for_model(Page),
        object_id=translation_key,
        locale=locale,
    ).values_list("pk", flat=True)


def buttons(page, user, next_url=None):
    """Yield upstream's buttons of a page in a listing; the keys of texts are upstream's."""
    # Wagtail says this of the pages of its listings. It counts aliases, of which there are none.
    if not hasattr(page, "_has_untranslated_locale"):
        yield from upstream.page_listing_more_buttons(page, user, next_url=next_url)
        return
    if page.is_root() or not user.has_perm(PERMISSION):
        return
    if page._has_untranslated_locale:
        url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        yield Button(
            _("Translate this page"), url, priority=60, icon_name="wagtail-localize-language"
        )
    if source := _source_of(page):
        url = reverse("wagtail_localize:update_translations", args=[source])
        if next_url is not None:
            url += "?" + urlencode({"next": next_url})
        yield Button(_("Sync translated pages"), url, priority=60, icon_name="resubmit")


def _source_of(page):
    """Return the key of the source of a page; it is asked for where no listing brought it."""
    if hasattr(page, "source_of_translations"):
        return page.source_of_translations
    return _sources(page.translation_key, page.locale_id).first()


def stand_in():
    """Take upstream's function out of the listings' hook, in favour of ours."""
    upstream_hook = hooks.register_temporarily(HOOK, upstream.page_listing_more_buttons)
    upstream_hook.__exit__(None, None, None)
