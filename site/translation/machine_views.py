"""wagtail-localize's two ways to a machine translation, with failures that people can read.

They stand at upstream's addresses (see ``wagtail_hooks``). Upstream asks the service inside a
transaction, one text unit at a time, and answers with an error page when it fails.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail_localize.machine_translators import get_machine_translator

from . import guards
from .access import is_locked_for, translation_for
from .machine import Outcome, translate_missing
from .views import back


@require_POST
def machine_translate(request, translation_id: int):
    """Let a machine translate what is missing, and say what became of it."""
    translator = get_machine_translator()
    if translator is None:
        raise Http404
    translation, target = translation_for(request.user, translation_id)
    if not translator.can_translate(translation.source.locale, translation.target_locale):
        raise Http404
    if is_locked_for(request.user, target):
        messages.error(request, _("The page is locked, so nothing was translated."))
    else:
        tell(request, translate_missing(translation, translator, request.user), translator)
    return back(request, translation)


def tell(request, outcome: Outcome, translator):
    """Add the messages that say what became of a machine translation."""
    if outcome.translated:
        messages.success(request, _translated_sentence(outcome.translated, translator.display_name))
    sentences = [outcome.failure] if outcome.failure else []
    if outcome.left:
        sentences.append(_left_sentence(outcome.left))
    if outcome.damaged:
        sentences.append(_damaged_sentence(outcome.damaged))
    if outcome.unpublished:
        sentences.append(_unpublished_sentence(outcome.unpublished))
    if sentences:
        add = messages.error if outcome.failure else messages.warning
        add(request, " ".join(sentences))
    elif not outcome.translated:
        messages.info(request, _("There is nothing left to translate."))


def _translated_sentence(count, service):
    return ngettext(
        "%(service)s translated %(count)s text unit. Nothing was published: a person has to read "
        "it through first.",
        "%(service)s translated %(count)s text units. Nothing was published: a person has to read "
        "them through first.",
        count,
    ) % {"service": service, "count": count}


def _left_sentence(count):
    return ngettext(
        "%(count)s text unit is left: try again or translate it by hand. Nothing was lost.",
        "%(count)s text units are left: try again or translate them by hand. Nothing was lost.",
        count,
    ) % {"count": count}


def _damaged_sentence(count):
    return ngettext(
        "%(count)s text unit came back without its links or formatting and was left out: translate "
        "it by hand.",
        "%(count)s text units came back without their links or formatting and were left out: "
        "translate them by hand.",
        count,
    ) % {"count": count}


def _unpublished_sentence(count):
    return ngettext(
        "%(count)s text unit was not sent, because visitors can’t read it on the site now: publish "
        "the original and synchronise it first, or translate it by hand.",
        "%(count)s text units were not sent, because visitors can’t read them on the site now: "
        "publish the original and synchronise it first, or translate them by hand.",
        count,
    ) % {"count": count}


class UpdateTranslationsView(guards.UpdateTranslationsView):
    """Brings changes of the source to its translations first, then asks the machine."""

    def form_valid(self, form):
        wants_machine = form.cleaned_data.get("use_machine_translation")
        form.cleaned_data["use_machine_translation"] = False
        response = super().form_valid(form)  # one transaction, over when it returns
        if wants_machine:
            for pk in self.object.translations.filter(enabled=True).values_list("pk", flat=True):
                self._translate(pk)
        return response

    def _translate(self, pk):
        try:
            translation, target = translation_for(self.request.user, pk)
        except PermissionDenied:
            messages.warning(
                self.request,
                _("The changes were synchronised. Machine translation is up to the translators."),
            )
            return
        if is_locked_for(self.request.user, target):
            messages.error(self.request, _("The page is locked, so nothing was translated."))
            return
        translator = get_machine_translator()
        outcome = translate_missing(translation, translator, self.request.user)
        tell(self.request, outcome, translator)
