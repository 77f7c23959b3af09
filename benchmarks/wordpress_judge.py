"""How well the import of WordPress tells junk from news, and what that costs.

    python benchmarks/wordpress_judge.py [--items 10000] [--seeds 2 3 4] [--memory 100000]
    python benchmarks/wordpress_judge.py --letters

Judges made-up archives (``wordpress_corpus``) and what was written by hand, beside them. Nothing is
asked of a database. Prints Markdown. ``--letters`` prints the table of ``judge.letters`` anew.
"""

import argparse
import gc
import math
import os
import re
import time
from collections import Counter, defaultdict
from itertools import chain, pairwise
from statistics import median
from typing import NamedTuple

import bench

PARTS = (1, 2, 3)
PAGE = os.sysconf("SC_PAGE_SIZE")
WARM = 1000  # items made before memory is read: what makes them has grown up
MOST_OF_A_WORD = 5
SMOOTHING = 0.3
HIGHEST = 9


class Judged(NamedTuple):
    """What became of entries: of each, whether it was found doubtful; milliseconds of each step."""

    entries: list
    doubtful: list[bool]
    costs: dict[str, float]


def judge_all(entries) -> Judged:
    """Return the verdicts on entries that are one archive; times are the processor's."""
    from news.wordpress.judge import Corpus, judge, read_text

    entries, corpus, costs = list(entries), Corpus(), {}

    def timed(step, function):
        start = time.process_time()
        results = [function(place) for place in range(len(entries))]
        costs[step] = (time.process_time() - start) * 1000 / len(entries)
        return results

    pages = timed("read the HTML", lambda place: read_text(entries[place].item.content))
    timed("learn", lambda place: corpus.add(place, entries[place].item, pages[place]))
    verdicts = timed(
        "judge", lambda place: judge(entries[place].item, pages[place], corpus, key=place)
    )
    return Judged(entries, [verdict.is_doubtful for verdict in verdicts], costs)


def figures(judged: Judged) -> tuple[float, float]:
    """Return precision and recall; 1 where there is nothing to be wrong about."""
    both = Counter(zip((entry.is_junk for entry in judged.entries), judged.doubtful, strict=True))
    caught = both[True, True]
    return tuple(
        caught / (caught + both[wrong]) if caught + both[wrong] else 1.0
        for wrong in ((False, True), (True, False))
    )


def right_by_kind(judged: Judged) -> dict[tuple[bool, str], tuple[int, float]]:
    """Return, by junk or not and by kind, how many there are and the share judged rightly."""
    found = defaultdict(list)
    for entry, is_doubtful in zip(judged.entries, judged.doubtful, strict=True):
        found[entry.is_junk, entry.kind].append(is_doubtful == entry.is_junk)
    return {key: (len(right), sum(right) / len(right)) for key, right in sorted(found.items())}


def memory(count: int) -> float:
    """Return the megabytes by which the process grows while a corpus learns so many items."""
    import wordpress_corpus
    from news.wordpress.judge import Corpus, read_text

    made = wordpress_corpus.make(count, seed=1)
    first = [next(made) for _ in range(min(WARM, count))]
    gc.collect()
    before = _resident()
    corpus = Corpus()
    for entry in chain(first, made):
        corpus.add(entry.item.id, entry.item, read_text(entry.item.content))
    gc.collect()
    return (_resident() - before) / 1024**2


def _resident() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * PAGE


def letters() -> list[str]:
    """Return the rows of ``judge.letters.FOLLOWING``, counted over the demo content."""
    from demo.content import ENTRIES
    from demo.data import texts
    from news.wordpress.judge.languages import fold
    from news.wordpress.judge.letters import ALPHABET

    counts = Counter()
    for language in ("lv", "en"):
        words = Counter(
            word
            for entry in ENTRIES
            for text in texts(entry.values)
            for word in re.findall(
                "[a-z]{2,}", fold(re.sub(r"<[^>]*>", " ", getattr(text, language)))
            )
        )
        for word, times in words.items():
            for pair in pairwise(f" {word} "):
                counts[pair] += min(times, MOST_OF_A_WORD)
    return [
        "".join(_digit(counts, first, second, ALPHABET) for second in ALPHABET)
        for first in ALPHABET
    ]


def _digit(counts, first, second, alphabet) -> str:
    total = sum(counts[first, other] + SMOOTHING for other in alphabet)
    share = (counts[first, second] + SMOOTHING) / total
    return str(min(HIGHEST, max(0, round(HIGHEST + math.log2(share)))))


def row(name: str, judged: Judged) -> str:
    junk = sum(entry.is_junk for entry in judged.entries)
    return bench.row(
        name, len(judged.entries), junk, *(f"{figure:.3f}" for figure in figures(judged))
    )


def measure(options):
    """Print what was asked for; runs in a process with the site (see bench.run)."""
    import wordpress_corpus

    if options.letters:
        print("\n".join(letters()))
        return
    print(bench.heading("items", "n", "junk", "precision", "recall"))
    archives = [judge_all(wordpress_corpus.make(options.items, seed)) for seed in options.seeds]
    for seed, judged in zip(options.seeds, archives, strict=True):
        print(row(f"made up, seed {seed}", judged))
    for part in PARTS:
        print(row(f"by hand, part {part}", judge_all(wordpress_corpus.holdout(part))))
    print("\n" + bench.heading("", "kind", "n", "judged rightly"))
    together = Judged(
        [entry for judged in archives for entry in judged.entries],
        [is_doubtful for judged in archives for is_doubtful in judged.doubtful],
        {},
    )
    for (is_junk, kind), (count, share) in right_by_kind(together).items():
        print(bench.row("junk" if is_junk else "good", kind, count, f"{share:.3f}"))
    print()
    for step in archives[0].costs:
        print(f"{step}: {median(judged.costs[step] for judged in archives):.2f} ms an item")
    if options.memory:
        print(f"{options.memory:,} items: {memory(options.memory):.0f} MB")
    print(f"\n{bench.machine()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=10_000, help="of each made-up archive")
    parser.add_argument("--seeds", type=int, nargs="+", default=[2, 3, 4], help="one an archive")
    parser.add_argument("--memory", type=int, default=100_000, help="items for the memory")
    parser.add_argument("--letters", action="store_true", help="the table of letters, no more")
    options = parser.parse_args()
    bench.run("sqlite://:memory:", measure, options)


if __name__ == "__main__":
    main()
