"""Tests in a real Chromium, on a real server with the demo content.

A test asks for `page` (a fresh browser profile, Latvian) and opens addresses below `site`:

    def test_the_home_page_names_the_association(page, site):
        page.goto(f"{site}/lv/")

The content is loaded once for all tests of this folder and committed, since the server's threads
would not see an open transaction. So what a test changes stays for the next one: let it work on
things that it made itself. Afterwards the database is as the migrations left it.
"""

import os
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.db import connections
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from scripts.audit.checks import FLAGS, chromium

FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(FOLDER):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def demo_content(fill_with_demo, restore_database):
    """Fill the database with the demo content; afterwards put back what the migrations made."""
    try:
        fill_with_demo()
        yield
    finally:
        restore_database()


@pytest.fixture
def db(demo_content, django_db_blocker):
    """The database with the demo content, in place of pytest-django's transaction."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="package")
def server(demo_content):
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def site(db, server):
    """The address of the running site, without a slash at its end."""
    return server.url


@pytest.fixture(scope="package")
def browser():
    """One Chromium for all tests."""
    if not chromium():
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    # Playwright's synchronous interface keeps an event loop running in the tests' thread, and
    # Django refuses to touch the database beside one. Nothing else runs in that loop.
    with (
        mock.patch.dict(os.environ, DJANGO_ALLOW_ASYNC_UNSAFE="1"),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()  # beside an event loop Django keeps connections of its own


@pytest.fixture
def foreign_requests():
    """The addresses on other hosts that the page asked for; they are refused, a test may count."""
    return []


@pytest.fixture
def context(browser, site, foreign_requests):
    """A fresh browser profile in Latvian that reaches the site and no other host."""

    def route(route):
        if urlsplit(route.request.url).netloc == urlsplit(site).netloc:
            route.continue_()
        else:
            foreign_requests.append(route.request.url)
            route.abort()

    context = browser.new_context(locale="lv-LV", timezone_id="Europe/Riga")
    context.route("**/*", route)
    yield context
    context.close()


@pytest.fixture
def page(context):
    """An empty page of a fresh browser profile."""
    return context.new_page()
