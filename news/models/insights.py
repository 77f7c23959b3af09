"""Insights: what was learned at conferences, one by one, each to be cited for good."""

import datetime

from django.db import models
from django.db.models import Count, Prefetch
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from home.models import MeetingPage
from home.rows import InlinePanel
from home.tones import Tone

from .conferences import ConferencePage
from .topics import Topic

NEWEST_FIRST = ("-page__starts_on", "-page__pk", "sort_order", "pk")


class InsightQuerySet(models.QuerySet):
    def public(self):
        """The insights of public conferences in all languages, with what their addresses need."""
        public = self.filter(page__in=ConferencePage.objects.visible().order_by())
        return public.select_related("locale", "page").defer("page__body")

    def visible(self, locale_id):
        """The insights of public conferences in one language: newest conference first."""
        conferences = ConferencePage.objects.filter(locale_id=locale_id).visible()
        return self.filter(page__in=conferences.order_by()).order_by(*NEWEST_FIRST)

    def counts(self, locale_id) -> dict[str, int]:
        """Return how many ``insights`` a language has, and of how many ``conferences``."""
        visible = self.visible(locale_id).order_by()
        return visible.aggregate(insights=Count("pk"), conferences=Count("page", distinct=True))

    def sharing_topics(self, insight):
        """Insights of other conferences on its topics: those that share most of them first."""
        topics = [topic.pk for topic in insight.topics]
        return (
            self.exclude(page=insight.page_id)
            .filter(topic_links__topic__in=topics)
            .annotate(shared=Count("topic_links"))
            .order_by("-shared", *NEWEST_FIRST)
        )

    def with_clauses(self):
        """Everything that a clause shows, in a constant number of queries, without reports."""
        return (
            self.select_related("page")
            .defer("page__body")
            .prefetch_related(Prefetch("topic_links", InsightTopic.objects.select_related("topic")))
        )


class Insight(TranslatableMixin, ClusterableModel, Orderable):
    """One thing learned, with a reference by which it is cited for good."""

    page = ParentalKey(ConferencePage, on_delete=models.CASCADE, related_name="insights")
    reference = models.CharField(
        _("reference"),
        max_length=40,
        blank=True,
        db_index=True,
        help_text=_("Leave empty: the next number is given. Once given it never changes."),
    )
    text = models.TextField(_("text"), help_text=_("The insight in one or two sentences."))
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("Where it comes from and how to use it.")
    )
    meeting = models.ForeignKey(
        MeetingPage,
        verbose_name=_("discussed at the meeting"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="insights",
    )

    override_translatable_fields = [SynchronizedField("reference", overridable=False)]

    objects = InsightQuerySet.as_manager()

    panels = [
        FieldPanel("text"),
        FieldPanel("explanation"),
        InlinePanel("topic_links", heading=_("Topics"), label=_("Topic"), max_num=3),
        FieldRowPanel([FieldPanel("reference"), FieldPanel("meeting")]),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("insight")
        verbose_name_plural = _("insights")

    def __str__(self):
        return f"{self.reference} {self.text}".strip()

    def get_url(self, request=None) -> str:
        """Return the permalink."""
        return f"{self.page.get_library_url(request)}{self.reference}/"

    @property
    def topics(self) -> list[Topic]:
        """The topics in the insight's language; one that is not translated is left out."""
        topics = (link.topic for link in self.topic_links.all())
        return [topic for topic in topics if topic.locale_id == self.locale_id]

    @property
    def tone(self) -> str:
        topics = self.topics
        return topics[0].tone if topics else Tone.CARMINE

    def get_public_translations(self):
        """Return the same insight in the other languages, where it is public."""
        others = Insight.objects.public().filter(translation_key=self.translation_key)
        return others.exclude(pk=self.pk)

    def get_recordings(self):
        """Return the meeting at which it was discussed, in its own language: one or none."""
        if not self.meeting_id:
            return MeetingPage.objects.none()
        key = MeetingPage.objects.filter(pk=self.meeting_id).order_by().values("translation_key")
        return MeetingPage.objects.localized(key, self.locale_id).with_cards()

    @property
    def given_on(self) -> datetime.date:
        """The day of the insight: the last day of the conference."""
        return self.page.ends_on or self.page.starts_on


class InsightTopic(Orderable):
    """A topic of an insight, always in the insight's language.

    Not a TranslatableMixin: Wagtail copies children of children with their translation keys
    (its issue 14425), so copies and translations would collide. The language is set on saving.
    """

    insight = ParentalKey(Insight, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="insight_links"
    )

    panels = [FieldPanel("topic")]

    class Meta(Orderable.Meta):
        verbose_name = _("topic of an insight")
        verbose_name_plural = _("topics of insights")

    def __str__(self):
        return str(self.topic)

    def save(self, *args, **kwargs):
        if self.topic.locale_id != self.insight.locale_id:
            self.topic = self.topic.get_translation_or_none(self.insight.locale) or self.topic
        return super().save(*args, **kwargs)


@receiver(post_save, sender=Topic)
def follow_translated_topic(instance, created, raw=False, **kwargs):
    """Point insights that waited for the translation of their topic to it."""
    if created and not raw:
        InsightTopic.objects.filter(
            topic__translation_key=instance.translation_key,
            insight__locale_id=instance.locale_id,
        ).update(topic=instance)
