"""Woven patterns in the manner of the Lielvārde belt, drawn from a seed.

A pattern is a tile of cells that repeats in both directions. Two lattices of rhombs fill it: one
around the tile's middle, one around its corners. Every rhomb is drawn from the distances ``(u, v)``
to its own middle, both never negative, so that each sign and the whole tile mirror on both axes
*by construction*: there is no way to draw a hooked or a rotating sign. Only a quarter is ever
computed; the rest is its mirror image.

The same seed gives the same pattern in every process and on every machine.
"""

import hashlib
import itertools
import random
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageColor

from home.tones import Tone

# What share of a tile's cells may be filled: below it looks empty, above it heavy.
LIGHTEST, HEAVIEST = 0.30, 0.50
# The largest square, in cells, that may be wholly empty or wholly filled.
LARGEST_VOID, LARGEST_BLOT = 4, 3

STRIP_REACH = 6  # of narrow bands
MONOGRAM_REACH, MONOGRAM_ROOM = 12, 6  # the room, in cells from the middle, is for the initials

# The colours of pictures (in pages, static/css/base.css colours the patterns): thread by tone.
GROUND = "#f0ebe0"
THREADS = {
    Tone.CARMINE: "#9d2235",
    Tone.SPRUCE: "#2f6b57",
    Tone.SEA: "#2d5279",
    Tone.OCHRE: "#8a6414",
    Tone.PLUM: "#6d3a64",
    Tone.SLATE: "#4d5660",
}

# The middles of rhombs, as signs of (u, v) that are true where a cell is filled.
CORES = (
    lambda u, v: u + v <= 1,  # a small cross
    lambda u, v: u + v == 2 or u + v == 0,  # a rhomb with a dot in it
    lambda u, v: u + v in (1, 2),  # a rhomb with a hole
    lambda u, v: u == v <= 2,  # a slanting cross
    lambda u, v: u + v == 3 or u + v == 0,  # a wide rhomb with a dot
    lambda u, v: u + v == 3 or u == v == 1 or u + v == 0,  # a rhomb with five dots
    lambda u, v: (u == 0 or v == 0) and u + v <= 3 or u == v == 1,  # a star
    lambda u, v: (u == 1 and v <= 2) or (v == 1 and u <= 2),  # four twigs, crossed
    lambda u, v: u + v == 2 or (u + v == 4 and 0 in (u, v)) or u + v == 0,  # a rhomb with points
    lambda u, v: max(u, v) == 2 and min(u, v) < 2 or u + v == 0,  # a square with cut corners
)
# Rings around the middle: signs of (u, v, distance from the ring's inner edge) and their width.
# Single lines are set apart by two empty cells: by one they would read as a chequerboard.
RINGS = (
    (lambda u, v, depth: True, 1),  # a line
    (lambda u, v, depth: True, 2),  # a thick line
    (lambda u, v, depth: True, 2),
    (lambda u, v, depth: u % 2 == 0, 1),  # dots
    (lambda u, v, depth: depth == 0 or u == 0 or v == 0, 2),  # a line with points on the axes
    (lambda u, v, depth: depth < 2 or u % 3 == 0, 3),  # a thick line with teeth
)
GAPS = (2, 2, 3)


@dataclass(frozen=True)
class Weave:
    """A tile. ``quarter[v][u]`` tells whether a cell is filled, for ``0 <= u, v <= reach``."""

    quarter: tuple[tuple[bool, ...], ...]

    @property
    def reach(self) -> int:
        return len(self.quarter) - 1

    @property
    def period(self) -> int:
        """After how many cells the tile repeats: the outermost cells are shared."""
        return 2 * self.reach

    def __call__(self, x: int, y: int) -> bool:
        """Tell whether the cell at ``(x, y)`` is filled; the middle of a tile is ``(0, 0)``."""
        return self.quarter[self._fold(y)][self._fold(x)]

    def _fold(self, distance: int) -> int:
        distance = abs(distance) % self.period
        return min(distance, self.period - distance)

    def rows(self, xs: range, ys: range) -> list[list[bool]]:
        return [[self(x, y) for x in xs] for y in ys]


# A chain of rhombs, each with a small cross in it.
HAIRLINE = Weave(
    tuple(tuple(u + v == 4 or u + v <= 1 or u + v >= 7 for u in range(5)) for v in range(5))
)


def random_for(*words) -> random.Random:
    """Return a generator that the words determine, in every process."""
    text = "\x1f".join(map(str, words))
    digest = hashlib.sha256(text.encode()).digest()
    return random.Random(digest)  # noqa: S311 - ornaments, no secrets


@lru_cache(maxsize=512)
def weave(seed: str, reach: int = 12) -> Weave:
    """Return the tile of a seed: the first draft that is neither empty nor heavy."""
    for draft in itertools.count():
        tile = _draw(random_for(seed, reach, draft), reach)
        if _is_balanced(tile):
            return tile


def _draw(rng, reach) -> Weave:
    middle, corner = _rhomb(rng, reach), _rhomb(rng, reach)
    seam = rng.choice((True, True, False))

    def is_filled(u, v):
        if u + v == reach:  # where the two lattices meet
            return seam or u in (0, reach)
        return middle(u, v) if u + v < reach else corner(reach - u, reach - v)

    cells = range(reach + 1)
    return Weave(tuple(tuple(is_filled(u, v) for u in cells) for v in cells))


def _rhomb(rng, reach):
    """Return the sign of a whole rhomb: a core, then rings with air between them."""
    core = rng.choice(CORES)
    rings, start = [], rng.choice((4, 5))
    while start < reach - 2:
        is_filled, width = rng.choice(RINGS)
        rings.append((start, width, is_filled))
        start += width + rng.choice(GAPS)

    def sign(u, v):
        if u + v <= 4 and core(u, v):
            return True
        distance = u + v
        return any(
            start <= distance < min(start + width, reach - 2) and is_filled(u, v, distance - start)
            for start, width, is_filled in rings
        )

    return sign


def _is_balanced(tile: Weave) -> bool:
    rows = tile.rows(range(tile.period), range(tile.period))
    share = sum(map(sum, rows)) / tile.period**2
    return (
        LIGHTEST <= share <= HEAVIEST
        and largest_square(tile, False) <= LARGEST_VOID
        and largest_square(tile, True) <= LARGEST_BLOT
    )


def largest_square(tile: Weave, value: bool) -> int:
    """Return the side of the largest square of cells that all have ``value``."""
    # Squares that lie across the tile's edge are met in a part of its neighbours.
    size, largest = tile.period + LARGEST_VOID + LARGEST_BLOT, 0
    above = [0] * size
    for y in range(size):
        row, left, slanting = [], 0, 0
        for x in range(size):
            left = min(above[x], left, slanting) + 1 if tile(x, y) is value else 0
            slanting = above[x]
            row.append(left)
            largest = max(largest, left)
        above = row
    return largest


def monogram_rows(seed: str) -> list[list[bool]]:
    """Return one tile of a seed with an empty rhomb in its middle, in which initials stand."""
    tile = weave(seed, MONOGRAM_REACH)
    side = range(-tile.reach, tile.reach + 1)
    return [[abs(x) + abs(y) > MONOGRAM_ROOM and tile(x, y) for x in side] for y in side]


def mark_rows() -> list[list[bool]]:
    """Return the sign of the site: nine rhombs that stand together as one."""

    def is_filled(u, v):
        outer = min(abs(u - x) + abs(v - y) for x, y in ((6, 0), (0, 6), (3, 3))) <= 2
        return outer or 0 < u + v <= 2

    side = range(-8, 9)
    return [[is_filled(abs(x), abs(y)) for x in side] for y in side]


def path(rows) -> str:
    """Return rows of cells as one SVG path of horizontal strokes, one unit wide.

    Each run of filled cells is one stroke; row ``n`` runs along ``y = n``.
    """
    commands = []
    for y, row in enumerate(rows):
        pen = None  # where the stroke before has ended; None: no stroke in this row yet
        for filled, run in itertools.groupby(enumerate(row), key=lambda cell: cell[1]):
            run = list(run)
            if filled:
                start, length = run[0][0], len(run)
                commands.append(f"M{start} {y}" if pen is None else f"m{start - pen} 0")
                commands.append(f"h{length}")
                pen = start + length
    return "".join(commands)


def cover_image(seed: str, tone: str, width: int, height: int, cell: int = 20) -> Image.Image:
    """Return a cover as a picture, its pattern centred; ``cell`` is in pixels."""
    tile = weave(seed)
    columns, rows = width // cell // 2 + 1, height // cell // 2 + 1
    cells = tile.rows(range(-columns, columns + 1), range(-rows, rows + 1))
    small = Image.new("RGB", (2 * columns + 1, 2 * rows + 1))
    colours = {False: ImageColor.getrgb(GROUND), True: ImageColor.getrgb(THREADS[Tone(tone)])}
    small.putdata([colours[filled] for row in cells for filled in row])
    large = small.resize((small.width * cell, small.height * cell), Image.Resampling.NEAREST)
    left, top = (large.width - width) // 2, (large.height - height) // 2
    return large.crop((left, top, left + width, top + height))
