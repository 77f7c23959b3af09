"""What the help for translators costs, and what its shortcut misses, with many texts remembered.

    python benchmarks/translation_memory.py [--strings 50000] [--database sqlite]

A translation of 60 text units is under way: texts of the memory as they are, with changes of one
to three words, and new ones. Each is asked for on its own, as the editor does: with an empty
memory (what the view itself costs), then with the number of strings. A complete comparison tells
how many of the similar texts the database's choice of candidates leaves out. Prints Markdown.
"""

import argparse
import random
import statistics
import time

import bench

BATCH = 500
ROUNDS = 3
OF_A_KIND = 10
KINDS = ("the same", "one word differs", "two words differ", "three words differ", "new", "short")


def sentences(number: int) -> list[str]:
    """Return different sentences of made-up Latvian, the same in every run."""
    from synthetic import Author

    author, found, article = Author(), {}, 0
    while len(found) < number:
        for paragraph in author.write(article).paragraphs:
            found |= dict.fromkeys(f"{part}." for part in paragraph.rstrip(".").split(". "))
        article += 1
    return list(found)[:number]


def texts_to_translate(known: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Return pairs of a kind and a text."""
    chance = random.Random(11)
    long = [sentence for sentence in known if 8 <= len(sentence.split()) <= 16]
    pairs = []
    for changes, kind in enumerate(KINDS[:4]):
        for sentence in chance.sample(long, OF_A_KIND):
            words = sentence.split()
            for place in chance.sample(range(len(words)), changes):
                words[place] = chance.choice(chance.choice(new).split())
            pairs.append((kind, " ".join(words)))
    pairs += [("new", sentence) for sentence in new[:OF_A_KIND]]
    return pairs + [("short", " ".join(s.split()[:2])) for s in new[-OF_A_KIND:]]


def prepare(number: int):
    """Write the texts to translate, and the memory as rows."""
    from django.db import transaction
    from wagtail.models import Locale
    from wagtail_localize.models import (
        String,
        StringSegment,
        StringTranslation,
        Translation,
        TranslationContext,
        TranslationSource,
    )
    from wagtail_localize.strings import StringValue

    from home.models import ContentPage, HomePage

    everything = sentences(51_000)
    known, new = everything[:-1000], everything[-1000:]
    latvian, english = (Locale.objects.get(language_code=code) for code in ("lv", "en"))
    home = HomePage.objects.get(locale=latvian)
    page = home.add_child(instance=ContentPage(title="Lapa", slug="lapa"))
    source, _created = TranslationSource.update_or_create_from_instance(page)
    Translation.objects.create(source=source, target_locale=english).save_target(publish=False)
    texts = texts_to_translate(known, new)
    for order, (_kind, text) in enumerate(texts):
        context = TranslationContext.objects.create(object=source.object, path=f"body.{order}")
        string = String.from_value(latvian, StringValue.from_plaintext(text))
        StringSegment.objects.create(source=source, context=context, string=string, order=order)
    with transaction.atomic():
        for start in range(0, number, BATCH):
            batch = known[start : start + BATCH]
            hashes = {text: String._get_data_hash(text) for text in batch}
            String.objects.bulk_create(
                [String(locale=latvian, data=text, data_hash=hashes[text]) for text in batch],
                ignore_conflicts=True,
            )
            strings = String.objects.filter(locale=latvian, data_hash__in=hashes.values())
            contexts = TranslationContext.objects.bulk_create(
                TranslationContext(
                    object=source.object,
                    path=f"old.{start + place}",
                    path_id=TranslationContext._get_path_id(f"old.{start + place}"),
                )
                for place in range(len(batch))
            )
            StringTranslation.objects.bulk_create(
                StringTranslation(
                    translation_of=string,
                    context=context,
                    locale=english,
                    data=f"Translation of {string.pk}",
                    translation_type="manual",
                )
                for string, context in zip(strings, contexts, strict=False)
            )


def measure() -> dict:
    """Ask for the help of each text unit; return milliseconds by kind, and what was missed."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse
    from wagtail_localize.models import StringSegment, Translation

    user = get_user_model().objects.create_superuser("bench", "bench@example.org", "bench")
    client = Client()
    client.force_login(user)
    translation = Translation.objects.get()
    units = list(
        StringSegment.objects.filter(context__path__startswith="body.")
        .select_related("string", "context")
        .order_by("order")
    )
    kinds = [kind for kind in KINDS for _number in range(OF_A_KIND)]
    addresses = [
        (kind, reverse("translation_help:unit", args=[translation.pk, unit.pk]))
        for kind, unit in zip(kinds, units, strict=True)
    ]
    overview = reverse("translation_help:overview", args=[translation.pk])
    times = {kind: [] for kind in (*KINDS, "overview")}
    client.get(addresses[0][1])  # templates, dictionary
    for _round in range(ROUNDS):
        for kind, address in [*addresses, ("overview", overview)]:
            start = time.perf_counter()
            if client.get(address).status_code != 200:
                raise RuntimeError(address)
            times[kind].append((time.perf_counter() - start) * 1000)
    return {"times": times, "missed": missed(units, translation.target_locale)}


def missed(units, locale) -> tuple[int, int]:
    """Return how many best matches a complete comparison finds, and how many of them we miss."""
    from rapidfuzz import fuzz, process, utils
    from wagtail_localize.models import String

    from translation import memory

    known = dict(String.objects.filter(translations__isnull=False).values_list("pk", "data"))
    there = lost = 0
    for unit in units:
        others = {pk: data for pk, data in known.items() if pk != unit.string_id}
        best = process.extractOne(
            unit.string.data,
            others,
            scorer=fuzz.ratio,
            processor=utils.default_process,
            score_cutoff=memory.LEAST_SCORE,
        )
        if best:
            there += 1
            found = [match.source for match in memory.near_matches(unit, locale)]
            lost += best[0] not in found
    return there, lost


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strings", type=int, default=50_000)
    parser.add_argument("--database", choices=bench.DATABASES, default="postgresql")
    options = parser.parse_args()
    figures = {}
    for number in (0, options.strings):
        with bench.database(options.database) as url:
            bench.run(url, bench.migrate)
            bench.run(url, prepare, number)
            figures[number] = bench.run(url, measure)
    print(
        bench.heading("database", "text units", "ratio", "empty memory", f"{number:,}", "longest")
    )
    for kind in (*KINDS, "overview"):
        empty, full = (figures[size]["times"][kind] for size in (0, options.strings))
        ratio = statistics.median(full) / statistics.median(empty)
        cells = [f"{statistics.median(values):.0f} ms" for values in (empty, full)]
        print(bench.row(options.database, kind, f"{ratio:.1f}", *cells, f"{max(full):.0f} ms"))
    there, lost = figures[options.strings]["missed"]
    print(f"\nOf {there} similar texts {lost} are missed. {bench.machine()}")


if __name__ == "__main__":
    main()
