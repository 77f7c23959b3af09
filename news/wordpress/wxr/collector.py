"""Takes the events of an XML parser and says what they make: sites, authors, terms, items."""

from ..items import Damage, Term
from . import making
from .names import FOREIGN_PREFIX, Names, Nonsense

VERSIONS = {"1.0", "1.1", "1.2"}

# The elements that are read, by what they stand in. Everything else is passed over.
SITE = {"title", "link", "language", "wp:wxr_version", "wp:base_blog_url"}
RECORDS = {
    "item": {
        *("title", "link", "guid", "pubDate", "dc:creator", "content:encoded", "excerpt:encoded"),
        *("category", "wp:post_id", "wp:post_type", "wp:post_name", "wp:post_parent"),
        *("wp:post_date", "wp:post_date_gmt", "wp:post_modified", "wp:post_modified_gmt"),
        *("wp:status", "wp:menu_order", "wp:post_password", "wp:is_sticky", "wp:attachment_url"),
    },
    "wp:author": {
        *("wp:author_login", "wp:author_display_name"),
        *("wp:author_first_name", "wp:author_last_name"),
    },
    "wp:category": {
        *("wp:term_id", "wp:category_nicename", "wp:cat_name", "wp:category_parent"),
    },
    "wp:tag": {"wp:term_id", "wp:tag_slug", "wp:tag_name"},
    "wp:term": {
        *("wp:term_id", "wp:term_taxonomy", "wp:term_slug", "wp:term_name", "wp:term_parent"),
    },
}
PARTS = {
    "wp:postmeta": {"wp:meta_key", "wp:meta_value"},
    "wp:comment": {"wp:comment_approved", "wp:comment_type"},
}
FIELDS = {"channel": SITE, "rss": SITE} | RECORDS | PARTS
VERBATIM = {"content:encoded", "excerpt:encoded"}  # the others without spaces around
ENTRIES = {"category", "wp:meta_key", "wp:meta_value"}

# Bounds, in characters: of a content or an excerpt, of all meta values and terms of an item
# together, of any other text. What is longer is cut off, with a Damage.
LONGEST_TEXT = 8 * 1024 * 1024
LONGEST_LIST = 8 * 1024 * 1024
LONGEST_FIELD = 64 * 1024
ENTRY = 128  # what an entry of a list costs beside its text
DEEPEST = 64  # elements within one another; an export has 5
MOST_TERMS = 100_000  # of which the slugs are remembered


class NoExport(Exception):
    """An item of an ordinary feed."""


class Collector:
    """``found`` grows by what the events make; see the constants for the bounds.

    Comments are only counted (approved ones of people apart from pings, spam and what waits), so
    thousands of them cost no memory.
    """

    def __init__(self):
        self.names = Names()
        self.where = int  # says the position of the parser; ``began`` is that of the record
        self.began = 0
        self.found = []
        self.site = {}
        self.site_is_told = self.is_wordpress = self.is_closed = self.has_after_end = False
        self.slugs, self.slug_of = set(), {}
        self.begin()

    def begin(self):
        """Be ready for a new parser."""
        self.names.begin()
        self.path = []
        self.record = self.leaf = ""
        self.values, self.part = {}, {}
        self.is_strict = True  # what is read is XML; else see ``salvage``

    def take(self) -> list:
        found, self.found = self.found, []
        return found

    @property
    def item_id(self) -> int:
        """The number of the item that is being read, as far as it is known."""
        text = self.values.get("wp:post_id", "")
        return int(text) if making.ID.fullmatch(text) else 0

    # Events

    def namespace(self, prefix, uri):
        self.names.bind(prefix, uri, is_root=len(self.path) < 2)

    def start(self, name, attributes):
        self.open(self.names.tag(name), attributes)

    def open(self, tag, attributes):
        """Take the start of an element that bears its name of FIELDS already."""
        parent = self.path[-1] if self.path else ""
        self.path.append(tag)
        if len(self.path) > DEEPEST:
            raise Nonsense
        if self.leaf:  # markup that nobody escaped
            inside = "".join(f' {key}="{value}"' for key, value in attributes.items())
            self.data(f"<{tag.removeprefix(FOREIGN_PREFIX)}{inside}>")
        elif tag in FIELDS.get(parent, ()):
            self._open_leaf(tag, attributes)
        elif tag in RECORDS:
            self._open_record(tag)
        elif tag in PARTS:
            self.part = {}

    def data(self, text):
        if self.leaf:
            if len(text) > self.room:
                self._note_too_long(self.leaf)
                text = text[: self.room]
            self.room -= len(text)
            self.text.append(text)
        elif self.is_closed and not text.isspace():
            self.has_after_end = True

    def end(self, _name=""):
        depth, tag = len(self.path), self.path.pop()
        if self.leaf:
            if depth > self.leaf_depth:
                self.data(f"</{tag.removeprefix(FOREIGN_PREFIX)}>")
            else:
                self._close_leaf()
        elif tag == self.record:
            self._close_record()
        elif tag == "wp:postmeta" and self.record:
            self._close_meta()
        elif tag == "wp:comment" and self.record:
            self._close_comment()
        elif tag == "rss":
            self.is_closed = True

    # Texts

    def _open_leaf(self, tag, attributes):
        self.leaf, self.leaf_depth, self.attributes = tag, len(self.path), attributes
        self.text = []
        self.is_wordpress = self.is_wordpress or tag.startswith(("wp:", "excerpt:"))
        if tag in ENTRIES and self.record:
            self.room = max(self.list_room, 0)
        else:
            self.room = LONGEST_TEXT if tag in VERBATIM else LONGEST_FIELD

    def _close_leaf(self):
        tag, text = self.leaf, "".join(self.text)
        self.leaf, self.text = "", []
        if self.is_strict and _has_swallowed(tag, text):
            raise Nonsense
        if tag not in VERBATIM:
            text = text.strip()
        if tag == "category":
            self._close_category(text)
        elif not self.record:
            self.site.setdefault(tag, text)
        elif tag.startswith(("wp:meta_", "wp:comment_")):
            self.part[tag] = text
        else:
            self.is_doubled = self.is_doubled or tag in self.values
            self.values.setdefault(tag, text)

    def _note_too_long(self, tag):
        if self.record and tag not in self.too_long:
            self.too_long.append(tag)

    def _has_room(self, tag, *texts):
        self.list_room -= ENTRY + sum(map(len, texts))
        if self.list_room < 0:
            self._note_too_long(tag)
        return self.list_room >= 0

    # Parts of an item

    def _close_category(self, name):
        taxonomy = self.attributes.get("domain") or "category"
        taxonomy = "post_tag" if taxonomy == "tag" else taxonomy  # so in WXR 1.0
        slug = self.attributes.get("nicename", "")
        if self._has_room("category", taxonomy, slug, name):
            self.terms.append(Term(taxonomy, slug, name or slug))

    def _close_meta(self):
        key, value = self.part.get("wp:meta_key", ""), self.part.get("wp:meta_value", "")
        if not self._has_room("wp:postmeta", key, value):
            return
        if key in self.meta:
            self.earlier_meta.setdefault(key, []).append(self.meta[key])
        self.meta[key] = value

    def _close_comment(self):
        is_approved = self.part.get("wp:comment_approved") == "1"
        if is_approved and self.part.get("wp:comment_type", "") in ("", "comment"):
            self.comments += 1
        else:
            self.other_comments += 1

    # Records

    def _open_record(self, tag):
        if self.record:
            if tag == "item":
                raise Nonsense
            return
        self.record, self.began = tag, self.where()
        self.values, self.too_long = {}, []
        self.terms, self.meta, self.earlier_meta = [], {}, {}
        self.comments = self.other_comments = 0
        self.list_room = LONGEST_LIST
        self.is_doubled = False

    def _close_record(self):
        if self.record == "item" and not self.is_wordpress:
            raise NoExport
        self.tell_site()
        if self.record == "item":
            self._close_item()
        elif self.record == "wp:author":
            if self.values.get("wp:author_login"):
                self.found.append(making.author(self.values))
        else:
            self._close_term()
        self.record, self.values = "", {}

    def tell_site(self):
        """Add the site, once, when the head of the export has said all of it."""
        if self.site_is_told:
            return
        self.site_is_told = True
        site = making.site(self.site, self.names.version)
        self.found.append(site)
        if site.version and site.version not in VERSIONS:
            self.found.append(Damage("version", site.version))

    def _close_term(self):
        term = making.term(self.record, self.values)
        if len(self.slugs) < MOST_TERMS:
            self.slugs.add((term.taxonomy, term.slug))
            self.slug_of.setdefault((term.taxonomy, term.name), term.slug)
        # Old exports name the parent, newer ones have its slug. Parents come before children.
        if (term.taxonomy, term.parent) not in self.slugs:
            term.parent = self.slug_of.get((term.taxonomy, term.parent), term.parent)
        self.found.append(term)

    def _close_item(self):
        item = making.item(
            self.values,
            terms=self._known_terms(),
            meta=self.meta,
            earlier_meta=self.earlier_meta,
            comments=self.comments,
            other_comments=self.other_comments,
        )
        if self.is_doubled:
            item.problems.append("doubled")
        if not self.is_strict:
            item.problems.append("repaired")
        if self.too_long:
            item.problems.append("too_long")
            self.found.append(Damage("too_long", ", ".join(self.too_long), item.id))
        self.found.append(item)

    def _known_terms(self):
        """Return the terms once each: WXR 1.0 names them first without a slug, then with it."""
        with_slug = {(term.taxonomy, term.name) for term in self.terms if term.slug}
        known = {}
        for term in self.terms:
            key = term.taxonomy, term.name
            if term.slug or key not in with_slug:
                term.slug = term.slug or self.slug_of.get(key, "")
                known.setdefault((*key, term.slug), term)
        return list(known.values())


def _has_swallowed(tag, text):
    """Return whether the CDATA of a text has lost its end, and goes on to that of another one."""
    marks = [f"<{tag}>"] if tag in VERBATIM else ["<wp:", "</item>"]
    return any(mark in text for mark in [f"</{tag}>", *marks])
