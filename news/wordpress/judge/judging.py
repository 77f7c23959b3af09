"""Puts the signals together."""

from collections.abc import Hashable
from math import prod

from ..items import Item
from . import signals
from .corpus import Corpus
from .pages import Text
from .reading import Reading
from .reasons import Reason, Verdict

LONGEST_DETAIL = 120  # characters


def is_judged(item: Item, corpus: Corpus) -> bool:
    """Return whether the item can be doubtful at all: not a draft, a revision or a menu."""
    return corpus.rules.is_judged(item)


def judge(item: Item, page: Text, corpus: Corpus, key: Hashable = None) -> Verdict:
    """Return how doubtful an item is, and why.

    Findings count as independent: two of weight 0.5 make 0.75. Duplicates are found if the corpus
    knows the item, under ``key``, or its number where none is given. Files are judged for
    advertising alone: their names may be anything, and most have no text.
    """
    if not corpus.rules.is_judged(item):
        return Verdict()
    reading = Reading(item, page, corpus, item.id if key is None else key)
    found = [finding for signal in signals.of(item) for finding in signal(reading)]
    weights = corpus.rules.weights
    reasons = [Reason(code, _short(detail), weights[name]) for code, detail, name in found]
    reasons.sort(key=lambda reason: -reason.weight)
    score = round(1 - prod(1 - reason.weight for reason in reasons), 4)
    return Verdict(
        score=score,
        reasons=reasons,
        is_doubtful=score >= corpus.rules.threshold,
        original=signals.original_of(reading, reasons),
    )


def _short(detail: str) -> str:
    detail = " ".join(detail.split())
    return detail if len(detail) <= LONGEST_DETAIL else detail[: LONGEST_DETAIL - 1] + "…"
