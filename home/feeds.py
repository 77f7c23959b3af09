"""Atom (RFC 4287) and RSS 2.0 as the site writes them, with pictures (Media RSS 1.5)."""

import datetime
import html

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page

MEDIA = {"xmlns:media": "http://search.yahoo.com/mrss/"}
OLD = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)  # of a feed in which nothing has stood yet


def beginning(day: datetime.date) -> datetime.datetime:
    """Return the first moment of a day here: what has a day alone is given a moment in feeds."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


class MediaMixin:
    """Writes the picture of an item (a ``SharedImage``) and stays the same while items do."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if picture := item.get("picture"):
            attributes = {
                "url": picture.url,
                "medium": "image",
                "type": picture.mime,
                "width": str(picture.width),
                "height": str(picture.height),
            }
            handler.startElement("media:content", attributes)
            if picture.alt:
                handler.addQuickElement("media:description", picture.alt, {"type": "plain"})
            handler.endElement("media:content")

    def latest_post_date(self):
        return super().latest_post_date() if self.items else self.feed.get("since") or OLD


class AtomFeed(MediaMixin, Atom1Feed):
    def root_attributes(self):
        return super().root_attributes() | MEDIA


class RssFeed(MediaMixin, Rss201rev2Feed):
    def rss_attributes(self):
        return super().rss_attributes() | MEDIA


FEED_TYPES = {"atom": AtomFeed, "rss": RssFeed}


def as_html(text: str) -> str:
    """Return plain text as the HTML that readers of feeds take descriptions for."""
    return html.escape(text, quote=False)


def respond(feed: Feed, request, **arguments):
    """Answer with a feed, or with 304 to a reader that has it already."""

    @cache_control(max_age=300)
    @conditional_page
    def view(request):
        return feed(request, **arguments)

    return view(request)
