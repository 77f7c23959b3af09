"""What the first visit costs, and what happens only after a click."""

import brotli
import pytest

pytestmark = pytest.mark.once

MOST_BYTES, MOST_REQUESTS, MOST_OF_SCRIPTS = 100_000, 12, 15_000
COUNTED = {"document", "stylesheet", "script", "font"}


def weight(response):
    """The bytes that production sends: text compressed as WhiteNoise and nginx do, fonts as is."""
    body = response.body()
    return len(body) if response.request.resource_type == "font" else len(brotli.compress(body))


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_home_page_is_light(page, site, language, width):
    page.set_viewport_size({"width": width, "height": 900})
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(f"{site}/{language}/", wait_until="networkidle")
    total = sum(weight(r) for r in responses if r.request.resource_type in COUNTED)
    listed = [response.url for response in responses]
    assert len(responses) <= MOST_REQUESTS, listed
    assert total <= MOST_BYTES, total
    assert all(url.startswith(site) for url in listed)


def test_the_scripts_of_the_whole_site_are_small(page, site):
    scripts = {}

    def note(response):
        if response.request.resource_type == "script":
            scripts[response.url] = len(brotli.compress(response.body()))

    page.on("response", note)
    for path in ("", "meklet/?q=LPIA", "atzinas/", "sanaksmes/", "par-lpia/iestasanas/"):
        page.goto(f"{site}/lv/{path}", wait_until="networkidle")
    assert len(scripts) > 1
    assert sum(scripts.values()) <= MOST_OF_SCRIPTS, scripts


def test_the_menu_works_by_keyboard_alone(page, site):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/lv/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    submenu = page.locator(".menu details").first
    submenu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert submenu.get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert submenu.get_attribute("open") is None
