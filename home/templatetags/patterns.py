"""Woven patterns as inline SVG.

Decoration only: hidden from assistive technology, coloured by the classes of the style sheet
(``tone-…`` sets the thread), without style attributes.
"""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from home import patterns
from home.tones import Tone

register = template.Library()

MOST = 256  # ornaments of a kind that are kept, of about 3 kB each
ACCENT = "accent"  # the colour of the site settings, beside the tones


@register.simple_tag
@lru_cache(maxsize=MOST)
def cover(seed, tone=Tone.CARMINE, cell: int = 8) -> SafeString:
    """Return a field of pattern that fills its box, centred; ``cell`` is in CSS pixels."""
    tile = patterns.weave(str(seed))
    cells = range(tile.period)
    return _field("cover", seed, tone, cell, tile.period, tile.rows(cells, cells))


@register.simple_tag
@lru_cache(maxsize=MOST)
def strip(seed, tone=ACCENT, cell: int = 3) -> SafeString:
    """Return a narrow band, one tile high and as wide as its box; ``cell`` is in CSS pixels."""
    return _band("strip", seed, tone, cell, patterns.weave(str(seed), patterns.STRIP_REACH))


@register.simple_tag
@lru_cache(maxsize=MOST)
def hairline(tone=ACCENT, cell: int = 2) -> SafeString:
    """Return the narrowest band: a chain of rhombs; ``cell`` is in CSS pixels."""
    return _band("strip", "hairline", tone, cell, patterns.HAIRLINE)


@register.simple_tag
@lru_cache(maxsize=MOST)
def monogram(initials, seed, tone=Tone.CARMINE) -> SafeString:
    """Return initials in a woven square; the name itself must stand beside it."""
    rows = patterns.monogram_rows(str(seed))
    return format_html(
        '<span class="monogram weave tone-{}" aria-hidden="true">'
        '<svg viewBox="0 -.5 {} {}" shape-rendering="crispEdges"><path d="{}"/></svg>'
        "<b>{}</b></span>",
        tone,
        len(rows),
        len(rows),
        _path(rows),
        initials,
    )


@register.simple_tag
@lru_cache(maxsize=1)
def mark() -> SafeString:
    """Return the sign that stands for an association without a mark of its own."""
    rows = patterns.mark_rows()
    return format_html(
        '<svg class="weave mark" viewBox="0 -.5 {} {}" shape-rendering="crispEdges" '
        'aria-hidden="true"><path d="{}"/></svg>',
        len(rows),
        len(rows),
        _path(rows),
    )


def _band(kind, seed, tone, cell, tile) -> SafeString:
    rows = tile.rows(range(tile.period), range(-tile.reach, tile.reach + 1))
    return _field(kind, seed, tone, cell, tile.period, rows, height=len(rows) * cell)


def _field(kind, seed, tone, cell, period, rows, height=None) -> SafeString:
    """Return an SVG that repeats ``rows`` from its middle; a height in pixels repeats them once."""
    middle = format_html(' y="{}"', cell / 2 if height else "50%")
    return format_html(
        '<svg class="weave {kind} tone-{tone}" width="100%" height="{height}" aria-hidden="true">'
        '<pattern id="{id}" x="50%"{middle} width="{width}" height="{depth}" '
        'patternUnits="userSpaceOnUse"><path transform="translate(0 {half}) scale({cell})" '
        'shape-rendering="crispEdges" d="{path}"/></pattern>'
        '<rect width="110%" height="110%" transform="translate(-{half} -{half})" '
        'fill="url(#{id})"/></svg>',
        kind=kind,
        tone=tone,
        id=f"{kind}-{patterns.random_for(kind, seed, cell).getrandbits(32):x}",
        height=height or "100%",
        middle=middle,
        width=period * cell,
        depth=len(rows) * cell,
        half=f"{cell / 2:g}",
        cell=cell,
        path=_path(rows),
    )


def _path(rows) -> SafeString:
    return mark_safe(patterns.path(rows))  # noqa: S308 - made of numbers and command letters
