"""Restoring diacritics and mending typing errors, from the words that stand on the site."""

import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from threading import Lock

from django.db.models import Count, Max
from rapidfuzz import process
from rapidfuzz.distance import OSA

from . import analysis
from .backend import Words, by_index
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
        self._forms, self._stems = {}, {}  # folded form or stem: commonest form, documents
        rows = WordForm.objects.filter(language=language).order_by("-documents", "form")
        rows = rows.values_list("folded", "stem", "form", "documents")[:MOST_FORMS]
        for folded, stem, form, documents in rows.iterator():
            # Most texts are one another's: what is equal is kept once.
            folded = form if folded == form else folded
            stem = folded if stem == folded else stem
            value = (form, documents)
            self._forms.setdefault(folded, value)
            self._stems.setdefault(stem, value)
        by_length = defaultdict(list)
        for text in self._stems.keys() | self._forms.keys():
            by_length[len(text)].append(text)
        self._by_length = dict(by_length)

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
        return max(self._stems.get(term, ("", 0))[1] for term in terms)

    def _one_letter_off(self, word) -> list[tuple]:
        """Return words to be sorted: other initial, not on the site or in no dictionary, rarity."""
        near = []
        for edited in _edits(word):
            form, documents = self._forms.get(analysis.fold(edited), (None, 0))
            unlikeliness = 0
            if not form:
                stem = analysis.stem(edited, self.language)
                form, documents = self._stems.get(stem, (None, 0))
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
                words = self._by_length.get(length, [])
                for choice, distance, _index in process.extract(
                    text, words, scorer=OSA.distance, score_cutoff=most, limit=20
                ):
                    form, documents = self._forms.get(choice) or self._stems[choice]
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
