"""Atom and RSS feeds of a news index, of all articles or of one topic."""

import datetime
import uuid

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from home.models import SiteTexts


class NewsRssFeed(Feed):
    """The newest articles. Called with ``index`` and ``topic`` (or None)."""

    feed_type = Rss201rev2Feed
    kind = "rss"
    NUMBER_OF_ITEMS = 30

    def get_object(self, request, index, topic):
        self.request = request
        self.language_code = index.locale.language_code
        self.texts = SiteTexts.objects.filter(locale_id=index.locale_id).first() or SiteTexts()
        return index, topic

    def title(self, obj):
        index, topic = obj
        parts = [self.texts.short_name, index.title, topic.name if topic else ""]
        return " · ".join(filter(None, parts))

    def link(self, obj):
        index, topic = obj
        url = index.get_full_url(self.request)
        return f"{url}?topic={topic.slug}" if topic else url

    def feed_url(self, obj):
        index, topic = obj
        topic_part = f"{topic.slug}/" if topic else ""
        return f"{index.get_full_url(self.request)}feed/{topic_part}{self.kind}/"

    def description(self, obj):
        index, topic = obj
        return (topic.description if topic else index.lead) or _("News")

    subtitle = description

    def author_name(self, obj):
        return self.texts.name

    def items(self, obj):
        index, topic = obj
        return index.articles.about(topic).with_cards()[: self.NUMBER_OF_ITEMS]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.description

    def item_link(self, item):
        return item.get_full_url(self.request)

    def item_guid(self, item):
        # Stays the same when an article moves or gets another slug; differs between languages.
        return uuid.uuid5(item.translation_key, self.language_code).urn

    item_guid_is_permalink = False

    def item_pubdate(self, item):
        midnight = datetime.datetime.combine(item.date, datetime.time())
        return timezone.make_aware(midnight)

    def item_updateddate(self, item):
        return item.last_published_at or self.item_pubdate(item)

    def item_categories(self, item):
        return [topic.name for topic in item.topics]


class NewsAtomFeed(NewsRssFeed):
    feed_type = Atom1Feed
    kind = "atom"


FEEDS = {feed.kind: feed for feed in (NewsAtomFeed, NewsRssFeed)}
