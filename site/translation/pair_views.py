"""What the admin says and does about the pair, as hooks of Wagtail's own views."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.actions.delete_page import DeletePageAction
from wagtail.admin import messages
from wagtail.models import Page

from home.models.pair import PairedPage, SourceNotLive

from . import trees
from .action_menu import BOTH
from .pair import get_missing_texts, publish_translation, translations_of

DELETE_TRANSLATION = "delete_translation"  # the box of the page that asks before deleting


def edit_button(page, label):
    return messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), label)


# Publishing


def refuse_before_source(request, page):
    """A translation is saved, but not published before its source; it may be scheduled."""
    if not isinstance(page, PairedPage) or _is_future(page.go_live_at):
        return None
    try:
        page.require_live_source()
    except SourceNotLive as error:
        messages.error(request, error.messages[0], buttons=_source_buttons(page))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def refuse_translation_before_source(request, page):
    """The same in the translation editor, whose texts are saved as they are written."""
    if request.method == "POST" and request.POST.get("action") == "publish":
        return refuse_before_source(request, page.specific)
    return None


def _source_buttons(page):
    source = page.get_source()
    return [edit_button(source, _("Open the original"))]


def _is_future(moment) -> bool:
    return bool(moment and moment > timezone.now())


def publish_translations_too(request, page):
    """After „Publish in both languages“: the translations follow, each if it is ready."""
    if request.POST.get("action-publish") != BOTH:
        return
    source = page.latest_revision.as_object()
    for translation in translations_of(page):
        if translation.permissions_for_user(request.user).can_publish():
            _publish_translation(request, source, translation)


def _publish_translation(request, source, translation):
    names = {"title": translation.get_admin_display_title()}
    open_translation = [edit_button(translation, _("Open the translation"))]
    missing = get_missing_texts(source, translation)
    if missing:
        names["count"] = len(missing)
        text = ngettext(
            "The translation “%(title)s” is not published: %(count)s text is not translated yet.",
            "The translation “%(title)s” is not published: %(count)s texts are not translated yet.",
            len(missing),
        )
        messages.warning(request, text % names, buttons=open_translation)
        return
    try:
        publish_translation(source, translation, request.user)
    except ValidationError as error:
        names["reason"] = " ".join(error.messages)
        text = _("The translation “%(title)s” is not published: %(reason)s")
        messages.error(request, text % names, buttons=open_translation)
        return
    if _is_future(source.go_live_at):
        text = _("The translation “%(title)s” goes live at the same time.")
    else:
        text = _("The translation “%(title)s” is published too.")
    messages.success(request, text % names, buttons=open_translation)


# Moving


def refuse_move_from_pair(request, page, destination):
    """A translation moves only to where its source stands."""
    page = page.specific
    parent = page.get_parallel_parent() if isinstance(page, PairedPage) else None
    if parent is None or parent.pk == destination.pk:
        return None
    source = page.get_source()
    messages.error(
        request,
        _(
            "“%(title)s” is a translation and stays under “%(parent)s”, where its original stands. "
            "Move the original “%(source)s”: the translation follows."
        )
        % {
            "title": page.get_admin_display_title(),
            "parent": parent.get_admin_display_title(),
            "source": source.get_admin_display_title(),
        },
        buttons=[
            messages.button(
                reverse("wagtailadmin_pages:move", args=[source.pk]), _("Move the original")
            )
        ],
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def tell_of_misplaced(request, page):
    """Say which translations could not follow, and what to do."""
    page = Page.objects.get(pk=page.pk).specific
    for translation in trees.misplaced(page):
        parent = translation.get_parallel_parent()
        names = {
            "title": translation.get_admin_display_title(),
            "parent": (parent or page.get_parent()).get_admin_display_title(),
        }
        if parent is None:
            text = _(
                "The translation “%(title)s” stays where it was: “%(parent)s” has no translation "
                "yet. Translate it, then move “%(title)s” there."
            )
        else:
            text = _(
                "The translation “%(title)s” stays where it was: there is no place for it under "
                "“%(parent)s”. Perhaps another page there has its address."
            )
        messages.warning(
            request, text % names, buttons=[edit_button(translation, _("Open the translation"))]
        )


def tell_of_misplaced_in_bulk(request, action_type, objects, action):
    if action_type == "move" and issubclass(action.model, Page):
        for page in objects:
            tell_of_misplaced(request, page)


# Deleting


def delete_translations_too(request, page):
    """Delete the translations if the person asked for it; else they stay as drafts."""
    if DELETE_TRANSLATION not in request.POST:
        return
    for translation in translations_of(page):
        title = translation.get_admin_display_title()
        if not translation.permissions_for_user(request.user).can_delete():
            messages.warning(
                request, _("You may not delete the translation “%(title)s”.") % {"title": title}
            )
            continue
        try:
            with transaction.atomic():
                DeletePageAction(translation, user=request.user).execute()
        except ProtectedError:
            messages.error(
                request,
                _("The translation “%(title)s” is in use and was not deleted.") % {"title": title},
            )
        else:
            messages.success(
                request, _("The translation “%(title)s” is deleted.") % {"title": title}
            )
