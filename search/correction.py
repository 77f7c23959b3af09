"""Restoring diacritics and mending typing errors, from the words that stand on the site."""

import time
from array import array
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from threading import Lock

from django.db.models import Count, Max
from rapidfuzz import process
from rapidfuzz.distance import OSA

from . import analysis
from .backend import Words, by_index
from .compact import TextNumbers, Texts
from .models import SearchDocument, WordForm

SECONDS_TO_REMEMBER = 60  # after that a process looks whether the words of the site have changed
MOST_FORMS = 100_000  # the commonest of a language: some 35 MB in each process
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DIACRITICS = dict(zip("acegiklnsuz", "āčēģīķļņšūž", strict=True))
SHORTEST_MENDED = 4  # letters; in shorter words one error makes another word
MUCH_COMMONER = 10  # times as many documents make a near word the one that may have been meant


class Vocabulary:
    """The words of a language among which a mistyped one is looked for, as one process knows them.

    The form that was meant may not stand on the site, so stems are compared as well.
    """

    def __init__(self, language):
        self.language = language
        self._texts = TextNumbers()  # folded forms, and stems
        # What stands first of a text, the commonest: numbers of words from 1 on, 0 for none.
        self._forms, self._stems = array("I"), array("I")
        self._words, self._documents_of = Texts(), array("I")
        self._by_length = defaultdict(bytearray)  # the texts of a length, parted by spaces
        rows = WordForm.objects.filter(language=language).order_by("-documents", "form")
        rows = rows.values_list("folded", "stem", "form", "documents")[:MOST_FORMS]
        for folded, stem, form, documents in rows.iterator():
            added = [self._add(self._forms, folded), self._add(self._stems, stem)]
            if any(added):
                self._words.append(form)
                self._documents_of.append(documents)

    def _add(self, firsts, text) -> bool:
        """Make the next word the one of a text, if it is the first; tell whether it is."""
        number = self._texts.add(text)
        if number == len(self._forms):
            self._forms.append(0)
            self._stems.append(0)
            self._by_length[len(text)] += f"{text} ".encode()
        if firsts[number]:
            return False
        firsts[number] = len(self._words) + 1
        return True

    def _first(self, firsts, text) -> tuple[str | None, int]:
        """Return the commonest word of a text, and in how many documents it stands."""
        number = self._texts.get(text)
        word = 0 if number is None else firsts[number]
        return (self._words[word - 1], self._documents_of[word - 1]) if word else (None, 0)

    def _of_length(self, length) -> list[str]:
        """Return the folded forms and stems of so many letters, the commonest first."""
        return self._by_length.get(length, b"").decode().split()

    def near(self, word: str) -> list[tuple[str, int]]:
        """Return words that may have been meant, the likeliest first, with their documents.

        Those that lack diacritics alone; then those one letter off; then, for words of eight
        letters or more, those two letters off.
        """
        if len(word) < SHORTEST_MENDED or not word.isalpha() or len(word) > analysis.LONGEST_WORD:
            return []
        near = self._with_diacritics(word) or self._one_letter_off(word) or self._alike(word)
        return list(dict.fromkeys((form, -rarity) for *_order, rarity, form in sorted(near)))

    def _with_diacritics(self, word) -> list[tuple]:
        if self.language != analysis.LATVIAN or analysis.fold(word) != word:
            return []
        variants = (variant for variant in _diacritics(word) if analysis.lemmas_of(variant))
        found = ((variant, self._documents(variant)) for variant in variants)
        return [(-documents, variant) for variant, documents in found if documents]

    def _documents(self, word) -> int:
        """Return in how many documents a word stands, or another form of it; about."""
        terms = analysis.terms(word, self.language)
        return max(self._first(self._stems, term)[1] for term in terms)

    def _one_letter_off(self, word) -> list[tuple]:
        """Return words to be sorted: other initial, not on the site or in no dictionary, rarity."""
        near = []
        for edited in _edits(word):
            form, documents = self._first(self._forms, analysis.fold(edited))
            unlikeliness = 0
            if not form:
                stem = analysis.stem(edited, self.language)
                form, documents = self._first(self._stems, stem)
                if not form:
                    continue
                unlikeliness = 1 if analysis.lemmas_of(edited) else 2
                form = edited if unlikeliness == 1 else form
            near.append((edited[0] != word[0], unlikeliness, -documents, form))
        return near

    def _alike(self, word) -> list[tuple]:
        """Return words to be sorted: distance, other initial, rarity, word."""
        near = []
        for text in {analysis.fold(word), analysis.stem(word, self.language)}:
            most = 2 if len(text) >= 8 else 1
            for length in range(len(text) - most, len(text) + most + 1):
                words = self._of_length(length)
                for choice, distance, _index in process.extract(
                    text, words, scorer=OSA.distance, score_cutoff=most, limit=20
                ):
                    form, documents = self._first(self._forms, choice)
                    if not form:
                        form, documents = self._first(self._stems, choice)
                    near.append((distance, choice[0] != text[0], -documents, form))
        return near


def _edits(word: str) -> Iterator[str]:
    """Yield the words one letter off: two swapped, one less, another, one more."""
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (left + right[1] + right[0] + right[2:] for left, right in splits if right[1:])
    yield from (left + right[1:] for left, right in splits if right)
    yield from (left + char + right[1:] for left, right in splits if right for char in LETTERS)
    yield from (left + char + right for left, right in splits for char in LETTERS)


def _diacritics(word: str) -> Iterator[str]:
    """Yield the words that differ in the diacritics of one letter or of two."""
    places = [at for at, char in enumerate(word) if char in DIACRITICS]
    for number in (1, 2):
        for chosen in combinations(places, number):
            letters = list(word)
            for at in chosen:
                letters[at] = DIACRITICS[letters[at]]
            yield "".join(letters)


class _Memory:
    """The vocabularies of a process, read again when the site's documents have changed."""

    def __init__(self):
        self._lock = Lock()
        self.forget()

    def forget(self):
        self._vocabularies, self._state, self._looked_at = {}, None, None

    def vocabulary(self, language) -> Vocabulary:
        with self._lock:
            now = time.monotonic()
            if self._looked_at is None or now - self._looked_at > SECONDS_TO_REMEMBER:
                state = SearchDocument.objects.aggregate(Max("pk"), Count("pk"))
                if state != self._state:
                    self.forget()
                self._state, self._looked_at = state, now
            if language not in self._vocabularies:
                self._vocabularies[language] = Vocabulary(language)
            return self._vocabularies[language]


_memory = _Memory()
forget = _memory.forget  # in tests


def corrections(words: list[str], languages: tuple[str, ...]) -> dict[str, str]:
    """Return for words what the visitor most likely meant instead; words found as they are lack.

    The first language is the visitor's.
    """
    restored = _restored(words, languages)
    changed = {}
    for word in words:
        if word in restored:
            better = restored[word]
        elif not word.isalpha() or _is_found(word, languages):
            better = word  # in another form than those that stand on the site
        else:
            better = next(
                (form for code in languages for form, _ in _memory.vocabulary(code).near(word)),
                word,
            )
        if better != word:
            changed[word] = better
    return changed


def likelier(words: list[str], language: str) -> dict[str, str]:
    """Return for words that the site has, but seldom, a near one that it has much oftener."""
    known = WordForm.objects.filter(language=language, folded__in=map(analysis.fold, words))
    documents = defaultdict(int)
    for folded, number in known.values_list("folded", "documents"):
        documents[folded] += number
    changed = {}
    for word in words:
        enough = MUCH_COMMONER * max(documents[analysis.fold(word)], 1)
        own = set(analysis.terms(word, language))
        for form, number in _memory.vocabulary(language).near(word):
            if number >= enough and own.isdisjoint(analysis.terms(form, language)):
                changed[word] = form
                break
    return changed


def _restored(words, languages) -> dict[str, str]:
    """Return the words that stand on the site, with their diacritics if none were typed."""
    folded = {word: analysis.fold(word) for word in words}
    rows = WordForm.objects.filter(language__in=languages, folded__in=set(folded.values()))
    forms = {}
    for row in sorted(rows, key=lambda row: (languages.index(row.language), -row.documents)):
        forms.setdefault(row.folded, row.form)
    return {
        word: forms[key] if key == word else word for word, key in folded.items() if key in forms
    }


def _is_found(word, languages) -> bool:
    documents = SearchDocument.objects.filter(language__in=languages)
    found = documents.search(Words(word, languages), order_by_relevance=False)
    with by_index():
        return found.get_queryset().exists()
