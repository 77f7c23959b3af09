"""Contrast of colours, as WCAG 2.2 defines it (relative luminance, contrast ratio; 1.4.3)."""

from math import floor

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

LEAST = 4.5  # of text of ordinary size, level AA
# --paper and --raised of site/static/css/base.css, what text in the accent colour stands on.
PAPER = "#fbf9f4"
LIGHT_GROUNDS = (PAPER, "#f3efe6")
DARK_GROUNDS = ("#16171a", "#1f2125")


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1, of a colour written as ``#RRGGBB``."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours: 1 (the same) to 21 (black and white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def check_accent(colour: str, grounds: tuple[str, ...]) -> None:
    """Refuse an accent colour in which text could not be read on one of the grounds."""
    least = min(contrast(colour, ground) for ground in grounds)
    if least >= LEAST:
        return
    if grounds == LIGHT_GROUNDS:
        sentence = _(
            "Too pale to read on light paper: its contrast is %(ratio)s : 1, at least "
            "%(least)s : 1 is needed. Choose a darker colour."
        )
    else:
        sentence = _(
            "Too dark to read in dark mode: its contrast is %(ratio)s : 1, at least "
            "%(least)s : 1 is needed. Choose a lighter colour."
        )
    # Rounded down: 4.48 must not read as 4.5.
    numbers = {"ratio": number_format(floor(least * 10) / 10, 1), "least": number_format(LEAST, 1)}
    raise ValidationError(sentence, code="contrast", params=numbers)
