"""How well visitors find it: Latvian on a data set, English on the demo content, beside stock.

    python benchmarks/search_quality.py FOLDER [--database sqlite] [--language lv] [--no-stock]

FOLDER holds docs.jsonl, queries.jsonl, pairs_pos.tsv and pairs_neg.tsv. Each document becomes an
article, published as an editor does it; each query goes to the site's search page. Stock is
Wagtail's own backend over the same pages, asked as a tutorial's site does. Prints Markdown.
"""

import argparse
import csv
import importlib.util
import json
import time
from pathlib import Path
from urllib.parse import urljoin

import bench
import measures
from search import analysis

ENGLISH_QUERIES = Path(__file__).parent / "english_queries.tsv"
TITLE_WORDS = 8  # of a document's text, where it has no title
BATCH = 50  # pages published a transaction
MEASURES = ("recall@10", "nDCG@10", "MRR", "zero hits")


# What is asked


def read_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def read_table(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def english_queries() -> list[dict]:
    """Return our own queries; ``relevant`` are the slugs of English pages."""
    return [
        row | {"id": row["query"], "relevant": row["relevant"].split()}
        for row in read_table(ENGLISH_QUERIES)
    ]


# Inside a process with the site (see bench.run)


def publish_documents(folder: Path) -> dict[str, str]:
    """Publish an article a document; return the documents' ids by the articles' addresses."""
    from django.db import transaction
    from django.utils.html import escape
    from wagtail.rich_text import RichText

    from home.models import HomePage
    from news.models import NewsIndexPage, NewsPage

    home = HomePage.objects.get(locale__language_code="lv")
    news = home.add_child(instance=NewsIndexPage(title="Ziņas", slug="zinas"))
    documents, ids = read_lines(folder / "docs.jsonl"), {}
    for start in range(0, len(documents), BATCH):
        with transaction.atomic():
            for position, document in enumerate(documents[start : start + BATCH], start):
                text = document["text"]
                page = NewsPage(
                    title=document.get("title") or " ".join(text.split()[:TITLE_WORDS])[:255],
                    slug=f"d{position}",
                    lead="…",  # must not be empty, and adds no word
                    body=[("text", RichText(f"<p>{escape(text)}</p>"))],
                )
                news.add_child(instance=page)
                page.save_revision().publish()
                ids[page.url_path] = document["id"]
    return ids


def ask_page(queries: list[dict], language: str) -> dict[str, list[str]]:
    """Ask the site's search page; return the addresses of the first ten hits of each query."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import translation

    with translation.override(language):
        address = reverse("search")
    client, owners, rankings = Client(), owners_of_addresses(), {}
    for query in queries:
        found, number, pages = [], 1, 1
        while len(found) < measures.DEPTH and number <= pages:
            options = {"q": query["query"], "format": "json", "page": number}
            data = client.get(address, options).json()
            found += [owners[result["url"]] for result in data["results"]]
            number, pages = number + 1, data["pages"]
        rankings[query["id"]] = found[: measures.DEPTH]
    return rankings


def owners_of_addresses() -> dict[str, str]:
    """Return the page to which the address of a hit belongs, as in ``url_path``."""
    from search.models import SearchDocument

    documents = SearchDocument.objects.select_related("page")
    return {
        urljoin(document.page.full_url, document.suffix): document.page.url_path
        for document in documents
    }


def ask_stock(queries: list[dict], language: str, model: str) -> dict[str, list[str]]:
    """Ask as the search view of Wagtail's project template does, in one language."""
    from django.apps import apps
    from wagtail.models import Locale

    pages = apps.get_model(model).objects.live()
    pages = pages.filter(locale=Locale.objects.get(language_code=language))
    return {
        query["id"]: [page.url_path for page in pages.search(query["query"])[: measures.DEPTH]]
        for query in queries
    }


def english_pages() -> dict[str, str]:
    """Return the slugs of the English pages by their addresses."""
    from wagtail.models import Page

    pages = Page.objects.live().filter(locale__language_code="en")
    return dict(pages.values_list("url_path", "slug"))


# The whole


def measure_pairs(folder: Path) -> dict[str, tuple[float, int]]:
    """Return how often the analysis makes one word of two (see measures.of_pairs)."""
    same, different = (read_table(folder / f"pairs_{name}.tsv") for name in ("pos", "neg"))
    return measures.of_pairs(
        same, different, lambda word: analysis.terms(word.lower(), analysis.LATVIAN)
    )


def words_a_second(folder: Path) -> tuple[int, float]:
    """Return how many different words the texts have, and how many of them a second are analysed.

    Nothing is remembered from earlier words; the dictionary is loaded.
    """
    texts = (document["text"] for document in read_lines(folder / "docs.jsonl"))
    words = {token.word for text in texts for token in analysis.tokenise(text)}
    analysis.terms("vārds", analysis.LATVIAN)
    for cached in (analysis.terms, analysis._fold):
        cached.cache_clear()
    with bench.timed() as seconds:
        for word in words:
            analysis.terms(word, analysis.LATVIAN)
    return len(words), len(words) / seconds[0]


def latvian(vendor, folder, stock):
    """Yield rows of the table of Latvian queries."""
    queries = read_lines(folder / "queries.jsonl")
    with bench.database(vendor) as url:
        bench.run(url, bench.migrate)
        with bench.timed() as seconds:
            ids = bench.run(url, publish_documents, folder)
        print(f"<!-- {vendor}: {len(ids)} pages published in {seconds[0]:.0f} s -->", flush=True)
        yield from rows(
            vendor, "ours", queries, bench.run(url, ask_page, queries, "lv"), ids, folder
        )
        if stock:
            bench.run(url, bench.command, "update_index", stock=True)
            found = bench.run(url, ask_stock, queries, "lv", "news.NewsPage", stock=True)
            yield from rows(vendor, "stock", queries, found, ids, folder)


def english(vendor, stock):
    """Yield rows of the table of English queries."""
    queries = english_queries()
    with bench.database(vendor) as url:
        bench.run(url, bench.migrate)
        bench.run(url, bench.command, "load_demo")
        slugs = bench.run(url, english_pages)
        unknown = {s for query in queries for s in query["relevant"]} - set(slugs.values())
        if unknown:
            raise SystemExit(f"No English page of the demo content: {', '.join(sorted(unknown))}")
        found = bench.run(url, ask_page, queries, "en")
        yield from rows(vendor, "ours", queries, found, slugs)
        if stock:
            bench.run(url, bench.command, "update_index", stock=True)
            found = bench.run(url, ask_stock, queries, "en", "wagtailcore.Page", stock=True)
            yield from rows(vendor, "stock", queries, found, slugs)


def rows(vendor, search, queries, found, names, folder=None):
    """Yield a row a kind of query; ``names`` gives what ``relevant`` calls an address."""
    rankings = {key: [names[address] for address in found[key]] for key in found}
    found_by_kind = measures.by_kind(queries, rankings)
    if folder:
        check(folder, rankings, found_by_kind)
    for kind, means in found_by_kind.items():
        figures = [f"{means[name]:.3f}" for name in MEASURES]
        yield bench.row(vendor, search, kind, means["n"], *figures)


def check(folder, rankings, means):
    """Fail where the data's own eval.py, if it has one, comes to other figures."""
    path = folder / "eval.py"
    if not path.exists():
        return
    spec = importlib.util.spec_from_file_location("eval", path)
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    expected = theirs.evaluate_run(rankings, folder)["ALL"]
    for ours, name in (("recall@10", "recall@10"), ("nDCG@10", "ndcg@10"), ("MRR", "mrr")):
        if abs(means["all"][ours] - expected[name]) > 0.0001:
            raise SystemExit(f"{ours}: {means['all'][ours]}, but {expected[name]} by {path}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="with docs.jsonl, queries.jsonl, pairs_*.tsv")
    parser.add_argument("--database", choices=bench.DATABASES, help="one of them, not both")
    parser.add_argument("--no-stock", action="store_true", help="without stock Wagtail beside it")
    parser.add_argument(
        "--language", choices=("lv", "en"), help="the data set alone, or the demo content alone"
    )
    options = parser.parse_args()
    vendors = [options.database] if options.database else bench.DATABASES

    start = time.monotonic()
    head = bench.heading("database", "search", "queries", "n", *MEASURES)
    if options.language != "en":
        print(bench.heading("pairs of Latvian words", "pairs", "share of a term"))
        for what, (share, number) in measure_pairs(options.folder).items():
            print(bench.row(what, number, f"{share:.3f}"))
        number, speed = words_a_second(options.folder)
        print(f"\n{number:,} different words analysed, {speed:,.0f} a second")
        print(f"\nLatvian\n\n{head}", flush=True)
        for vendor in vendors:
            for line in latvian(vendor, options.folder, not options.no_stock):
                print(line, flush=True)
    if options.language != "lv":
        print(f"\nEnglish\n\n{head}", flush=True)
        for vendor in vendors:
            for line in english(vendor, not options.no_stock):
                print(line, flush=True)
    print(f"\n{bench.machine()}; {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
