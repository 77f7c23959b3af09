"""What a page may cost: queries without any cache, with many rows, in both languages."""

import datetime

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.rich_text import RichText
from wagtail_factories import ImageFactory

from home import shared
from home.models import MeetingAttachment, SiteTexts
from news.models import ConferenceRecording, InsightTopic, NewsAttachment, NewsPartner
from tests import factories as make

pytestmark = [pytest.mark.once, pytest.mark.django_db]

# One of them for the picture that networks show, one for each of an article's three topics: the
# newest articles of a topic are read once per change.
MOST, MOST_OF_AN_ARTICLE = 25, 25
# The same while nothing changes: what all pages share is kept (see home.shared).
MOST_KEPT, MOST_OF_AN_ARTICLE_KEPT = 16, 14
ARTICLES, PEOPLE, MEETINGS, INSIGHTS = 60, 24, 24, 30


class Tree:
    """A full site in one language."""

    def __init__(self, home, source=None):
        self.home, self.locale, self.source = home, home.locale, source
        self.pages = {}
        image = ImageFactory(file__width=1300, file__height=700)
        logo = ImageFactory()
        document = get_document_model().objects.create(
            title="Programma", file=ContentFile(b"...", name="programma.txt")
        )
        self.topics = [make.TopicFactory(locale=self.locale) for _ in range(6)]
        self.partners = [
            make.PartnerFactory(locale=self.locale, logo=logo, url="https://example.org")
            for _ in range(4)
        ]
        about = self.page("about", make.ContentPageFactory, home, show_in_menus=True)
        self.page("contacts", make.ContentPageFactory, home, body=[("contacts", None)])
        self.make_knowledge(image, document)
        self.make_board(about, image)
        self.make_meetings(image, document)
        self.page("accessibility", make.AccessibilityStatementPageFactory, home)
        self.page("easy", make.EasyReadPageFactory, home)
        privacy = self.page("privacy", make.PrivacyPageFactory, home)
        make.StoredRecordFactory(page=privacy)
        form = self.page("form", make.FormPageFactory, about)
        make.FormFieldFactory(page=form, label="Novads", field_type="municipality")
        self.make_texts()

    def page(self, name, factory, parent, **fields):
        """Make a page; in the second language it is the translation of the first's."""
        if self.source:
            fields["translation_key"] = self.source.pages[name].translation_key
        self.pages[name] = factory(parent=parent, locale=self.locale, **fields)
        return self.pages[name]

    def make_knowledge(self, image, document):
        library = self.page("library", make.InsightLibraryPageFactory, self.home)
        for number in range(4):
            conference = self.page(
                f"conference {number}",
                make.ConferencePageFactory,
                library,
                insights=[f"Atziņa {n}" for n in range(INSIGHTS // 4)],
            )
            for insight in conference.insights.all():
                InsightTopic.objects.create(insight=insight, topic=self.topics[number])
        index = self.page("news", make.NewsIndexPageFactory, self.home)
        for number in range(ARTICLES):
            article = self.page(
                f"article {number}",
                make.NewsPageFactory,
                index,
                image=image,
                conference=self.pages["conference 0"],
                topics=self.topics[:3],
                body=[("text", RichText(f'<p><a linktype="page" id="{index.pk}">Saite</a></p>'))],
                date=datetime.date(2024, 1, 1) - datetime.timedelta(days=number),
            )
            make.CorrectionFactory(page=article)
            for _ in range(3):
                NewsAttachment.objects.create(page=article, document=document)
            for partner in self.partners:
                NewsPartner.objects.create(page=article, partner=partner, locale=self.locale)

    def make_board(self, about, image):
        board = self.page("board", make.BoardPageFactory, about)
        regions = [make.RegionFactory(locale=self.locale) for _ in range(5)]
        for number in range(PEOPLE):
            municipality = make.MunicipalityFactory(locale=self.locale, region=regions[number % 5])
            person = self.page(
                f"person {number}",
                make.PersonPageFactory,
                board,
                municipality=municipality,
                portrait=image,
                email="a@example.org",
                show_in_contacts=number < 3,
            )
            make.TermFactory(
                person=person,
                seat=make.SeatFactory(locale=self.locale),
                role="chair" if number == 5 else "member",
            )
        goals = self.page("goals", make.GoalsPageFactory, about)
        for _ in range(5):
            make.GoalFactory(page=goals)
        self.page("municipalities", make.MunicipalitiesPageFactory, about)

    def make_meetings(self, image, document):
        meetings = self.page("meetings", make.MeetingsPageFactory, self.home)
        for number in range(MEETINGS):
            meeting = self.page(
                f"meeting {number}",
                make.MeetingPageFactory,
                meetings,
                recording="https://www.youtube.com/watch?v=demo-202211",
                thumbnail=image,
                starts_at=timezone.now() + datetime.timedelta(days=3 - number),
            )
            for minute in range(6):
                make.AgendaItemFactory(page=meeting, offset=datetime.timedelta(minutes=minute))
            MeetingAttachment.objects.create(page=meeting, document=document)
            ConferenceRecording.objects.create(page=self.pages["conference 0"], meeting=meeting)

    def make_texts(self):
        source = self.source or self

        def item(name, *children):
            value = {"page": source.pages[name].pk, "url": "", "title": ""}
            return value | {"children": [{"type": "item", "value": item(c)} for c in children]}

        names = ["news", "library", "meetings", "about"]
        menu = [{"type": "item", "value": item(name, "board", "goals")} for name in names]
        footer = [{"type": "item", "value": item("contacts")}]
        SiteTexts.objects.create(
            locale=self.locale, name="LPIA", short_name="LPIA", main_menu=menu, footer_menu=footer
        )


@pytest.fixture
def trees(home_lv, home_en):
    latvian = Tree(home_lv)
    return {"lv": latvian, "en": Tree(home_en, source=latvian)}


def queries(client, url):
    cache.clear()  # nothing is remembered from one request to the next
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(url)
    assert response.status_code == 200, url
    return [query["sql"] for query in captured]


def report(sql):
    return "\n".join(f"{number:3} {line[:300]}" for number, line in enumerate(sql, start=1))


def addresses(tree):
    """One address of every page type and view, and a deep page of every list."""
    pages = tree.pages
    named = {name: page.url for name, page in pages.items() if not name[-1].isdigit()}
    first = ("article 5", "conference 0", "person 0", "person 5", "meeting 5")
    return (
        named
        | {name: pages[name].url for name in first}
        | {
            "home": tree.home.url,
            "board of a day": f"{pages['board'].url}?date=2022-11-15",
            "news of a topic": f"{pages['news'].url}?topic={tree.topics[0].slug}",
            "news, page 3": f"{pages['news'].url}?page=3",
            "archive": f"{pages['news'].url}2023/12/",
            "atom": f"{pages['news'].url}feed/atom/",
            "insight": f"{pages['library'].url}{pages['conference 0'].insights.first().reference}/",
            "insights as CSV": f"{pages['library'].url}?format=csv",
            "meetings, page 2": f"{pages['meetings'].url}?page=2",
        }
    )


def test_no_page_costs_more_than_its_budget(client, trees):
    assert_budgets(client, trees, MOST, MOST_OF_AN_ARTICLE)


def test_what_all_pages_share_is_asked_for_once(client, trees, monkeypatch):
    monkeypatch.setattr(shared, "generation", lambda: client)
    monkeypatch.setattr(shared, "in_transaction", lambda: False)
    assert_budgets(client, trees, MOST_KEPT, MOST_OF_AN_ARTICLE_KEPT)


def assert_budgets(client, trees, most, most_of_an_article):
    too_many = []
    for language, tree in trees.items():
        for name, url in addresses(tree).items():
            client.get(url)  # renditions are drawn once, at the first visit
            sql, again = queries(client, url), queries(client, url)
            budget = most_of_an_article if name.startswith("article") else most
            budget += language != "lv"  # a translation asks whether its original is newer
            if len(sql) > budget or len(again) > len(sql):
                too_many.append(f"{language} {name}: {len(sql)}, again {len(again)}\n{report(sql)}")
    assert not too_many, "\n\n".join(too_many)


def test_a_list_costs_the_same_with_one_row_as_with_many(client, home_lv):
    index = make.NewsIndexPageFactory(parent=home_lv)
    topic = make.TopicFactory()
    make.NewsPageFactory(parent=index, topics=[topic])
    client.get(index.url)
    few = queries(client, index.url)
    make.NewsPageFactory.create_batch(10, parent=index, topics=[topic])
    assert len(queries(client, index.url)) <= len(few) + 1  # the calendar finds a month before
