"""The setting WORDPRESS_QUARANTINE, made ready for use; and what all signals ask of a text."""

import re
from urllib.parse import urlsplit

from django.conf import settings

from ..items import Item
from .languages import fold
from .pages import Link, Text

BETWEEN_LINKS = " \n\t|,;·•-–/&.()"
DIGITS = re.compile(r"\d+")
HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")  # between the words of "MymensinghPremium"


class Rules:
    """The thresholds as attributes of the setting's names, and its lists as patterns."""

    def __init__(self, setting: dict):
        self.__dict__.update(setting)
        self.spam = _phrases(setting["spam_words"])
        self.ambiguous = _phrases(setting["ambiguous_words"])
        self.home = re.compile("|".join(rf"\b{fold(stem)}" for stem in setting["home_stems"]))
        self.in_spam_hosts = re.compile("|".join(map(re.escape, setting["spam_host_parts"])))
        self.default_texts = [" ".join(fold(text).split()) for text in setting["default_texts"]]
        self.test_words = frozenset(fold(setting["test_words"]).split())
        self.beside_test = frozenset(fold(setting["words_beside_test"]).split())
        self.filler_words = frozenset(fold(setting["filler_words"]).split())
        self.languages = frozenset(setting["languages"].split())
        self.known_hosts = frozenset(setting["known_hosts"].split())
        self.spam_hosts = frozenset(setting["spam_hosts"].split())

    @classmethod
    def from_settings(cls):
        return cls(settings.WORDPRESS_QUARANTINE)

    def is_judged(self, item: Item) -> bool:
        """Return whether the item is one that would be published as it is."""
        return item.status in self.statuses and item.type not in self.types_left_out

    def foreign_host(self, link: Link) -> str:
        """Return the host of a link, "" for our own, known ones and what is no address."""
        host = host_of(link[0])
        return "" if _ends_in(host, self.known_hosts) else host

    def is_spam_host(self, host: str) -> bool:
        return _ends_in(host, self.spam_hosts) or bool(self.in_spam_hosts.search(host))


def _phrases(phrases) -> re.Pattern:
    """Return a pattern of phrases as they stand in folded text."""
    longest_first = sorted({fold(phrase) for phrase in phrases}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def _ends_in(host: str, domains) -> bool:
    while host:
        if host in domains:
            return True
        host = host.partition(".")[2]
    return False


def host_of(address: str) -> str:
    """Return the host that an address names, without "www."; "" when it names none."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname if parts.scheme in ("http", "https", "") else ""
    except ValueError:
        return ""
    return (host or "").removeprefix("www.")


def digits_of(text: str) -> list[str]:
    return DIGITS.findall(text)


def split_at_end_links(page: Text) -> tuple[str, list[Link]]:
    """Return the text, and the links with which it ends with nothing but separators between."""
    text = " ".join(page.text.split())
    end, count = _end(text, len(text)), 0
    for _url, anchor in reversed(page.links):
        anchor = " ".join(anchor.split())
        anchor = anchor[: _end(anchor, len(anchor))]
        if not anchor or not text.endswith(anchor, 0, end):
            break
        end, count = _end(text, end - len(anchor)), count + 1
    return text[:end], page.links[len(page.links) - count :]


def _end(text, end) -> int:
    """Return where the text ends without separators."""
    while end and text[end - 1] in BETWEEN_LINKS:
        end -= 1
    return end


def with_humps(text: str) -> str:
    """Return the text with a space where a capital follows a small letter, but not in WordPress."""
    return HUMP.sub(" ", text.replace("WordPress", "Wordpress"))
