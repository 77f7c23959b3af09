"""A search as a feed: what is new and answers the query."""

import uuid
from urllib.parse import urljoin

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.translation import gettext as _

from home.chrome import Chrome
from home.feeds import AtomFeed, beginning

from .results import Results


class SearchFeed(Feed):
    """The first of results that come by date, as Atom."""

    feed_type = AtomFeed
    NUMBER_OF_ITEMS = 30

    def __init__(self, results: Results):
        self.results = results

    def __call__(self, request):
        response = super().__call__(request)
        response["X-Robots-Tag"] = "noindex"
        return response

    def get_object(self, request):
        self.request, self.chrome = request, Chrome(request)
        parameters = request.GET.copy()
        for name in ("page", "order", "format"):
            parameters.pop(name, None)
        self.address = f"{self.chrome.absolute(reverse('search'))}?{parameters.urlencode()}"

    def title(self, obj):
        name = _("Search: %(query)s") % {"query": self.results.query.text}
        return f"{self.chrome.texts.short_name} · {name}"

    def link(self, obj):
        return self.address

    def feed_url(self, obj):
        return f"{self.address}&format=atom"

    def author_name(self, obj):
        return self.chrome.texts.name

    def items(self, obj):
        return self.results[: self.NUMBER_OF_ITEMS]

    def item_title(self, item):
        return item.heading

    def item_description(self, item):
        return self.results.snippet(item)

    def item_link(self, item):
        return self.chrome.absolute(urljoin(item.page.get_url(self.request) or "", item.suffix))

    def item_guid(self, item):
        # Stays when the page moves; differs between languages and between parts of a page.
        name = f"{item.language} {item.suffix.removeprefix('../')}"
        return uuid.uuid5(item.page.translation_key, name).urn

    item_guid_is_permalink = False

    def item_pubdate(self, item):
        return beginning(item.date) if item.date else item.page.first_published_at

    def item_updateddate(self, item):
        return item.page.last_published_at or self.item_pubdate(item)

    def item_categories(self, item):
        return list(item.topics.values())
