"""What the translation editor asks for: suggestions, terms, and filling in from the memory."""

from dataclasses import asdict

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.models import StringSegment

from . import memory, units
from .access import is_locked_for, translation_for
from .glossary import Glossary
from .texts import differences, plain


@never_cache
@require_GET
def overview(request, translation_id: int):
    """Answer with what the memory can fill in, and which units a machine has translated.

    HTML: the bar above the editor, and a ``<template data-unit>`` for each text unit concerned.
    """
    translation, target = translation_for(request.user, translation_id)
    locked = is_locked_for(request.user, target)
    context = {
        "translation": translation,
        "fillable": {} if locked else memory.fillable(translation),
        "by_machine": units.machine_translated(translation),
    }
    return render(request, "translation/admin/help_overview.html", context)


@never_cache
@require_GET
def unit_help(request, translation_id: int, segment_id: int):
    """Answer with suggestions and terms for a text unit, as HTML to stand below it."""
    translation, _target = translation_for(request.user, translation_id)
    segment = get_object_or_404(
        StringSegment.objects.select_related("string", "context"),
        pk=segment_id,
        source=translation.source_id,
    )
    text = plain(segment.string.data)
    locale = translation.target_locale
    context = {
        "translation": translation,
        "exact": memory.exact_matches(segment, locale),
        "near": [
            asdict(match) | {"differences": differences(text, match.source)}
            for match in memory.near_matches(segment, locale)
        ],
        "terms": Glossary().terms_in(text),
    }
    return render(request, "translation/admin/unit_help.html", context)


@require_POST
def fill(request, translation_id: int):
    """Fill untranslated units from the memory, and say how many; nothing is published."""
    translation, target = translation_for(request.user, translation_id)
    if is_locked_for(request.user, target):
        messages.error(request, _("The page is locked, so nothing was filled in."))
    elif count := memory.fill(translation, request.user):
        messages.success(request, _filled_message(count))
    else:
        messages.info(request, _("The translation memory has nothing to fill in here."))
    return back(request, translation)


def _filled_message(count) -> str:
    return ngettext(
        "%(count)s text unit was filled in from the translation memory. Nothing was published: "
        "read it through first.",
        "%(count)s text units were filled in from the translation memory. Nothing was published: "
        "read them through first.",
        count,
    ) % {"count": count}


def back(request, translation) -> HttpResponseRedirect:
    """Lead back to where the person came from, or to the translation editor."""
    address = get_valid_next_url_from_request(request)
    return HttpResponseRedirect(address or translation.get_target_instance_edit_url())
