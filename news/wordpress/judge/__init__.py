"""Which items of the old site an editor should look at before they are published, and why.

    corpus = Corpus()
    for item in items:                  # once over everything, in any order
        corpus.add(item.id, item, read_text(item.content))
    verdict = judge(item, read_text(item.content), corpus)

``signals`` says what makes an item doubtful; each finding has a weight. ``WORDPRESS_QUARANTINE`` in
the settings says which, from which score on an item waits, and holds the lists of words and hosts.
Nothing is asked of a network or a database.
"""

from .corpus import Corpus
from .judging import is_judged, judge
from .pages import Text, read_text
from .reasons import SENTENCES, Reason, Verdict, sentence

__all__ = [
    "SENTENCES",
    "Corpus",
    "Reason",
    "Text",
    "Verdict",
    "is_judged",
    "judge",
    "read_text",
    "sentence",
]
