"""What a run tells: numbers, and what a person should look at."""

from collections import Counter

MOST_ENTRIES = 20_000  # kept of one run; the numbers count on


class Report:
    """Counts and entries of one run, as ``ImportRun.report`` and ``--report`` hold them.

    A count has a name and perhaps a type: ``counts["imported"]["post"]``. An entry names an item by
    its number on the old site, with a code (see ``sentences``) and a detail.
    """

    def __init__(self):
        self.counts, self.entries, self.left_out = {}, [], 0
        self._said = set()

    def count(self, name, kind="", number=1):
        self.counts.setdefault(name, Counter())[kind] += number

    def add(self, code, detail="", post_id=0, title=""):
        self.count("entries", code)
        if len(self.entries) == MOST_ENTRIES:
            self.left_out += 1
            return
        entry = {"post_id": post_id, "title": title, "code": code, "detail": str(detail)[:500]}
        self.entries.append(entry)

    def once(self, code, detail):
        """Add an entry that is of no one item, and not again."""
        if (code, detail) not in self._said:
            self._said.add((code, detail))
            self.add(code, detail)

    def total(self, name) -> int:
        return sum(self.counts.get(name, {}).values())

    def as_json(self) -> dict:
        counts = {name: dict(sorted(found.items())) for name, found in sorted(self.counts.items())}
        return {"counts": counts, "entries": self.entries, "entries_left_out": self.left_out}
