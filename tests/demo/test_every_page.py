"""Every page of the demo content and what stands below it, as machines read it."""

import json
import re
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from rdflib.namespace import SDO
from wagtail.models import Page

from home.models import FormPage
from home.views import server_error
from news.models import InsightLibraryPage, NewsIndexPage
from scripts.audit import nu

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("db")]

LANGUAGES = ("lv", "en")
# What Google's documentation and the makers of the formats ask for, by type.
REQUIRED = {
    "BreadcrumbList": {"itemListElement"},
    "Clip": {"name", "startOffset", "endOffset", "url"},
    "CreativeWork": {"identifier", "text", "creator", "dateCreated", "isPartOf", "inLanguage"},
    "Dataset": {"name", "description", "creator", "distribution"},
    "Event": {"name", "startDate", "location", "eventStatus", "eventAttendanceMode"},
    "ItemList": {"itemListElement"},
    "NewsArticle": {"headline", "datePublished", "dateModified", "author", "publisher", "image"},
    "Organization": {"name"},
    "Person": {"name", "url"},
    "VideoObject": {"name", "thumbnailUrl", "uploadDate", "embedUrl", "duration", "hasPart"},
    "WebSite": {"name", "url", "potentialAction"},
}
ADDRESSES = {"@id", "url", "item", "contentUrl", "embedUrl", "thumbnailUrl", "urlTemplate"}
DATES = {"datePublished", "dateModified", "startDate", "endDate", "uploadDate", "dateCreated"}
ISO_8601 = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?")


def below(page) -> list[str]:
    """Return addresses below a page that have a title and a content of their own."""
    if isinstance(page, NewsIndexPage):
        dates = page.articles.order_by().values_list("date", flat=True)
        months = sorted({f"{date:%Y/%m/}" for date in dates})
        years = sorted({f"{date:%Y/}" for date in dates})
        further = -(-len(dates) // page.ARTICLES_PER_PAGE)
        numbers = [f"?page={number}" for number in range(2, further + 1)]
        topics = [f"?topic={topic.slug}" for article in page.articles for topic in article.topics]
        return [page.url + part for part in (*months, *years, *numbers, *sorted(set(topics)))]
    if isinstance(page, InsightLibraryPage):
        return [f"{page.url}{insight.reference}/" for insight in page.insights]
    return []


@pytest.fixture(scope="module")
def html(answers, django_db_blocker) -> dict[str, bytes]:
    """The HTML of each page, and of the addresses below it."""
    client = Client()
    html = {page.url: response.content for page, response in answers.items()}
    with django_db_blocker.unblock():
        for page in answers:
            html |= {url: client.get(url).content for url in below(page)}
    return html


@pytest.fixture(scope="module")
def heads(html):
    """The head of each address."""
    return {
        url: BeautifulSoup(content[: content.index(b"</head>")], "lxml").head
        for url, content in html.items()
    }


def test_titles_and_descriptions_are_there_short_enough_and_belong_to_one_address_alone(heads):
    assert len(heads) > 250
    titles, descriptions = defaultdict(list), defaultdict(list)
    for url, head in heads.items():
        language = url.split("/")[1]
        title = head.title.get_text()
        description = head.find("meta", attrs={"name": "description"})["content"]
        assert 4 < len(title) <= 160, (url, title)
        assert 15 <= len(description) <= 200, (url, description)
        titles[language, title].append(url)  # the name of a person is the same in both
        descriptions[language, description].append(url)
    assert [urls for urls in titles.values() if len(urls) > 1] == []
    assert [urls for urls in descriptions.values() if len(urls) > 1] == []


def test_every_address_is_canonical_and_its_translations_name_it_too(heads):
    links = {}
    for url, head in heads.items():
        canonical = urlsplit(head.find("link", rel="canonical")["href"])
        assert canonical.path + (f"?{canonical.query}" if canonical.query else "") == url
        links[url] = {
            link["hreflang"]: urlsplit(link["href"]).path
            for link in head.find_all("link", rel="alternate", hreflang=True)
        }
    for url, alternates in links.items():
        for language, other in alternates.items():
            if language != "x-default" and other in links:
                assert links[other] == alternates, url
        assert not alternates or url in alternates.values()
    assert sum(len(alternates) == len(LANGUAGES) + 1 for alternates in links.values()) > 150


def test_every_page_is_described_by_words_of_schema_org_with_what_is_required(heads):
    met = set()
    for url, head in heads.items():
        script = head.find("script", type="application/ld+json")
        document = json.loads(script.string)
        known = {node["@id"] for node in document["@graph"]}
        for node in nodes_of(document["@graph"]):
            kind = node.get("@type")
            if not kind:
                assert set(node) == {"@id"}, (url, node)
                is_own = urlsplit(node["@id"]).path == urlsplit(url).path
                assert not is_own or "?" in url or node["@id"] in known, (url, node)
                continue
            met.add(kind)
            assert kind in SDO, (url, kind)
            missing = REQUIRED.get(kind, set()) - set(node)
            assert not missing, (url, kind, missing)
            for name, value in node.items():
                assert name.startswith("@") or name == "query-input" or name in SDO, (url, name)
                if name in ADDRESSES:
                    assert urlsplit(value).scheme and urlsplit(value).netloc, (url, name, value)
                if name in DATES:
                    assert ISO_8601.fullmatch(value), (url, name, value)
    assert set(REQUIRED) <= met


def nodes_of(value):
    """Yield every object of a document, however deep."""
    if isinstance(value, dict):
        yield value
        value = value.values()
    if not isinstance(value, str | int | float | bool):
        for item in value:
            yield from nodes_of(item)


def further_pages(client) -> dict[str, bytes]:
    """Return what is no ordinary page: searches, errors, forms with mistakes and lists cut down."""
    answers = {}
    for language in LANGUAGES:
        with override(language):
            search = reverse("search")
        addresses = [
            f"{search}{query}"
            for query in ("", "?q=LPIA&languages=all", "?q=LPIA&kind=article", "?q=xyzqwerty")
        ]
        addresses += [f"/{language}/nope/", f"/{language}/nope/?next=1"]
        pages = Page.objects.live().filter(locale__language_code=language)
        library = pages.type(InsightLibraryPage).get().url
        addresses += [f"{library}?year=2022", f"{library}?year=1999"]
        form = pages.type(FormPage).first()
        answers |= {url: client.get(url).content for url in addresses}
        answers[f"{form.url}?sent"] = client.get(f"{form.url}?sent=1").content
        answers[f"{form.url} (errors)"] = client.post(form.url, {}).content
        request = type("Request", (), {"path_info": f"/{language}/"})
        answers[f"{language}: 500"] = server_error(request).content
    return answers


# What the checker's CSS parser does not know yet: CSS Containment 3, field-sizing of CSS UI 4, and
# `light-dark()` within a gradient.
UNKNOWN = re.compile(r"“container”|“field-sizing”|because \"val\" is null")


@pytest.mark.skipif(bool(nu.missing()), reason=nu.missing())
def test_the_nu_html_checker_has_nothing_to_say_of_pages_styles_and_pictures(html, client):
    one_of_each, kinds = {}, set()
    for page in Page.objects.filter(depth__gt=1).live().order_by("-path"):
        kind = page.locale_id, page.content_type_id
        if kind not in kinds:
            kinds.add(kind)
            one_of_each[page.url] = html[page.url]
    parts = [url for url in html if re.search(r"-2022-01/$|2022/11/$|page=2$|topic=data$", url)]
    texts = one_of_each | {url: html[url] for url in parts} | further_pages(client)
    assert len(texts) > 50
    static = settings.SITE_DIR / "static"
    files = [*static.glob("css/**/*.css"), *static.glob("img/*.svg")]
    assert len(files) > 10
    findings = nu.check_texts(texts, files)
    assert not [str(finding) for finding in findings if not UNKNOWN.search(finding.message)]
