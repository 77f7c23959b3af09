"""The names of an export's elements, whatever prefixes the file binds to them."""

import re

SEPARATOR = " "  # between the address of a namespace and a name; neither can hold it
MOST_NAMES = 10_000
NAMESPACES = {
    "wp": "http://wordpress.org/export/1.2/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
# Exports write https, leave out the last slash or have another version.
EXPORT = re.compile(r"https?://(?:www\.)?wordpress\.org/export/([\d.]+)/?(excerpt)?/?$")
FOREIGN = "?"


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

    def bind(self, prefix: str | None, uri: str | None, is_root: bool):
        if is_root and prefix and uri and len(self.bindings) < MOST_NAMES:
            self.bindings[prefix] = uri
        if match := EXPORT.match(uri or ""):
            self.version = self.version or match[1]
            self._prefixes.setdefault(uri, match[2] or "wp")
        elif not prefix:
            self._prefixes.setdefault(uri, "")
        elif is_root and prefix in NAMESPACES:
            self._prefixes.setdefault(uri, prefix)

    def tag(self, name: str) -> str:
        tag = self._tags.get(name)
        if tag is None:
            uri, _separator, local = name.rpartition(SEPARATOR)
            prefix = self._prefixes.get(uri, FOREIGN) if uri else ""
            tag = f"{prefix}:{local}" if prefix else local
            if len(self._tags) < MOST_NAMES:
                self._tags[name] = tag
        return tag

    def expanded(self, name: str) -> str:
        """Return a name as the parser would give it: the opposite of a prefix."""
        prefix, _colon, local = name.rpartition(":")
        uri = self.bindings.get(prefix)
        return f"{uri}{SEPARATOR}{local}" if uri else local if not prefix else f"{FOREIGN}{name}"
