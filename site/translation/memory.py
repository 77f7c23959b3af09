"""The translation memory: what has been translated before, offered again.

The memory is wagtail-localize's own table of translated strings: nothing is stored twice, and what
a translator saves is remembered at once. A text unit is a ``StringSegment``; its text is HTML with
inline tags alone, whose attributes are replaced by ids (``<a id="a1">``).

Translations with an error are never offered. Those by a machine are offered last, marked, and
never filled in unseen.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Case, Count, Exists, IntegerField, Max, OuterRef, Q, Value, When
from django.db.models.functions import Length
from django.utils.translation import gettext, override
from rapidfuzz import fuzz, process, utils
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from search.analysis import tokenise

from .texts import fitted, plain
from .units import MACHINE, MANUAL, store, untranslated

LEAST_SCORE = 70  # per cent of likeness from which on an old translation saves work
MOST_EXACT, MOST_NEAR = 4, 3  # suggestions for a text unit
LONGEST = 2_000  # characters of a text that is compared with others
MOST_PIECES = 6  # of words, by which the database chooses what is compared


@dataclass(frozen=True)
class Suggestion:
    """A translation from the memory.

    ``text`` fits into the unit as it is, ``is_plain`` tells that its inline tags did not.
    ``score`` is 100 for the same source text; of others ``source`` holds the plain text.
    """

    text: str
    uses: int
    last_used: datetime
    where: str
    is_machine: bool
    score: int = 100
    source: str = ""
    is_plain: bool = False


# The same text


def exact_matches(segment: StringSegment, locale) -> list[Suggestion]:
    """Return the translations of the same text elsewhere, the best first.

    People's work comes before a machine's, then what stands in the same field of other pages,
    then what was used most often, then the newest.
    """
    found = _translations(locale, [segment.string_id], segment)
    return [_suggestion(row) for row in _with_places(_merged(found)[:MOST_EXACT])]


def _translations(locale, string_ids, segment):
    """Return rows of the different translations of strings, without the unit's own."""
    field = segment.context.path.partition(".")[0]
    in_field = Q(context__path=field) | Q(context__path__startswith=f"{field}.")
    translations = (
        StringTranslation.objects.filter(
            locale=locale, translation_of__in=string_ids, has_error=False
        )
        .exclude(data="")
        .exclude(translation_of=segment.string_id, context=segment.context_id)
    )
    return translations.values("translation_of_id", "data", "translation_type").annotate(
        uses=Count("pk"),
        in_field=Count("pk", filter=in_field),
        last_used=Max("updated_at"),
        example=Max("pk"),
    )


def _merged(rows) -> list[dict]:
    """Return one row for each text, the best first: by a person if any use of it is a person's."""
    merged = {}
    for row in rows:
        key = row["translation_of_id"], row["data"]
        row["is_machine"] = row["translation_type"] == MACHINE
        if other := merged.get(key):
            row["is_machine"] &= other["is_machine"]
            row["uses"] += other["uses"]
            row["in_field"] += other["in_field"]
            row["last_used"] = max(row["last_used"], other["last_used"])
            row["example"] = max(row["example"], other["example"])
        merged[key] = row
    return sorted(merged.values(), key=_rank)


def _rank(row):
    return (
        row["is_machine"],
        not row["in_field"],
        -row["uses"],
        -row["last_used"].timestamp(),
        -row["example"],
    )


def _with_places(rows) -> list[dict]:
    """Add to each row where its translation was used, as the name of a page or record."""
    examples = StringTranslation.objects.filter(pk__in=[row["example"] for row in rows])
    keys = dict(examples.values_list("pk", "context__object_id"))
    names = dict(
        TranslationSource.objects.filter(object__in=keys.values()).values_list(
            "object_id", "object_repr"
        )
    )
    for row in rows:
        row["where"] = names.get(keys.get(row["example"]), "")
    return rows


def _suggestion(row, **values) -> Suggestion:
    fields = {name: row[name] for name in ("uses", "last_used", "where", "is_machine")}
    return Suggestion(**{"text": row["data"], **fields, **values})


# Similar texts


def near_matches(segment: StringSegment, locale) -> list[Suggestion]:
    """Return translations of similar texts, the most similar first."""
    text = plain(segment.string.data)
    if not 1 < len(text) <= LONGEST:
        return []
    scores = _similar(segment.string, text, locale)
    best = {}
    for row in _merged(_translations(locale, list(scores), segment)):
        best.setdefault(row["translation_of_id"], row)
    rows = _with_places(sorted(best.values(), key=lambda row: -scores[row["translation_of_id"]][0]))
    return [_near(segment, row, *scores[row["translation_of_id"]]) for row in rows]


def _near(segment, row, score, source) -> Suggestion:
    text, is_plain = fitted(row["data"], segment.string.data)
    return _suggestion(row, text=text, is_plain=is_plain, score=score, source=source)


def _similar(string, text, locale) -> dict[int, tuple[int, str]]:
    """Return the score and the plain text of the most similar strings, by their keys."""
    candidates = {pk: plain(data) for pk, data in _candidates(string, text, locale)}
    found = process.extract(
        text,
        candidates,
        scorer=fuzz.ratio,
        processor=utils.default_process,
        score_cutoff=LEAST_SCORE,
        limit=MOST_NEAR,
    )
    # Texts that differ in tags, capitals or signs alone are not yet the same.
    return {pk: (min(int(score), 99), candidate) for candidate, score, pk in found}


def _candidates(string, text, locale):
    """Return the keys and texts of strings worth comparing, chosen by the database.

    Their length is within what the least score allows, they share at least half of the pieces of
    words, and have been translated.
    """
    pieces = _pieces(text)
    translated = StringTranslation.objects.filter(
        translation_of=OuterRef("pk"), locale=locale, has_error=False
    ).exclude(data="")
    # A score of s means that of two texts the shorter has at least s / (200 - s) of the longer.
    proportion = LEAST_SCORE / (200 - LEAST_SCORE)
    return (
        String.objects.filter(locale=string.locale_id)
        .exclude(pk=string.pk)
        .annotate(length=Length("data"))
        .filter(length__gte=len(text) * proportion, length__lte=len(string.data) / proportion)
        .annotate(shared=sum((_contains(piece) for piece in pieces), Value(0)))
        .filter(shared__gte=(len(pieces) + 1) // 2)
        .filter(Exists(translated))
        .values_list("pk", "data")
    )


def _contains(piece):
    return Case(When(data__contains=piece, then=1), default=0, output_field=IntegerField())


def _pieces(text) -> list[str]:
    """Return what the longest words have in all their forms.

    The first letter may be a capital elsewhere, the last two belong to the ending.
    """
    words = {text[token.start : token.end] for token in tokenise(text) if len(token.word) > 4}
    return [word[1:-2] for word in sorted(words, key=lambda word: (-len(word), word))[:MOST_PIECES]]


# Filling in


def fillable(translation: Translation) -> dict[StringSegment, str]:
    """Return the untranslated text units whose text people have translated in exactly one way."""
    units = untranslated(translation)
    known = (
        StringTranslation.objects.filter(
            translation_of__in=units.order_by().values("string"),
            locale=translation.target_locale_id,
            translation_type=MANUAL,
            has_error=False,
        )
        .exclude(data="")
        .values_list("translation_of_id", "data")
        .distinct()
    )
    texts = defaultdict(list)
    for string_id, data in known:
        texts[string_id].append(data)
    return {unit: texts[unit.string_id][0] for unit in units if len(texts[unit.string_id]) == 1}


def fill(translation: Translation, user) -> int:
    """Fill in what ``fillable`` finds; nothing is published. Return the number of text units."""
    texts = fillable(translation)
    with override(settings.LANGUAGE_CODE):  # the editor shows the tool's name as it is stored
        tool_name = gettext("translation memory")
    store(translation, texts, kind=MANUAL, tool_name=tool_name, user=user)
    return len(texts)
