"""Who may do what in wagtail-localize's own views.

Upstream asks for one global permission, "Can submit translations", or whether the target may be
edited. Here it also matters who works in which language: these views stand before upstream's, at
the same addresses.
"""

from functools import wraps

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation, get_edit_url
from wagtail_localize.views import (
    edit_translation,
    snippets_api,
    submit_translations,
    update_translations,
)

from home.permissions import languages_of

SUBMIT = "wagtail_localize.submit_translation"


def may_edit(user, instance) -> bool:
    """Whether the user may change a page or a record, with its language."""
    policy = policy_registry.get(instance)
    return policy.user_has_permission_for_instance(user, "change", instance)


def may_submit(user, source) -> bool:
    """Whether the user may bring a page or record, as it is now, to the translators.

    Its editors may; translators may when it is published: drafts are none of their business.
    """
    if not user.has_perm(SUBMIT) or source.locale_id != Locale.get_default().pk:
        return False
    return may_edit(user, source) or (
        is_public(source) and bool(languages_of(user) - {source.locale_id})
    )


def is_public(instance) -> bool:
    """Whether visitors see the page or record; a record without drafts is always public."""
    if isinstance(instance, DraftStateMixin) and not instance.live:
        return False
    if isinstance(instance, Page):
        return not instance.get_view_restrictions().exists()
    return True


def require(permitted: bool) -> None:
    """Raise ``PermissionDenied`` unless it is permitted."""
    if not permitted:
        raise PermissionDenied


class SubmitFormMixin:
    """Who may not edit the source submits it alone: below it may be drafts."""

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
            switch_off(form.fields["include_subtree"])
        return form


class SubmitPageTranslationView(SubmitFormMixin, submit_translations.SubmitPageTranslationView):
    pass


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
            target = get_target_or_404(translation)
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
        translation = get_object_or_404(Translation, pk=translation_id)
        target = get_target_or_404(translation)
        require(may_edit(request.user, target))
        return view(request, translation_id, **kwargs)

    return guarded


def stop_translation(request, translation_id):
    """Stop a translation, for those who may change both sides: it ends the translator's work."""
    translation = get_object_or_404(Translation, pk=translation_id)
    require(may_stop(request.user, translation))
    return edit_translation.stop_translation(request, translation_id)


def may_stop(user, translation) -> bool:
    source = translation.source.get_source_instance()
    return may_edit(user, source) and may_edit(user, get_target_or_404(translation))


def get_target_or_404(translation):
    """Return the page or record that a translation makes; 404 when it is gone."""
    model = translation.source.specific_content_type.model_class()
    try:
        return translation.get_target_instance()
    except model.DoesNotExist as error:
        raise Http404 from error


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
    path("update/<int:translation_source_id>/", UpdateTranslationsView.as_view()),
    path(
        "translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
        of_own_target(edit_translation.edit_string_translation),
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
