"""Forms: those of the page editor that check across rows, and those that visitors fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.contrib.forms.forms import FormBuilder, WagtailAdminFormPageForm

from .durations import clock
from .rows import PageForm
from .spam import GuardedForm


def kept_forms(page_form, relation: str) -> list:
    """Return the forms of an inline relation that are filled in validly and will be kept.

    To be called from the page form's ``clean``, which runs before its formsets are validated.
    Errors added to these forms stop the page from being saved.
    """
    formset = page_form.formsets.get(relation)
    if formset is None:  # the person may not edit this relation
        return []
    formset.is_valid()
    return [
        form
        for form in formset.forms
        if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
    ]


class NumberedGoalsForm(PageForm):
    """Refuses two goals with the same number."""

    def clean(self):
        cleaned_data = super().clean()
        seen = set()
        for form in kept_forms(self, "goals"):
            number = form.cleaned_data.get("number")
            if number in seen:
                form.add_error("number", _("Another goal has this number already."))
            seen.add(number)
        return cleaned_data


class FormPageForm(PageForm, WagtailAdminFormPageForm):
    """Refuses two fields with the same name, as Wagtail's own does."""


class MeetingForm(PageForm):
    """Refuses an agenda that does not fit the recording."""

    def clean(self):
        cleaned_data = super().clean()
        duration = cleaned_data.get("duration")
        latest = None
        for form in kept_forms(self, "agenda"):
            offset = form.cleaned_data.get("offset")
            if offset is None:
                continue
            if duration and offset >= duration:
                form.add_error(
                    "offset",
                    _("The recording is %(length)s long; this moment is after its end.")
                    % {"length": clock(duration)},
                )
            if latest is not None and offset < latest:
                form.add_error("offset", _("This begins before the item above it."))
            latest = offset
        return cleaned_data


def choices_from_hooks(name: str) -> list[tuple[str, str]]:
    """Return the choices that an app offers under ``name`` by ``register_form_choices``.

    A hook returns ``(name, callable)``; the callable returns pairs of value and label in the
    active language. So a form of ``home`` can list municipalities without knowing ``people``.
    """
    for hook in hooks.get_hooks("register_form_choices"):
        offered, get_choices = hook()
        if offered == name:
            return list(get_choices())
    return []


class VisitorFormBuilder(FormBuilder):
    """Builds a guarded form from the fields that editors arranged."""

    def create_municipality_field(self, field, options):
        choices = [("", "—"), *choices_from_hooks("municipality")]
        return forms.ChoiceField(choices=choices, **options)

    def get_form_class(self):
        return type("VisitorForm", (GuardedForm,), self.formfields)

    @property
    def formfields(self):
        formfields = super().formfields
        for formfield in formfields.values():
            if isinstance(formfield, forms.EmailField):
                formfield.widget.attrs["autocomplete"] = "email"
        return formfields
