"""Rows of a page (goals, insights, terms …) that keep their identity while they are drafts.

A row added to a page that is live has no primary key until it is published, and Wagtail takes it
for a new one with every save: its translation key changes, so that translations and references
come loose. Here the key goes to the browser and back.
"""

import uuid

from django import forms
from modelcluster.forms import BaseChildFormSet
from wagtail.admin import panels
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import TranslatableMixin

ROW_KEY = "row_key"


class RowsFormSet(BaseChildFormSet):
    """Gives a row without primary key the translation key that it had when it was last saved."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.draft_keys = set()
        if issubclass(self.model, TranslatableMixin):
            rows = self.get_queryset()
            self.draft_keys = {str(row.translation_key) for row in rows if row.pk is None}

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        row = form.instance
        if row.pk is None and isinstance(row, TranslatableMixin):
            key = form[ROW_KEY].value() if self.is_bound else None
            # Only a row of this very page: a key sent by hand can not take that of another.
            if key in self.draft_keys:
                row.translation_key = uuid.UUID(key)
        return form

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if issubclass(self.model, TranslatableMixin):
            key = str(form.instance.translation_key)
            form.fields[ROW_KEY] = forms.CharField(
                required=False,
                widget=forms.HiddenInput,
                initial=key if key in self.draft_keys else "",
            )


class InlinePanel(panels.InlinePanel):
    """Wagtail's own, for rows that keep their identity."""

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = RowsFormSet
        return options


class PageForm(WagtailAdminPageForm):
    """The base of the forms of all page types."""

    def get_field_updates_for_resave(self):
        """Tell the open page also the keys of the rows that an automatic save has just made."""
        updates = super().get_field_updates_for_resave()
        for formset in self.formsets.values():
            if isinstance(formset, RowsFormSet):
                updates += [
                    (form.add_prefix(ROW_KEY), str(form.instance.translation_key))
                    for form in formset.forms
                    if ROW_KEY in form.fields and form.instance.pk is None and form.has_changed()
                ]
        return updates
