"""The demo content for the tests of this folder; afterwards what the migrations made."""

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from wagtail.models import Page


@pytest.fixture(scope="package")
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


@pytest.fixture(scope="package")
def answers(demo, django_db_blocker):
    """What each published page answers, in both languages: ``{page: response}``."""
    client = Client()
    with django_db_blocker.unblock():
        pages = Page.objects.filter(depth__gt=1).live().specific()
        return {page: client.get(page.relative_url(None) or page.url) for page in pages}


@pytest.fixture(scope="module")
def shown(answers):
    """What visitors read on each page: ``{page: (status, text)}``."""
    return {
        page: (response.status_code, visible_text(response)) for page, response in answers.items()
    }
