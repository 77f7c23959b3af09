"""What the page editor checks across the terms of a person."""

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from home.forms import kept_forms
from home.rows import PageForm


class PersonForm(PageForm):
    """Refuses terms of one seat that overlap, with another person's or among themselves."""

    def clean(self):
        cleaned_data = super().clean()
        accepted = []
        for form in kept_forms(self, "terms"):
            term = form.instance
            if not (term.seat_id and term.starts_on) or form.errors:
                continue
            other = self._other_holder(term)
            if other:
                form.add_error("starts_on", self._message(other))
            elif any(self._overlap(term, before) for before in accepted):
                form.add_error("starts_on", _("This overlaps with another term of this seat here."))
            accepted.append(term)
        return cleaned_data

    def _other_holder(self, term):
        """The term of somebody else in the same seat at the same time, or None."""
        from .models import Term

        return (
            Term.objects.filter(seat_id=term.seat_id, person__live=True)
            .exclude(person__translation_key=self.instance.translation_key)
            .overlapping(term.starts_on, term.ends_on)
            .select_related("person")
            .first()
        )

    @staticmethod
    def _overlap(term, other):
        return (
            term.seat_id == other.seat_id
            and (other.ends_on is None or other.ends_on >= term.starts_on)
            and (term.ends_on is None or term.ends_on >= other.starts_on)
        )

    @staticmethod
    def _message(other):
        values = {
            "person": other.person.title,
            "start": date_format(other.starts_on, "SHORT_DATE_FORMAT"),
        }
        if other.ends_on is None:
            return _("%(person)s holds this seat since %(start)s.") % values
        values["end"] = date_format(other.ends_on, "SHORT_DATE_FORMAT")
        return _("%(person)s holds this seat from %(start)s to %(end)s.") % values
