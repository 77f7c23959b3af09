"""Topics: what articles and insights are about."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from home.tones import Tone


class Topic(TranslatableMixin, index.Indexed, models.Model):
    """A subject of the association's work, for instance one of its cooperation networks.

    Pages and insights meet topics in through-models (``NewsTopic``, ``InsightTopic``) that follow
    the language, which a ParentalManyToManyField does not.
    """

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(
        _("slug"), max_length=100, help_text=_("Stands in addresses: small letters and hyphens.")
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("Shown above the articles of the topic.")
    )
    tone = models.CharField(_("colour"), max_length=10, choices=Tone.choices, default=Tone.CARMINE)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("tone"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "slug"],
                name="news_topic_slug_once_a_language",
                violation_error_message=_("Another topic has this slug already."),
            )
        ]

    def __str__(self):
        return self.name
