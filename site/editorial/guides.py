"""The guides inside the admin: whole texts, one template a language."""

from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from .attention import writes_originals


@dataclass(frozen=True)
class Guide:
    """A guide, written in ``templates/editorial/guides/<slug>_<language>.html``."""

    slug: str
    title: Promise
    summary: Promise
    icon: str

    @property
    def dismissible_id(self) -> str:
        return f"guide-{self.slug}"

    @property
    def url(self) -> str:
        return reverse("guides:guide", args=[self.slug])

    @property
    def template_name(self) -> str:
        """The text in the language of the admin, or in the source language."""
        language = get_language()
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        return f"editorial/guides/{self.slug}_{language}.html"


EDITORS = Guide(
    "editors",
    _("Guide for editors"),
    _("How to write, illustrate, check and publish on this site, step by step."),
    "edit",
)
TRANSLATORS = Guide(
    "translators",
    _("Guide for translators"),
    _("How a Latvian page becomes an English one, step by step."),
    "wagtail-localize-language",
)
GUIDES = {guide.slug: guide for guide in (EDITORS, TRANSLATORS)}


def for_user(user) -> Guide:
    """Return the guide that a person needs first: those who don't write in Latvian translate."""
    return EDITORS if writes_originals(user) else TRANSLATORS


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """A guide with its contents beside it, for all who may enter the admin."""

    template_name = "editorial/guide.html"
    header_icon = "help"

    @cached_property
    def guide(self) -> Guide:
        try:
            return GUIDES[self.kwargs["slug"]]
        except KeyError:
            raise Http404 from None

    def get_page_title(self):
        return self.guide.title

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.guide.title}]

    def get_context_data(self, **kwargs):
        text = render_to_string(self.guide.template_name)
        headings = BeautifulSoup(text, "html.parser").find_all("h2")
        return super().get_context_data(**kwargs) | {
            "text": mark_safe(text),  # noqa: S308 (a template of ours)
            "contents": [(heading["id"], heading.get_text()) for heading in headings],
            "others": [guide for guide in GUIDES.values() if guide is not self.guide],
        }
