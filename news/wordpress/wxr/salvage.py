"""Reads a record whose XML is broken, as far as its fields are whole.

An unescaped ampersand, a ``]]>`` within a text, a lost bracket: a parser of XML must stop there,
though everything is still there between the tags that WordPress wrote.
"""

import html
import re

from .collector import FIELDS, PARTS, RECORDS, Collector
from .names import Nonsense

TAG = re.compile(r"<(/?)([A-Za-z_][\w.-]*(?::[\w.-]+)?)(\s[^<>]*|/|)>")
ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
REFERENCE = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
CDATA, CDATA_END = "<![CDATA[", "]]>"
LONGEST_ATTRIBUTES = 4096
LEAVES = set().union(*FIELDS.values())


def salvage(raw: str, collector: Collector) -> bool:
    """Give the collector the events of a record: its XML from the start tag to the end or less.

    False, with nothing found, when a field has no end, or none is of WordPress. Raises NoExport
    as the collector does.
    """
    collector.begin()
    collector.path = ["rss", "channel"]
    collector.is_strict = False
    try:
        is_whole = (
            _walk(raw, collector)
            and collector.path[-1] == collector.record
            and any(tag.startswith("wp:") for tag in collector.values)
        )
    except Nonsense:
        is_whole = False
    if is_whole:
        collector.end()
    return is_whole


def _walk(raw, collector):
    position = 0
    while match := TAG.search(raw, position):
        position = match.end()
        closing, prefixed, attributes = match.groups()
        is_empty = attributes.endswith("/")
        tag = collector.names.tag_of(prefixed)
        if tag in PARTS or (tag in RECORDS and not closing):
            if not closing:
                collector.open(tag, {})
            if (closing or is_empty) and collector.path[-1] == tag:
                collector.end()
        elif tag in LEAVES and not closing:
            value, position = ("", position) if is_empty else _value(raw, prefixed, position)
            if value is None:
                return False
            collector.open(tag, _attributes(attributes))
            collector.data(value)
            collector.end()
    return True


def _value(raw, name, start):
    """Return the text of a field and where its end tag ends; None for the text without one."""
    end_tag = f"</{name}>"
    end = raw.find(end_tag, start)
    if end < 0:
        return None, start
    # A text may speak of such tags, but not when another field of the name begins before its end.
    true_end = raw.find(CDATA_END + end_tag, end) + len(CDATA_END)
    if true_end > end and f"<{name}" not in raw[end:true_end]:
        end = true_end
    before, _mark, quoted = raw[start:end].partition(CDATA)
    # The last end is the true one: what broke the file may be one in the middle of the text.
    text, has_end, after = quoted.rpartition(CDATA_END)
    if not has_end:
        text, after = quoted, ""
    text = text.replace(CDATA_END + CDATA, "")
    if quoted:
        before, after = before.strip(), after.strip()
    return _plain(before) + text + _plain(after), end + len(end_tag)


def _attributes(text):
    return {name: _plain(a or b) for name, a, b in ATTRIBUTE.findall(text[:LONGEST_ATTRIBUTES])}


def _plain(text):
    return REFERENCE.sub(lambda match: html.unescape(match[0]), text)
