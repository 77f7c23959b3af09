"""What a visitor opens, plays, chooses or gets wrong is as accessible as the page before."""

import pytest
from playwright.sync_api import expect

from scripts.audit import checks

pytestmark = pytest.mark.once

NEWS, FORM = "/lv/aktualitates/", "/lv/par-lpia/iestasanas/"
RECORDING = "/lv/sanaksmes/2022-12-01/"


@pytest.fixture
def page(context):
    checks.prepare(context)
    return context.new_page()


@pytest.fixture
def sound(page):
    """Assert that a look at the page as it is now finds nothing, at some widths."""

    def look(*widths):
        for width in widths:
            findings = checks.look(page, width)
            assert not findings, "\n".join(map(str, findings))

    return look


def test_the_open_menu_of_a_phone(page, site, sound):
    checks.set_width(page, 320)
    page.goto(f"{site}/lv/")
    page.get_by_role("button", name="Izvēlne").click()
    page.locator(".menu summary").first.click()
    expect(page.locator(".menu details ul").first).to_be_visible()
    sound(320)


def test_an_open_menu_of_the_second_level(page, site, sound):
    checks.set_width(page, 1280)
    page.goto(f"{site}/lv/")
    page.locator(".menu summary").first.click()
    expect(page.locator(".menu details ul").first).to_be_visible()
    sound(1280)


def test_the_settings_for_recordings(page, site, sound):
    page.goto(f"{site}/lv/")
    page.locator("footer [data-dialog=video-settings]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    sound(320, 1280)


def test_a_recording_that_plays_and_its_open_transcript(page, site, sound):
    page.goto(site + RECORDING)
    page.locator(".transcript summary").click()
    page.locator(".video-start").first.click()
    expect(page.locator("iframe[title]")).to_be_attached()
    sound(320, 1280)


def test_suggestions_below_the_search_field(page, site, sound):
    page.goto(f"{site}/lv/meklet/")
    field = page.get_by_role("combobox")
    field.press_sequentially("pasvald")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    sound(320, 1280)


def test_further_values_of_a_facet(page, site, sound):
    page.goto(f"{site}/lv/meklet/?q=pašvaldība&languages=all")
    for summary in page.locator(".facets summary").all():
        summary.click()
    sound(320, 1280)


def test_the_hint_of_the_switcher_on_a_page_without_translation(page, site, sound):
    page.goto(f"{site}/lv/sanaksmes/")
    page.evaluate("document.querySelector('.languages a').classList.add('is-elsewhere')")
    page.locator(".languages a").evaluate(
        "link => { const hint = document.createElement('span'); hint.className = 'hint'; "
        "hint.textContent = 'Šai lapai nav tulkojuma. Saite ved uz lapu „Sanāksmes un ieraksti“.'; "
        "link.append(hint); }"
    )
    page.keyboard.press("Tab")
    page.locator(".languages a").focus()
    sound(320, 1280)


def test_a_form_that_was_filled_in_wrongly(page, site, sound):
    page.goto(site + FORM)
    page.get_by_role("button", name="Iesniegt").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert not checks.anchors(page)
    sound(320, 1280)


def test_a_form_that_was_sent(page, site, sound):
    page.goto(f"{site}{FORM}?sent=1")
    expect(page.locator(".thank-you[role=status]")).to_be_visible()
    sound(320, 1280)


def test_filters_in_use(page, site, sound):
    page.goto(f"{site}/lv/atzinas/")
    page.locator("#filter-topic").select_option(index=1)
    page.get_by_role("button", name="Rādīt").click()
    expect(page.locator(".chosen a")).to_have_count(1)
    sound(320, 1280)


def test_a_calendar_with_a_chosen_day(page, site, sound):
    page.goto(site + NEWS)
    page.locator(".calendar td a").first.click()
    expect(page.locator(".calendar [aria-current=date]")).to_be_visible()
    sound(320, 1280)


def test_the_page_of_an_error_of_the_server(page, site, sound):
    from django.template.loader import render_to_string

    html = render_to_string("bare/500.html", {"language": "lv"})
    page.route("**/fault/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{site}/fault/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    sound(320, 1280)
