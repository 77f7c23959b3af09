"""What the report of translations costs with many pages, against a report without rows.

    python benchmarks/translation_status.py [--pages 100 5000] [--database sqlite] [--keep NAME]

For each number a database is filled with made-up Latvian articles: of five, one was never
submitted, one has changed since, one is partly translated and two are up to date. Prints Markdown.
"""

import argparse
import json
import statistics
import time

import bench
import search_scale

BATCH = 50
STATES = ("never", "changed", "partial", "current", "current")
REQUESTS = 20
EMPTY_REPORT = "/admin/reports/locked/"
ADDRESSES = {
    "report without rows": [EMPTY_REPORT],
    "report": [
        "/admin/reports/translations/",
        "/admin/reports/translations/?ordering=since",
        "/admin/reports/translations/?state=changed&state=never",
        "/admin/reports/translations/?publication=live&p=9",
        "/admin/reports/translations/?q=pašvaldība",
    ],
    "report by importance": ["/admin/reports/translations/?ordering=importance"],
    "admin's home, with the panel": ["/admin/"],
    "admin's home, without the panel": ["/admin/?without"],
}


# Filling a database


def fill(number: int):
    """Write articles, and what wagtail-localize has of those that were submitted."""
    from wagtail.models import Page

    from home.models import HomePage
    from news.models import NewsIndexPage, NewsPage
    from synthetic import Author

    author = Author()
    search_scale.write_articles(number)
    index = NewsIndexPage.objects.get()
    home = HomePage.objects.get(locale__language_code="en")
    english = NewsIndexPage(title="News", slug="news", locale=home.locale)
    english.translation_key = index.translation_key
    home.add_child(instance=english)
    articles = list(NewsPage.objects.filter(locale=index.locale).order_by("pk"))
    for start in range(0, number, BATCH):
        translate(english, articles[start : start + BATCH], start, author)
    Page.objects.filter(pk=english.pk).update(numchild=number)


def translate(index, articles, start, author):
    """Write translations as rows: upstream takes a dozen queries for each text unit."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.serializers.json import DjangoJSONEncoder
    from django.db import transaction
    from django.utils import timezone
    from wagtail.models import Page
    from wagtail_localize import models
    from wagtail_localize.segments import StringSegmentValue
    from wagtail_localize.segments.extract import extract_segments

    now, page_type = timezone.now(), ContentType.objects.get_for_model(Page)
    submitted = [
        (place, article, STATES[place % len(STATES)])
        for place, article in enumerate(articles, start + 1)
        if STATES[place % len(STATES)] != "never"
    ]
    with transaction.atomic():
        for place, article, state in submitted:
            content = article.serializable_data()
            if state == "changed":
                content["lead"] = "Kā bija."
            key = models.TranslatableObject.objects.create(
                translation_key=article.translation_key, content_type=page_type
            )
            source = models.TranslationSource(
                object=key,
                specific_content_type=article.content_type,
                locale=article.locale,
                object_repr=article.title,
                content_json=json.dumps(content, cls=DjangoJSONEncoder),
                last_updated_at=now,
            )
            models.TranslationSource.objects.bulk_create([source])
            models.Translation.objects.bulk_create(
                [models.Translation(source=source, target_locale=index.locale)]
            )
            values = extract_segments(source.as_instance())
            values = [value for value in values if isinstance(value, StringSegmentValue)]
            for order, value in enumerate(values):
                string = models.String.from_value(article.locale, value.string)
                context, _created = models.TranslationContext.objects.get_or_create(
                    object=key, path=value.path
                )
                models.StringSegment.objects.create(
                    source=source, context=context, order=order, string=string, attrs="{}"
                )
                if state != "partial" or order:
                    models.StringTranslation.objects.bulk_create(
                        [
                            models.StringTranslation(
                                translation_of=string,
                                locale=index.locale,
                                context=context,
                                data="English",
                            )
                        ]
                    )
            english = search_scale.article(index, place, author.write(place), now)
            english.translation_key = article.translation_key
            search_scale.insert_articles([english])


# Measuring


def measure_build() -> dict[str, float]:
    """Return the seconds and the peak memory of building all rows anew."""
    before = search_scale.peak_memory()
    with bench.timed() as seconds:
        bench.command("build_translation_status")
    return {"seconds": seconds[0], "peak": search_scale.peak_memory(), "before": before}


def measure_pages() -> dict[str, list[float]]:
    """Return the milliseconds of requests by what was asked for."""
    from collections import Counter

    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.test import Client
    from wagtail import hooks

    from editorial import roles
    from translation import status_hooks
    from translation.models import TranslationStatus

    user = get_user_model().objects.create_user("chief", "chief@example.org", "password")
    user.groups.add(Group.objects.get(name=roles.CHIEF_EDITOR))
    client = Client()
    client.force_login(user)
    states = Counter(TranslationStatus.objects.with_state().values_list("state", flat=True))
    print(f"<!-- {dict(states)} -->", flush=True)
    panels = hooks.get_hooks  # without the panel: the hook is left out
    times = {}
    for what, addresses in ADDRESSES.items():
        is_without = "?without" in addresses[0]

        def chosen(name, is_without=is_without):
            found = panels(name)
            return [hook for hook in found if not (is_without and hook is status_hooks.add_panel)]

        hooks.get_hooks = chosen
        times[what] = [ask(client, address) for address in addresses * REQUESTS][len(addresses) :]
        hooks.get_hooks = panels
    return times


def ask(client, address) -> float:
    start = time.perf_counter()
    response = client.get(address)
    assert response.status_code == 200, address  # noqa: S101
    return (time.perf_counter() - start) * 1000


def measure_publication() -> list[float]:
    """Return the milliseconds of comparing a page with its translations after a publication."""
    from news.models import NewsPage
    from translation import status

    times = []
    for article in NewsPage.objects.filter(locale__language_code="lv").order_by("pk")[:REQUESTS]:
        start = time.perf_counter()
        status.outdate(article)
        status.settle(translation_key=article.translation_key)
        times.append((time.perf_counter() - start) * 1000)
    return times


def measure(vendor, number, keep) -> dict:
    """Return all figures of a number of pages."""
    with bench.database(vendor, f"{keep}_{number}" if keep else "") as url:
        bench.run(url, bench.migrate)
        bench.run(url, fill, number)
        figures = {"number": number, "build": bench.run(url, measure_build)}
        bench.run(url, search_scale.analyse_tables)
        figures["pages"] = bench.run(url, measure_pages)
        figures["publication"] = bench.run(url, measure_publication)
    return figures


def report(vendor, all_figures):
    """Print the table: each line in relation to the report without rows."""
    numbers = [f"{figures['number']:,}" for figures in all_figures]
    heads = [head for number in numbers for head in (f"{number} pages", "ratio")]
    print("\n" + bench.heading("database", "what, p95", *heads))
    for what in ADDRESSES:
        cells = []
        for figures in all_figures:
            value = bench.percentile(figures["pages"][what], 95)
            empty = bench.percentile(figures["pages"]["report without rows"], 95)
            cells += [f"{value:.0f} ms", f"{value / empty:.1f}"]
        print(bench.row(vendor, what, *cells))
    cells = []
    for figures in all_figures:
        cells += [f"{statistics.median(figures['publication']):.0f} ms", ""]
    print(bench.row(vendor, "one comparison, p50", *cells))
    cells = []
    for figures in all_figures:
        build = figures["build"]
        cells += [f"{build['seconds']:.0f} s, {build['peak']:.0f} MB", ""]
    print(bench.row(vendor, "`build_translation_status`", *cells))
    print(f"\n{bench.machine()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 5000])
    parser.add_argument("--database", choices=bench.DATABASES, default="postgresql")
    parser.add_argument("--keep", default="", metavar="NAME", help="keep the databases")
    options = parser.parse_args()
    report(
        options.database,
        [measure(options.database, number, options.keep) for number in sorted(options.pages)],
    )


if __name__ == "__main__":
    main()
