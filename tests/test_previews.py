"""Editors preview every page type before it is published, with rows that are not saved yet."""

import datetime

import pytest

from news.models import ConferenceRecording, Insight, InsightTopic, NewsTopic
from people.models import Term
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(home_lv):
    return make.ContentPageFactory(parent=home_lv)


@pytest.fixture
def meeting(home_lv):
    return make.MeetingPageFactory(
        parent=make.MeetingsPageFactory(parent=home_lv),
        recording="https://www.youtube.com/watch?v=demo-202211",
        transcript="[0:10] Labdien!",
    )


def preview(page, expected, mode=""):
    """Preview what the editor's form would hold: a page rebuilt from its unsaved content."""
    draft = page.save_revision().as_object()
    response = draft.make_preview_request(preview_mode=mode)
    if hasattr(response, "render"):
        response.render()
    assert response.status_code == 200
    assert expected in response.content.decode()


def test_home(home_lv):
    home_lv.mission = "Mēs apvienojam"
    preview(home_lv, "Mēs apvienojam")


def test_content(about):
    about.lead = "Ievads"
    preview(about, "Ievads")


def test_goals(about):
    page = make.GoalsPageFactory(parent=about)
    page.goals = [make.GoalFactory.build(page=page, text="Jauns mērķis", locale=page.locale)]
    preview(page, "Jauns mērķis")


def test_article(home_lv, meeting):
    conference = make.ConferencePageFactory(
        parent=make.InsightLibraryPageFactory(parent=home_lv), insights=["Dati"]
    )
    page = make.NewsPageFactory(parent=make.NewsIndexPageFactory(parent=home_lv))
    page.conference = conference
    page.topic_links = [NewsTopic(topic=make.TopicFactory(name="Jauna tēma"), locale=page.locale)]
    preview(page, "Jauna tēma")


def test_conference_and_library(home_lv, meeting):
    library = make.InsightLibraryPageFactory(parent=home_lv)
    page = make.ConferencePageFactory(parent=library)
    insight = Insight(text="Nesaglabāta atziņa", locale=page.locale)
    insight.topic_links = [InsightTopic(topic=make.TopicFactory(name="Tēma"))]
    page.insights = [insight]
    page.recordings = [ConferenceRecording(meeting=meeting)]
    preview(page, "Nesaglabāta atziņa")
    preview(page, meeting.title)
    preview(library, library.title)


def test_news_index(home_lv):
    page = make.NewsIndexPageFactory(parent=home_lv)
    make.NewsPageFactory(parent=page, title="Ziņa sarakstā")
    preview(page, "Ziņa sarakstā")


def test_meetings(meeting):
    meeting.agenda = [
        make.AgendaItemFactory.build(page=meeting, locale=meeting.locale, title="Jauns punkts")
    ]
    preview(meeting, "Jauns punkts")
    preview(meeting.get_parent().specific, meeting.title)


def test_board_and_person(about):
    board = make.BoardPageFactory(parent=about)
    page = make.PersonPageFactory(parent=board, title="Anna Kalniņa")
    seat = make.SeatFactory(name="Vidzemes reģions")
    page.terms = [Term(seat=seat, starts_on=datetime.date(2024, 1, 1), locale=page.locale)]
    preview(page, "Vidzemes reģions")
    preview(board, board.title)


def test_municipalities(about):
    page = make.MunicipalitiesPageFactory(parent=about)
    make.MunicipalityFactory(name="Madonas novads")
    preview(page, "Madonas novads")


def test_form_and_its_answer(about):
    page = make.FormPageFactory(parent=about)
    page.form_fields = [
        make.FormFieldFactory.build(label="Vārds", clean_name="vards", locale=page.locale)
    ]
    preview(page, "Vārds", mode="form")
    preview(page, "Pieteikums saņemts.", mode="landing")


def test_public_pages(home_lv):
    statement = make.AccessibilityStatementPageFactory(parent=home_lv)
    preview(statement, statement.standard)
    preview(make.EasyReadPageFactory(parent=home_lv, title="Viegli lasīt"), "Viegli lasīt")
    privacy = make.PrivacyPageFactory(parent=home_lv)
    privacy.records = [make.StoredRecordFactory.build(page=privacy, locale=privacy.locale)]
    preview(privacy, "24 mēneši")
