"""Signals of those who put links to themselves into other people's sites."""

import re

from .languages import fold, share_of_little_words, share_of_other_scripts, words_of
from .reading import Reading
from .rules import BETWEEN_LINKS, host_of, split_at_end_links, with_humps

SENTENCE_END = re.compile(r"\n|(?<=[.!?]) ")


def advertising(reading: Reading):
    """Hosts, names of links, lines and words that advertise."""
    rules, page = reading.corpus.rules, reading.page
    foreign = [(reading.corpus.foreign_host(link), link[1]) for link in page.links]
    foreign = [(host, anchor) for host, anchor in foreign if host]
    if bad := sorted({host for host, _anchor in foreign if rules.is_spam_host(host)}):
        yield "spam_host", ", ".join(bad), "spam_host"
    if named := [anchor for _host, anchor in foreign if rules.spam.search(fold(anchor))]:
        yield "spam_link", ", ".join(named), "spam_links" if len(named) > 1 else "spam_link"
    if line := _spam_line(reading):
        yield "spam_line", line, "spam_line"
    words = _spam_words(reading)
    if words and (len(words) >= rules.spam_words_of_text or foreign):
        yield "spam_words", ", ".join(sorted(words)), "spam_words"
    if "/" in reading.title and host_of(reading.title):
        yield "spam_link", reading.title, "title_address"


def _spam_line(reading) -> str:
    """Return a short line or sentence that is nothing but advertisements: a theme's footer."""
    rules, text = reading.corpus.rules, with_humps(reading.body)
    if not rules.spam.search(fold(text)):
        return ""
    lines = SENTENCE_END.split(text)
    for line in lines:
        if len(line) > rules.spam_line_length:
            continue
        found = {match[0] for match in rules.spam.finditer(fold(line))}
        letters = sum(map(str.isalpha, line))
        named = sum(sum(map(str.isalpha, phrase)) for phrase in found)
        if len(found) > 1 and named >= rules.spam_line_share * letters:
            return line
    return lines[-1] if _is_lone_advertisement(lines, rules) else ""


def _is_lone_advertisement(lines, rules) -> bool:
    """Return whether prose ends with a line that is one phrase of an advertisement and no more.

    Of several words: one word may be the last of a list.
    """
    if len(lines) < 2 or not lines[-2].endswith((".", "!", "?")):
        return False
    phrase = fold(lines[-1]).strip(BETWEEN_LINKS)
    return " " in phrase and bool(rules.spam.fullmatch(phrase))


def _spam_words(reading) -> set[str]:
    """Return the different phrases of advertisements; in our own language they are a subject."""
    if reading.is_in_home_language:
        return set()
    rules, text = reading.corpus.rules, fold(f"{reading.title}\n{reading.body}")
    sure = set(rules.spam.findall(text))
    found = sure | set(rules.ambiguous.findall(text))
    enough = len(found) >= rules.least_spam_words and sure
    if not enough or len(reading.all_words) > rules.words_a_spam_word * len(found):
        return set()
    return found


def end_links(reading: Reading):
    """Several unknown sites at the very end, after text and without a word that leads to them.

    "Sources: …" leads to them, and so does a link that shows its address.
    """
    before, at_end = split_at_end_links(reading.page)
    if not before or before.endswith(":"):
        return
    hosts = _strange_hosts(reading, at_end)
    if len(hosts) < reading.corpus.rules.end_hosts:
        return
    yield "end_links", ", ".join(sorted(hosts)), "end_links"


def _strange_hosts(reading, links) -> set[str]:
    """Return the hosts of links for which there seems to be no reason.

    There is one if other items link there too, if the link is about local government, or if it
    shows its address.
    """
    home, corpus = reading.corpus.rules.home, reading.corpus
    hosts = {
        host
        for host, name in ((corpus.foreign_host(link), fold(link[1])) for link in links)
        if host and host not in name and not home.search(name)
    }
    return {host for host in hosts if not corpus.is_linked(host)}


def hidden(reading: Reading):
    """What only search engines see. Editors' programs leave hidden text too, without links."""
    rules, page = reading.corpus.rules, reading.page
    if hosts := _strange_hosts(reading, page.hidden_links):
        yield "hidden_link", ", ".join(sorted(hosts)), "hidden_link"
    words = words_of(page.hidden)
    if not words:
        return
    unseen = set(words) - set(reading.all_words)
    if rules.spam.search(fold(page.hidden)):
        yield "hidden_text", page.hidden, "hidden_spam"
    elif len(unseen) >= rules.least_hidden_words:
        yield "hidden_text", page.hidden, "hidden_text"


def foreign(reading: Reading):
    """A language of nobody here; or another one than ours, with a link to a site unknown here.

    Partners write in their languages, about local government: that is no reason.
    """
    rules, text = reading.corpus.rules, f"{reading.title} {reading.body}"
    if share_of_other_scripts(text) >= rules.other_scripts:
        yield "foreign_language", text, "foreign_language"
        return
    if len(reading.all_words) < rules.language_words:
        return
    others = {code: share for code, share in reading.shares.items() if code not in rules.languages}
    stranger = 0.0 if reading.is_in_home_language else max(others.values(), default=0.0)
    if stranger > reading.welcome_share * rules.clearly and stranger >= rules.little_words:
        yield "foreign_language", text, "foreign_language"
    elif len(reading.words) >= rules.prose_words and _is_no_language(reading):
        yield "no_language", text, "no_language"
    if strange := _hosts_in_foreign_prose(reading):
        yield "foreign_link", ", ".join(sorted(strange)), "foreign_link"


def _hosts_in_foreign_prose(reading) -> set[str]:
    """Return strange hosts that are linked to from sentences in another language than ours."""
    rules, links = reading.corpus.rules, reading.page.links
    if not _strange_hosts(reading, links):
        return set()
    lines = [line for line in reading.body.split("\n") if _is_foreign_prose(line, rules)]
    return _strange_hosts(
        reading, [link for link in links if any(link[1] in line for line in lines)]
    )


def _is_foreign_prose(line, rules) -> bool:
    words = words_of(line)
    if len(words) < rules.sentence_words or rules.home.search(fold(line)):
        return False
    shares = share_of_little_words(words)
    best = max(shares.values(), default=0.0)
    return best >= rules.little_words and best > shares.get(rules.home_language, 0.0)


def _is_no_language(reading) -> bool:
    """Return whether prose has neither little words nor words of the site; lists have names."""
    rules = reading.corpus.rules
    if reading.welcome_share >= rules.hardly:
        return False
    text = reading.body
    is_prose = sum(map(str.isupper, text)) < rules.capitals * sum(map(str.isalpha, text))
    known = sum(map(reading.corpus.knows, reading.words))
    return is_prose and known < rules.known_share * len(reading.words)
