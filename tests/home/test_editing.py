"""What the page editor refuses, in sentences, and what it helps with."""

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import MeetingPage
from tests.factories import (
    ContentPageFactory,
    MeetingsPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meetings(home_lv):
    return MeetingsPageFactory(parent=home_lv)


def meeting_data(agenda=(), **fields):
    return nested_form_data(
        {
            "title": "Sanāksme",
            "slug": "sanaksme",
            "starts_at": "2026-10-09 10:00",
            "recording": "https://youtu.be/dQw4w9WgXcQ",
            "duration": "1:30:00",
            "transcript": "",
            "body": streamfield([]),
            "agenda": inline_formset(
                [{"title": "Jautājums", "speaker": "", "offset": offset} for offset in agenda]
            ),
            "attachments": inline_formset([]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
        | fields
    )


def add_meeting(client, meetings, data):
    url = reverse("wagtailadmin_pages:add", args=["home", "meetingpage", meetings.pk])
    return client.post(url, data)


def test_an_editor_publishes_a_meeting_with_its_agenda(admin_client, meetings):
    response = add_meeting(admin_client, meetings, meeting_data(["0:00", "14:30", "1:29:59"]))
    assert response.status_code == 302
    page = MeetingPage.objects.get()
    assert page.recording == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert [item.seconds for item in page.agenda.all()] == [0, 870, 5399]


@pytest.mark.parametrize(
    "data",
    [
        {"recording": "https://vimeo.com/1"},
        {"duration": "pusotra stunda"},
        {"agenda": ["1:30:00"]},  # at the end of the recording
        {"agenda": ["2:00:00"]},
        {"agenda": ["20:00", "10:00"]},
        {"transcript": "[1:xx] Teksts"},
    ],
)
def test_what_does_not_fit_the_recording_is_refused(admin_client, meetings, data):
    response = add_meeting(admin_client, meetings, meeting_data(**data))
    assert response.status_code == 200
    assert "w-field__errors" in response.content.decode()
    assert not MeetingPage.objects.exists()


def test_two_goals_can_not_have_one_number(admin_client, home_lv):
    about = ContentPageFactory(parent=home_lv)
    goals = [{"number": "1.1", "text": text, "explanation": ""} for text in "AB"]
    data = nested_form_data(
        {
            "title": "Mērķi",
            "slug": "merki",
            "introduction": "lai:",
            "goals": inline_formset(goals),
            "body": streamfield([]),
            "comments": inline_formset([]),
        }
    )
    url = reverse("wagtailadmin_pages:add", args=["home", "goalspage", about.pk])
    assert admin_client.post(url, data).status_code == 200
    data["goals-1-number"] = "1.x"
    assert admin_client.post(url, data).status_code == 200
    data["goals-1-number"] = "1.2"
    assert admin_client.post(url, data).status_code == 302


def our_page_types():
    return [
        model
        for label in ("home", "news", "people")
        for model in apps.get_app_config(label).get_models()
        if issubclass(model, Page)
    ]


@pytest.mark.parametrize("model", our_page_types(), ids=lambda model: model.__name__)
def test_every_page_type_stands_in_one_place_of_the_tree(model):
    assert model.allowed_parent_page_models(), "a type that can't be made anywhere"
    for parent in model.allowed_parent_page_models():
        assert parent is Page or model in parent.allowed_subpage_models()


def test_a_topic_in_use_can_not_be_deleted_and_says_where_it_is_used(admin_client, home_lv):
    topic = TopicFactory()
    page = NewsPageFactory(
        parent=NewsIndexPageFactory(parent=home_lv), title="Par datiem", topics=[topic]
    )
    page.save()  # writes the reference index
    delete, usage = (
        reverse(f"wagtailsnippets_news_topic:{view}", args=[topic.pk])
        for view in ("delete", "usage")
    )
    assert usage in admin_client.get(delete).content.decode()
    admin_client.post(delete)
    topic.refresh_from_db()
    assert "Par datiem" in admin_client.get(usage).content.decode()
