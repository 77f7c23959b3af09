"""The finder for embeds that arrive in rich text, for instance by pasting an address.

Wagtail's own finder asks YouTube over the network and gives a player that sets cookies. Ours
knows the address by its form and gives a plain link; players come from the video block alone.
"""

from django.utils.html import format_html
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.finders.base import EmbedFinder

from .youtube import parse_video_id, watch_url


class RecordingFinder(EmbedFinder):
    """Finds YouTube videos without a network."""

    def accept(self, url):
        try:
            parse_video_id(url)
        except ValueError:
            return False
        return True

    def find_embed(self, url, max_width=None, max_height=None):
        try:
            address = watch_url(parse_video_id(url))
        except ValueError as error:
            raise EmbedNotFoundException from error
        return {
            "title": address,
            "author_name": "",
            "provider_name": "YouTube",
            "type": "video",
            "thumbnail_url": None,
            "width": None,
            "height": None,
            "html": format_html('<a href="{}" rel="external">{}</a>', address, address),
        }
