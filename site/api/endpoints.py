"""The endpoints: pages, people, insights, documents, topics."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, prefetch_related_objects
from django.db.models.functions import Cast
from rest_framework.fields import Field
from wagtail.api.v2.serializers import PageSerializer, PageTypeField
from wagtail.api.v2.utils import BadRequestError, get_object_detail_url
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents import get_document_model
from wagtail.documents.api.v2.serializers import DocumentSerializer
from wagtail.models import Page, ReferenceIndex, Site, get_page_models

from home.addresses import absolute
from home.models import BasePage, MeetingPage
from home.models.base import Attachment
from home.querysets import is_private
from news.models import ConferencePage, Insight, InsightTopic, NewsPage, NewsTopic, Topic
from people.models import PersonPage, Term
from search.attachments import ANCHOR, KIND
from search.attachments import is_private as is_in_private_collection

from . import parameters
from .fields import DETAILS, Computed
from .views import Endpoint, InOwnLanguage

PAGE_TYPES = {
    f"{model._meta.app_label}.{model.__name__}": model
    for model in get_page_models()
    if issubclass(model, BasePage)
}
PAGES_OF_ATTACHMENTS = Attachment.__subclasses__()


def is_public():
    """Return the condition that a page is published, closed to nobody and part of a site."""
    is_of_site = Q()
    for root in Site.get_site_root_paths():  # of all languages, from the cache
        is_of_site |= Q(url_path__startswith=root.root_path)
    return Q(~is_private(), is_of_site or Q(pk=None), live=True)


def public_pages():
    return Page.objects.filter(is_public())


def public_insights():
    return Insight.objects.filter(page__in=public_pages())


def equals(name):
    """Return the condition that a field has a value."""
    return lambda value: Q(**{name: value})


LOCALE = {"locale": (parameters.locale, equals("locale__language_code"))}
TRANSLATION = {"translation_key": (parameters.key, equals("translation_key"))}


class HasTranslations:
    """Objects in two languages: each names its other one, where that is public."""

    def find_translations(self, objects, found):
        """Keep ``{translation key: [object]}`` of the others in ``found``."""
        self.translations = {}
        keys = {each.translation_key for each in objects}
        for other in found.filter(translation_key__in=keys) if keys else ():
            self.translations.setdefault(other.translation_key, []).append(other)

    def others(self, instance):
        same = self.translations.get(instance.translation_key, [])
        return [other for other in same if other.pk != instance.pk]


class Translations(Field):
    def get_attribute(self, instance):
        return instance

    def to_representation(self, instance):
        view, request = self.context["view"], self.context["request"]
        return [
            {
                "locale": view.language_of(other),
                "id": other.pk,
                **({"html_url": url} if (url := view.html_url(other)) else {}),
                "detail_url": get_object_detail_url(
                    self.context["router"], request, type(instance), other.pk
                ),
            }
            for other in view.others(instance)
        ]


def locale_of(instance, context):
    return context["view"].language_of(instance)


def html_url_of(instance, context):
    return context["view"].html_url(instance)


class TranslatedSerializer(InOwnLanguage):
    locale = Computed(locale_of)
    html_url = Computed(html_url_of)
    translations = Translations(read_only=True)


class PublicPageSerializer(TranslatedSerializer, PageSerializer):
    type = PageTypeField(read_only=True)  # of both bases this one: it knows pages read as such


def is_about(topic):
    return Q(pk__in=NewsTopic.objects.filter(topic__slug=topic).values("page_id"))


def is_of_conference(slug):
    keys = ConferencePage.objects.filter(slug=slug).values("translation_key")
    articles = NewsPage.objects.filter(conference__translation_key__in=keys).order_by()
    return Q(pk__in=articles.values("pk"))


def is_of_year(year):
    return (
        Q(pk__in=NewsPage.objects.filter(date__year=year).order_by().values("pk"))
        | Q(pk__in=ConferencePage.objects.filter(starts_on__year=year).order_by().values("pk"))
        | Q(pk__in=MeetingPage.objects.filter(starts_at__year=year).order_by().values("pk"))
    )


def is_under(depth_difference=None):
    """Return the condition to lie under a page, given by its key; directly, with a 1."""

    def condition(key):
        parent = public_pages().filter(pk=key).first()
        if parent is None:
            raise BadRequestError("There is no public page with that id")
        below = Q(path__startswith=parent.path, depth__gt=parent.depth)
        return below & Q(depth=parent.depth + depth_difference) if depth_difference else below

    return condition


class Pages(Endpoint, HasTranslations, PagesAPIViewSet):
    base_serializer_class = PublicPageSerializer
    meta_fields = [
        *("type", "detail_url", "html_url", "slug", "locale", "translation_key", "translations"),
        *("first_published_at", "last_published_at", "parent"),
    ]
    listing_default_fields = ["id", "title", *meta_fields]
    nested_default_fields = ["id", "title", "type", "detail_url"]
    detail_only_fields = [*DETAILS, "conference"]
    filters = {
        **LOCALE,
        **TRANSLATION,
        "type": (parameters.text, lambda value: Q()),  # read in get_queryset
        "slug": (parameters.text, equals("slug")),
        "child_of": (parameters.number, is_under(1)),
        "descendant_of": (parameters.number, is_under()),
        "topic": (parameters.text, is_about),
        "conference": (parameters.text, is_of_conference),
        "year": (parameters.year, is_of_year),
    }
    order_fields = ("id", "title", "slug", "first_published_at", "last_published_at")

    @classmethod
    def get_listing_default_fields(cls, model):
        return [name for name in cls.listing_default_fields if name != "parent"]

    def get_base_queryset(self):
        return public_pages()

    def get_queryset(self):
        asked = self.request.GET.get("type", "")
        names = asked.split(",") if asked else []
        if unknown := set(names) - set(PAGE_TYPES):
            known, names = ", ".join(sorted(PAGE_TYPES)), ", ".join(sorted(unknown))[:100]
            raise BadRequestError(f"Unknown type of page: {names}. Known are: {known}")
        if len(names) == 1:
            model = PAGE_TYPES[names[0]]
            return model.objects.filter(is_public())
        models = [PAGE_TYPES[name] for name in names]
        return public_pages().type(*models) if models else public_pages()

    def as_detail(self, found):
        return found.specific

    def html_url(self, page):
        return page.get_full_url(self.request)

    def prepare(self, objects):
        self.find_translations(objects, public_pages())
        if objects and isinstance(objects[0], NewsPage):
            prefetch_related_objects(objects, "topic_links__topic")

    def keys_at(self, places):
        return [page for page, _suffix in places]


class People(Pages):
    """People of the board and other contacts: what their pages show."""

    model = PersonPage
    name = "people"
    detail_only_fields = [*DETAILS]
    listing_default_fields = [
        *Pages.listing_default_fields,
        *("position", "municipality", "organisation", "email", "phone", "terms"),
    ]
    filters = {
        **LOCALE,
        **TRANSLATION,
        "slug": (parameters.text, equals("slug")),
        "board_on": (
            parameters.day,
            lambda day: Q(pk__in=Term.objects.on(day).values("person_id")),
        ),
    }
    search_filters = {"kind": PersonPage.search_kind}

    def get_queryset(self):
        return PersonPage.objects.filter(is_public()).select_related("municipality")

    def prepare(self, objects):
        self.find_translations(objects, public_pages())
        prefetch_related_objects(objects, "terms__seat")


class Insights(Endpoint, HasTranslations, BaseAPIViewSet):
    """The insights of public conferences, under their references."""

    model = Insight
    name = "insights"
    base_serializer_class = TranslatedSerializer
    meta_fields = [
        *("type", "detail_url", "html_url", "locale", "translation_key", "translations"),
    ]
    listing_default_fields = [
        *("id", "reference", "text", "explanation", "topics", "conference", "meeting"),
        *meta_fields,
    ]
    filters = {
        **LOCALE,
        **TRANSLATION,
        "reference": (parameters.text, equals("reference")),
        "topic": (
            parameters.text,
            lambda slug: Q(
                pk__in=InsightTopic.objects.filter(topic__slug=slug).values("insight_id")
            ),
        ),
        "conference": (parameters.text, equals("page__slug")),
        "country": (parameters.text, lambda code: Q(page__country=code.upper())),
        "year": (parameters.year, equals("page__starts_on__year")),
    }
    order_fields = ("id", "reference")
    default_order = ("-page__starts_on", "-page__pk", "sort_order", "pk")
    search_filters = {"kind": "insight"}

    def get_queryset(self):
        return public_insights().with_clauses()

    def html_url(self, insight):
        return absolute(self.request, insight.get_url(self.request))

    def prepare(self, objects):
        others = public_insights().select_related("page").defer("page__body")
        self.find_translations(objects, others)
        self.meetings = self._meetings(objects)

    def _meetings(self, insights) -> dict[int, Page]:
        """Return the public meetings of insights, in the insights' languages, by their keys."""
        chosen = {insight.meeting_id for insight in insights if insight.meeting_id}
        if not chosen:
            return {}
        keys = dict(Page.objects.filter(pk__in=chosen).values_list("pk", "translation_key"))
        found = {
            (page.translation_key, page.locale_id): page
            for page in public_pages().filter(translation_key__in=keys.values())
        }
        return {
            insight.pk: found.get((keys.get(insight.meeting_id), insight.locale_id))
            for insight in insights
        }

    def keys_at(self, places):
        ranks = {(page, suffix): number for number, (page, suffix) in enumerate(places)}
        insights = Insight.objects.filter(page__in={page for page, _suffix in places})
        found = [
            (ranks.get((page, f"../{reference}/")), key)
            for key, page, reference in insights.values_list("pk", "page_id", "reference")
        ]
        return [key for rank, key in sorted((r, key) for r, key in found if r is not None)]


class Topics(Endpoint, HasTranslations, BaseAPIViewSet):
    """What articles and insights are about; their slugs are values of the other filters."""

    model = Topic
    name = "topics"
    base_serializer_class = TranslatedSerializer
    meta_fields = ["type", "detail_url", "locale", "translation_key", "translations"]
    listing_default_fields = ["id", "name", "slug", "description", *meta_fields]
    filters = {**LOCALE, **TRANSLATION, "slug": (parameters.text, equals("slug"))}
    order_fields = ("id", "name", "slug")
    default_order = ("name", "pk")

    def get_queryset(self):
        """The topics of something public: others may be preparations."""
        articles = NewsTopic.objects.filter(page__in=public_pages(), topic=OuterRef("pk"))
        insights = public_insights().filter(topic_links__topic=OuterRef("pk"))
        return Topic.objects.filter(Exists(articles) | Exists(insights))

    def html_url(self, topic):
        return None

    def prepare(self, objects):
        self.find_translations(objects, self.get_queryset())

    def check_query_parameters(self, queryset):
        super().check_query_parameters(queryset)
        if "search" in self.request.GET:
            raise BadRequestError("Topics are few: search is not offered for them")


class PublicDocumentSerializer(InOwnLanguage, DocumentSerializer):
    pass


class Documents(Endpoint, BaseAPIViewSet):
    """Documents that public pages offer, but those of private collections."""

    model = get_document_model()
    name = "documents"
    base_serializer_class = PublicDocumentSerializer
    meta_fields = ["type", "detail_url", "download_url"]
    listing_default_fields = [
        *("id", "title", "file_type", "file_size", "created_at"),
        *meta_fields,
    ]
    order_fields = ("id", "title", "created_at", "file_size")
    search_filters = {"kind": KIND}

    def get_queryset(self):
        """A draft's new documents are no page's yet: the index of references may know them.

        So it is asked about pages without a draft alone; attachments have rows of their own.
        """
        documents = get_document_model().objects.filter(~is_in_private_collection())
        offered = Q()
        for model in PAGES_OF_ATTACHMENTS:
            rows = model.objects.filter(document=OuterRef("pk"), page__in=public_pages())
            offered |= Exists(rows.order_by())
        settled = public_pages().filter(has_unpublished_changes=False)
        references = ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(get_document_model()),
            to_object_id=Cast(OuterRef("pk"), CharField()),
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id__in=settled.annotate(key=Cast("pk", CharField())).values("key"),
        )
        return documents.filter(offered | Exists(references))

    def keys_at(self, places):
        start = ANCHOR.format("")
        return [int(suffix.removeprefix(start)) for _page, suffix in places]
