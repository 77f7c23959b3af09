"""Searching by keyboard, by finger, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

SEARCH = "/lv/meklet/"


@pytest.fixture
def field(page, site):
    page.goto(site + SEARCH)
    return page.get_by_role("combobox", name="Ko meklēt")


def type_and_wait(field, text):
    field.press_sequentially(text)
    expect(field).to_have_attribute("aria-expanded", "true")


def test_a_suggestion_is_chosen_by_keyboard_alone(page, field):
    type_and_wait(field, "pasvald")
    first = page.get_by_role("option").first
    expect(first).to_have_text("pašvaldība")
    expect(first).to_have_attribute("aria-selected", "false")
    field.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    expect(field).to_be_focused()
    field.press("Enter")
    expect(page.get_by_role("combobox")).to_have_value("pašvaldība")
    expect(page.locator(".results > li").first).to_be_visible()


def test_the_arrows_go_round_through_the_field(page, field):
    type_and_wait(field, "pasvald")
    number = page.get_by_role("option").count()
    assert number > 2
    field.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    assert field.get_attribute("aria-activedescendant") is None
    for _ in range(number):
        field.press("ArrowDown")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")


def test_escape_closes_the_list_and_keeps_what_was_typed(page, field):
    type_and_wait(field, "pasvald")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("pasvald")
    field.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()


def test_enter_without_a_choice_searches_for_what_was_typed(page, field):
    type_and_wait(field, "pasvaldiba")
    field.press("Enter")
    expect(page.locator(".understood")).to_contain_text("Rādām rezultātus: pašvaldība.")
    page.get_by_role("link", name="Meklēt tieši: pasvaldiba").click()
    expect(page.locator(".understood")).not_to_contain_text("Rādām rezultātus")


def test_the_number_of_suggestions_is_said(page, field):
    type_and_wait(field, "pasvald")
    number = page.get_by_role("option").count()
    status = page.locator("form [role=status]")
    expect(status).to_contain_text(f"{number} ieteikum")
    field.press("Escape")
    expect(status).to_be_empty()


def test_a_tap_on_a_title_opens_the_page(page, field):
    type_and_wait(field, "vald")
    option = page.locator(".suggestions .is-page").first
    title = option.locator("span").first.text_content()
    option.click()
    page.wait_for_url(lambda url: SEARCH not in url)
    expect(page.locator("h1")).to_contain_text(title)


def test_leaving_the_field_closes_the_list(page, field):
    type_and_wait(field, "pasvald")
    field.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_without_a_network_the_form_stays_as_it_is(page, field, site):
    page.route(f"{site}{SEARCH}ieteikumi/**", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        field.press_sequentially("pasvald")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("pasvald")


def test_without_javascript_it_is_a_form(browser, site):
    with browser.new_context(java_script_enabled=False, locale="lv-LV") as context:
        page = context.new_page()
        page.goto(site + SEARCH)
        page.get_by_role("searchbox", name="Ko meklēt").fill("pašvaldība")
        page.get_by_role("button", name="Meklēt").click()
        expect(page.locator(".results > li").first).to_be_visible()
        # Facets, orders, pages: all are links.
        page.get_by_role("link", name="Raksts", exact=True).click()
        assert "kind=article" in page.url
        expect(page.locator(".results > li").first).to_contain_text("Raksts")
        page.get_by_role("link", name=re.compile("^Raksts.*noņemt")).click()
        assert "kind=" not in page.url


def test_a_hit_in_a_recording_leads_to_the_minute(page, site):
    page.goto(f"{site}{SEARCH}?q=pašvaldība&kind=recording")
    link = page.locator(".results a").first
    assert "#" in link.get_attribute("href")
    link.click()
    target = page.url.partition("#")[2]
    expect(page.locator(f"[id='{target}']")).to_be_in_viewport()
