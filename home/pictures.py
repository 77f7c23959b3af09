"""How pictures are drawn for visitors: in which sizes and formats, for each place of the design.

A picture is offered as AVIF and WebP in several widths, and once as JPEG or PNG for browsers that
know neither; the browser takes the one that fits (`<picture>`, `srcset`, `sizes`). Nothing is ever
drawn larger than its original, and what is cut is cut around the focal point.

Pictures are drawn when they are published (see home.tasks), and a visitor who comes first waits
for what is missing.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Model, Prefetch, prefetch_related_objects
from django.utils.safestring import SafeString
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.image_operations import FormatOperation
from wagtail.images.models import AbstractImage, Filter, Picture
from willow.image import AvifImageFile
from willow.plugins.pillow import PillowImage

logger = logging.getLogger(__name__)

MODERN_FORMATS, OLD_FORMATS = ("avif", "webp"), ("png", "jpeg")

# Pillow's speed of AVIF, 0 to 10; its own is 6. At 8 a picture 1280 pixels wide costs the processor
# 40 to 215 ms, as WebP does, instead of 230 to 1000. Photographs become 1 to 4 % larger, flat
# drawings twice as large, which is still as WebP (benchmarks/pictures.py).
AVIF_SPEED = 8


@dataclass(frozen=True)
class Place:
    """A place of the design where pictures stand.

    ``widths`` are those drawn, in pixels, ascending. ``sizes`` says how wide the place is in a
    window of any width, in pixels: what a rem is to the style sheets (17 to 19 pixels) is 16 to
    this attribute. ``ratio`` is what a picture is cut to (width by height); without it a picture
    stays whole, at most ``height`` pixels high. ``keeps_tall``: what is higher than wide is never
    cut, and shown half of ``height`` high.
    """

    widths: tuple[int, ...]
    sizes: str
    ratio: float | None = None
    height: int = 10_000
    keeps_tall: bool = False

    def operations(self, image: AbstractImage) -> list[str]:
        """Return the filters that draw a picture in each width it has pixels for."""
        ratio = None if self._is_tall(image) else self.ratio
        most = image.height * ratio if ratio else image.width * self.height / image.height
        most = min(image.width, most)
        smaller = [width for width in self.widths if width < most]
        return self._operations(self.widths[: len(smaller) + 1], ratio)

    def specs(self, image: AbstractImage) -> list[str]:
        """Return the filter specs of all renditions of a picture at this place."""
        operations = self.operations(image)
        modern = [f"{each}|format-{name}" for name in MODERN_FORMATS for each in operations]
        return [*modern, f"{operations[:2][-1]}|format-{_old_format(image)}"]

    def sizes_of(self, image: AbstractImage) -> str:
        """Return how wide a picture is at this place: the attribute ``sizes``."""
        if self._is_tall(image):
            return f"min({ONE_COLUMN}, {round(self.height / 2 * image.width / image.height)}px)"
        return self.sizes

    def _is_tall(self, image) -> bool:
        return self.keeps_tall and image.height > image.width

    def _operations(self, widths, ratio) -> list[str]:
        if ratio:
            return [f"fill-{width}x{round(width / ratio)}" for width in widths]
        return [f"max-{width}x{self.height}" for width in widths]

    def possible_specs(self) -> list[str]:
        """Return the filter specs of all renditions that any picture may have at this place."""
        operations = self._operations(self.widths, self.ratio)
        formats = (*MODERN_FORMATS, *OLD_FORMATS)
        return [f"{operation}|format-{name}" for name in formats for operation in operations]


def _old_format(image: AbstractImage) -> str:
    """Return the format for old browsers; what may be transparent stays so."""
    return "png" if image.filename.lower().endswith((".png", ".gif")) else "jpeg"


ONE_COLUMN = "calc(96vw - 28px)"  # the window without the margins of the page
FRONT = Place(
    (480, 720, 1080, 1600),
    f"(width < 896px) {ONE_COLUMN}, (width < 1500px) calc(54.6vw - 27px), 787px",
    ratio=16 / 9,
)
ARTICLE = Place(
    (480, 800, 1280, 1920),
    f"(width < 1500px) {ONE_COLUMN}, 1406px",
    ratio=2 / 1,
    height=1400,
    keeps_tall=True,
)
PORTRAIT = Place((240, 480, 720), "(width < 640px) 43vw, 300px", ratio=1 / 1)
VIDEO = Place(
    (480, 800, 1200),
    f"(width < 960px) {ONE_COLUMN}, (width < 1500px) calc(91vw - 362px), 998px",
    ratio=16 / 9,
)

# By the names that templates use. tests/browser/test_pictures.py holds `sizes` to the style sheets.
PLACES = {
    "front": FRONT,
    "article": ARTICLE,
    "figure": Place(
        (480, 800, 1280),
        f"(width < 780px) {ONE_COLUMN}, (width < 960px) 725px, "
        "(width < 1236px) calc(87.5vw - 322px), 760px",
    ),
    "portrait": PORTRAIT,
    "portrait-page": replace(PORTRAIT, sizes="(width < 704px) 190px, (width < 920px) 37vw, 340px"),
    "video": VIDEO,
    "video-half": replace(
        VIDEO, sizes=f"(width < 912px) {ONE_COLUMN}, (width < 1500px) calc(46.8vw - 24px), 675px"
    ),
    "video-row": replace(
        VIDEO, sizes=f"(width < 656px) {ONE_COLUMN}, (width < 1030px) 272px, 322px"
    ),
    "logo": Place((320,), "", height=120),
    "mark": Place((128,), "", height=128),
}


def picture(image: AbstractImage | None, place: str, alt="", priority=False, **attributes) -> str:
    """Return a picture as HTML; empty if there is none, or if its file is missing or broken.

    ``alt`` is the text in the language of the page, empty for decoration. ``priority`` is for the
    largest picture that visitors see first; all others are loaded late. ``attributes`` are more of
    the ``img``.
    """
    renditions = draw(image, place) if image else {}
    if not renditions:
        return ""
    largest = max(renditions.values(), key=lambda rendition: rendition.width)
    attributes |= {"alt": alt, "width": largest.width, "height": largest.height}
    attributes |= {"fetchpriority": "high"} if priority else {"loading": "lazy"}
    if len(renditions) > len(MODERN_FORMATS) + 1:
        attributes["sizes"] = PLACES[place].sizes_of(image)
        # `sizes` stands on the `img` too, where HTML allows it beside a `srcset` alone.
        *_modern, only = renditions.values()
        attributes["srcset"] = f"{only.url} {only.width}w"
    return SafeString(Picture(renditions, attributes | {"decoding": "async"}))


def draw(image: AbstractImage, place: str) -> dict:
    """Return the renditions of a picture by their specs; those that are missing are drawn.

    Empty if the file is missing or broken, which goes to the log: a page stands without a picture.
    """
    return _draw(image, PLACES[place].specs(image))


def draw_one(image: AbstractImage, spec: str):
    """Return the rendition of a picture by a filter spec; None if the file is missing or broken."""
    return _draw(image, [spec]).get(spec)


def _draw(image, specs) -> dict:
    try:
        return image.get_renditions(*map(_filter, specs))
    except Exception as error:  # there is no end to what a broken file makes decoders raise
        logger.warning("Image %s (%s) can't be drawn: %r", image.pk, image.title, error)
        return {}


@lru_cache(maxsize=500)
def _filter(spec: str) -> Filter:
    """Return a filter that reads its spec once, not for each picture."""
    return Filter(spec)


# Pictures of pages


def pictures_of(instance: Model) -> Iterator[tuple[AbstractImage, tuple[str, ...]]]:
    """Yield the pictures that a page or record shows with their places, first that on itself."""
    for name, places in getattr(instance, "picture_places", {}).items():
        if image := getattr(instance, name):
            yield image, places
    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            for figure in _figures(getattr(instance, field.name)):
                yield figure["image"], ("figure",)


def _figures(stream) -> list:
    """Return the figures of a body that have an image; other blocks are left unread."""
    numbers = [n for n, block in enumerate(stream.raw_data) if block["type"] == "figure"]
    return [value for value in (stream[n].value for n in numbers) if value["image"]]


def fetch_renditions(page: Model):
    """Read what the page itself and networks show of its pictures in one query."""
    pictures = list(pictures_of(page))
    if pictures:
        specs = {SHARE_IMAGE_FILTER}
        for image, (own_place, *_others) in pictures:
            specs.update(PLACES[own_place].specs(image))
        images = [image for image, _places in pictures]
        prefetch_related_objects(images, _with_specs("renditions", sorted(specs)))


def with_renditions(path: str, place: str) -> Prefetch:
    """Return what makes a list read the renditions of one place with the images at ``path``."""
    return _with_specs(f"{path}__renditions", PLACES[place].possible_specs())


def _with_specs(lookup, specs) -> Prefetch:
    renditions = get_image_model().get_rendition_model().objects
    return Prefetch(lookup, renditions.filter(filter_spec__in=specs))


def draw_all(instance: Model):
    """Draw the pictures of a page or record at all their places, and what networks show of it."""
    for image, places in pictures_of(instance):
        for place in places:
            draw(image, place)
    if hasattr(instance, "main_image"):
        draw_share_image(instance)


# The picture of a page that social networks show

SHARE_IMAGE_SIZE = 1200, 630  # what they ask for (Open Graph), in pixels
SHARE_IMAGE_FILTER = "fill-1200x630|format-jpeg"
SMALLEST_SHARE_IMAGE = 600, 315  # of what is smaller, networks make a thumbnail


def with_share_renditions(path: str) -> Prefetch:
    """Return what makes a list read what networks show of the images at ``path``."""
    return _with_specs(f"{path}__renditions", [SHARE_IMAGE_FILTER])


def draw_share_image(page) -> tuple | None:
    """Return a page's own picture to share, as a rendition and its alternative text, or None.

    It is the one that editors chose, else the main image; the first that is large enough.
    """
    chosen = page.share_image
    for image, alt in ((chosen, chosen and chosen.default_alt_text), page.main_image):
        rendition = _is_to_share(image) and draw_one(image, SHARE_IMAGE_FILTER)
        if rendition:
            return rendition, alt
    return None


def _is_to_share(image) -> bool:
    width, height = SMALLEST_SHARE_IMAGE
    return image is not None and image.width >= width and image.height >= height


# AVIF


class QuickImage(PillowImage):
    """An image that is written as AVIF in a hurry."""

    def save_as_avif(self, f, quality, **options):
        # Colours of print need a profile, and AVIF has none of them: as Willow itself does.
        willow = self.transform_colorspace_to_srgb() if self.image.mode == "CMYK" else self
        profile = willow.get_icc_profile()
        willow.image.save(f, "AVIF", quality=quality, speed=AVIF_SPEED, icc_profile=profile)
        return AvifImageFile(f)


class QuickFormatOperation(FormatOperation):
    """Wagtail's ``format-…``, with AVIF as quick as here (Wagtail has no setting for it)."""

    def run(self, willow, image, env):
        super().run(willow, image, env)
        if self.format == "avif" and isinstance(willow, PillowImage):
            return QuickImage(willow.get_pillow_image())
