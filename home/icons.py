"""The icons of browsers and phones: the mark of the settings, else the woven one."""

import io

from PIL import Image, ImageColor

from .patterns import GROUND, THREADS, mark_rows
from .pictures import draw_one
from .tones import Tone

ICON_SIZES = (192, 512)  # pixels, those that web manifests ask for
TOUCH_ICON_SIZE = 180
FAVICON_SIZES = [(16, 16), (32, 32), (48, 48)]
TOUCH_SHARE = 0.75
# How much of a maskable icon the mark may fill: systems show a circle of 80 % (W3C, Web Application
# Manifest, 4.1). The woven mark stands on its point, an uploaded one may be a full square.
WOVEN_SAFE_SHARE, UPLOADED_SAFE_SHARE = 0.76, 0.56


def png(settings, size: int, share: float = 1.0, ground: str | None = None) -> bytes:
    """Return a square icon; ``size`` in pixels, ``share`` is how much of it the mark fills."""
    return _save(draw(settings, size, share, ground), "PNG", optimize=True)


def maskable_png(settings, size: int) -> bytes:
    """Return an icon whose edges a system may cut off."""
    share = UPLOADED_SAFE_SHARE if settings.mark else WOVEN_SAFE_SHARE
    return png(settings, size, share, GROUND)


def touch_png(settings) -> bytes:
    """Return the icon that iOS puts on its home screen: it would show transparency as black."""
    return png(settings, TOUCH_ICON_SIZE, TOUCH_SHARE, GROUND)


def ico(settings) -> bytes:
    """Return the icon for browsers that ask for /favicon.ico."""
    largest = FAVICON_SIZES[-1][0]
    return _save(draw(settings, largest), "ICO", sizes=FAVICON_SIZES)


def draw(settings, size: int, share: float = 1.0, ground: str | None = None) -> Image.Image:
    canvas = Image.new("RGBA", (size, size), ground or (0, 0, 0, 0))
    room = int(size * share)
    chosen = settings.mark and draw_one(settings.mark, "fill-512x512|format-png")
    mark = _uploaded(chosen, room) if chosen else _woven(settings.accent_light, room)
    corner = (size - mark.width) // 2, (size - mark.height) // 2
    canvas.paste(mark, corner, mark)
    return canvas


def _uploaded(rendition, room: int) -> Image.Image:
    with rendition.file.open("rb") as file:
        return Image.open(file).convert("RGBA").resize((room, room), Image.Resampling.LANCZOS)


def _woven(accent: str, room: int) -> Image.Image:
    rows = mark_rows()
    colour = (*ImageColor.getrgb(accent or THREADS[Tone.CARMINE]), 255)
    small = Image.new("RGBA", (len(rows), len(rows)))
    small.putdata([colour if filled else (0, 0, 0, 0) for row in rows for filled in row])
    cell = room // len(rows)  # whole pixels: the weave stays sharp
    side = cell * len(rows) if cell else room
    return small.resize((side, side), Image.Resampling.NEAREST)


def _save(image: Image.Image, kind: str, **options) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
