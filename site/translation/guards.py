"""Who may do what in wagtail-localize's own views.

Upstream asks for one global permission, "Can submit translations", or whether the target may be
edited. Here it also matters who works in which language: these views stand before upstream's, at
the same addresses.
"""

from functools import wraps

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.permissions import policy_registry
from wagtail_localize.models import get_edit_url
from wagtail_localize.views import (
    edit_translation,
    snippets_api,
    submit_translations,
    update_translations,
)

from home.permissions import languages_of

from . import handover
from .access import may_edit, may_edit_source, may_submit, require, translation_for
from .collisions import edit_text_unit


class SubmitFormMixin:
    """Submits what the person may submit, into languages that they may know of."""

    def get_object(self):
        source = super().get_object()
        require(may_submit(self.request.user, source))
        return source

    def get_form(self):
        form = super().get_form()
        user = self.request.user
        if not may_edit(user, self.object):
            own = form.fields["locales"].queryset.filter(pk__in=languages_of(user))
            form.fields["locales"].queryset = own
        return form


class SubmitPageTranslationView(SubmitFormMixin, submit_translations.SubmitPageTranslationView):
    """Makes drafts, and nothing that is live in the wrong language.

    Upstream makes aliases of parents that are not translated, and publishes the records that a page
    refers to with their source's names. Many pages at once go by the report of translations.
    """

    def get_form(self):
        form = super().get_form()
        switch_off(form.fields["include_subtree"])
        return form

    def form_valid(self, form):
        locales = form.cleaned_data["locales"]
        try:
            with transaction.atomic():
                for locale in locales:
                    handover.submit(self.object, locale, self.request.user)
        except handover.Skipped as reason:
            messages.error(self.request, capfirst(str(reason)) + ".")
            return redirect(self.request.get_full_path())
        names = get_text_list([locale.get_display_name() for locale in locales], _("and"))
        messages.success(self.request, self.get_success_message(names))
        translation = self.object.get_translation(locales[0])
        mine = translation if may_edit(self.request.user, translation) else None
        return redirect(self.get_success_url() or self.get_default_success_url(mine))


class SubmitSnippetTranslationView(
    SubmitFormMixin, submit_translations.SubmitSnippetTranslationView
):
    pass


class UpdateTranslationsView(update_translations.UpdateTranslationsView):
    """Brings the changes of a source to its translations, and publishes none of them.

    Upstream offers to publish at once, whoever asks, with the source's text where a translation is
    missing; here a translation is published from its own editor.
    """

    def get_object(self):
        translation_source = super().get_object()
        try:
            source = translation_source.get_source_instance()
        except translation_source.specific_content_type.model_class().DoesNotExist as error:
            raise Http404 from error
        require(may_submit(self.request.user, source))
        return translation_source

    def get_form(self):
        form = super().get_form()
        switch_off(form.fields["publish_translations"])
        return form

    def get_default_success_url(self):
        """Lead a translator to the translation: the tree of the source is closed to them."""
        for translation in self.object.translations.filter(enabled=True):
            target = translation.get_target_instance()
            if may_edit(self.request.user, target):
                return get_edit_url(target)
        return super().get_default_success_url()


def switch_off(field):
    """Hide a check box and take no value for it."""
    field.disabled = True
    field.initial = False
    field.widget = forms.HiddenInput()


def of_own_target(view):
    """Return the view of a translation for those who may change its target."""

    @wraps(view)
    def guarded(request, translation_id, **kwargs):
        translation_for(request.user, translation_id)
        return view(request, translation_id, **kwargs)

    return guarded


def stop_translation(request, translation_id):
    """Stop a translation, for those who may change both sides: it ends the translator's work."""
    translation, _target = translation_for(request.user, translation_id)
    require(may_edit_source(request.user, translation))
    return edit_translation.stop_translation(request, translation_id)


def no_aliases(request, page_id):
    """Refuse to make an alias of a translation: Latvian text would stand at an English address."""
    raise PermissionDenied


def close_the_api_to_aliases():
    """Take the actions that make aliases out of the admin's API; the admin itself uses none."""
    for action in ("create_alias", "copy_for_translation"):
        PagesAdminAPIViewSet.actions.pop(action, None)


class SnippetsAPIViewSet(snippets_api.SnippetViewSet):
    """Names of records, all of them public, for those who work with their kind."""

    def get_queryset(self):
        policy = policy_registry.get_by_type(self.get_model())
        require(policy.user_has_any_permission(self.request.user, {"add", "change"}))
        return super().get_queryset()


urlpatterns = [
    path("submit/page/<int:page_id>/", SubmitPageTranslationView.as_view()),
    path(
        "submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
        SubmitSnippetTranslationView.as_view(),
    ),
    path(
        "translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
        edit_text_unit,
    ),
    path(
        "translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
        of_own_target(edit_translation.edit_override),
    ),
    path(
        "translate/<int:translation_id>/preview/",
        of_own_target(edit_translation.preview_translation),
    ),
    path(
        "translate/<int:translation_id>/preview/<str:mode>/",
        of_own_target(edit_translation.preview_translation),
    ),
    path("translate/<int:translation_id>/disable/", stop_translation),
    path("page/<int:page_id>/convert_to_alias/", no_aliases),
    path(
        "api/snippets/<slug:app_label>/<slug:model_name>/",
        SnippetsAPIViewSet.as_view({"get": "list"}),
    ),
    path(
        "api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/",
        SnippetsAPIViewSet.as_view({"get": "retrieve"}),
    ),
]
