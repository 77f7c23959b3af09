"""The usual measures of a ranking, and of an analysis by pairs of words."""

import math
import unicodedata
from collections import defaultdict

DEPTH = 10


def of_ranking(ranked: list[str], relevant: list[str]) -> dict[str, float]:
    """Return recall@10 (of at most ten that can stand there), nDCG@10, MRR and zero hits."""
    relevant = set(relevant)
    hits = [document in relevant for document in list(dict.fromkeys(ranked))[:DEPTH]]
    possible = min(DEPTH, len(relevant))
    gain = sum(hit / math.log2(place + 2) for place, hit in enumerate(hits))
    return {
        "recall@10": sum(hits) / possible,
        "nDCG@10": gain / sum(1 / math.log2(place + 2) for place in range(possible)),
        "MRR": 1 / (hits.index(True) + 1) if any(hits) else 0.0,
        "zero hits": float(not ranked),
    }


def by_kind(queries: list[dict], rankings: dict[str, list[str]]) -> dict[str, dict[str, float]]:
    """Return the means over the queries of each kind, and of all: ``{kind: {measure: mean}}``."""
    scores = defaultdict(list)
    for query in queries:
        score = of_ranking(rankings[query["id"]], query["relevant"])
        scores[query["kind"]].append(score)
    scores["all"] = [score for of_kind in scores.values() for score in of_kind]
    return {
        kind: {name: sum(s[name] for s in of_kind) / len(of_kind) for name in of_kind[0]}
        | {"n": len(of_kind)}
        for kind, of_kind in scores.items()
    }


def of_pairs(same: list[dict], different: list[dict], terms) -> dict[str, tuple[float, int]]:
    """Return how often pairs of words share a term, and how many pairs: ``{what: (share, n)}``.

    ``terms`` takes a word and gives its terms.
    """
    meetings = defaultdict(list)

    def meet(what, one, other):
        meetings[what].append(not set(terms(one)).isdisjoint(terms(other)))

    for pair in same:
        meet("recall", pair["query_form"], pair["doc_form"])
        folded = _fold(pair["query_form"])
        if folded != pair["query_form"]:
            meet("recall, asked without diacritics", folded, pair["doc_form"])
    for pair in different:
        is_unrelated = pair["kind"] in ("near", "prefix")
        what = "false conflation, " + ("unrelated" if is_unrelated else pair["kind"])
        meet(what, pair["form_a"], pair["form_b"])
    return {what: (sum(met) / len(met), len(met)) for what, met in meetings.items()}


def _fold(word):
    parts = unicodedata.normalize("NFD", word)
    return "".join(char for char in parts if not unicodedata.combining(char))
