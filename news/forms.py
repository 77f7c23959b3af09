"""What the page editor checks across the insights of a conference."""

import re

from django.utils.translation import gettext_lazy as _

from home.forms import kept_forms
from home.rows import PageForm


class ConferenceForm(PageForm):
    """Refuses a reference that is taken, malformed, or changed after it was given."""

    def clean(self):
        cleaned_data = super().clean()
        seen = set()
        for form in kept_forms(self, "insights"):
            reference = form.cleaned_data.get("reference", "")
            error = self._reference_error(form.instance, reference, seen)
            if error:
                form.add_error("reference", error)
            seen.add(reference)
        return cleaned_data

    def get_field_updates_for_resave(self):
        """Show the references that an automatic save has just given."""
        updates = super().get_field_updates_for_resave()
        for form in kept_forms(self, "insights"):
            if form.instance.reference != form.cleaned_data.get("reference"):
                updates.append((form.add_prefix("reference"), form.instance.reference))
        return updates

    def _reference_error(self, insight, reference, seen):
        from .models import InsightReference
        from .models.references import REFERENCE

        given = InsightReference.objects.filter(translation_key=insight.translation_key).first()
        # Empty is as given: the form in the browser may be older than the first save.
        if given and reference and not reference.endswith(f"-{given}"):
            return _("The reference was given as …-%(given)s and never changes.") % {"given": given}
        if not reference or given:
            return None
        match = re.fullmatch(REFERENCE, reference)
        if not match:
            return _("Leave it empty, or write it like LPIA-A-2022-03.")
        starts_on = self.cleaned_data.get("starts_on")
        if starts_on and int(match["year"]) != starts_on.year:
            return _("The year of the reference is that of the conference, %(year)s.") % {
                "year": starts_on.year
            }
        taken = InsightReference.objects.filter(
            year=int(match["year"]), number=int(match["number"])
        )
        if reference in seen or taken.exists():
            return _("Another insight has the reference %(reference)s already.") % {
                "reference": reference
            }
        return None
