"""Reads a record whose XML is broken, as far as its fields are whole.

An unescaped ampersand, a ``]]>`` within a text, a lost bracket: a parser of XML must stop there,
though everything is still there between the tags that WordPress wrote.
"""

import html
import re

from .collector import FIELDS, PARTS, RECORDS, Collector, Nonsense

TAG = re.compile(r"<(/?)([A-Za-z_][\w.-]*(?::[\w.-]+)?)((?:\s[^<>]*?)?)(/?)>")
ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
REFERENCE = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
CDATA, CDATA_END = "<![CDATA[", "]]>"
LONGEST_ATTRIBUTES = 4096
LEAVES = set().union(*FIELDS.values())


def salvage(raw: str, collector: Collector) -> bool:
    """Give the collector the events of a record: its XML from the start tag to the end or less.

    False, with nothing found, when a field has no end. Raises NoExport as the collector does.
    """
    collector.begin()
    collector.path = ["rss", "channel"]
    try:
        is_whole = _walk(raw, collector) and collector.path[-1] == collector.record
    except Nonsense:
        is_whole = False
    if is_whole:
        collector.is_repaired = True
        collector.end(collector.record)
    return is_whole


def _walk(raw, collector):
    position = 0
    while match := TAG.search(raw, position):
        position = match.end()
        closing, prefixed, attributes, is_empty = match.groups()
        name = collector.names.expanded(prefixed)
        tag = collector.names.tag(name)
        if tag in PARTS or (tag in RECORDS and not closing):
            if not closing:
                collector.start(name, {})
            if (closing or is_empty) and collector.path[-1] == tag:
                collector.end(name)
        elif tag in LEAVES and not closing:
            value, position = ("", position) if is_empty else _value(raw, prefixed, position)
            if value is None:
                return False
            collector.start(name, _attributes(attributes))
            collector.data(value)
            collector.end(name)
    return True


def _value(raw, name, start):
    """Return the text of a field and where its end tag ends; None for the text without one."""
    end_tag = f"</{name}>"
    end = raw.find(end_tag, start)
    if end < 0:
        return None, start
    before, is_quoted, quoted = raw[start:end].partition(CDATA)
    if not is_quoted:
        return _plain(before), end + len(end_tag)
    # The last end is the true one: what broke the file may be one in the middle of the text.
    quoted, has_end, after = quoted.rpartition(CDATA_END)
    if not has_end:
        quoted, after = after, ""
    value = quoted.replace(CDATA_END + CDATA, "")
    return _plain(before.strip()) + value + _plain(after.strip()), end + len(end_tag)


def _attributes(text):
    return {name: _plain(a or b) for name, a, b in ATTRIBUTE.findall(text[:LONGEST_ATTRIBUTES])}


def _plain(text):
    return REFERENCE.sub(lambda match: html.unescape(match[0]), text)
