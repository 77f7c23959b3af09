import datetime
import threading

import pytest
from django.db import connection, connections
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from news.models import ConferencePage, Insight, InsightReference
from tests.factories import (
    ConferencePageFactory,
    InsightLibraryPageFactory,
    InsightTopicFactory,
    TopicFactory,
)
from tests.translating import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(home_lv):
    return InsightLibraryPageFactory(parent=home_lv, slug="atzinas")


def references(page):
    return [insight.reference for insight in page.insights.all()]


def reverse_insights(page):
    """Arrange the insights the other way round, as an editor does, and publish."""
    insights = list(reversed(page.insights.all()))
    for position, insight in enumerate(insights):
        insight.sort_order = position
    page.insights = insights
    page.save_revision().publish()


def test_references_are_numbered_by_the_year_of_the_conference(library):
    prague = ConferencePageFactory(parent=library, insights=["A", "B"])
    again = ConferencePageFactory(parent=library, insights=["C"])
    later = ConferencePageFactory(
        parent=library, starts_on=datetime.date(2023, 5, 1), ends_on=None, insights=["D"]
    )
    assert references(prague) == ["LPIA-A-2022-01", "LPIA-A-2022-02"]
    assert references(again) == ["LPIA-A-2022-03"]
    assert references(later) == ["LPIA-A-2023-01"]


def test_reordering_changes_no_reference(library):
    page = ConferencePageFactory(parent=library, insights=["A", "B", "C"])
    reverse_insights(page)
    assert [(i.reference, i.text) for i in Insight.objects.order_by("sort_order")] == [
        ("LPIA-A-2022-03", "C"),
        ("LPIA-A-2022-02", "B"),
        ("LPIA-A-2022-01", "A"),
    ]


def test_a_number_is_never_given_twice_even_after_deletion(library):
    page = ConferencePageFactory(parent=library, insights=["A", "B"])
    page.insights = page.insights.all()[:1]
    page.save()
    page.insights.add(Insight(text="C", locale=page.locale))
    page.save()
    assert {i.text: i.reference for i in page.insights.all()} == {
        "A": "LPIA-A-2022-01",
        "C": "LPIA-A-2022-03",
    }


def test_a_draft_holds_its_reference_before_it_is_published(library):
    page = ConferencePageFactory(parent=library)
    page.insights.add(Insight(text="Melnraksts", locale=page.locale))
    page.save_revision()
    other = ConferencePageFactory(parent=library, insights=["Cita"])
    page.get_latest_revision().publish()
    assert references(other) == ["LPIA-A-2022-02"]
    assert Insight.objects.get(text="Melnraksts").reference == "LPIA-A-2022-01"


def test_moving_the_conference_to_another_year_keeps_references(library):
    page = ConferencePageFactory(parent=library, insights=["A"])
    page.starts_on = datetime.date(2021, 1, 1)
    page.save()
    assert references(page) == ["LPIA-A-2022-01"]


def test_a_copied_conference_gets_references_of_its_own(library):
    page = ConferencePageFactory(parent=library, insights=["A"])
    copy = page.copy(update_attrs={"slug": "kopija"})
    assert references(copy) == ["LPIA-A-2022-02"]


def test_the_translation_has_the_same_references_and_its_own_topics(library):
    topic = TopicFactory(name="Dati", slug="dati")
    page = ConferencePageFactory(parent=library, insights=["Pirmā", "Otrā"])
    InsightTopicFactory(insight=page.insights.first(), topic=topic)
    translate(topic, {"Dati": "Data"})
    translate(library.get_parent().specific, {})
    translate(library, {})
    english = translate(page, {"Pirmā": "First", "Otrā": "Second"})
    assert [(i.reference, i.text) for i in english.insights.all()] == [
        ("LPIA-A-2022-01", "First"),
        ("LPIA-A-2022-02", "Second"),
    ]
    first = Insight.objects.get(locale__language_code="en", reference="LPIA-A-2022-01")
    assert [t.name for t in first.topics] == ["Data"]
    # A second synchronisation, after the source was reordered, changes nothing of it.
    reverse_insights(page)
    english = translate(page, {"Pirmā": "First", "Otrā": "Second"})
    assert {(i.reference, i.text) for i in english.insights.all()} == {
        ("LPIA-A-2022-01", "First"),
        ("LPIA-A-2022-02", "Second"),
    }
    assert InsightReference.objects.count() == 2


def conference_data(insights, initial=0):
    rows = [
        {"reference": "", "explanation": "", "topic_links": inline_formset([])} | row
        for row in insights
    ]
    return nested_form_data(
        {
            "title": "Konference",
            "slug": "konference",
            "starts_on": "2022-11-15",
            "ends_on": "2022-11-16",
            "city": "Prāga",
            "country": "CZ",
            "body": streamfield([]),
            "insights": inline_formset(rows, initial=initial),
            "recordings": inline_formset([]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )


def add(client, library, data):
    url = reverse("wagtailadmin_pages:add", args=["news", "conferencepage", library.pk])
    return client.post(url, data)


def test_an_editor_writes_insights_and_references_come_by_themselves(admin_client, library):
    response = add(admin_client, library, conference_data([{"text": "Viena"}, {"text": "Otra"}]))
    assert response.status_code == 302
    assert references(ConferencePage.objects.get()) == ["LPIA-A-2022-01", "LPIA-A-2022-02"]


def test_a_reference_that_was_published_elsewhere_before_may_be_typed(admin_client, library):
    add(admin_client, library, conference_data([{"text": "Viena", "reference": "LPIA-A-2022-07"}]))
    page = ConferencePage.objects.get()
    assert references(page) == ["LPIA-A-2022-07"]
    page.insights.add(Insight(text="Nākamā", locale=page.locale))
    page.save()
    assert {i.text: i.reference for i in page.insights.all()}["Nākamā"] == "LPIA-A-2022-08"


@pytest.mark.parametrize(
    "rows",
    [
        [{"text": "A", "reference": "LPIA-A-2022-01"}],  # taken by another conference
        [{"text": "A", "reference": "LPIA-A-2022-5x"}],
        [{"text": "A", "reference": "LPIA-A-2019-09"}],  # not the year of the conference
        [
            {"text": "A", "reference": "LPIA-A-2022-09"},
            {"text": "B", "reference": "LPIA-A-2022-09"},
        ],
    ],
)
def test_a_reference_that_can_not_be_given_is_refused(admin_client, library, rows):
    ConferencePageFactory(parent=library, insights=["Cita"])
    response = add(admin_client, library, conference_data(rows))
    assert response.status_code == 200
    assert "w-field__errors" in response.content.decode()
    assert ConferencePage.objects.count() == 1


def test_a_reference_once_given_can_not_be_changed(admin_client, library):
    page = ConferencePageFactory(parent=library, insights=["A"])
    insight = page.insights.get()
    row = {"id": insight.pk, "text": "A", "reference": "LPIA-A-2022-09"}
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert admin_client.post(url, conference_data([row], initial=1)).status_code == 200
    row["reference"] = "LPIA-A-2022-01"
    assert admin_client.post(url, conference_data([row], initial=1)).status_code == 302
    assert Insight.objects.get().reference == "LPIA-A-2022-01"


@pytest.mark.django_db(transaction=True)
def test_editors_who_save_at_once_get_different_numbers():
    import uuid

    def claim():
        try:
            InsightReference.objects.claim_next(2024, uuid.uuid4())
        finally:
            connections.close_all()

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        claim()  # threads share one in-memory connection: nothing to race for
        return
    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(InsightReference.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
