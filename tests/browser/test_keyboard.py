"""The whole site by keyboard alone: what every control does when it is reached by Tab."""

import re

import pytest
from playwright.sync_api import expect

from scripts.audit import checks

pytestmark = pytest.mark.once


@pytest.fixture
def wide(page):
    checks.set_width(page, 1280)
    return page


def tab_to(page, locator, most=90):
    """Press Tab until the element has the focus."""
    expect(locator).to_be_attached()
    for _ in range(most):
        page.keyboard.press("Tab")
        if locator.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {locator}")


def focused(page, expression="document.activeElement.outerHTML"):
    return page.evaluate(expression)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_skip_link_is_first_shows_itself_and_leads_to_the_content(page, site, width):
    checks.set_width(page, width)
    page.goto(f"{site}/lv/aktualitates/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Pāriet uz saturu")
    expect(link).to_be_focused()
    box = link.bounding_box()
    assert box["width"] > 80 and box["height"] >= 24
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert focused(page, "!!document.activeElement.closest('main')")


def test_the_menu_of_a_phone(page, site):
    checks.set_width(page, 320)
    page.goto(f"{site}/lv/")
    button = page.locator(".tools .menu-button")
    tab_to(page, button)
    page.keyboard.press("Enter")
    menu = page.locator("#menu")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    assert focused(page, "!!document.activeElement.closest('#menu')")
    tab_to(page, menu.locator("summary").first)
    page.keyboard.press("Space")
    tab_to(page, menu.locator("details a").nth(1))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, menu.get_by_role("link", name="Kontakti"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/lv/kontakti/$"))


def test_the_menu_of_the_second_level(wide, site):
    wide.goto(f"{site}/lv/")
    submenu = wide.locator(".menu details").first
    summary = submenu.locator("summary")
    tab_to(wide, summary)
    wide.keyboard.press("Enter")
    wide.keyboard.press("Tab")
    expect(submenu.locator("a").first).to_be_focused()
    wide.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(submenu).not_to_have_attribute("open", "")
    wide.keyboard.press("Enter")
    tab_to(wide, wide.locator(".menu > ul > li > a").first)
    expect(submenu).not_to_have_attribute("open", "")  # it closed when the focus left


def test_the_language_switcher(wide, site):
    wide.goto(f"{site}/lv/kontakti/")
    tab_to(wide, wide.locator(".languages a"))
    wide.keyboard.press("Enter")
    expect(wide.locator("html")).to_have_attribute("lang", "en")
    assert "/en/contact" in wide.url


def test_the_filters_of_the_library(wide, site):
    wide.goto(f"{site}/lv/atzinas/")
    tab_to(wide, wide.locator("#filter-topic"))
    wide.keyboard.press("ArrowDown")
    chosen = wide.locator("#filter-topic").input_value()
    assert chosen
    assert "topic=" not in wide.url  # 3.2.2: nothing happens before it is asked for
    tab_to(wide, wide.get_by_role("button", name="Rādīt"), most=4)
    wide.keyboard.press("Enter")
    expect(wide).to_have_url(re.compile(f"topic={chosen}"))
    expect(wide.locator("#filter-topic")).to_have_value(chosen)


def test_the_topics_and_the_calendar_of_the_news(wide, site):
    wide.goto(f"{site}/lv/aktualitates/")
    tab_to(wide, wide.locator(".calendar a[rel=prev]"))
    wide.keyboard.press("Enter")
    expect(wide).to_have_url(re.compile(r"/\d{4}/\d{2}/$"))
    day = wide.locator(".calendar td a").first
    tab_to(wide, day)
    expect(day).to_have_accessible_name(re.compile(r"^\d+ rakst\S*, \d+"))
    wide.keyboard.press("Enter")
    expect(wide).to_have_url(re.compile(r"/\d{4}/\d{2}/\d{2}/$"))
    topic = wide.locator(".archive .topic").first
    tab_to(wide, topic)
    wide.keyboard.press("Enter")
    expect(wide).to_have_url(re.compile("topic="))


def test_the_facets_of_the_search(wide, site):
    wide.goto(f"{site}/lv/meklet/?q=pašvaldība")
    tab_to(wide, wide.locator(".facets").get_by_role("link", name="Raksts", exact=True))
    wide.keyboard.press("Enter")
    expect(wide).to_have_url(re.compile("kind=article"))
    tab_to(wide, wide.locator(".facets").get_by_role("link", name=re.compile("Raksts.*noņemt")))
    wide.keyboard.press("Enter")
    expect(wide).not_to_have_url(re.compile("kind="))


def test_a_recording_starts_where_the_focus_is_and_takes_it_along(wide, site, foreign_requests):
    wide.goto(f"{site}/lv/sanaksmes/2022-12-01/")
    tab_to(wide, wide.locator(".video-start"))
    assert foreign_requests == []
    wide.keyboard.press("Enter")
    expect(wide.locator("iframe")).to_be_focused()
    assert all("youtube-nocookie.com" in address for address in foreign_requests)


def test_the_settings_for_recordings(wide, site):
    wide.goto(f"{site}/lv/kontakti/")
    button = wide.locator("footer [data-dialog=video-settings]")
    tab_to(wide, button)
    wide.keyboard.press("Enter")
    choice = wide.locator("[data-always-play]")
    expect(choice).to_be_focused()
    wide.keyboard.press("Space")
    expect(choice).to_be_checked()
    wide.keyboard.press("Space")
    wide.keyboard.press("Escape")
    expect(wide.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()


def test_the_notice_is_read_and_gone_and_the_walk_goes_on_from_there(wide, site):
    wide.goto(f"{site}/lv/kontakti/")
    tab_to(wide, wide.get_by_role("button", name="Sapratu"))
    wide.keyboard.press("Enter")
    expect(wide.locator("[data-notice]")).to_be_hidden()
    wide.keyboard.press("Tab")
    assert focused(wide, "!!document.activeElement.closest('header')")


def test_from_the_list_of_errors_to_each_field(wide, site):
    wide.goto(f"{site}/lv/par-lpia/iestasanas/")
    tab_to(wide, wide.get_by_role("button", name="Iesniegt"))
    wide.keyboard.press("Enter")
    expect(wide.get_by_role("alert")).to_be_visible()
    # At its end loading takes the focus to the address's #form, from whoever has it by then.
    wide.wait_for_load_state()
    errors = wide.get_by_role("alert").get_by_role("link")
    assert errors.count() > 2
    for link in errors.all():
        target = link.get_attribute("href").removeprefix("#")
        link.focus()
        wide.keyboard.press("Enter")
        place = wide.locator(f"[id='{target}']")
        expect(place).to_be_focused()
        assert place.evaluate("field => field.matches('input, select, textarea')")
