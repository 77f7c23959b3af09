"""Atom and RSS feeds of a news index, of all articles or of one topic."""

import uuid

from django.contrib.syndication.views import Feed
from django.utils.translation import gettext as _

from home.chrome import Chrome
from home.feeds import FEED_TYPES, as_html
from home.metadata import share_image


class NewsFeed(Feed):
    """The newest articles as ``kind``. Called with ``index`` and ``topic`` (or None)."""

    NUMBER_OF_ITEMS = 30

    def __init__(self, kind: str):
        self.kind, self.feed_type = kind, FEED_TYPES[kind]

    def get_object(self, request, index, topic):
        self.request = request
        self.language_code = index.locale.language_code
        self.language = self.language_code
        self.chrome = Chrome(request, page=index)
        self.texts = self.chrome.texts
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

    def feed_guid(self, obj):
        index, topic = obj
        parts = (self.language_code, str(topic.translation_key) if topic else "")
        return uuid.uuid5(index.translation_key, " ".join(parts)).urn

    def feed_extra_kwargs(self, obj):
        index, _topic = obj
        return {"since": index.last_published_at}

    def description(self, obj):
        index, topic = obj
        return (topic.description if topic else index.lead) or _("News")

    subtitle = description

    def author_name(self, obj):
        return self.texts.name

    def items(self, obj):
        index, topic = obj
        articles = index.articles.about(topic).with_cards().with_share_images()
        return articles[: self.NUMBER_OF_ITEMS]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return as_html(item.description)

    def item_link(self, item):
        return item.get_full_url(self.request)

    def item_guid(self, item):
        # Stays the same when an article moves or gets another slug; differs between languages.
        return uuid.uuid5(item.translation_key, self.language_code).urn

    item_guid_is_permalink = False

    def item_pubdate(self, item):
        return item.published_moment

    def item_updateddate(self, item):
        return max(filter(None, (item.last_published_at, item.published_moment)))

    def item_extra_kwargs(self, item):
        has_picture = item.image or item.share_image
        return {"picture": share_image(item, self.chrome) if has_picture else None}

    def item_categories(self, item):
        return [topic.name for topic in item.topics]
