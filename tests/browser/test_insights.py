"""Citing an insight: copied with a word that a screen reader hears, or an honest excuse."""

import re

import bibtexparser
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.once

ADDRESS = "/lv/atzinas/LPIA-A-2022-03/"


def status_beside(button):
    return button.locator("xpath=..").get_by_role("status")


def pasted(page):
    """What somebody who pastes gets (the page itself may not read the clipboard)."""
    page.evaluate(
        "() => { document.body.append(document.createElement('textarea'));"
        " document.querySelector('body > textarea').focus(); }"
    )
    page.keyboard.press("Control+V")
    return page.locator("body > textarea").input_value()


def test_a_citation_is_copied_and_the_status_says_so(page, site):
    page.goto(f"{site}{ADDRESS}")
    button = page.locator("[data-copy=citation]")
    button.focus()
    page.keyboard.press("Enter")
    expect(status_beside(button)).to_have_text(button.get_attribute("data-done"))
    copied = pasted(page)
    assert copied.startswith("LPIA. LPIA-A-2022-03: ")
    assert copied.endswith(f"http://localhost{ADDRESS}")


def test_the_bibtex_entry_opens_by_keyboard_and_is_copied_whole(page, site):
    page.goto(f"{site}{ADDRESS}")
    page.locator("summary", has_text="BibTeX").focus()
    page.keyboard.press("Enter")
    button = page.locator("[data-copy=citation-bib]")
    button.click()
    expect(status_beside(button)).not_to_be_empty()
    copied = pasted(page)
    assert bibtexparser.parse_string(copied).entries[0].key == "LPIA-A-2022-03-lv"


def test_where_copying_is_refused_the_status_says_what_to_do(page, site):
    page.goto(f"{site}{ADDRESS}")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    button = page.locator("[data-copy=citation]")
    button.click()
    expect(status_beside(button)).to_have_text(button.get_attribute("data-failed"))


def test_the_filters_work_by_keyboard_and_end_in_an_address(page, site):
    page.goto(f"{site}/lv/atzinas/")
    page.locator("#filter-country").select_option("CZ")
    page.locator("#filter-country").press("Tab")
    page.locator("#filter-year").press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"country=CZ"))
    expect(page.locator(".chosen a")).to_have_count(1)
    expect(page.locator(".clause")).to_have_count(5)
