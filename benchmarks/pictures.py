"""What a rendition costs, by format, quality and speed: processor time and size.

    .venv/bin/python benchmarks/pictures.py [PHOTOGRAPH …]

Without photographs it draws its own: noise of all scales, as busy as a picture can be, and a flat
drawing. The pictures are scaled to 1280 pixels, as the site's larger ones are.
"""

import io
import random
import sys
import time
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1280, 853
AVIF = [(quality, speed) for quality in (50, 61) for speed in (4, 6, 8, 10)]


def noise():
    """Return noise of all scales, each as strong as the next (as in photographs)."""
    chance = random.Random(1)
    picture = Image.new("RGB", (WIDTH, HEIGHT), "grey")
    for octave in range(3, 12):
        size = 2**octave, 2**octave * HEIGHT // WIDTH
        layer = Image.frombytes("RGB", size, chance.randbytes(3 * size[0] * size[1]))
        picture = Image.blend(picture, layer.resize((WIDTH, HEIGHT), Image.BICUBIC), 0.33)
    return picture


def drawing():
    picture = Image.new("RGB", (WIDTH, HEIGHT), "#f0ebe0")
    pen = ImageDraw.Draw(picture)
    for number in range(12):
        box = (number * 90, 300 - number * 20, number * 90 + 400, 800)
        pen.ellipse(box, fill=("#9d2235", "#2f6b57", "#2d5279")[number % 3])
    return picture


def photograph(path):
    picture = Image.open(path).convert("RGB")
    return picture.resize((WIDTH, WIDTH * picture.height // picture.width), Image.LANCZOS)


def cost(picture, kind, **options):
    output = io.BytesIO()
    started = time.process_time()
    picture.save(output, kind, **options)
    return f"{1000 * (time.process_time() - started):.0f} | {output.tell() / 1000:.1f}"


def main(paths):
    pictures = {Path(path).name: photograph(path) for path in paths}
    pictures = pictures or {"noise": noise(), "drawing": drawing()}
    print("| picture | format | ms | kB |\n| --- | --- | --- | --- |")
    for name, picture in pictures.items():
        for quality, speed in AVIF:
            figures = cost(picture, "AVIF", quality=quality, speed=speed)
            print(f"| {name} | AVIF {quality}, speed {speed} | {figures} |")
        print(f"| {name} | WebP 80 | {cost(picture, 'WEBP', quality=80)} |")
        print(f"| {name} | JPEG 76 | {cost(picture, 'JPEG', quality=76, progressive=True)} |")


if __name__ == "__main__":
    main(sys.argv[1:])
