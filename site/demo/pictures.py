"""The pictures of the demo content, drawn at load time: plain shapes in the colours of the site.

The same name gives the same bytes in every load, so that a picture is stored once.
"""

import io
import math

from django.conf import settings
from PIL import Image, ImageColor, ImageDraw, ImageFont

from home.patterns import GROUND, THREADS, cover_image, random_for
from home.tones import Tone

WIDTH, HEIGHT = 1600, 900
SMOOTH = 2  # drawn so many times larger and scaled down, which smooths slanting lines
INK, PAPER = "#1f1c18", "#fbf8f1"
LOGO_FONT = settings.SITE_DIR / "static" / "fonts" / "rota-sans.woff2"
LOGOS = {
    "lps": ("LPS", Tone.CARMINE),
    "ks": ("KS", Tone.SEA),
    "vraa": ("VRAA", Tone.SPRUCE),
    "norway": ("NORWAY", Tone.SLATE),
}
RECORDING_TONES = (Tone.SLATE, Tone.SEA, Tone.PLUM, Tone.SPRUCE)


def draw(name: str) -> bytes:
    """Return the picture of that name as PNG."""
    kind, _dash, variant = name.partition("-")
    if kind == "logo":
        picture = _logo(*LOGOS[variant])
    elif kind == "recording":
        picture = cover_image(name, RECORDING_TONES[int(variant)], 1280, 720, cell=24)
    else:
        picture = _scene(SCENES[name])
    output = io.BytesIO()
    picture.save(output, "PNG")
    return output.getvalue()


def _logo(word, tone):
    """A word under a line, on white: stands in for a logo that is not ours to copy."""
    font = ImageFont.truetype(LOGO_FONT, 120)
    font.set_variation_by_axes([700])
    left, top, right, bottom = font.getbbox(word)
    picture = Image.new("RGB", (right - left + 80, bottom - top + 100), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((40 - left, 60 - top), word, font=font, fill=INK)
    pen.rectangle((40, 24, picture.width - 41, 33), fill=THREADS[tone])
    return picture


def _scene(paint):
    picture = Image.new("RGB", (WIDTH * SMOOTH, HEIGHT * SMOOTH), GROUND)
    paint(_Pen(picture))
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _mix(colour, ground, share):
    """Return ``share`` of a colour on a ground."""
    pairs = zip(ImageColor.getrgb(colour), ImageColor.getrgb(ground), strict=True)
    return tuple(round(share * one + (1 - share) * other) for one, other in pairs)


class _Pen:
    """Draws in the coordinates of the finished picture."""

    def __init__(self, picture):
        self.draw = ImageDraw.Draw(picture)

    def area(self, points, fill):
        self.draw.polygon([(x * SMOOTH, y * SMOOTH) for x, y in points], fill=fill)

    def box(self, left, top, right, bottom, fill):
        self.area([(left, top), (right, top), (right, bottom), (left, bottom)], fill)

    def line(self, points, fill, width):
        scaled = [(x * SMOOTH, y * SMOOTH) for x, y in points]
        self.draw.line(scaled, fill=fill, width=width * SMOOTH, joint="curve")


def _half_disc(x, y, radius, steps=48):
    """Return the points of an arch that stands on ``y``."""
    angles = (math.pi * step / steps for step in range(steps + 1))
    return [(x - radius * math.cos(angle), y - radius * math.sin(angle)) for angle in angles]


def _prague(pen):
    """A river, a bridge of arches, and towers behind it."""
    far, near = _mix(THREADS[Tone.PLUM], GROUND, 0.35), THREADS[Tone.PLUM]
    for left, width, top, colour in (
        (110, 90, 360, far),
        (330, 130, 300, far),
        (640, 80, 330, far),
        (900, 150, 250, far),
        (1240, 90, 340, far),
        (1400, 110, 300, far),
        (230, 70, 300, near),
        (760, 84, 210, near),
        (1120, 70, 290, near),
    ):
        pen.box(left, top, left + width, 620, colour)
        pen.area([(left, top), (left + width, top), (left + width / 2, top - width)], colour)
    pen.box(0, 560, WIDTH, 620, INK)
    pen.box(0, 620, WIDTH, 740, INK)
    for middle in range(100, WIDTH, 200):
        pen.area(_half_disc(middle, 741, 78), GROUND)
    pen.box(0, 740, WIDTH, HEIGHT, THREADS[Tone.SEA])
    for row, y in enumerate(range(766, HEIGHT, 30)):
        for x in range(-60 + 70 * (row % 2), WIDTH, 140):
            pen.box(x, y, x + 84, y + 5, _mix(PAPER, THREADS[Tone.SEA], 0.55))


def _contract(pen):
    """Two pages with lines of text and a line for each signature."""
    pen.box(0, 0, WIDTH, HEIGHT, _mix(THREADS[Tone.SLATE], GROUND, 0.25))
    rng = random_for("contract")
    for left in (250, 830):
        pen.box(left, 110, left + 520, 830, PAPER)
        pen.box(left + 60, 180, left + 300, 196, THREADS[Tone.CARMINE])
        for y in range(250, 600, 44):
            pen.box(left + 60, y, left + rng.randint(360, 460), y + 9, "#b9b2a4")
        stroke = [
            (left + 80 + x, 700 + 26 * math.sin(x / 17) * math.cos(x / 61))
            for x in range(0, 300, 3)
        ]
        pen.line(stroke, THREADS[Tone.SEA], 6)
        pen.box(left + 60, 744, left + 460, 748, INK)


def _columns(pen):
    """Columns of different height above lines."""
    for y in range(160, 801, 80):
        pen.box(100, y, WIDTH - 100, y + 3, "#d3ccbc")
    tones = list(THREADS.values())
    for index, height in enumerate((250, 330, 290, 420, 380, 500, 470, 590, 560, 640)):
        left = 140 + 136 * index
        pen.box(left, 800 - height, left + 92, 800, tones[(index // 2) % 5])
    pen.box(100, 800, WIDTH - 100, 806, INK)


def _map(pen):
    """Fields of different colours, with light borders."""
    columns, rows = 8, 5
    rng = random_for("map")

    def border(place, last, size):
        """Return where a border runs: shaken, but not at the picture's edge."""
        return (place + (rng.uniform(-0.28, 0.28) if 0 < place < last else 0)) * size / last

    corners = [
        [(border(x, columns, WIDTH), border(y, rows, HEIGHT)) for x in range(columns + 1)]
        for y in range(rows + 1)
    ]
    tones = list(THREADS.values())
    for row in range(rows):
        for column in range(columns):
            top, bottom = corners[row], corners[row + 1]
            field = [top[column], top[column + 1], bottom[column + 1], bottom[column]]
            tone = tones[(column * 2 + row * 3 + rng.randint(0, 1)) % len(tones)]
            pen.area(field, _mix(tone, GROUND, rng.choice((0.45, 0.65, 0.85))))
            pen.line([*field, field[0]], PAPER, 7)


def _threads(pen):
    """Threads of two colours that come from two sides and run on as one band."""
    for index in range(9):
        for tone, start, end in (
            (Tone.SEA, 70 + 34 * index, 300 + 36 * index),
            (Tone.OCHRE, 558 + 34 * index, 318 + 36 * index),
        ):
            curve = []
            for x in range(0, WIDTH + 1, 8):
                share = 0.5 - 0.5 * math.cos(math.pi * min(x / 1000, 1))
                curve.append((x, start + (end - start) * share))
            pen.line(curve, THREADS[tone], 9)


def _hills(pen):
    """Lines of hills and a road to one house."""
    pen.box(0, 0, WIDTH, HEIGHT, _mix(THREADS[Tone.OCHRE], GROUND, 0.12))
    for index, (base, swing, length) in enumerate(
        ((380, 60, 330), (480, 70, 270), (590, 60, 390), (700, 50, 310))
    ):
        ridge = [
            (x, base + swing * math.sin(x / length + 1.7 * index)) for x in range(0, WIDTH + 1, 8)
        ]
        colour = _mix(THREADS[Tone.SPRUCE], GROUND, 0.3 + 0.2 * index)
        pen.area([(0, HEIGHT), *ridge, (WIDTH, HEIGHT)], colour)
    pen.area([(700, HEIGHT), (860, HEIGHT), (1082, 640), (1066, 640)], PAPER)
    pen.box(1010, 540, 1140, 640, PAPER)
    pen.area([(995, 545), (1155, 545), (1075, 465)], THREADS[Tone.CARMINE])
    pen.box(1056, 580, 1094, 640, INK)


SCENES = {
    "prague": _prague,
    "contract": _contract,
    "columns": _columns,
    "map": _map,
    "threads": _threads,
    "hills": _hills,
}
