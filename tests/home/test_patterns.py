"""The woven patterns: mirrored, neither empty nor heavy, the same everywhere."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from django.conf import settings

from home import patterns
from home.templatetags.patterns import cover, hairline, mark, monogram, strip

pytestmark = pytest.mark.once

SEEDS = [f"seed-{number}" for number in range(1200)]
REACHES = [12, patterns.STRIP_REACH]


def mirrored_left_to_right(rows):
    return [list(reversed(row)) for row in rows]


def assert_mirrors_on_both_axes(rows):
    rows = [list(row) for row in rows]
    assert rows == mirrored_left_to_right(rows)
    assert rows == rows[::-1]


def cells_of_path(data, width, height):
    """Draw a path of ``patterns.path`` again, as rows of cells."""
    rows = [[False] * width for _ in range(height)]
    x = y = 0
    for command, first, second in re.findall(r"([Mmh])(-?\d+)(?: (\d+))?", data):
        if command == "M":
            x, y = int(first), int(second)
        elif command == "m":
            x += int(first)
        else:
            for column in range(x, x + int(first)):
                rows[y][column] = True
            x += int(first)
    return rows


@pytest.mark.parametrize("reach", REACHES)
def test_every_tile_mirrors_on_both_axes_and_repeats(reach):
    for seed in SEEDS:
        tile = patterns.weave(seed, reach)
        sides = range(-reach, reach + 1)
        assert_mirrors_on_both_axes(tile.rows(sides, sides))
        assert tile(3, 2) == tile(3 + tile.period, 2 - tile.period)


@pytest.mark.parametrize("reach", REACHES)
def test_no_tile_is_empty_or_heavy(reach):
    for seed in SEEDS[:500]:
        tile = patterns.weave(seed, reach)
        cells = range(tile.period)
        share = sum(map(sum, tile.rows(cells, cells))) / tile.period**2
        assert patterns.LIGHTEST <= share <= patterns.HEAVIEST
        assert patterns.largest_square(tile, False) <= patterns.LARGEST_VOID
        assert patterns.largest_square(tile, True) <= patterns.LARGEST_BLOT


def test_monograms_and_mark_mirror_and_leave_room_for_initials():
    for seed in SEEDS[:500]:
        rows = patterns.monogram_rows(seed)
        assert_mirrors_on_both_axes(rows)
        middle = len(rows) // 2
        assert not any(rows[middle][middle - 4 : middle + 5])
    assert_mirrors_on_both_axes(patterns.mark_rows())
    assert_mirrors_on_both_axes(patterns.HAIRLINE.rows(range(-8, 9), range(-4, 5)))


def test_path_draws_the_cells():
    for seed in SEEDS[:50]:
        rows = patterns.monogram_rows(seed)
        assert cells_of_path(patterns.path(rows), len(rows), len(rows)) == rows


def test_the_same_seed_gives_the_same_pattern_in_another_process():
    program = (
        "from django.conf import settings; settings.configure(USE_I18N=False);"
        "from home.templatetags.patterns import cover; print(cover('a page', 'sea'), end='')"
    )
    environment = {"PYTHONHASHSEED": "7", "PYTHONPATH": str(settings.BASE_DIR)}
    output = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert output == cover("a page", "sea")
    assert output != cover("another page", "sea")


@pytest.mark.parametrize(
    "svg",
    [cover("a", "sea"), strip("a", "plum"), hairline(), monogram("AB", "a", "ochre"), mark()],
    ids=["cover", "strip", "hairline", "monogram", "mark"],
)
def test_svg_is_small_hidden_from_assistive_technology_and_without_styles(svg):
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own
    assert root.get("aria-hidden") == "true"
    assert "style" not in svg
    assert "#" not in re.sub(r"url\(#[\w-]+\)", "", svg), "colours come from classes"
    assert len(svg) < 2000


def test_initials_are_escaped():
    assert "<b>&lt;</b>" in monogram("<", "a")


def test_cover_image_has_the_size_asked_for_and_mirrors():
    image = patterns.cover_image("a", "spruce", 640, 360, cell=20)
    assert image.size == (640, 360)
    assert image.transpose(0).tobytes() == image.tobytes()
    assert image.transpose(1).tobytes() == image.tobytes()
