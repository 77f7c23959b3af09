"""What makes an item doubtful. Each signal yields its findings: code, detail, name of the weight.

The weights stand in WORDPRESS_QUARANTINE; below the threshold, one finding alone is not enough.
"""

import re
from collections.abc import Callable, Iterator

from ..items import Item
from .advertising import advertising, end_links, foreign, hidden
from .corpus import FILE
from .languages import fold, words_of
from .reading import Reading

Finding = tuple[str, str, str]
Signal = Callable[[Reading], Iterator[Finding]]

PAGE = "page"


def of(item: Item) -> tuple[Signal, ...]:
    """Return the signals by which items of this kind are judged."""
    if item.type == FILE:
        return (advertising, hidden)
    return ALL


def mashing(reading: Reading) -> Iterator[Finding]:
    """Keys struck at random, in the body or in the title."""
    rules = reading.corpus.rules
    if len(reading.words) < rules.mashing_words or reading.welcome_share < rules.little_words:
        share, code, detail = reading.share_of_nonsense(reading.body)
        if share >= rules.mashing_share:
            yield code, detail, "mashing"
        elif share >= rules.mashing_part:
            yield code, detail, "mashing_part"
    share, _code, detail = reading.share_of_nonsense(reading.title)
    if share >= rules.mashing_share:
        yield "title_mashing", detail, "title_mashing"


def trial(reading: Reading) -> Iterator[Finding]:
    """Words with which people try a system out, and nothing else of substance."""
    rules, words = reading.corpus.rules, set(reading.all_words)
    tested = words & rules.test_words
    if not tested or len(reading.words) > rules.trial_words:
        return
    if words <= rules.test_words | rules.beside_test:
        named = "trial_with_facts" if reading.page.links or reading.has_facts else "trial"
        yield "test", " ".join(reading.all_words), named


def default(reading: Reading) -> Iterator[Finding]:
    """The first post, the sample page, and Lorem ipsum."""
    rules = reading.corpus.rules
    title, start = fold(reading.title), " ".join(fold(reading.body[:2000]).split())
    for text in rules.default_texts:
        if text in start:
            yield "default", text, "default"
            break
        if title.strip(" !.") == text.strip(" !."):
            yield "default", text, "default_title"
            break
    filler = [word for word in reading.words if word in rules.filler_words]
    if len(filler) >= max(rules.least_filler, rules.filler_share * len(reading.words)):
        yield "filler", " ".join(filler), "filler"


def few_words(reading: Reading) -> Iterator[Finding]:
    """Nothing, or too little to be a notice: a date or a link makes a notice of a few words."""
    rules = reading.corpus.rules
    folded = [] if reading.page.hidden_links else words_of(reading.page.hidden)  # to be unfolded
    different = len({word for word in [*reading.all_words, *folded] if len(word) > 1})
    if not re.search(r"\w", reading.body) and not reading.has_media and not reading.page.links:
        if reading.item.type == PAGE and reading.is_titled:  # stands above others in the menu
            yield "empty", "", "empty_page"
        else:
            says_it_all = different >= rules.telling_title_words or reading.has_facts
            yield "empty", "", "empty_but_titled" if says_it_all else "empty"
    elif different < rules.least_words and not reading.has_substance:
        yield "short", f"{reading.title} {reading.body}", "short"


def repetition(reading: Reading) -> Iterator[Finding]:
    """A body that is the title once more."""
    if not reading.words or set(reading.words) != set(reading.title_words):
        return
    if reading.has_substance or len(set(reading.words)) >= reading.corpus.rules.least_words:
        yield "title_repeated", reading.title, "title_repeated_with_facts"
    else:
        yield "title_repeated", reading.title, "title_repeated"


def duplicate(reading: Reading) -> Iterator[Finding]:
    """An earlier item says the same; series of invitations and yearly greetings don't count."""
    rules, original = reading.corpus.rules, reading.corpus.original(reading.key)
    if original is None:
        return
    title = original.title or str(original.key)
    if original.days > rules.yearly_days and len(reading.words) < rules.yearly_words:
        yield "yearly", title, "yearly"
    elif original.is_exact:
        yield "duplicate", title, "duplicate"
    elif original.same_numbers or (original.same_title and original.days <= rules.series_days):
        yield "near_duplicate", title, "near_duplicate"


def original_of(reading: Reading, reasons):
    """Return the key of the item that this one repeats, where that is among the reasons."""
    if {"duplicate", "near_duplicate", "yearly"}.isdisjoint(reason.code for reason in reasons):
        return None
    return reading.corpus.original(reading.key).key


ALL: tuple[Signal, ...] = (
    *(mashing, trial, default, few_words, repetition),
    *(advertising, end_links, hidden, foreign, duplicate),
)
