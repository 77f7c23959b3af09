"""Which fields leave the house: of every model, what its public page shows, and nothing else.

A model that does not stand in ``FIELDS`` shows what ``home.models.BasePage`` shows of every page.
"""

from urllib.parse import urljoin

from bs4 import BeautifulSoup
from rest_framework.fields import Field
from wagtail.api import APIField
from wagtail.api.v2.utils import get_object_detail_url
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from home import models as home
from home.addresses import absolute, root_url
from home.chrome import Chrome
from home.pictures import draw_one
from news import countries
from news import models as news
from people import models as people
from search.attachments import is_private as is_in_private_collection

ADDRESSES = ("href", "src", "poster", "data-embed")


class Computed(Field):
    """A value that a function makes: ``make(instance, context)``."""

    def __init__(self, make, **kwargs):
        super().__init__(read_only=True, **kwargs)
        self.make = make

    def get_attribute(self, instance):
        return instance

    def to_representation(self, instance):
        return self.make(instance, self.context)


def computed(name):
    """Return a decorator that makes an APIField of a function of an object and a context."""
    return lambda make: APIField(name, Computed(make))


def html(name) -> APIField:
    """A body or a rich text as the page shows it, with absolute addresses."""
    return APIField(name, Computed(lambda instance, context: as_html(instance, name, context)))


def as_html(instance, name, context) -> str:
    value, request = getattr(instance, name), context["request"]
    if isinstance(instance._meta.get_field(name), StreamField):
        surroundings = {"page": instance, "request": request, "chrome": Chrome(request, instance)}
        value = value.render_as_block(surroundings)
    else:
        value = expand_db_html(value)
    return with_absolute_addresses(value, request)


def with_absolute_addresses(markup: str, request) -> str:
    """Return HTML in which every address is absolute."""
    base = root_url(request)
    soup = BeautifulSoup(markup, "html.parser")
    for name in ADDRESSES:
        for tag in soup.find_all(attrs={name: True}):
            tag[name] = urljoin(base, tag[name])
    for tag in soup.find_all(srcset=True):
        sources = (source.split(None, 1) for source in tag["srcset"].split(","))
        joined = ([urljoin(base, source[0]), *source[1:]] for source in sources if source)
        tag["srcset"] = ", ".join(" ".join(source) for source in joined)
    return str(soup)


def reference(page, context, **more) -> dict | None:
    """Return what stands for another page."""
    if page is None:
        return None
    request = context["request"]
    return {
        "id": page.pk,
        "title": page.title,
        "html_url": page.get_full_url(request),
        "detail_url": get_object_detail_url(context["router"], request, type(page), page.pk),
    } | more


def link(topic) -> dict:
    return {"id": topic.pk, "name": topic.name, "slug": topic.slug}


def picture(image, context, **more) -> dict | None:
    rendition = image and draw_one(image, "max-1280x1280|format-webp")
    if not rendition:
        return None
    url = absolute(context["request"], rendition.url)
    return {"url": url, "width": rendition.width, "height": rendition.height} | more


@computed("topics")
def topics(instance, context):
    return [link(topic) for topic in instance.topics]


@computed("attachments")
def attachments(page, context):
    keys = [document.pk for document in page.get_attached_documents()]
    public = get_document_model().objects.filter(~is_in_private_collection(), pk__in=keys)
    found = public.in_bulk()
    request = context["request"]
    return [
        {"id": key, "title": found[key].title, "download_url": absolute(request, found[key].url)}
        for key in keys
        if key in found
    ]


@computed("image")
def image(article, context):
    details = {
        "alt": "" if article.image_is_decorative else article.image_alt,
        "caption": article.image_caption,
        "credit": article.image_credit,
    }
    return picture(article.image, context, **details)


@computed("conference")
def conference_of_article(article, context):
    if not article.conference_id:
        return None
    key = Page.objects.filter(pk=article.conference_id).values("translation_key")
    page = news.ConferencePage.objects.localized(key, article.locale_id).defer("body").first()
    return reference(page, context)


@computed("corrections")
def corrections(article, context):
    request = context["request"]
    texts = ((each.date, expand_db_html(each.text)) for each in article.corrections.all())
    return [
        {"date": date.isoformat(), "text": with_absolute_addresses(text, request)}
        for date, text in texts
    ]


def place(page) -> dict:
    return {
        "starts_on": page.starts_on.isoformat(),
        "ends_on": page.ends_on.isoformat() if page.ends_on else None,
        "city": page.city,
        "country": page.country_name,
        "country_code": page.country,
    }


@computed("conference")
def conference_of_insight(insight, context):
    return reference(insight.page, context, slug=insight.page.slug, **place(insight.page))


@computed("meeting")
def meeting(insight, context):
    return reference(context["view"].meetings.get(insight.pk), context)


@computed("country")
def country(page, context):
    return countries.name(page.country)


@computed("country_code")
def country_code(page, context):
    return page.country


@computed("insights")
def insights(page, context):
    request = context["request"]
    return [
        {
            "id": insight.pk,
            "reference": insight.reference,
            "text": insight.text,
            "detail_url": get_object_detail_url(
                context["router"], request, news.Insight, insight.pk
            ),
        }
        for insight in page.insights.all()
    ]


@computed("agenda")
def agenda(page, context):
    return [
        {
            "title": item.title,
            "speaker": item.speaker,
            "seconds": None if item.offset is None else item.seconds,
        }
        for item in page.agenda.all()
    ]


@computed("transcript")
def transcript(page, context):
    return [
        {"seconds": part.get("seconds"), "text": part["text"]} for part in page.get_transcript()
    ]


@computed("duration")
def duration(page, context):
    return None if page.duration is None else int(page.duration.total_seconds())


@computed("goals")
def goals(page, context):
    return [
        {"number": goal.number, "text": goal.text, "explanation": goal.explanation}
        for goal in page.goals.all()
    ]


@computed("municipality")
def municipality(person, context):
    return person.municipality.name if person.municipality else None


@computed("terms")
def terms(person, context):
    return [
        {
            "seat": term.seat.name,
            "role": term.role,
            "role_title": str(person.role_title(term.role)),
            "starts_on": term.starts_on.isoformat(),
            "ends_on": term.ends_on.isoformat() if term.ends_on else None,
        }
        for term in sorted(person.terms.all(), key=lambda term: (term.starts_on, term.pk))
    ]


@computed("portrait")
def portrait(person, context):
    return picture(person.portrait, context)


@computed("file_type")
def file_type(document, context):
    return document.file_extension.lower()


EVERY_PAGE = ["description", "responsible"]
FIELDS = {
    home.HomePage: ["mission", html("introduction")],
    home.ContentPage: ["lead", html("body")],
    home.GoalsPage: ["introduction", goals, html("body")],
    home.MeetingsPage: ["lead"],
    home.MeetingPage: [
        *("starts_at", "place", "recording", duration),
        *(agenda, html("body"), transcript, attachments),
    ],
    home.FormPage: ["lead", html("body")],
    home.AccessibilityStatementPage: ["introduction", html("body")],
    home.EasyReadPage: [html("body")],
    home.PrivacyPage: ["introduction", html("body")],
    news.NewsIndexPage: ["lead"],
    news.NewsPage: [
        *("date", "lead", topics, conference_of_article),
        *(image, html("body"), attachments, corrections),
    ],
    news.InsightLibraryPage: ["lead", "licence", "licence_url"],
    news.ConferencePage: [
        *("starts_on", "ends_on", "city", country, country_code, "organiser", "theme"),
        *(html("body"), insights),
    ],
    people.BoardPage: ["lead"],
    people.MunicipalitiesPage: ["lead"],
    people.PersonPage: [
        *("position", municipality, "organisation", "email", "phone", terms),
        *(portrait, html("biography")),
    ],
    news.Insight: ["reference", "text", "explanation", topics, conference_of_insight, meeting],
    news.Topic: ["name", "slug", "description"],
    get_document_model(): ["title", file_type, "file_size", "created_at"],
}
# Those that cost queries for each object stand in the answer about one alone.
DETAILS = [
    *("parent", "body", "introduction", "biography", "image", "portrait", "attachments"),
    *("corrections", "goals", "agenda", "transcript", "insights"),
]


def fields_of(model) -> list:
    """Return the fields of a model besides its key and, of a page, its title."""
    every = EVERY_PAGE if issubclass(model, home.BasePage) else []
    return [*every, *FIELDS.get(model, [])]
