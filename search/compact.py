"""Many short texts in few blocks of memory: an object for each takes ten times as much."""

from array import array
from collections.abc import Iterator

FULLEST = 0.7  # of the slots; the fuller, the longer it takes to find one


class TextNumbers:
    """Different texts, numbered from 0 on as they come: a dictionary in two arrays.

    It holds hashes only. They have 64 bits: that another word has that of one of 100,000 happens
    once in 10^14 words.
    """

    def __init__(self):
        self._hashes = array("q")
        self._slots = array("I", bytes(4096))  # number + 1, where the hash leads to or behind it

    def __len__(self):
        return len(self._hashes)

    def get(self, text: str) -> int | None:
        """Return the number of a text; None where it has none."""
        number = self._slots[self._slot(hash(text))]
        return number - 1 if number else None

    def add(self, text: str) -> int:
        """Return the number of a text, the next one where it has none yet."""
        key = hash(text)
        slot = self._slot(key)
        if not self._slots[slot]:
            self._hashes.append(key)
            self._slots[slot] = len(self._hashes)
            if len(self._hashes) > FULLEST * len(self._slots):
                self._grow()
            return len(self._hashes) - 1
        return self._slots[slot] - 1

    def _slot(self, key) -> int:
        """Return the slot of a hash, or the free one where it belongs."""
        slots, hashes, last = self._slots, self._hashes, len(self._slots) - 1
        slot = key & last
        while slots[slot] and hashes[slots[slot] - 1] != key:
            slot = (slot + 1) & last
        return slot

    def _grow(self):
        self._slots = array("I", bytes(2 * len(self._slots) * self._slots.itemsize))
        for number, key in enumerate(self._hashes):
            self._slots[self._slot(key)] = number + 1


class Texts:
    """A list of texts."""

    def __init__(self):
        self._letters = bytearray()
        self._ends = array("I", [0])

    def __len__(self):
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        return self._letters[self._ends[number] : self._ends[number + 1]].decode()

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def append(self, text: str):
        self._letters += text.encode()
        self._ends.append(len(self._letters))
