"""The demo content for the tests of a module; afterwards what the migrations made."""

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from wagtail.models import Page


@pytest.fixture(scope="module")
def demo(fill_with_demo, restore_database):
    try:
        fill_with_demo()
        yield
    finally:
        restore_database()


@pytest.fixture
def db(demo, django_db_blocker):
    """The loaded content; what a test changes is rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def visible_text(response) -> str:
    """Return what a visitor reads, with single spaces."""
    soup = BeautifulSoup(response.content, "html.parser")
    for element in soup(["script", "style", "template"]):
        element.decompose()
    return squeeze(soup.get_text(" "))


def squeeze(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def shown(demo, django_db_blocker):
    """What each published page answers: ``{page: (status, text)}``, in both languages."""
    client, answers = Client(), {}
    with django_db_blocker.unblock():
        for page in Page.objects.filter(depth__gt=1).live().specific():
            response = client.get(page.relative_url(None) or page.url)
            answers[page] = response.status_code, visible_text(response)
    return answers
