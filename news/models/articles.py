"""News: the index with its archive and feeds, and articles."""

import datetime

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, PageManager, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home import shared
from home.blocks import INLINE_FEATURES, BodyBlock
from home.compiled import Compiled, Parameter
from home.feeds import FEED_TYPES, beginning, respond
from home.metadata import describe_list_page, listing, shorten
from home.models import Attachment, BasePage, Partner
from home.pagination import page_parameter, paginate
from home.pictures import with_renditions, with_share_renditions
from home.querysets import BasePageQuerySet
from home.rows import InlinePanel
from home.structured_data import list_of_pages
from home.tones import Tone
from news import related, structured_data
from news.archive import Calendar, DatedList, Days, Period, valid_year

from .topics import Topic

RELATED = 3  # articles named beside another one


class NewsQuerySet(BasePageQuerySet):
    def shown(self):
        def has(rows):
            return Exists(rows.filter(page=OuterRef("pk")).order_by())

        return (
            super()
            .shown()
            .select_related("image")
            .annotate(
                has_attachments=has(NewsAttachment.objects),
                has_partners=has(NewsPartner.objects),
                has_corrections=has(Correction.objects),
            )
        )

    def newest_first(self):
        return self.order_by("-date", "-pk")

    def with_cards(self):
        """What a row of a list shows, without bodies, in a constant number of queries."""
        return self.defer("body").prefetch_related(
            Prefetch("topic_links", NewsTopic.objects.select_related("topic"))
        )

    def with_share_images(self):
        """The pictures that feeds show, with the renditions that were drawn already."""
        images = self.select_related("image", "share_image")
        return images.prefetch_related(*map(with_share_renditions, ("image", "share_image")))

    def with_pictures(self):
        """Articles with their pictures as the front page draws them."""
        return self.select_related("image").prefetch_related(with_renditions("image", "front"))

    def about(self, topic):
        """Articles of a topic; all of them when it is None."""
        return self.filter(pk__in=NewsTopic.objects.on(topic)) if topic else self

    def about_conference(self, translation_key):
        """Articles that name a conference, in whichever language."""
        return self.filter(conference__translation_key=translation_key)

    # The condition on the date alone lets databases begin in the middle of its index.

    def older_than(self, date, pk):
        older = self.filter(Q(date__lt=date) | Q(pk__lt=pk), date__lte=date)
        return older.order_by("-date", "-pk")

    def newer_than(self, date, pk):
        newer = self.filter(Q(date__gt=date) | Q(pk__gt=pk), date__gte=date)
        return newer.order_by("date", "pk")

    def days(self) -> Days:
        """Return how many there are of each day."""
        counts = self.order_by("-date").values_list("date").annotate(Count("pk"))
        return Days(list(counts))

    def for_links(self):
        """What a link to an article says."""
        return self.only("title", "url_path", "date")


class NewsIndexPage(RoutablePageMixin, BasePage):
    """All news: a list by topic and year, an archive by date, feeds."""

    ARTICLES_PER_PAGE = 12

    lead = models.TextField(_("lead"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("lead")]
    search_fields = [*BasePage.search_fields, index.SearchField("lead")]

    chrome_name = "news"
    cached_parameters = ("page", "topic", "year")
    schema_type = "CollectionPage"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")

    @property
    def articles(self):
        """The published articles of this index, the newest first."""
        return NewsPage.objects.child_of(self).visible().newest_first()

    def get_topic(self, slug):
        """Return the topic of this language with that slug, None for none; 404 if unknown."""
        return get_object_or_404(Topic, locale_id=self.locale_id, slug=slug) if slug else None

    def days(self, topic=None) -> Days:
        """Return how many articles there are of each day, of all topics or of one."""
        key = ("days", self.pk, topic and topic.pk)
        return shared.once(key, lambda: self.articles.about(topic).days())

    @property
    def topics(self) -> list[Topic]:
        """The topics of this language that any article has, in their order."""

        def find():
            has_articles = Exists(NewsTopic.objects.filter(topic=OuterRef("pk")))
            topics = Topic.objects.filter(has_articles, locale_id=self.locale_id)
            return list(topics.order_by("name", "pk"))

        return shared.once(("topics of news", self.locale_id), find)

    @path("")
    def list_articles(self, request):
        topic = self.get_topic(request.GET.get("topic"))
        year = request.GET.get("year")
        days = self.days(topic)
        if year:
            year = valid_year(year)
            days = days.within(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        return self._render_list(request, days, topic=topic, year=year or None)

    @re_path(r"^(?P<year>\d{4})/(?:(?P<month>\d{1,2})/(?:(?P<day>\d{1,2})/)?)?$")
    def archive(self, request, year, month=None, day=None):
        period = Period.from_strings(year, month, day)
        days = self.days().within(period.first, period.last)
        return self._render_list(request, days, period=period, year=period.year)

    @path("feed/<str:kind>/")
    @path("feed/<slug:topic>/<str:kind>/")
    def feed(self, request, kind, topic=None):
        from news.feeds import NewsFeed

        if kind not in FEED_TYPES:
            raise Http404
        topic = self.get_topic(topic)
        return respond(NewsFeed(kind), request, index=self, topic=topic)

    def get_route_paths(self):
        """The addresses that lead on when the index moves: readers subscribe to its feeds."""
        prefixes = ["/feed/", *(f"/feed/{topic.slug}/" for topic in self.topics)]
        return ["/", *(f"{prefix}{kind}/" for prefix in prefixes for kind in FEED_TYPES)]

    def get_cached_paths(self):
        return self.get_route_paths()

    def get_metadata(self, request, context):
        metadata = super().get_metadata(request, context)
        topic, period, year, articles = map(context.get, ("topic", "period", "year", "articles"))
        dates = period.text if period else str(year or "")
        if topic or dates:
            names = (metadata.title, topic.name if topic else "", dates)
            metadata.title = " · ".join(filter(None, names))
            about = topic.description if topic and not year else ""
            metadata.description = shorten(about or listing(metadata.title, articles.object_list))
        describe_list_page(metadata, articles)
        return metadata

    def structured_data(self, request, context):
        return [list_of_pages(context["articles"], request, context)]

    @staticmethod
    def _keep_query(chrome, page, topic, year):
        """Make what chooses other articles a part of the address, as the archive names it."""
        if year and not topic:
            chrome.subpath, year = f"{year}/", None
        parameters = {"topic": topic and topic.slug, "year": year} | page_parameter(page)
        chrome.keep_query(**{name: value for name, value in parameters.items() if value})

    def _render_list(self, request, days, topic=None, year=None, period=None):
        articles = DatedList(self.articles.about(topic).with_cards(), days)
        page = paginate(request, articles, self.ARTICLES_PER_PAGE)
        context = self.get_context(request)
        self._keep_query(context["chrome"], page, topic, None if period else year)
        month = period or (page.object_list[0] if page.object_list else None)
        return self.render(
            request,
            context_overrides={
                "chrome": context["chrome"],
                "articles": page,
                "topic": topic,
                "year": year,
                "period": period,
                "topics": self.topics,
                "years": self.days().years(),
                "calendar": Calendar.around(self.days(), month, self.get_url(request)),
            },
        )


class NewsPage(BasePage):
    """One article."""

    date = models.DateField(
        _("date"), default=timezone.localdate, db_index=True, help_text=_("The day of the news.")
    )
    lead = models.TextField(
        _("lead"),
        max_length=600,
        help_text=_("What happened, to whom and why it matters, in two or three sentences."),
    )
    image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("main image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without an image the article gets a woven pattern of its own."),
    )
    image_alt = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the image shows, for people who can't see it."),
    )
    image_is_decorative = models.BooleanField(
        _("image is decorative"),
        default=False,
        help_text=_("It says nothing that the text does not: no alternative text is needed."),
    )
    image_caption = models.CharField(_("caption"), max_length=400, blank=True)
    image_credit = models.CharField(
        _("credit"), max_length=160, blank=True, help_text=_("Author or owner of the picture.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    conference = models.ForeignKey(
        "news.ConferencePage",
        verbose_name=_("related conference"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="news",
        help_text=_("Its insights are shown under the article. Choose the Latvian page."),
    )

    override_translatable_fields = [SynchronizedField("image_is_decorative", overridable=False)]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("date"),
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("image"),
                FieldPanel("image_alt"),
                FieldPanel("image_is_decorative"),
                FieldRowPanel([FieldPanel("image_caption"), FieldPanel("image_credit")]),
            ],
            heading=_("Main image"),
        ),
        FieldPanel("body"),
        InlinePanel("topic_links", heading=_("Topics"), label=_("Topic"), max_num=4),
        FieldPanel("conference"),
        InlinePanel("attachments", heading=_("Attachments"), label=_("Attachment")),
        InlinePanel("partner_links", heading=_("Partners and supporters"), label=_("Partner")),
        InlinePanel(
            "corrections",
            heading=_("Corrections"),
            label=_("Correction"),
            help_text=_("Say openly what was wrong and since when it is right."),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.SearchField("image_caption"),
        index.FilterField("date"),
    ]

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []

    objects = PageManager.from_queryset(NewsQuerySet)()

    search_kind = "article"
    picture_places = {"image": ("article", "front")}

    # Whether there may be any (see ``NewsQuerySet.shown``).
    has_attachments = has_partners = has_corrections = True

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def description(self) -> str:
        return super().description or self.lead

    @property
    def topics(self) -> list[Topic]:
        """The article's topics in the order that editors gave them."""
        return [link.topic for link in self.topic_links.all()]

    @property
    def tone(self) -> str:
        topics = self.topics
        return topics[0].tone if topics else Tone.CARMINE

    @property
    def main_image(self):
        return self.image, "" if self.image_is_decorative else self.image_alt

    def get_metadata(self, request, context):
        metadata = super().get_metadata(request, context)
        names = [topic.name for topic in context["topics"]]
        metadata.kind, metadata.tags = "article", names
        metadata.section = names[0] if names else ""
        metadata.published = self.published_moment
        metadata.modified = self.last_published_at if self.is_updated else None
        return metadata

    def structured_data(self, request, context):
        return [structured_data.article(self, context)]

    @property
    def published_moment(self) -> datetime.datetime:
        """The moment of publication, or the beginning of the article's day if that was another."""
        first = self.first_published_at
        if first and timezone.localdate(first) == self.date:
            return first
        return beginning(self.date)

    @property
    def search_date(self):
        return self.date

    @property
    def search_topics(self) -> dict[str, str]:
        return {topic.slug: topic.name for topic in self.topics}

    @property
    def is_updated(self) -> bool:
        """Tell whether the article was published again on a later day than it first was."""
        first, last = self.first_published_at, self.last_published_at
        return bool(first and last) and last.date() > max(first.date(), self.date)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        topics = [link.topic for link in self.topic_links.select_related("topic")]
        siblings = NewsPage.objects.filter(locale_id=self.locale_id).visible()
        conference, insights = self._conference_with_insights()
        older, newer = shared.once(("neighbours", self.locale_id), lambda: _neighbours(siblings))
        place = {"pk": self.pk or 0, "date": self.date}  # in a preview it may have no key yet
        return context | {
            "topics": topics,
            "tone": topics[0].tone if topics else Tone.CARMINE,
            "attachments": self.get_attached_documents() if self.has_attachments else [],
            "partners": self._partners() if self.has_partners else [],
            "corrections": self.corrections.all() if self.has_corrections else [],
            "conference": conference,
            "insights": insights,
            "previous": next(iter(older.ask(**place)), None),
            "next": next(iter(newer.ask(**place)), None),
            "related": self._related(siblings, topics),
        }

    def _partners(self) -> list[Partner]:
        return [link.partner for link in self.partner_links.select_related("partner")]

    def _related(self, siblings, topics) -> list["NewsPage"]:
        """Return the three articles that share most topics with this one.

        The same for all articles with these topics, but for the article itself.
        """
        if not topics:
            return []
        found = related.nearest(siblings, self.locale_id, topics, RELATED + 1)
        return [article for article in found if article.pk != self.pk][:RELATED]

    def _conference_with_insights(self):
        """Return the related conference in this page's language, or None, and its insights."""
        from .conferences import ConferencePage
        from .insights import Insight

        if not self.conference_id:
            return None, []
        key = ConferencePage.objects.filter(pk=self.conference_id).order_by()
        insights = Insight.objects.visible(self.locale_id).select_related("page")
        insights = list(insights.filter(page__translation_key__in=key.values("translation_key")))
        if insights:
            return insights[0].page, insights
        conferences = ConferencePage.objects.localized(
            key.values("translation_key"), self.locale_id
        )
        return conferences.first(), []


def _neighbours(siblings) -> list[Compiled]:
    """Return the queries for the articles next to one: the older one and the newer one."""
    place = Parameter("date", models.DateField()), Parameter("pk", models.IntegerField())
    links = siblings.for_links()
    return [Compiled(found[:1]) for found in (links.older_than(*place), links.newer_than(*place))]


class NewsTopicQuerySet(models.QuerySet):
    def on(self, topic):
        """The keys of the articles on a topic."""
        return self.filter(topic=topic).values("page")


class NewsTopic(TranslatableMixin, Orderable):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="news_links"
    )

    objects = NewsTopicQuerySet.as_manager()

    panels = [FieldPanel("topic")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("topic of an article")
        verbose_name_plural = _("topics of articles")

    def __str__(self):
        return str(self.topic)


class NewsAttachment(Attachment):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="attachments")


class NewsPartner(TranslatableMixin, Orderable):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="partner_links")
    partner = models.ForeignKey(
        Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="news_links"
    )

    panels = [FieldPanel("partner")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("partner of an article")
        verbose_name_plural = _("partners of articles")

    def __str__(self):
        return str(self.partner)


class Correction(TranslatableMixin, Orderable):
    """A dated notice of what was corrected in an article."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="corrections")
    date = models.DateField(_("date"), default=timezone.localdate)
    text = RichTextField(_("text"), features=INLINE_FEATURES)

    panels = [FieldPanel("date"), FieldPanel("text")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self):
        return f"{self.date:%Y-%m-%d}"
