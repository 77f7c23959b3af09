"""The names of an export's elements, whatever prefixes the file binds to them."""

import re

SEPARATOR = " "  # between the address of a namespace and a name; neither can hold it
MOST_NAMES = 10_000
MOST_BINDINGS, LONGEST_URI = 100, 500
NAMESPACES = {
    "wp": "http://wordpress.org/export/1.2/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
# Exports write https, leave out the last slash or have another version.
EXPORT = re.compile(r"https?://(?:www\.)?wordpress\.org/export/([\d.]+)/?(excerpt)?/?$")
FOREIGN = "?"
FOREIGN_PREFIX = f"{FOREIGN}:"


class Nonsense(Exception):
    """Proper XML, but nothing that an export can have: to be treated like broken XML."""


class Names:
    """Turns names with the address of their namespace into those that WordPress writes: wp:status.

    ``bindings`` are prefixes with their namespaces, for what is read after a damage: those of the
    root, and the usual ones, which a mended file may lack.
    """

    def __init__(self):
        self.bindings = dict(NAMESPACES)
        self.version = ""  # of the export, as its namespace says
        self._prefixes = {uri: prefix for prefix, uri in NAMESPACES.items()}
        self._tags = {}

    def begin(self):
        """Be ready for a new parser."""
        self._tags.clear()

    def bind(self, prefix: str | None, uri: str | None, is_root: bool):
        uri = uri or ""
        if len(self._prefixes) >= MOST_BINDINGS or len(uri) > LONGEST_URI:
            return
        if match := EXPORT.match(uri):
            self.version = self.version or match[1]
            self._prefixes.setdefault(uri, match[2] or "wp")
        elif is_root and (not prefix or prefix in NAMESPACES):
            self._prefixes.setdefault(uri, prefix or "")
        if is_root and prefix and uri and len(self.bindings) < MOST_BINDINGS:
            self.bindings[prefix] = uri

    def tag(self, name: str) -> str:
        """Return a name as WordPress writes it. Raises Nonsense, until a new parser begins, when
        there are more than can be: parsers remember each one.
        """
        tag = self._tags.get(name)
        if tag is None:
            if len(self._tags) >= MOST_NAMES:
                raise Nonsense
            uri, _separator, local = name.rpartition(SEPARATOR)
            prefix = self._prefixes.get(uri, FOREIGN) if uri else ""
            tag = self._tags[name] = f"{prefix}:{local}" if prefix else local
        return tag

    def prefixes(self) -> list[str]:
        """Return what the file calls wp."""
        return [name for name, uri in self.bindings.items() if self._prefixes.get(uri) == "wp"]

    def tag_of(self, name: str) -> str:
        """Return the same as ``tag`` for a name with the file's own prefix."""
        prefix, _colon, local = name.rpartition(":")
        if not prefix:
            return local
        return f"{self._prefixes.get(self.bindings.get(prefix), FOREIGN)}:{local}"
