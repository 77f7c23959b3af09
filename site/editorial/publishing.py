"""What an editor is told on publishing: never an obstacle, only what the checks found."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from .content_checks import check

MOST = 5  # findings named in the message; the report has all


def say_what_was_found(request, page):
    """Warn of what the checks found on a page that was published just now."""
    findings, _links = check(page.specific)
    if not findings:
        return
    heading = ngettext(
        "The content checks found %(count)s thing to mend:",
        "The content checks found %(count)s things to mend:",
        len(findings),
    ) % {"count": len(findings)}
    named = [(_in_words(finding),) for finding in findings[:MOST]]
    text = format_html("{}<ul>{}</ul>", heading, format_html_join("", "<li>{}</li>", named))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    buttons = [messages.button(edit, _("Edit"))]
    if len(findings) > MOST:
        buttons.append(messages.button(reverse("findings:index"), _("All findings")))
    messages.warning(request, text, buttons=buttons)


def _in_words(finding) -> str:
    label = finding.get_kind_display()
    if not finding.excerpt:
        return label
    return _("%(finding)s: “%(excerpt)s”") % {"finding": label, "excerpt": finding.excerpt[:120]}
