"""Dates as people write them in each language."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

register = template.Library()

SPACE = "\N{NO-BREAK SPACE}"


@register.simple_tag
def event_days(first, last=None) -> str:
    """Return the days from ``first`` to ``last`` in short: “2022. gada 15.–16. novembris”."""
    if not last or last == first:
        return date_format(first, "DATE_FORMAT")
    same_month = (first.year, first.month) == (last.year, last.month)
    if same_month and get_language() == "lv":
        return date_format(first, r"Y. \g\a\d\a j.") + "–" + date_format(last, f"j.{SPACE}F")
    if same_month:
        return date_format(first, "j") + "–" + date_format(last, f"j{SPACE}F Y")
    return f"{date_format(first, 'DATE_FORMAT')}{SPACE}– {date_format(last, 'DATE_FORMAT')}"
