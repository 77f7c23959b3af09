"""Two people at once: nobody's work is replaced without a word, and no tree is torn.

Wagtail shows who else has a page open, and its autosave refuses to go over a newer version. What it
leaves open is closed here: a save by hand within the seconds before its warning arrives, records
and settings (which have no versions), and two changes of the page tree at the same instant. Pages
and records deleted under somebody's hands: see ``lost_work``.
"""

import hashlib

from django import forms
from django.core import serializers
from django.db import transaction
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.ordering import SetPagePositionView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.contrib.settings.views import EditView as SettingEditView
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page
from wagtail.snippets.views.snippets import EditView as SnippetEditView
from wagtail.utils.timestamps import render_timestamp


class UnseenRevisionMixin:
    """For page editors: saving over a version that one has not seen takes a second click."""

    def post(self, request, *args, **kwargs):
        if self.unseen_revision:
            self.autosave_enabled = False  # it would be the second click
        return super().post(request, *args, **kwargs)

    @cached_property
    def unseen_revision(self):
        """The newest version that somebody else saved after this form was opened, or None."""
        # Set by editing-conflicts.js, when the editor has confirmed Wagtail's own warning.
        if self.expects_json_response or self.request.POST.get("overwrite"):
            return None
        try:
            opened = parse_datetime(self.request.POST.get("loaded_revision_created_at", ""))
        except ValueError:
            return None
        if opened is None:
            return None
        newer = self.real_page_record.revisions.filter(created_at__gt=opened)
        others = newer.exclude(user=self.request.user).select_related("user")
        return others.order_by("-created_at", "-pk").first()

    def form_valid(self, form):
        if not self.unseen_revision:
            return super().form_valid(form)
        self.say_that_it_changed()
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())

    def form_invalid(self, form):
        if self.unseen_revision:
            self.say_that_it_changed()
        return super().form_invalid(form)

    def say_that_it_changed(self):
        revision = self.unseen_revision
        message = _(
            "%(person)s saved this page at %(time)s, after you had opened it. What you have "
            "written is still here and not saved. Saving again replaces that version; it stays in "
            "the page's history."
        ) % {
            "person": get_user_display_name(revision.user) or _("System"),
            "time": render_timestamp(revision.created_at),
        }
        seen = self.request.POST.get("loaded_revision_id", "")
        if seen.isdigit() and int(seen) != revision.pk:
            url = reverse(
                "wagtailadmin_pages:revisions_compare", args=[self.page.pk, seen, revision.pk]
            )
            button = messages.button(url, _("What has changed"), new_window=True)
        else:
            url = reverse("wagtailadmin_pages:revisions_view", args=[self.page.pk, revision.pk])
            button = messages.button(url, _("View latest version"), new_window=True)
        messages.error(self.request, message, buttons=[button])


class OneAtATime:
    """A view that changes the page tree: its POST waits until another's is finished.

    The places in the tree are counted from what is there; two that count at once collide.
    """

    def dispatch(self, request, *args, **kwargs):
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            Page.objects.select_for_update().get(depth=1)
            return super().dispatch(request, *args, **kwargs)


class OrderlyPageViewSet(PageViewSet):
    """Wagtail's views of pages, fit for several editors."""

    add_view_class = type("CreateView", (OneAtATime, CreateView), {})
    copy_view_class = type("CopyView", (OneAtATime, CopyView), {})
    delete_view_class = type("DeleteView", (OneAtATime, DeleteView), {})
    edit_view_class = type("EditView", (UnseenRevisionMixin, EditView), {})
    move_confirm_view_class = type("MoveConfirmView", (OneAtATime, MoveConfirmView), {})
    revisions_revert_view_class = type("RevertView", (UnseenRevisionMixin, RevisionsRevertView), {})
    set_page_position_view_class = type("SetPositionView", (OneAtATime, SetPagePositionView), {})


class SeenVersionMixin:
    """For edit views of what has no versions: refuses to replace values that were not seen.

    The form carries a digest of the values it was opened with. When they have changed since, what
    was entered stays in the form, with a sentence; saving once more replaces them knowingly.
    """

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        version = digest(self.object)
        form.fields["seen_version"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=version
        )
        return form

    def post(self, request, *args, **kwargs):
        with transaction.atomic():
            # Whoever saves at the same instant waits here, and then sees the other's values.
            model = type(self.object)
            self.object = model.objects.select_for_update().get(pk=self.object.pk)
            return super().post(request, *args, **kwargs)

    def is_valid(self, form):
        valid = super().is_valid(form)
        seen = form.data.get("seen_version")
        current = form["seen_version"].initial
        if not seen or seen == current:
            return valid
        form.data = form.data.copy()
        form.data["seen_version"] = current
        self.produced_error_code = "invalid_revision"
        self.produced_error_message = self.describe_change(form)
        return False

    def describe_change(self, form) -> str:
        stored = type(self.object).objects.get(pk=self.object.pk)
        different = [
            str(form[name].label)
            for name in form.changed_data
            if name != "seen_version" and name in form.fields
        ]
        entry = log_registry.get_logs_for_instance(stored).select_related("user").first()
        sentence = _(
            "“%(record)s” was changed by %(person)s at %(time)s, after you had opened it. What you "
            "have entered is still here and not saved. It differs from what is stored in: "
            "%(fields)s. Saving again replaces what is stored."
        )
        return sentence % {
            "record": stored,
            "person": get_user_display_name(entry.user) if entry and entry.user else _("System"),
            "time": render_timestamp(entry.timestamp) if entry else "–",
            "fields": get_text_list([capfirst(label) for label in different], _("and")) or "–",
        }


def digest(instance) -> str:
    """Return what changes whenever a field of the instance does."""
    return hashlib.sha256(serializers.serialize("json", [instance]).encode()).hexdigest()


class RecordEditView(SeenVersionMixin, SnippetEditView):
    """The editor of a record (snippet)."""


class SiteSettingEditView(SeenVersionMixin, SettingEditView):
    """The editor of a group of settings."""
