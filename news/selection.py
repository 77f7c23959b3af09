"""What a visitor chose of the insights library: filters, counts of further choices, addresses."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import countries
from .archive import valid_year

FILTERS = ("topic", "conference", "country", "year")  # in the order of the sentence


@dataclass(frozen=True)
class Choice:
    """A value of a filter, and how many insights it would give with the other filters."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Chosen:
    """A filter that is set, in words, and the address without it."""

    label: str
    url: str


class Selection:
    """The insights of a library that pass the filters of an address.

    ``parameters`` is a query string's dictionary; ``Http404`` is raised for what it names and the
    library does not know. Queries: one each for conferences, insights, topics and their links.
    """

    def __init__(self, library, parameters):
        from .models import ConferencePage, Topic

        self.library = library
        conferences = ConferencePage.objects.child_of(library).visible().newest_first()
        self.conferences = {page.pk: page for page in conferences.defer("body")}
        self.topics = {topic.pk: topic for topic in Topic.objects.filter(locale=library.locale_id)}
        asked = {name: parameters.get(name, "") for name in FILTERS}
        self.topic = self._named(self.topics, asked["topic"])
        self.conference = self._named(self.conferences, asked["conference"])
        self.country = asked["country"].upper()
        if self.country and self.country not in countries.names("en"):
            raise Http404
        self.year = valid_year(asked["year"]) if asked["year"] else None

    @staticmethod
    def _named(objects, slug):
        found = [each for each in objects.values() if each.slug == slug]
        if slug and not found:
            raise Http404
        return found[0] if slug else None

    @cached_property
    def filters(self) -> dict[str, str]:
        """The filters that are set, by name, as they stand in addresses."""
        values = {
            "topic": self.topic.slug if self.topic else "",
            "conference": self.conference.slug if self.conference else "",
            "country": self.country,
            "year": str(self.year or ""),
        }
        return {name: value for name, value in values.items() if value}

    def query(self, **changes) -> str:
        """Return the query string of the filters with some changed; the same for the same ones."""
        filters = {name: (self.filters | changes).get(name) for name in FILTERS}
        rest = {name: value for name, value in changes.items() if name not in FILTERS}
        query = {name: value for name, value in (filters | rest).items() if value}
        return f"?{urlencode(query)}" if query else ""

    @cached_property
    def _rows(self) -> list[tuple[int, dict[str, set[str]]]]:
        """All insights of the library: the key, and the values of the filters that it passes."""
        from .models import InsightTopic

        topics = {}
        links = InsightTopic.objects.filter(topic__in=self.topics)
        for insight, topic in links.values_list("insight_id", "topic_id"):
            topics.setdefault(insight, set()).add(self.topics[topic].slug)
        found = []
        insights = self.library.insights.filter(page__in=self.conferences)
        for key, page in insights.values_list("pk", "page_id"):
            conference = self.conferences[page]
            values = {
                "topic": topics.get(key, set()),
                "conference": {conference.slug},
                "country": {conference.country},
                "year": {str(conference.starts_on.year)},
            }
            found.append((key, values))
        return found

    def _passes(self, values, but=None) -> bool:
        return all(value in values[name] for name, value in self.filters.items() if name != but)

    @cached_property
    def keys(self) -> list[int]:
        """The keys of the insights that pass, those of the newest conference first."""
        return [key for key, values in self._rows if self._passes(values)]

    @property
    def total(self) -> int:
        """How many insights the library holds."""
        return len(self._rows)

    def choices(self, name: str) -> list[Choice]:
        """Return the values of a filter in their order; those that give nothing too."""
        counts = Counter()
        for _key, values in self._rows:
            if self._passes(values, but=name):
                counts.update(values[name])
        chosen = self.filters.get(name)
        return [
            Choice(value, label, counts[value], value == chosen)
            for value, label in self._labels[name].items()
        ]

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        """Of each filter the values that insights have, or that are chosen, in words."""
        used = {name: {value} for name, value in self.filters.items()}
        for _key, values in self._rows:
            for name in FILTERS:
                used.setdefault(name, set()).update(values[name])
        return {name: self._in_words(name, used.get(name, set())) for name in FILTERS}

    @cached_property
    def _chosen_labels(self) -> dict[str, str]:
        return {name: self._labels[name][value] for name, value in self.filters.items()}

    def _in_words(self, name, used) -> dict[str, str]:
        if name == "year":
            return {year: year for year in sorted(used, reverse=True)}
        if name == "country":
            return {code: label for code, label in countries.choices() if code in used}
        pages = self.topics if name == "topic" else self.conferences
        return {each.slug: str(each) for each in pages.values() if each.slug in used}

    @cached_property
    def chosen(self) -> list[Chosen]:
        """The filters that are set, in words."""
        sentences = {
            "topic": _("topic: %(name)s"),
            "conference": _("conference: %(name)s"),
            "country": _("country: %(name)s"),
            "year": _("year: %(name)s"),
        }
        return [
            Chosen(sentences[name] % {"name": label}, self.query(**{name: ""}))
            for name, label in self._chosen_labels.items()
        ]

    @property
    def words(self) -> str:
        """The values of the filters as they stand in a title."""
        return ", ".join(self._chosen_labels.values())

    @property
    def description(self) -> str:
        """What the selection holds, in a sentence."""
        found = len(self.keys)
        sentence = ngettext(
            "%(found)s insight of the library “%(title)s”: %(words)s. "
            "With a reference, a citation and open data.",
            "%(found)s insights of the library “%(title)s”: %(words)s. "
            "With references, citations and open data.",
            found,
        )
        return sentence % {"found": found, "title": self.library.title, "words": self.words}

    def queries(self) -> dict[str, str]:
        """Return the query strings of the same selection, by language.

        A filter on something that is not translated, or not public there, is left out.
        """
        from .models import ConferencePage, Topic

        found = {}
        if self.topic:
            same = Topic.objects.filter(translation_key=self.topic.translation_key)
            found["topic"] = dict(same.values_list("locale__language_code", "slug"))
        if self.conference:
            key = self.conference.translation_key
            same = ConferencePage.objects.visible().filter(translation_key=key)
            found["conference"] = dict(same.values_list("locale__language_code", "slug"))
        return {
            code: self.query(**{name: slugs.get(code, "") for name, slugs in found.items()})
            for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES
        }
