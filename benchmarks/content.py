"""A whole site with any number of articles, for benchmarks: the same in every run.

The demo content gives menus, texts, conferences, insights, the board, meetings and both languages;
`fill` adds generated articles to its news, as publishing them would leave them: pages, pictures
with renditions, topics, a related conference, references, search documents and their index. They
have no revisions, no entries in the history and no rows of the translation report, as articles of
an import have none.
"""

from collections import Counter, defaultdict
from functools import cache, partial

import bench

IN_ENGLISH = 5  # every fifth article has a translation
WITH_PICTURE = 5  # articles that share a picture
WITH_CONFERENCE = 20  # every twentieth article names one
BATCH = 60  # rows a statement: SQLite takes 999 parameters on old versions
PART = 2000  # articles written by one call of a process


def make(url: str, articles: int, settings):
    """Fill the empty database at ``url``; ``settings`` is an initializer of ``bench.run``.

    On PostgreSQL two processes write at once (see README.md for how long it takes).
    """
    run = partial(bench.run, url, initializer=settings)
    run(bench.migrate)
    run(bench.command, "load_demo")
    run(prepare, articles)
    parts = [range(start, min(start + PART, articles)) for start in range(0, articles, PART)]
    workers = 2 if url.startswith("postgres") else 1
    words = defaultdict(Counter)
    for counted in bench.run_all(url, write, parts, workers, initializer=settings):
        for language, counter in counted.items():
            words[language].update(counter)
    run(finish, articles, words)


def prepare(articles: int):
    """Make the pictures, and take the search index away that is built again at the end."""
    from django.db import connection
    from wagtail.images import get_image_model

    from home import pictures

    originals = list(get_image_model().objects.order_by("pk"))
    for image in originals:
        for place in ("article", "front", "figure"):
            pictures.draw(image, place)
        pictures.draw_one(image, pictures.SHARE_IMAGE_FILTER)  # as publishing does
    wanted = max(articles // WITH_PICTURE - len(originals), 0)
    for start in range(0, wanted, BATCH):
        copy_pictures(originals, range(start, min(start + BATCH, wanted)))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE wagtailsearch_indexentry SET (autovacuum_enabled = off)")


def copy_pictures(originals, numbers):
    """Add images of the same files, each with renditions of its own."""
    from wagtail.images import get_image_model

    model = get_image_model()
    sources = [originals[number % len(originals)] for number in numbers]
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    copies = model.objects.bulk_create(
        model(**{name: getattr(source, name) for name in names}) for source in sources
    )
    renditions = model.get_rendition_model()
    renditions.objects.bulk_create(
        [
            renditions(
                image=copy,
                filter_spec=drawn.filter_spec,
                focal_point_key=drawn.focal_point_key,
                file=drawn.file.name,
                width=drawn.width,
                height=drawn.height,
            )
            for source, copy in zip(sources, copies, strict=True)
            for drawn in source.renditions.all()
        ],
        batch_size=BATCH,
    )


def write(numbers: range) -> dict[str, Counter]:
    """Write the articles of these numbers; return how many hold each word, by language."""
    from django.db import transaction

    writer = Writer()
    with transaction.atomic():
        for start in range(numbers.start, numbers.stop, BATCH):
            writer.write(range(start, min(start + BATCH, numbers.stop)))
    return dict(writer.words)


@cache
def author():
    """Return who writes the texts; to learn the words takes longer than many articles."""
    from synthetic import Author

    return Author()


class Writer:
    """Writes articles, and knows what all of them need."""

    def __init__(self):
        from django.contrib.contenttypes.models import ContentType
        from django.utils import timezone
        from modelcluster.models import get_all_child_relations
        from wagtail.images import get_image_model

        from news.models import ConferencePage, NewsIndexPage, NewsPage, Topic

        self.author, self.now = author(), timezone.now()
        self.content_type = ContentType.objects.get_for_model(NewsPage)
        self.indexes = {
            index.locale.language_code: index
            for index in NewsIndexPage.objects.select_related("locale").order_by("-pk")
        }
        self.first = {code: first_place(index) for code, index in self.indexes.items()}
        self.topics = {
            code: list(Topic.objects.filter(locale_id=index.locale_id).order_by("translation_key"))
            for code, index in self.indexes.items()
        }
        conferences = ConferencePage.objects.filter(locale_id=self.indexes["lv"].locale_id)
        self.conferences = list(conferences.order_by("pk").values_list("pk", flat=True))
        self.images = list(get_image_model().objects.order_by("pk").values_list("pk", flat=True))
        self.none = {child.get_accessor_name(): [] for child in get_all_child_relations(NewsPage)}
        self.words = defaultdict(Counter)

    def write(self, numbers):
        from news.wordpress.indexing import references_of
        from news.wordpress.together import insert

        pages = [self.article("lv", number) for number in numbers]
        translated = [number for number in numbers if number % IN_ENGLISH == 0]
        by_number = dict(zip(numbers, pages, strict=True))
        pages += [
            self.article("en", number, by_number[number].translation_key) for number in translated
        ]
        topics = [link for page in pages for link in page.topic_links.all()]
        insert(pages)
        for page in pages:
            for link in page.topic_links.all():
                link.page_id = page.pk
        bulk_create(topics)
        bulk_create([row for page in pages for row in references_of(page)])
        self.index(pages)

    def index(self, pages):
        from wagtail.search.backends import get_search_backend

        from search.documents import _count, _documents_of_public
        from search.models import SearchDocument

        get_search_backend().add_bulk(type(pages[0]), pages)
        documents = [document for page in pages for document in _documents_of_public(page)]
        SearchDocument.objects.write(documents)
        _count(self.words, documents, 1)

    def article(self, code, number, translation_key=None):
        """Return an article as `add_child` and `publish` would leave it, not saved."""
        from news.models import NewsPage, NewsTopic

        index, text = self.indexes[code], self.author.write(number)
        order = number // (IN_ENGLISH if code == "en" else 1)
        slug = f"raksts-{number}" if code == "lv" else f"article-{number}"
        topics = self.topics[code]
        keys = {"translation_key": translation_key} if translation_key else {}
        links = [
            NewsTopic(topic=topics[topic % len(topics)], locale=index.locale, sort_order=place)
            for place, topic in enumerate(text.topics)
        ]
        return NewsPage(
            title=text.title,
            draft_title=text.title,
            slug=slug,
            lead=text.lead,
            date=text.date,
            responsible="LPIA birojs",
            image_id=self.images[number % len(self.images)],
            image_alt=text.title,
            conference_id=self.conferences[number % len(self.conferences)]
            if number % WITH_CONFERENCE == 0
            else None,
            body=self.body(text, index),
            # That it has no attachments, corrections, … is said: else each page asks for its own.
            **self.none | {"topic_links": links},
            locale=index.locale,
            path=NewsPage._get_path(index.path, index.depth + 1, self.first[code] + order),
            depth=index.depth + 1,
            url_path=f"{index.url_path}{slug}/",
            content_type=self.content_type,
            live=True,
            first_published_at=self.now,
            last_published_at=self.now,
            **keys,
        )

    def body(self, text, index):
        """Return paragraphs under a heading, with a link to the news and to a page beside it."""
        from wagtail.rich_text import RichText

        first, *rest = text.paragraphs
        link = f'<a linktype="page" id="{index.pk}">{text.title}</a>'
        beside = f'<a linktype="page" id="{self.conferences[0]}">{text.lead}</a>'
        paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in rest)
        return [
            ("text", RichText(f"<p>{first} {link}.</p>")),
            ("heading", text.title),
            ("text", RichText(f"{paragraphs}<p><b>{beside}</b></p>")),
        ]


def first_place(index) -> int:
    """Return the number of the first free place among the children of an index."""
    last = index.get_children().order_by("path").last()
    return type(index)._str2int(last.path[-index.steplen :]) + 1 if last else 1


def bulk_create(rows: list):
    if rows:
        type(rows[0]).objects.bulk_create(rows, batch_size=BATCH)


def finish(articles: int, words: dict[str, Counter]):
    """Write what is counted over all articles, and let the database look at what it holds."""
    from django.db import connection
    from wagtail.models import Page

    from news.models import NewsIndexPage
    from search.models import WordForm

    for index in NewsIndexPage.objects.select_related("locale"):
        count = index.get_descendants().count()
        Page.objects.filter(pk=index.pk).update(numchild=count)
    known = defaultdict(Counter)
    for language, form, documents in WordForm.objects.values_list("language", "form", "documents"):
        known[language][form] = documents
    for language in set(words) | set(known):
        known[language].update(words.get(language, {}))
    WordForm.objects.rebuild(known)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE wagtailsearch_indexentry RESET (autovacuum_enabled)")
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
