"""The store in the memory of a process: bounded, the least recently used goes first."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from .entries import Entry

MOST_OF_AN_ADDRESS = 200  # queries: a search can't drive out the rest of the site
LARGEST_SHARE = 8  # an entry may take this part of the memory, no more
COST_OF_AN_ADDRESS = 600  # bytes that are kept of an address besides its entries


@dataclass(slots=True)
class Address:
    """What is known of an address without its query.

    ``parameters`` are those that it depends on (see ``marks``), None if it is not to be kept: so it
    was in ``generation``.
    """

    parameters: object
    generation: int
    entries: OrderedDict[str, Entry] = field(default_factory=OrderedDict)


class Memory:
    """Entries by address and canonical query; ``size`` bytes at most. Threads may share it."""

    def __init__(self, size: int):
        self.size, self.used = size, 0
        self._addresses: OrderedDict[tuple, Address] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self):
        return sum(len(address.entries) for address in self._addresses.values())

    def address(self, path) -> Address | None:
        """Return what is known of an address, and remember that it was asked for."""
        with self._lock:
            address = self._addresses.get(path)
            if address is not None:
                self._addresses.move_to_end(path)
            return address

    def get(self, path, query: str) -> Entry | None:
        with self._lock:
            address = self._addresses.get(path)
            entry = address and address.entries.get(query)
            if entry:
                self._addresses.move_to_end(path)
                address.entries.move_to_end(query)
            return entry

    def learn(self, path, parameters, generation):
        """Remember on which parameters an address depends; None: it is not to be kept."""
        with self._lock:
            self._learn(path, parameters, generation)
            self._make_room()

    def put(self, path, query: str, entry: Entry, parameters):
        with self._lock:
            address = self._learn(path, parameters, entry.generation)
            self._drop(address, query)
            if entry.cost <= self.size // LARGEST_SHARE:
                address.entries[query] = entry
                self.used += entry.cost
            while len(address.entries) > MOST_OF_AN_ADDRESS:
                self._drop(address, next(iter(address.entries)))
            self._make_room()

    def _learn(self, path, parameters, generation) -> Address:
        address = self._addresses.get(path)
        if address is None:
            address = self._addresses[path] = Address(parameters, generation)
            self.used += COST_OF_AN_ADDRESS
        address.parameters, address.generation = parameters, generation
        self._addresses.move_to_end(path)
        return address

    def _drop(self, address, query):
        entry = address.entries.pop(query, None)
        if entry:
            self.used -= entry.cost

    def _make_room(self):
        while self.used > self.size and self._addresses:
            path, address = next(iter(self._addresses.items()))
            if address.entries:
                self._drop(address, next(iter(address.entries)))
            else:
                del self._addresses[path]
                self.used -= COST_OF_AN_ADDRESS
