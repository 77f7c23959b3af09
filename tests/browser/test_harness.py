"""The tools of these tests themselves: server, browser, and the guard against other hosts."""

from playwright.sync_api import expect

from home.models import HomePage
from scripts.audit import checks
from tests.factories import ContentPageFactory


def test_a_page_is_served_from_what_the_test_wrote(page, site):
    home = HomePage.objects.get(locale__language_code="lv")
    written = ContentPageFactory(parent=home, title="Pārbaude", slug="parbaude")
    response = page.goto(site + written.url)
    written.delete()
    assert response.status == 200
    assert page.locator("h1").inner_text() == "Pārbaude"


def test_other_hosts_are_out_of_reach_and_counted(page, site, foreign_requests):
    page.goto(f"{site}/lv/")
    assert foreign_requests == []
    page.goto("about:blank")  # the policy of our own pages lets no such request out
    page.evaluate("fetch('http://elsewhere.example/').catch(() => {})")
    assert foreign_requests == ["http://elsewhere.example/"]


def test_an_audit_waits_for_the_stylesheet_of_the_page_that_a_click_opened(page, site):
    checks.prepare(page.context)
    page.goto(f"{site}/lv/aktualitates/")

    def late(route):
        page.wait_for_timeout(1000)
        route.continue_()

    page.context.route("**/*.css", late)
    page.locator(".calendar td a").first.click()
    expect(page.locator(".calendar [aria-current=date]")).to_be_attached()
    assert checks.look(page, 320, only=("axe",)) == []
