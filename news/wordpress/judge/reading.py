"""An item as the signals look at it: its words, its language, what gives it substance."""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from ..items import Item
from .corpus import Corpus
from .languages import (
    ADDRESS,
    WORD,
    fold,
    repaired,
    share_of_letters,
    share_of_little_words,
    words_of,
)
from .letters import is_counting, nonsense
from .pages import Text
from .rules import digits_of

# An address, a telephone, a time, a person: what makes three words a notice.
CONTACT = re.compile(r"\S@\S|https?://|www\.|\d[.:]\d\d\b|\d\. ?[^\W\d_]|\d{4}|№|[Nn][Rr]\.")
PERSON = re.compile(r"[^\W\d_A-Z],? [A-ZĀČĒĢĪĶĻŅŠŪŽ][^\W\d_]+ [A-ZĀČĒĢĪĶĻŅŠŪŽ][^\W\d_]+")
FEATURED_PICTURE = "_thumbnail_id"
UNUSED_TITLE = re.compile(r"\(?(?:bez (?:virsraksta|nosaukuma)|no title|untitled)\)?")


@dataclass
class Reading:
    item: Item
    page: Text
    corpus: Corpus
    key: Hashable

    @cached_property
    def title(self) -> str:
        return repaired(self.item.title).strip()

    @cached_property
    def body(self) -> str:
        return repaired(self.page.text)

    @cached_property
    def words(self) -> list[str]:
        """The folded words of the body."""
        return words_of(self.body)

    @cached_property
    def title_words(self) -> list[str]:
        return words_of(self.title)

    @cached_property
    def all_words(self) -> list[str]:
        return self.title_words + self.words

    @cached_property
    def is_titled(self) -> bool:
        return bool(self.title) and not UNUSED_TITLE.fullmatch(fold(self.title))

    @cached_property
    def has_media(self) -> bool:
        return bool(self.page.media) or FEATURED_PICTURE in self.item.meta

    @cached_property
    def has_substance(self) -> bool:
        """Whether there is a picture, a table, a link, a date, a time, an address, a person."""
        shows = self.has_media or self.page.links or "<table" in self.page.html
        return bool(shows) or self.has_facts

    @cached_property
    def has_facts(self) -> bool:
        text = f"{self.title}\n{self.body}"
        if PERSON.search(text):
            return True
        digits = digits_of(text)
        is_counted = bool(digits) and all(map(is_counting, digits))  # "test 123"
        return bool(CONTACT.search(text)) and not is_counted

    @cached_property
    def shares(self) -> dict[str, float]:
        """The share of each language's little words in title and body."""
        return share_of_little_words(self.all_words) if self.all_words else {}

    @cached_property
    def welcome_share(self) -> float:
        """The share of little words of the most likely of the languages that the site uses."""
        languages = self.corpus.rules.languages
        return max((self.shares.get(code, 0.0) for code in languages), default=0.0)

    @cached_property
    def is_in_home_language(self) -> bool:
        """Whether it is in our language, by its letters or its little words."""
        rules = self.corpus.rules
        if share_of_letters(f"{self.title} {self.body}", rules.home_letters) >= rules.home_share:
            return True
        home = self.shares.get(rules.home_language, 0.0)
        return home > 0 and home >= max(self.shares.values())

    def share_of_nonsense(self, text: str) -> tuple[float, str, str]:
        """Return the share of letters in words that are none, the commonest code, and some."""
        bad, total, codes = [], 0, []
        for word in WORD.findall(ADDRESS.sub(" ", text)):
            code = "" if self.corpus.knows(fold(word)) else nonsense(word)
            if code:
                bad.append(word)
                codes.append(code)
            if code or (len(word) > 2 and not word.isupper()):
                total += len(word)
        for number in digits_of(text):
            if is_counting(number):
                total += len(number)
                bad.append(number)
        if not bad:
            return 0.0, "", ""
        share = sum(map(len, bad)) / total
        return share, max(set(codes), key=codes.count) if codes else "mashing", " ".join(bad)
