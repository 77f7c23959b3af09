"""What is known of all items together: words, hosts, and which texts came before."""

import zlib
from array import array
from collections import Counter
from collections.abc import Hashable
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from ..items import Item
from . import fingerprints
from .languages import repaired, words_of
from .pages import Link, Text
from .rules import Rules, digits_of, host_of, split_at_end_links

COUNTERS = 1 << 20  # a byte each; with two places a word, some hundred thousand words fit
FILE = "attachment"
NEVER = float("inf")  # the time of an item without a date: after all others


class Original(NamedTuple):
    """An earlier item with the same text, exactly or nearly (``similarity`` from 0 to 1)."""

    key: Hashable
    title: str
    is_exact: bool
    similarity: float
    days: float  # between the two; 0 when one has no date
    same_title: bool
    same_numbers: bool


class Corpus:
    """The items of one import, learned in one pass; about 500 bytes an item.

    Drafts, revisions and other items that are not judged (see ``Rules``) are passed over: a draft
    is not the original of a published text.
    """

    def __init__(self):
        self.rules = Rules.from_settings()
        self.hosts = Counter()  # in how many items each is linked to, but not at their ends
        self._own_hosts: set[str] = set()
        self._words = bytearray(COUNTERS)
        self._numbers: dict[Hashable, int] = {}
        self._keys: list[Hashable] = []
        self._titles = bytearray()
        self._titles_end = array("I")  # where each one's ends
        self._times = array("d")
        self._marks = array("Q")  # of what a text says exactly
        self._figures = array("I")  # of its numbers
        self._leaders = array("I")  # the first one read of those with about the same text
        self._earliest = array("I")  # of a leader's texts
        self._sketches = array("I")
        self._ends = array("I")  # of each one's part in ``_sketches``
        self._exact: dict[int, int] = {}
        self._index = fingerprints.Index()
        self._places = lru_cache(maxsize=1 << 15)(_places)  # most words of a text stand in many

    def __len__(self):
        return len(self._keys)

    def add(self, key: Hashable, item: Item, text: Text):
        """Learn an item under a key of its own; the same key twice counts once."""
        if not self.rules.is_judged(item) or key in self._numbers:
            return
        body = repaired(text.text)
        words = words_of(body)
        self._learn_words(words)
        self._learn_hosts(text)
        self._own_hosts.add(host_of(item.link))
        if item.type == FILE:  # its caption is not the original of anything
            mark, hashed = 0, set()
        else:
            mark, hashed = self._mark(item, text, words, body), fingerprints.hashes(words)
        number = len(self._keys)
        self._numbers[key] = number
        self._keys.append(key)
        self._titles += item.title.encode(errors="replace")
        self._titles_end.append(len(self._titles))
        self._times.append(item.date.timestamp() if item.date else NEVER)
        self._marks.append(mark)
        self._figures.append(zlib.crc32(" ".join(sorted(digits_of(body))).encode()))
        self._sketches.extend(fingerprints.sketch(hashed))
        self._ends.append(len(self._sketches))
        self._join(number, mark, hashed)

    def knows(self, word: str) -> bool:
        """Return whether a folded word stands in several longer texts of the site."""
        items = min(self._words[place] for place in self._places(word))
        return items >= self.rules.known_word_items

    def is_linked(self, host: str) -> bool:
        """Return whether several items link to the host, and not at their ends only."""
        return self.hosts[host] >= self.rules.known_host_items

    def foreign_host(self, link: Link) -> str:
        """Return the host of a link, "" for the old site's own and the known ones."""
        host = self.rules.foreign_host(link)
        return "" if host in self._own_hosts else host

    def original(self, key: Hashable) -> Original | None:
        """Return the earliest item with about the same text, None when it is this one."""
        number = self._numbers.get(key)
        if number is None:
            return None
        first = self._earliest[self._leaders[number]]
        if first == number:
            return None
        seconds = self._times[number] - self._times[first]
        return Original(
            key=self._keys[first],
            title=self._title(first),
            is_exact=self._marks[first] == self._marks[number],
            similarity=fingerprints.similarity(self._sketch(first), self._sketch(number)),
            days=seconds / 86400 if seconds < NEVER else 0.0,
            same_title=_plain(self._title(first)) == _plain(self._title(number)),
            same_numbers=self._figures[first] == self._figures[number],
        )

    def _learn_words(self, words):
        if len(words) < self.rules.teaching_words:  # junk is short, and must not teach
            return
        for word in set(words):
            for place in self._places(word):
                if self._words[place] < 255:
                    self._words[place] += 1

    def _learn_hosts(self, text):
        _text, at_end = split_at_end_links(text)
        before = text.links[: len(text.links) - len(at_end)]
        self.hosts.update({host for host in map(self.foreign_host, before) if host})

    def _mark(self, item, text, words, body) -> int:
        """Return a number that two texts share only if they say the same; 0 for nothing."""
        parts = [*words, *sorted(digits_of(body)), *sorted(url for url, _anchor in text.links)]
        parts += sorted(text.media)
        if not parts:
            return 0
        if len(words) < self.rules.least_duplicate_words:  # "Programma": only under one title
            parts.append(_plain(item.title))
        digest = blake2b("\0".join(parts).encode(errors="replace"), digest_size=8).digest()
        return int.from_bytes(digest, "big") or 1

    def _join(self, number, mark, hashed):
        leader = self._exact.setdefault(mark, number) if mark else number
        is_long = len(hashed) >= self.rules.least_near_duplicate_words
        places = fingerprints.places_of(hashed) if is_long and leader == number else []
        leader = self._leaders[leader] if leader != number else self._alike(number, places)
        self._leaders.append(leader)
        self._earliest.append(number)
        if leader == number:
            self._index.add(places, number)
        elif self._times[number] < self._times[self._earliest[leader]]:
            self._earliest[leader] = number

    def _alike(self, number, places) -> int:
        own = self._sketch(number)
        alike = [
            (fingerprints.similarity(own, self._sketch(other)), -other)
            for other in self._index.candidates(places)
        ]
        best, other = max(alike, default=(0.0, 0))
        return -other if best >= self.rules.similarity else number

    def _sketch(self, number) -> array:
        return _part(self._sketches, self._ends, number)

    def _title(self, number) -> str:
        return _part(self._titles, self._titles_end, number).decode()


def _part(whole, ends, number):
    return whole[ends[number - 1] if number else 0 : ends[number]]


def _places(word) -> tuple[int, int]:
    code = zlib.crc32(word.encode())
    return code % COUNTERS, code * fingerprints.MIXER % (1 << 32) >> 12


def _plain(title: str) -> str:
    return " ".join(words_of(repaired(title)) + digits_of(title))
