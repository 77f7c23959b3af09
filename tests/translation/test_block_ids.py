"""Rows and blocks keep their identity through every way of editing."""

import pytest
from django.urls import reverse

from home.block_ids import renew_duplicate_ids
from home.models import ContentPage
from news.models import InsightReference
from tests.factories import ConferencePageFactory, ContentPageFactory, InsightLibraryPageFactory
from tests.translation.editing import editor_data

pytestmark = pytest.mark.django_db

NEW_INSIGHT = {
    "insights-TOTAL_FORMS": 2,
    "insights-1-text": "Otrā",
    "insights-1-explanation": "",
    "insights-1-reference": "",
    "insights-1-ORDER": 2,
    "insights-1-id": "",
    "insights-1-topic_links-TOTAL_FORMS": 0,
    "insights-1-topic_links-INITIAL_FORMS": 0,
}


def latest(page):
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def rows(page):
    insights = latest(page).insights.all()
    return [(insight.text, insight.reference, insight.translation_key) for insight in insights]


@pytest.fixture
def conference(home_lv):
    page = ConferencePageFactory(
        parent=InsightLibraryPageFactory(parent=home_lv), insights=["Pirmā"]
    )
    page = type(page).objects.get(pk=page.pk)
    page.save_revision().publish()
    return page


def test_a_new_row_of_a_live_page_is_the_same_row_after_every_save(admin_client, conference):
    """Upstream makes it a new one each time: a page with an insight could not be saved again."""
    url = reverse("wagtailadmin_pages:edit", args=[conference.pk])
    data = editor_data(latest(conference)) | NEW_INSIGHT
    found = set()
    for _save in range(3):
        response = admin_client.post(url, data, headers={"accept": "application/json"})
        assert response.json()["success"], response.json()
        data |= response.json()["field_updates"]
        found.add(rows(conference)[1])
    for action in ({}, {}, {"action-publish": "1"}, {}, {"action-publish": "1"}):
        data = editor_data(latest(conference)) | action
        response = admin_client.post(url, data)
        assert response.status_code == 302, response.context["form"].formsets["insights"].errors
        found.add(rows(conference)[1])
    assert [(text, reference) for text, reference, _key in found] == [("Otrā", "LPIA-A-2022-02")]
    published = type(conference).objects.get(pk=conference.pk)
    assert [insight.reference for insight in published.insights.all()] == [
        "LPIA-A-2022-01",
        "LPIA-A-2022-02",
    ]
    assert InsightReference.objects.count() == 2


def test_a_key_of_another_page_is_not_taken(admin_client, conference):
    other = ConferencePageFactory(parent=conference.get_parent(), insights=["Cita"])
    key = str(other.insights.get().translation_key)
    data = editor_data(latest(conference)) | NEW_INSIGHT | {"insights-1-row_key": key}
    url = reverse("wagtailadmin_pages:edit", args=[conference.pk])
    assert admin_client.post(url, data).status_code == 302
    assert str(rows(conference)[1][2]) != key


@pytest.fixture
def page(home_lv):
    return ContentPageFactory(parent=home_lv)


def block(text, block_id="11111111-1111-4111-8111-111111111111"):
    return {"type": "heading", "value": text, "id": block_id}


def test_siblings_never_share_an_id(page):
    page.body = [block("A"), block("B"), block("C", "22222222-2222-4222-8222-222222222222")]
    page.body = ContentPage.body.field.stream_block.to_python([block("A"), block("B")])
    page.save()
    page.refresh_from_db()
    first, second = page.body
    assert (first.id, first.value) == (block("")["id"], "A")
    assert (second.id != first.id, second.value) == (True, "B")
    ids = [child.id for child in page.body]
    page.save_revision()
    page.save()
    assert [child.id for child in latest(page).body] == ids


def test_items_of_lists_are_renewed_too(page):
    item = {"type": "item", "value": 1, "id": block("")["id"]}
    documents = {"title": "", "documents": [item, dict(item)]}
    raw = [{"type": "documents", "value": documents, "id": block("")["id"]}]
    page.body = ContentPage.body.field.stream_block.to_python(raw)
    renew_duplicate_ids(page)
    first, second = page.body.get_prep_value()[0]["value"]["documents"]
    assert first["id"] != second["id"]


def test_what_is_unique_is_left_alone(page):
    page.body = ContentPage.body.field.stream_block.to_python([block("A")])
    value = page.body
    renew_duplicate_ids(page)
    assert page.body is value
