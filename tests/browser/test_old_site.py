"""Deciding on items of the old site: by keyboard, on a phone, without scripts, for everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from news.wordpress.models import ImportedItem, ImportRun
from tests.wordpress.old_items import SOURCE, State, make_item, now

pytestmark = pytest.mark.once

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
LIST = "/admin/reports/old-site/"
CONTENT = (
    "<h2>Darba kārtība</h2><table><tr><th>Laiks</th><td>10.00</td></tr></table>"
    "<p><a href='https://casino.example/" + "a" * 90 + "'>lēti</a></p>"
)


@pytest.fixture
def items(db):
    """Items that wait, the most doubtful first; gone after the test, with all of the import."""
    make_item("Oriģināls", post_id=50, state=State.IMPORTED, item={"content": CONTENT})
    copy = {"code": "near_duplicate", "detail": "50", "weight": 0.9}
    yield [
        make_item(
            f"Raksts {'ļoti garš ' * 8}", score=0.9, reasons=[copy], item={"content": CONTENT}
        ),
        make_item("asdasd", score=0.8),
        make_item("qwerty", score=0.7),
    ]
    ImportedItem.objects.all().delete()
    ImportRun.objects.all().delete()


@pytest.fixture
def sign_in(site, client):
    """Make a context of a browser one of an administrator."""
    user, _created = get_user_model().objects.get_or_create(
        username="old-site", defaults={"is_superuser": True, "is_staff": True}
    )
    client.force_login(user)

    def sign(context):
        cookie = client.cookies["sessionid"]
        context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])
        return context.new_page()

    yield sign
    user.delete()


@pytest.fixture
def admin(context, sign_in):
    return sign_in(context)


def item_url(row):
    return reverse("wordpress:item", args=[row.pk])


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(admin, site, items, width, scheme):
    counts = {"read": {"post": 12_345, "page": 3}}
    entries = [{"post_id": 50, "title": "Oriģināls", "code": "legacy", "detail": "x" * 200}]
    run = ImportRun.objects.create(
        source=SOURCE, ended_at=timezone.now(), report={"counts": counts, "entries": entries}
    )
    admin.set_viewport_size({"width": width, "height": 800})
    admin.emulate_media(color_scheme=scheme)
    addresses = (LIST, item_url(items[0]), reverse("wordpress:run", args=[run.pk]))
    for address in addresses:
        admin.goto(site + address, wait_until="networkidle")
        wide = admin.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, address
        found = Axe().run(admin, options=RULES)
        assert found.violations_count == 0, (address, found.generate_report())


def test_what_is_ticked_is_confirmed_and_rejected(admin, site, items):
    admin.set_viewport_size({"width": 390, "height": 800})
    admin.goto(site + LIST, wait_until="networkidle")
    action = admin.locator("button[formaction*='decide/reject']")
    assert not action.is_visible()
    boxes = admin.locator("tbody [name=items]")
    boxes.nth(1).check()
    boxes.nth(2).check()
    action.wait_for(state="visible")
    box = action.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    action.click()
    admin.locator("[name=confirmed][value='2']").click()
    admin.locator(".messages .success").wait_for()
    assert [now(row).state for row in items] == [State.DOUBTFUL, State.REJECTED, State.REJECTED]


@pytest.mark.parametrize("width", [1280, 390])
def test_decisions_stay_in_sight_while_one_reads(admin, site, items, width):
    admin.set_viewport_size({"width": width, "height": 500})
    admin.goto(site + item_url(items[0]), wait_until="networkidle")
    admin.mouse.move(width / 2, 300)
    admin.mouse.wheel(0, 400)
    admin.wait_for_timeout(300)
    for button in admin.locator(".old-site-decide button").all():
        # What lies on top at the upper and the lower edge of a button is the button itself.
        assert button.evaluate(
            """button => {
                const box = button.getBoundingClientRect()
                const edges = [box.top + 4, box.bottom - 4]
                return edges.every(y => {
                    const top = document.elementFromPoint(box.left + box.width / 2, y)
                    return button.contains(top)
                })
            }"""
        )


def test_it_works_without_scripts(browser, site, items, sign_in):
    with browser.new_context(java_script_enabled=False, locale="lv-LV") as context:
        page = sign_in(context)
        page.goto(site + LIST)
        page.locator("tbody [name=items]").nth(2).check()
        page.locator("button[formaction*='decide/reject']").click()
        page.locator("[name=confirmed][value='1']").click()
        assert page.locator("tbody tr").count() == 2
        page.locator("tbody td.title a").first.click()
        page.locator("[rel=next]").click()
        assert page.url.endswith(item_url(items[1]))
        page.locator("button[formaction*='/reject/']").click()
        assert page.url.endswith(LIST)  # it was the last
    assert [now(row).state for row in items] == [State.DOUBTFUL, State.REJECTED, State.REJECTED]


def test_the_keyboard_suffices(admin, site, items):
    admin.goto(site + item_url(items[0]), wait_until="networkidle")
    admin.locator("[rel=next]").focus()
    reached = ""
    for _step in range(10):
        admin.keyboard.press("Tab")
        reached = admin.evaluate("document.activeElement.getAttribute('formaction')") or ""
        if reached.endswith("/reject/"):
            break
    assert reached.endswith(f"/{items[0].pk}/reject/")
    admin.keyboard.press("Enter")
    admin.wait_for_url(f"**{item_url(items[1])}")
    assert now(items[0]).state == State.REJECTED
