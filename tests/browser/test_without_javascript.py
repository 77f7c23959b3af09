"""Everything that a visitor may want works where no script runs."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.once


@pytest.fixture
def page(browser, site):
    with browser.new_context(java_script_enabled=False, locale="lv-LV") as context:
        yield context.new_page()


def test_the_menu_opens_on_a_desktop_and_on_a_phone(page, site):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/lv/")
    page.locator(".menu summary").first.click()
    page.locator(".menu details[open] a").nth(1).click()
    expect(page).not_to_have_url(f"{site}/lv/")
    page.set_viewport_size({"width": 390, "height": 844})
    menu = page.locator("#menu")
    assert not menu.is_visible()
    page.locator(".tools .menu-button").click()
    assert menu.is_visible()
    page.locator(".menu-close").click()
    assert not menu.is_visible()


def test_the_other_language_is_a_link(page, site):
    page.goto(f"{site}/lv/par-lpia/valde/")
    page.locator(".languages a").click()
    expect(page).to_have_url(f"{site}/en/about/board/")


def test_the_search_answers_and_narrows(page, site):
    page.goto(f"{site}/lv/")
    page.locator("a.find").click()
    page.locator("main input[name=q]").fill("pašvaldība")
    page.locator("main input[name=q]").press("Enter")
    expect(page.locator("main .small-title").nth(3)).to_be_visible()
    page.locator("main a[href*='kind=article']").first.click()
    expect(page).to_have_url(re.compile("kind=article"))
    expect(page.locator("main .small-title").first).to_be_visible()


def test_the_library_is_filtered(page, site):
    page.goto(f"{site}/lv/atzinas/")
    everything = page.locator(".clauses > li").count()
    page.locator("#filter-topic").select_option(index=1)
    page.locator(".filters .button").click()
    expect(page).to_have_url(re.compile(r"topic=\w"))
    page.wait_for_load_state()
    assert 0 < page.locator(".clauses > li").count() < everything


def test_the_board_of_another_day_is_shown(page, site):
    page.goto(f"{site}/lv/par-lpia/valde/")
    page.locator("#board-date").fill("2022-11-15")
    page.locator(".as-of .button").click()
    expect(page.locator(".messages")).to_be_visible()


def test_the_calendar_leads_to_a_day(page, site):
    page.goto(f"{site}/lv/aktualitates/")
    page.locator(".calendar td a").first.click()
    expect(page).to_have_url(re.compile(r"/aktualitates/\d{4}/\d\d/\d\d/$"))
    expect(page.locator(".gazette > li").first).to_be_visible()


def test_a_recording_is_a_link_to_where_it_stands(page, site):
    page.goto(f"{site}/lv/sanaksmes/")
    link = page.locator(".video-start").first
    assert link.is_visible()
    assert link.get_attribute("href").startswith("https://www.youtube.com/")
    assert not page.locator("[data-dialog], [data-copy]").locator("visible=true").count()


def test_an_incomplete_form_says_what_is_missing(page, site):
    page.goto(f"{site}/lv/par-lpia/iestasanas/")
    page.locator(".form .button").click()
    expect(page.locator(".form-errors li a").first).to_be_visible()


def test_the_notice_can_be_read_and_covers_nothing(page, site):
    page.goto(f"{site}/lv/")
    assert page.locator(".notice p").is_visible()
    assert not page.locator(".notice button").is_visible()
