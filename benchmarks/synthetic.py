"""Articles in any number, of words as frequent as in real Latvian; the same in every run."""

import datetime
import random
import re
from collections import Counter
from itertools import accumulate
from typing import NamedTuple

DIFFERENT_WORDS = 100_000  # word forms: about what a corpus of seven million words has
YEARS = 17
LAST_DAY = datetime.date(2026, 10, 1)
TOPICS = 8
WORDS_IN_TITLE, WORDS_IN_LEAD = 6, 20
SENTENCES = [12, 7, 15, 9, 18, 11, 13, 5, 16, 10, 14, 20]  # words of each in a body: 150
IN_PARAGRAPH = 4


class Text(NamedTuple):
    """What differs between articles. ``topics`` are numbers below TOPICS."""

    title: str
    lead: str
    paragraphs: list[str]
    date: datetime.date
    topics: list[int]


class Author:
    """Writes articles: the words of the demo content, then blends of them, in Zipf's frequencies.

    The demo content alone has too few words: each would stand in hundreds of 50,000 articles.
    """

    def __init__(self):
        from demo.content import ENTRIES
        from demo.data import texts

        counts = Counter(
            word
            for entry in ENTRIES
            for text in texts(entry.values)
            for word in re.findall(r"[^\W\d_]+", re.sub(r"<[^>]*>", " ", text.lv).lower())
        )
        self.words = [word for word, _count in counts.most_common()]
        self._blend(random.Random(1))
        weights = (1 / (rank + 2.7) for rank in range(len(self.words)))  # Mandelbrot's shift
        self._weights = list(accumulate(weights))

    def _blend(self, chance):
        known = set(self.words)
        long = [word for word in self.words if len(word) >= 6]
        while len(self.words) < DIFFERENT_WORDS:
            head, tail = chance.choice(long), chance.choice(long)
            word = head[: chance.randint(3, 6)] + tail[-chance.randint(3, 7) :]
            if word not in known:
                known.add(word)
                self.words.append(word)

    def write(self, number: int) -> Text:
        """Return the article of this number."""
        chance = random.Random(number)
        lengths = [WORDS_IN_TITLE, WORDS_IN_LEAD, *SENTENCES]
        words = chance.choices(self.words, cum_weights=self._weights, k=sum(lengths))
        ends = list(accumulate(lengths))
        title, lead, *sentences = (
            " ".join(words[end - length : end]).capitalize()
            for end, length in zip(ends, lengths, strict=True)
        )
        return Text(
            title=title,
            lead=f"{lead}.",
            paragraphs=[
                ". ".join(sentences[start : start + IN_PARAGRAPH]) + "."
                for start in range(0, len(sentences), IN_PARAGRAPH)
            ],
            date=LAST_DAY - datetime.timedelta(days=chance.randrange(YEARS * 365)),
            topics=chance.sample(range(TOPICS), k=chance.randint(1, 2)),
        )
