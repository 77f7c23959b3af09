"""Editors preview every page type before it is published, with rows that are not saved yet."""

import datetime

import pytest
from django import forms
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks import StreamBlock
from wagtail.test.utils.form_data import rich_text
from wagtail_localize.models import Translation

from editorial import roles
from home.models import HomePage
from home.models.base import BasePage
from news.models import ConferenceRecording, Insight, InsightTopic, NewsTopic
from people.models import Term
from tests import factories as make
from tests.translating import translate

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


SAMPLES = {  # by kind of form field, of a child before its parent
    forms.DateTimeField: "2026-10-09 10:00",
    forms.DateField: "2026-10-09",
    forms.IntegerField: "12",
    forms.ChoiceField: "",
    forms.CharField: "LPIA",
}


def barely_begun(client, address):
    """Return what the form of a new page sends when only what it insists on was written."""
    form = client.get(address).context["form"]
    data = {}
    for name, field in form.fields.items():
        if isinstance(getattr(field, "block", None), StreamBlock):
            data[f"{name}-count"] = "0"
        elif field.required:
            kinds = [sample for kind, sample in SAMPLES.items() if isinstance(field, kind)]
            data[name] = form[name].value() or kinds[0]
        if isinstance(field.widget, DraftailRichTextArea):
            data[name] = rich_text("<p>Ievads</p>")
    for formset in form.formsets.values():
        data |= {f"{formset.prefix}-{key}_FORMS": "0" for key in ("TOTAL", "INITIAL")}
    return data | {"title": "Jauna lapa", "slug": "jauna-lapa"}


@pytest.fixture
def place_of(home_lv, about):
    """Return where a page of a type may be made."""

    def find(model):
        makers = {
            "ConferencePage": make.InsightLibraryPageFactory,
            "MeetingPage": make.MeetingsPageFactory,
            "NewsPage": make.NewsIndexPageFactory,
        }
        if model.__name__ in makers:
            return makers[model.__name__](parent=home_lv)
        if model.__name__ == "PersonPage":
            return make.BoardPageFactory(parent=about)
        return next(page for page in (home_lv, about) if model in page.creatable_subpage_models())

    return find


TYPES = [model for model in apps.get_models() if issubclass(model, BasePage)]


@pytest.mark.parametrize("model", [m for m in TYPES if m is not HomePage], ids=lambda m: m.__name__)
def test_a_new_page_of_which_little_is_written(admin_client, place_of, model):
    where = [model._meta.app_label, model._meta.model_name, place_of(model).pk]
    data = barely_begun(admin_client, reverse("wagtailadmin_pages:add", args=where))
    address = reverse("wagtailadmin_pages:preview_on_add", args=where)
    assert admin_client.post(address, data).json()["is_valid"]
    for mode, _label in model(title="x").preview_modes:
        response = admin_client.get(f"{address}?mode={mode}")
        assert response.status_code == 200 and "Jauna lapa" in response.content.decode()


def test_a_preview_belongs_to_its_editor(person, about):
    anna, janis = Client(), Client()
    for client in (anna, janis):
        client.force_login(person(roles.CHIEF_EDITOR))
    about.save_revision()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[about.pk])
    data = barely_begun(anna, reverse("wagtailadmin_pages:edit", args=[about.pk]))
    assert anna.post(address, data | {"title": "Annas nodoms"}).json()["is_valid"]
    assert "Annas nodoms" in anna.get(address).content.decode()
    assert "Annas nodoms" not in janis.get(address).content.decode()
    assert Client().get(address).status_code == 302


def test_a_translation_is_previewed_with_what_is_translated_so_far(admin_client, about):
    about.lead = "Latviešu ievads"
    about.save_revision().publish()
    english = translate(about, {"Latviešu ievads": "English lead"})
    translation = Translation.objects.get(source__object_id=about.translation_key)
    address = reverse("wagtail_localize:preview_translation", args=[translation.pk])
    response = admin_client.get(address)
    assert response.status_code == 200
    assert "English lead" in response.content.decode() and 'lang="en"' in response.content.decode()
    assert english.locale.language_code == "en"
