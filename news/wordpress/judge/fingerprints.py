"""Finds texts that are nearly the same among very many, at a cost that does not grow with them.

A text is the set of its word triples. Of their hashes a *sketch* keeps the smallest, by which the
share that two texts have in common is estimated (Broder 1997, "bottom-k"). Which texts are worth a
comparison, an ``Index`` says: those that agree in one of a few minima under different permutations
(MinHash), kept in a table of fixed size. What finds its places taken is not indexed there: a text
has six chances.
"""

import zlib
from array import array

TRIPLE = 3  # words
KEPT = 32  # hashes of a sketch: the error of an estimate of 0.7 is 0.08
# Hashes are whole numbers of 32 bits; exclusive or with a constant permutes them.
PERMUTATIONS = (0x9E3779B9, 0x7F4A7C15, 0xF39CC060, 0x106AA070, 0x5CEDC834, 0xA4093822)
MIXER = 0x9E3779B1  # odd: spreads what crc32 leaves close together
SLOTS = 1 << 21  # 8 MB, for a few hundred thousand texts


def hashes(words: list[str]) -> set[int]:
    """Return the hashes of the text's word triples, none of a text of fewer words."""
    return {
        zlib.crc32(" ".join(words[place : place + TRIPLE]).encode()) * MIXER & 0xFFFFFFFF
        for place in range(len(words) - TRIPLE + 1)
    }


def sketch(hashed: set[int]) -> list[int]:
    return sorted(hashed)[:KEPT]


def similarity(first: list[int], second: list[int]) -> float:
    """Return the share, from 0 to 1, that two texts have in common, by their sketches."""
    union = sorted({*first, *second})[:KEPT]
    both = set(first).intersection(second)
    return sum(value in both for value in union) / len(union) if union else 0.0


class Index:
    """Numbers of texts by the minima of their hashes."""

    def __init__(self):
        self._slots = array("I", bytes(4 * SLOTS))

    def candidates(self, places: list[tuple[int, int]]) -> set[int]:
        """Return the numbers of at most a dozen texts that may be like the one with such places."""
        found = {self._slots[slot] for pair in places for slot in pair}
        return {number - 1 for number in found if number}

    def add(self, places: list[tuple[int, int]], number: int):
        for pair in places:
            for slot in pair:
                if not self._slots[slot]:
                    self._slots[slot] = number + 1
                    break


def places_of(hashed: set[int]) -> list[tuple[int, int]]:
    """Return where a text with such hashes may stand in the index; alike texts share some."""
    places = []
    for place, permutation in enumerate(PERMUTATIONS):
        least = min(map(permutation.__xor__, hashed))
        key = zlib.crc32(least.to_bytes(4, "big"), place)
        places.append((key % SLOTS, key * MIXER % (1 << 32) % SLOTS))
    return places
