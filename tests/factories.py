"""Factories of the site's objects: Latvian unless told otherwise, published, minimal."""

import datetime

import factory
import wagtail_factories
from django.utils import timezone
from wagtail.models import Locale

from home.models import (
    AccessibilityStatementPage,
    AgendaItem,
    ContentPage,
    EasyReadPage,
    FormField,
    FormPage,
    Goal,
    GoalsPage,
    MeetingPage,
    MeetingsPage,
    Partner,
    PrivacyPage,
    SiteTexts,
    StoredRecord,
)
from news.models import (
    ConferencePage,
    Correction,
    Insight,
    InsightLibraryPage,
    InsightTopic,
    NewsIndexPage,
    NewsPage,
    NewsTopic,
    Topic,
)
from people.models import (
    BoardPage,
    MunicipalitiesPage,
    Municipality,
    PersonPage,
    Region,
    Seat,
    Term,
)
from translation.models import Term as GlossaryTerm


def default_locale():
    return Locale.objects.get(language_code="lv")


class PageFactory(wagtail_factories.PageFactory):
    """A published page in the language of its parent."""

    title = factory.Sequence(lambda n: f"Lapa {n}")
    locale = factory.LazyAttribute(lambda page: page.parent.locale)

    class Meta:
        abstract = True


class SnippetFactory(factory.django.DjangoModelFactory):
    locale = factory.LazyFunction(default_locale)

    class Meta:
        abstract = True


# home


class ContentPageFactory(PageFactory):
    class Meta:
        model = ContentPage


class GoalsPageFactory(PageFactory):
    introduction = "Asociācijas mērķis ir apvienot vadītājus, lai:"

    class Meta:
        model = GoalsPage


class GoalFactory(factory.django.DjangoModelFactory):
    locale = factory.SelfAttribute("page.locale")
    number = factory.Sequence(lambda n: f"1.{n + 1}")
    text = "attīstītu sadarbību"

    class Meta:
        model = Goal


class MeetingsPageFactory(PageFactory):
    class Meta:
        model = MeetingsPage


class MeetingPageFactory(PageFactory):
    starts_at = factory.Sequence(lambda n: timezone.now() - datetime.timedelta(days=30 + n))

    class Meta:
        model = MeetingPage


class AgendaItemFactory(factory.django.DjangoModelFactory):
    locale = factory.SelfAttribute("page.locale")
    title = factory.Sequence(lambda n: f"Jautājums {n}")

    class Meta:
        model = AgendaItem


class FormPageFactory(PageFactory):
    button_label = "Iesniegt"
    thank_you = "<p>Pieteikums saņemts.</p>"
    to_address = "lpia@example.org"
    subject = "Pieteikums"

    class Meta:
        model = FormPage


class FormFieldFactory(factory.django.DjangoModelFactory):
    locale = factory.SelfAttribute("page.locale")
    field_type = "singleline"

    class Meta:
        model = FormField


class AccessibilityStatementPageFactory(PageFactory):
    introduction = "Paziņojums"
    standard = "EN 301 549"
    method = "Pašnovērtējums"
    evaluated_on = datetime.date(2026, 1, 1)
    evaluated_by = "LPIA"

    class Meta:
        model = AccessibilityStatementPage


class EasyReadPageFactory(PageFactory):
    class Meta:
        model = EasyReadPage


class PrivacyPageFactory(PageFactory):
    introduction = "Privātums"

    class Meta:
        model = PrivacyPage


class StoredRecordFactory(factory.django.DjangoModelFactory):
    locale = factory.SelfAttribute("page.locale")
    what = "Pieteikumi"
    where = "Datubāzē"
    purpose = "Lai atbildētu"
    kept_for = "24 mēneši"

    class Meta:
        model = StoredRecord


class PartnerFactory(SnippetFactory):
    name = factory.Sequence(lambda n: f"Partneris {n}")

    class Meta:
        model = Partner


class SiteTextsFactory(SnippetFactory):
    name = "Latvijas Pašvaldību izpilddirektoru asociācija"
    short_name = "LPIA"

    class Meta:
        model = SiteTexts


# news


class TopicFactory(SnippetFactory):
    name = factory.Sequence(lambda n: f"Tēma {n}")
    slug = factory.Sequence(lambda n: f"tema-{n}")

    class Meta:
        model = Topic


class NewsIndexPageFactory(PageFactory):
    class Meta:
        model = NewsIndexPage


class NewsPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Ziņa {n}")
    lead = "Kas notika un kāpēc tas ir svarīgi."
    date = factory.Sequence(lambda n: datetime.date(2022, 11, 16) - datetime.timedelta(days=9 * n))

    class Meta:
        model = NewsPage
        skip_postgeneration_save = True

    @factory.post_generation
    def topics(page, create, topics, **kwargs):
        for topic in topics or ():
            NewsTopic.objects.create(page=page, topic=topic, locale=page.locale)


class CorrectionFactory(factory.django.DjangoModelFactory):
    locale = factory.SelfAttribute("page.locale")
    date = datetime.date(2022, 11, 20)
    text = "<p>Labots datums.</p>"

    class Meta:
        model = Correction


class InsightLibraryPageFactory(PageFactory):
    reference_prefix = "LPIA-A"

    class Meta:
        model = InsightLibraryPage


class ConferencePageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"{n}. konference")
    starts_on = datetime.date(2022, 11, 15)
    ends_on = datetime.date(2022, 11, 16)
    city = "Prāga"
    country = "CZ"

    class Meta:
        model = ConferencePage
        skip_postgeneration_save = True

    @factory.post_generation
    def insights(page, create, texts, **kwargs):
        if texts:
            page.insights = [
                Insight(text=text, locale=page.locale, sort_order=position)
                for position, text in enumerate(texts)
            ]
            page.save()


class InsightTopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InsightTopic


# people


class RegionFactory(SnippetFactory):
    name = factory.Sequence(lambda n: f"Reģions {n}")

    class Meta:
        model = Region


class MunicipalityFactory(SnippetFactory):
    name = factory.Sequence(lambda n: f"Novads {n}")
    region = factory.SubFactory(RegionFactory)

    class Meta:
        model = Municipality


class MunicipalitiesPageFactory(PageFactory):
    class Meta:
        model = MunicipalitiesPage


class SeatFactory(SnippetFactory):
    name = factory.Sequence(lambda n: f"Vieta {n}")
    position = factory.Sequence(int)

    class Meta:
        model = Seat


class BoardPageFactory(PageFactory):
    class Meta:
        model = BoardPage


class PersonPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Persona Uzvārde{n}")
    gender = "f"

    class Meta:
        model = PersonPage


class TermFactory(factory.django.DjangoModelFactory):
    locale = factory.SelfAttribute("person.locale")
    seat = factory.SubFactory(SeatFactory)
    starts_on = datetime.date(2021, 7, 1)

    class Meta:
        model = Term


# translation


class TermOfGlossaryFactory(factory.django.DjangoModelFactory):
    source = factory.Sequence(lambda n: f"jēdziens{n}")
    target = factory.Sequence(lambda n: f"notion {n}")

    class Meta:
        model = GlossaryTerm
