"""What a translated text must keep of its original, and what its field can take."""

import re
import unicodedata
from collections import Counter

from wagtail_localize.strings import StringValue, validate_translation_links

from .places import Place

# What programs fill in: %(name)s of Python, {name} of templates. A bare % is a percent sign.
PLACEHOLDER = re.compile(r"%\(\w+\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]|\{\w*\}|\{\{\s*[\w.]+\s*\}\}")
TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)(?:\s+id=("[^"]*"|'[^']*'))?\s*(/?)>""", re.IGNORECASE)
VOID = {"br"}


class Broken(Exception):
    """A text that must not get in: ``reason`` as in ``reasons``, with its parameters."""

    def __init__(self, reason: str, **params):
        self.reason, self.params = reason, params


def check(source: str, text: str, place: Place):
    """Raise ``Broken`` unless ``text`` can stand for ``source``; both are HTML fragments."""
    _check_characters(source, text)
    _check_placeholders(source, text)
    _check_tags(source, text)
    _check_place(text, place)


def _check_characters(source, text):
    strange = {
        f"U+{ord(char):04X}"
        for char in set(text) - set(source)
        if unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") and char not in "\n\r\t"
    }
    if strange:
        raise Broken("characters", what=", ".join(sorted(strange)))


def _check_placeholders(source, text):
    before, after = set(PLACEHOLDER.findall(source)), set(PLACEHOLDER.findall(text))
    if lost := before - after:
        raise Broken("placeholder_lost", what=", ".join(sorted(lost)))
    if invented := after - before:
        raise Broken("placeholder_invented", what=", ".join(sorted(invented)))


def _check_tags(source, text):
    before, after = _tags(source), _tags(text)
    if lost := before - after:
        raise Broken("tag_lost", what=_listed(lost))
    if invented := after - before:
        raise Broken("tag_invented", what=_listed(invented))
    _check_nesting(text)
    try:
        StringValue.from_translated_html(text)
        validate_translation_links(source, text)
    except ValueError as error:
        raise Broken("markup", what=str(error)) from error


def _tags(html: str) -> Counter:
    """Return the tags that open, by name and id."""
    found = TAG.finditer(html)
    return Counter((tag[2].lower(), (tag[3] or "")[1:-1]) for tag in found if not tag[1])


def _check_nesting(html: str):
    stack = []
    for closing, name, _id, empty in TAG.findall(html):
        if closing:
            if not stack or stack.pop() != name.lower():
                raise Broken("tag_unbalanced", what=f"</{name}>")
        elif name.lower() not in VOID and not empty:
            stack.append(name.lower())
    if stack:
        raise Broken("tag_unbalanced", what=f"<{stack[-1]}>")
    if "<" in TAG.sub("", html):
        raise Broken("angle_bracket")


def _listed(tags: Counter) -> str:
    return ", ".join(f'<{name} id="{key}">' if key else f"<{name}>" for name, key in sorted(tags))


def _check_place(text, place):
    plain = StringValue(text).render_text()
    length = max(len(plain), len(text)) if place.is_column else len(plain)
    if place.limit and length > place.limit:
        raise Broken("too_long", length=length, limit=place.limit)
    if place.is_slug and not re.fullmatch(r"[-a-zA-Z0-9_]+", plain):
        raise Broken("slug")
