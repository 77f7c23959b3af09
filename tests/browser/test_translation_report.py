"""Selecting in the report of translations, with a mouse and scripts."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect
from wagtail.models import Page
from wagtail_localize.models import Translation

from home.models import HomePage
from tests.factories import ContentPageFactory

# What a database has to do with it is tested without a browser, on both.
pytestmark = pytest.mark.once

REPORT = "/admin/reports/translations/?state=never&q=Jaunums"


@pytest.fixture
def never_submitted(site):
    home = HomePage.objects.get(locale__language_code="lv")
    pages = [ContentPageFactory(parent=home, title=f"Jaunums {number}") for number in range(3)]
    yield pages
    for page in pages:
        for translated in page.get_translations(inclusive=True):
            translated.delete()


@pytest.fixture
def admin(page, site, client):
    """A page of a browser in which an administrator is signed in."""
    user, _created = get_user_model().objects.get_or_create(
        username="translations", defaults={"is_superuser": True, "is_staff": True}
    )
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])
    return page


def test_a_selection_is_handed_over(admin, site, never_submitted):
    admin.goto(f"{site}{REPORT}")
    action = admin.locator("button[formaction*='hand-over']")
    boxes = admin.locator("[name=translations]")
    assert boxes.count() == 3
    assert not action.is_visible()
    boxes.nth(1).check()
    action.wait_for(state="visible")
    boxes.nth(1).uncheck()
    action.wait_for(state="hidden")
    admin.locator("thead input[type=checkbox]").check()
    assert [boxes.nth(place).is_checked() for place in range(3)] == [True, True, True]
    boxes.nth(0).uncheck()
    action.click()
    admin.wait_for_url(f"**{REPORT}")
    expect(admin.locator(".messages .success")).to_have_count(1)
    expect(admin.locator("[name=translations]")).to_have_count(1)
    keys = [page.translation_key for page in never_submitted]
    assert Translation.objects.filter(source__object__in=keys).count() == 2
    english = Page.objects.filter(translation_key__in=keys, locale__language_code="en")
    assert set(english.values_list("live", flat=True)) == {False}


def test_what_is_ticked_right_after_searching_stays_ticked(admin, site, never_submitted):
    """Wagtail loads the results again when the search field is left."""
    admin.goto(f"{site}/admin/reports/translations/")
    with admin.expect_response("**/translations/results/?*Jaunums*"):
        admin.locator("#id_q").press_sequentially("Jaunums 2")
    row = admin.locator("tbody tr")
    row.filter(has_text="Jaunums 2").wait_for()
    expect(admin.locator("[name=translations]")).to_have_count(1)
    with admin.expect_response("**/translations/results/?*Jaunums*"):
        admin.locator("[name=translations]").click()
    admin.locator("[name=translations]:checked").wait_for()
    admin.locator("button[formaction*='hand-over']").click()
    admin.locator(".messages .success").wait_for()
    keys = [page.translation_key for page in never_submitted]
    [translation] = Translation.objects.filter(source__object__in=keys)
    assert translation.source.object_repr == "Jaunums 2"


def test_a_phone_shows_rows_as_cards_without_scrolling_sideways(admin, site, never_submitted):
    admin.set_viewport_size({"width": 390, "height": 800})
    for address in (REPORT, "/admin/"):
        admin.goto(f"{site}{address}")
        wide = admin.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, address
