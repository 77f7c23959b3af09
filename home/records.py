"""Records (Wagtail's snippets) that exist in both languages: each person sees and changes those of
the languages they work in (see ``home.permissions``).
"""

from functools import wraps

from django.contrib.admin.utils import unquote
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.models import Locale
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from .conflicts import RecordEditView
from .lost_work import give_back
from .permissions import languages_of, require_language


class RecordPermissionPolicy(ModelPermissionPolicy):
    """Django's permissions on the model, for the records in one's own languages only."""

    def user_has_any_permission_for_instance(self, user, actions, instance):
        permitted = self.user_has_any_permission(user, actions)
        return permitted and instance.locale_id in languages_of(user)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_any_permission_for_instance(user, {action}, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        records = super().instances_user_has_any_permission_for(user, actions)
        return records.filter(locale__in=languages_of(user))


class RecordViewSet(SnippetViewSet):
    """A viewset of which no address shows or changes a record in another's language.

    Wagtail's views ask for permissions on the model, so the language is asked for around them.
    """

    edit_view_class = RecordEditView

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        register_permission_policy(self.model, RecordPermissionPolicy(self.model), exact_class=True)

    def get_queryset(self, request):
        return self.model._default_manager.filter(locale__in=languages_of(request.user))

    def get_urlpatterns(self):
        patterns = super().get_urlpatterns()
        for pattern in patterns:
            pattern.callback = self.in_own_language(pattern.callback)
        return patterns

    def in_own_language(self, view):
        """Return the view that refuses what is not in a language of the person who asks."""

        @wraps(view)
        def guarded(request, *args, **kwargs):
            if "pk" in kwargs:
                record = self.model._default_manager.filter(pk=unquote(str(kwargs["pk"]))).first()
                if record is None:
                    return self.tell_that_it_is_gone(request)
                require_language(request.user, record.locale_id)
            elif "locale" in request.GET:
                locale = get_object_or_404(Locale, language_code=request.GET["locale"])
                require_language(request.user, locale.pk)
            elif Locale.get_default().pk not in languages_of(request.user):
                return self.list_in_own_language(request.user)
            return view(request, *args, **kwargs)

        return guarded

    def tell_that_it_is_gone(self, request):
        """Give back what was written in the form of a record that is deleted; else 404."""
        response = give_back(request)
        if response is None:
            raise Http404
        return response

    def list_in_own_language(self, user):
        """Lead somebody who does not work in the site's first language to the list in theirs."""
        own = Locale.objects.filter(pk__in=languages_of(user)).first()
        if not own:
            require_language(user, Locale.get_default().pk)
        return redirect(f"{reverse(self.get_url_name('list'))}?locale={own.language_code}")
