"""What a conversion asks of the import around it, and what it gives back."""

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from django.utils.translation import gettext_lazy as _

# What became of the parts of a post, by the codes of a Conversion.
WHY_REMOVED = {
    "script": _("program code"),
    "style": _("style sheet"),
    "hidden": _("hidden text"),
    "shortcode": _("shortcode"),
    "address": _("address shown as a player or a link"),
    "fallback": _("text for browsers without players"),
    "control": _("button or field of a form"),
    "office": _("remains of a text processor"),
    "drawing": _("text of a drawing"),
    "template": _("template of a program"),
    "title": _("title of a document"),
    "back": _("link back to the page before"),
}
WHY_DROPPED = {
    "tracking": _("tracking pixel"),
    "icon": _("small icon"),
    "address": _("address that leads nowhere"),
    "caption": _("link of a caption"),
    "preformatted": _("link in preformatted text"),
    "block": _("block without content"),
    "torn": _("torn tag"),
    "deep": _("tags within each other without end"),
}
WHY_LEGACY = {
    "merged": _("table with merged cells"),
    "cells": _("table with links or lists in its cells"),
    "preformatted": _("preformatted text"),
    "struck": _("struck text"),
    "quote": _("quotation with links"),
}


class Attachment(NamedTuple):
    url: str
    title: str = ""
    caption: str = ""
    alt: str = ""


class Context(Protocol):
    """What is known of the old site while one of its posts is converted.

    ``language`` is a code ("lv"); ``base`` the post's old address, against which relative ones are
    read. Addresses that are asked about are absolute when ``base`` is; numbers are those of
    attachments in WordPress, 0 for unknown.
    """

    language: str
    base: str

    def is_own(self, url: str) -> bool:
        """Say whether an address is one of the old site."""

    def page(self, url: str) -> int | None:
        """Return the key of our page that an old address leads to."""

    def image(self, url: str, attachment: int = 0) -> int | None:
        """Return the key of our image that was the file at an old address."""

    def document(self, url: str, attachment: int = 0) -> int | None:
        """Return the key of our document that was the file at an old address."""

    def attachment(self, number: int) -> tuple[str, str, str, str] | None:
        """Return address, title, caption and alternative text of an attachment."""

    def attached(self) -> list[int]:
        """Return the numbers of the images uploaded to the post, in order: ``[gallery]``."""

    def reused(self, number: int) -> str:
        """Return the content of a reusable block as WordPress stores it; "" for none."""


@dataclass
class Conversion:
    """The blocks of a post, and an account of everything that was in its HTML.

    Characters are visible ones (see ``cleaning.visible``), counted apart from the conversion: in
    the tree of the HTML, and in the finished blocks less what was ``added``. Each code says why.
    """

    blocks: list[dict] = field(default_factory=list)
    lead: str = ""  # the text before <!--more-->
    characters_in: int = 0
    characters_out: int = 0
    removed: list[tuple[str, str]] = field(default_factory=list)  # code, text
    added: list[str] = field(default_factory=list)  # what was no text before: names of players
    dropped: list[tuple[str, str]] = field(default_factory=list)  # code, what had no text
    legacy: list[str] = field(default_factory=list)  # codes of why it was kept as HTML
    missing: list[str] = field(default_factory=list)  # addresses of files that are not there
    open_links: list[str] = field(default_factory=list)  # own addresses without a page
    links: list[tuple[str, str]] = field(default_factory=list)  # foreign ones with their text
    characters_removed: int = 0

    @property
    def is_complete(self) -> bool:
        """Say whether every character is accounted for."""
        return self.characters_in == self.characters_out + self.characters_removed
