"""Meetings of the association, their recordings and the playlist."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, PageManager, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home import events
from home.blocks import BodyBlock
from home.durations import DurationField, clock
from home.forms import MeetingForm
from home.metadata import describe_list_page, listing, shorten
from home.pagination import page_parameter, paginate
from home.pictures import with_renditions
from home.querysets import BasePageQuerySet
from home.rows import InlinePanel
from home.structured_data import list_of_pages
from home.transcripts import parse_transcript, validate_transcript
from home.youtube import YouTubeURLField, embed_url, stored_video_id, watch_url

from .base import Attachment, BasePage


class MeetingQuerySet(BasePageQuerySet):
    def upcoming(self):
        """Meetings that have not started yet, the nearest first."""
        return self.filter(starts_at__gte=timezone.now()).order_by("starts_at", "pk")

    def past(self):
        """Meetings that have started, the newest first."""
        return self.filter(starts_at__lt=timezone.now()).order_by("-starts_at", "-pk")

    def recorded(self):
        """Past meetings that have a recording, the newest first."""
        return self.past().exclude(recording="")

    def with_cards(self):
        """Everything that a row of a list shows, in a constant number of queries."""
        return self.select_related("thumbnail").prefetch_related(
            "agenda", with_renditions("thumbnail", "video")
        )

    def around_today(self, locale_id):
        """Return the next meeting and the last one with a recording; None where there is none."""
        meetings = self.filter(locale_id=locale_id).visible()
        nearest = (meetings.upcoming(), meetings.recorded())
        found = Q(pk__in=[])
        for queryset in nearest:
            found |= Q(pk=Subquery(queryset.values("pk")[:1]))
        found = list(meetings.filter(found).with_cards())
        upcoming = [meeting for meeting in found if not meeting.is_past]
        past = [meeting for meeting in found if meeting.is_past]
        return (upcoming or [None])[0], (past or [None])[0]


class MeetingsPage(BasePage):
    """The list of meetings, and the playlist of their recordings."""

    MEETINGS_PER_PAGE = 12

    lead = models.TextField(_("lead"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("lead")]
    search_fields = [*BasePage.search_fields, index.SearchField("lead")]

    chrome_name = "meetings"
    cached_parameters = ("page",)
    schema_type = "CollectionPage"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.MeetingPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("meetings page")
        verbose_name_plural = _("meetings pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        meetings = MeetingPage.objects.child_of(self).visible().with_cards()
        chrome = context["chrome"]
        calendar_url = chrome.absolute(reverse("meetings_calendar"))
        past = paginate(request, meetings.past(), self.MEETINGS_PER_PAGE)
        chrome.keep_query(**page_parameter(past))
        return context | {
            "calendar_url": calendar_url,
            # Programs that keep calendars answer to this scheme.
            "subscribe_url": f"webcal:{calendar_url.partition(':')[2]}",
            "upcoming": meetings.upcoming(),
            "meetings": past,
        }

    def get_metadata(self, request, context):
        metadata = super().get_metadata(request, context)
        describe_list_page(metadata, context["meetings"])
        return metadata

    def structured_data(self, request, context):
        is_first = context["metadata"].page_number == 1
        meetings = [*(context["upcoming"] if is_first else ()), *context["meetings"]]
        return [list_of_pages(meetings, request, context)]


class MeetingPage(BasePage):
    """One meeting: its agenda, its recording and what was said."""

    base_form_class = MeetingForm

    starts_at = models.DateTimeField(_("starts at"), db_index=True)
    place = models.CharField(
        _("place"), max_length=160, blank=True, help_text=_("For example: online, or an address.")
    )
    recording = YouTubeURLField(
        _("recording on YouTube"),
        blank=True,
        help_text=_("Any YouTube address of the video. It plays only when a visitor asks for it."),
    )
    duration = DurationField(
        _("length of the recording"),
        null=True,
        blank=True,
        help_text=_("Hours, minutes and seconds: 1:42:05."),
    )
    thumbnail = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture of the recording"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Kept on our own server. Without it the page's pattern is shown."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        validators=[validate_transcript],
        help_text=_("One paragraph a line, each begun with its time in brackets: [12:30] Text."),
    )

    # The transcript is in the language of the meeting and is not translated.
    override_translatable_fields = [SynchronizedField("transcript", overridable=False)]

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("place")]),
        InlinePanel("agenda", heading=_("Agenda"), label=_("Agenda item")),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("recording"),
                FieldPanel("duration"),
                FieldPanel("thumbnail"),
                FieldPanel("transcript"),
            ],
            heading=_("Recording"),
        ),
        InlinePanel("attachments", heading=_("Attachments"), label=_("Attachment")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("transcript"),
        index.RelatedFields("agenda", [index.SearchField("title")]),
        index.FilterField("starts_at"),
    ]

    parent_page_types = ["home.MeetingsPage"]
    subpage_types = []

    objects = PageManager.from_queryset(MeetingQuerySet)()

    search_kind = "meeting"
    picture_places = {"thumbnail": ("video",)}

    cached_parameters = ("t",)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    @cached_property
    def video_id(self) -> str:
        """The id of the recording, or an empty string."""
        return stored_video_id(self.recording)

    @property
    def embed_url(self) -> str:
        return embed_url(self.video_id)

    @property
    def is_past(self) -> bool:
        return self.starts_at < timezone.now()

    @property
    def length(self) -> str:
        """The length of the recording as 1:42:05; empty if unknown."""
        return clock(self.duration)

    def get_transcript(self) -> list[dict]:
        """Return the paragraphs: text, and where known seconds, clock and address."""
        return [
            {"text": text}
            if seconds is None
            else {
                "text": text,
                "seconds": seconds,
                "clock": clock(datetime.timedelta(seconds=seconds)),
                "watch_url": watch_url(self.video_id, seconds) if self.video_id else "",
            }
            for seconds, text in parse_transcript(self.transcript)
        ]

    @property
    def search_date(self) -> datetime.date:
        return timezone.localdate(self.starts_at)

    @property
    def main_image(self):
        return self.thumbnail, self.title

    def get_metadata(self, request, context):
        metadata = super().get_metadata(request, context)
        if not metadata.description:
            day = date_format(self.search_date, "DATE_FORMAT")
            where = f"{self.title}, {day}, {self.place}" if self.place else f"{self.title}, {day}"
            metadata.description = shorten(listing(where, context["agenda"]))
        return metadata

    def structured_data(self, request, context):
        return events.of_meeting(self, context)

    def get_parts_to_find(self) -> list[dict]:
        """The paragraphs of the transcript that have a time: a hit leads to the minute."""
        return [
            {
                "suffix": f"#t{moment['seconds']}",
                "kind": "recording",
                "title": moment["clock"],
                "text": moment["text"],
            }
            for moment in self.get_transcript()
            if "seconds" in moment
        ]

    def get_context(self, request, *args, **kwargs):
        start = request.GET.get("t", "")
        start = int(start) if start.isascii() and start.isdigit() and len(start) <= 5 else 0
        return super().get_context(request, *args, **kwargs) | {
            "start": start,
            "watch_url": watch_url(self.video_id, start) if self.video_id else "",
            "agenda": self.agenda.all(),
            "transcript": self.get_transcript(),
            "transcript_language": settings.LANGUAGE_CODE,
            "attachments": self.get_attached_documents(),
        }


class AgendaItem(TranslatableMixin, Orderable):
    """A point of the agenda and the moment of the recording at which it begins."""

    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="agenda")
    title = models.CharField(_("title"), max_length=255)
    speaker = models.CharField(_("speaker"), max_length=160, blank=True)
    offset = DurationField(
        _("begins at"),
        null=True,
        blank=True,
        help_text=_("The moment of the recording: 0:14:30. Empty while there is none."),
    )

    panels = [FieldPanel("title"), FieldPanel("speaker"), FieldPanel("offset")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")

    def __str__(self):
        return self.title

    @property
    def seconds(self) -> int:
        """The moment of the recording in seconds."""
        return int(self.offset.total_seconds()) if self.offset is not None else 0

    @property
    def watch_url(self) -> str:
        """The ordinary address of the recording at this moment."""
        return watch_url(self.page.video_id, self.seconds) if self.page.video_id else ""

    def clean(self):
        super().clean()
        if self.offset is not None and self.offset.total_seconds() < 0:
            raise ValidationError({"offset": _("A recording begins at 0:00:00.")})

    @property
    def clock(self) -> str:
        return clock(self.offset)


class MeetingAttachment(Attachment):
    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="attachments")
