"""The topics of items: what editors say that categories and tags become."""

from wagtail.models import Locale

from news.models import Topic

from .models import TermMapping, key_of

MOST = 4  # topics of one article, as in its form


class Topics:
    """Knows what the categories and tags of one old site become in one language."""

    def __init__(self, source, locale: Locale):
        mappings = TermMapping.objects.filter(source=source).select_related("topic")
        self._mappings = {(found.taxonomy, found.slug): found for found in mappings}
        self._topics = {
            topic.translation_key: topic for topic in Topic.objects.filter(locale=locale)
        }

    def of(self, item) -> tuple[list[Topic], list[str]]:
        """Return an item's topics, and the names of its categories that become nothing yet."""
        topics, unmapped = {}, []
        for term in item.terms:
            mapping = self._mappings.get(key_of(term))
            topic = (
                self._topics.get(mapping.topic.translation_key)
                if mapping and mapping.topic
                else None
            )
            if topic:
                topics[topic.pk] = topic
            elif not (mapping and mapping.is_ignored):
                unmapped.append(term.name)
        return list(topics.values())[:MOST], unmapped

    def stamp(self, item) -> str:
        """Return what changes when editors change what the item's categories become."""
        return ",".join(str(topic.pk) for topic in self.of(item)[0])
