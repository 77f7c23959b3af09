"""Two people at one page, each in a browser: they see each other, and nothing is lost."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Page

from editorial import roles
from home.models import HomePage
from news.models import Topic
from tests.browser.signing_in import make_person, sign_in
from tests.factories import ContentPageFactory

TITLE = "#id_title"
SAVE = "Saglabāt melnrakstu"
SETTLED = 2_500  # Wagtail takes for unchanged what the form holds two seconds after it came
SOON = 40_000  # milliseconds: several pings of a busy machine


@pytest.fixture
def people(browser, site):
    """Two chief editors, each with a browser of their own."""
    users = [make_person(get_user_model(), name, roles.CHIEF_EDITOR) for name in ("Anna", "Jānis")]
    pages = [sign_in(browser, site, user) for user in users]
    yield pages
    for page in pages:
        page.context.close()
    for user in users:
        user.delete()


@pytest.fixture
def article(site):
    home = HomePage.objects.get(locale__language_code="lv")
    page = ContentPageFactory(parent=home, title="Par mums", slug="kopigi")
    page.save_revision().publish()
    yield page
    Page.objects.get(pk=page.pk).delete()


def edit(site, article):
    return site + reverse("wagtailadmin_pages:edit", args=[article.pk])


def latest_title(article):
    return Page.objects.get(pk=article.pk).get_latest_revision().content["title"]


def wait_for_title(page, article, title):
    """Wait until autosave has stored a title."""
    for _ in range(SOON // 100):
        if latest_title(article) == title:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{latest_title(article)} was not replaced by {title}")


def test_the_second_sees_the_first_and_is_warned_before_going_over_the_others_work(
    people, site, article
):
    anna, janis = people
    anna.goto(edit(site, article))
    janis.goto(edit(site, article))
    janis.wait_for_timeout(SETTLED)
    seen = janis.locator(".w-editing-sessions__list")
    expect(seen.locator("li")).to_have_count(1, timeout=SOON)
    others = seen.locator("[aria-label], [data-tippy-content]")

    anna.fill(TITLE, "Annas virsraksts")
    wait_for_title(anna, article, "Annas virsraksts")  # saved by itself
    expect(others.first).to_have_attribute(
        "aria-label", "Anna saglabāja jaunu versiju", timeout=SOON
    )

    janis.fill(TITLE, "Jāņa virsraksts")
    janis.get_by_role("button", name=SAVE).first.click()
    dialog = janis.locator("#w-save-confirmation-dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Anna")
    assert latest_title(article) == "Annas virsraksts"

    dialog.get_by_role("button", name=SAVE).click()
    janis.wait_for_load_state()
    wait_for_title(janis, article, "Jāņa virsraksts")  # asked once, not twice
    titles = [revision.content["title"] for revision in article.revisions.order_by("pk")]
    assert titles == ["Par mums", "Annas virsraksts", "Jāņa virsraksts"]

    mine, theirs = article.revisions.order_by("-pk")[:2]
    compare = "wagtailadmin_pages:revisions_compare"
    janis.goto(site + reverse(compare, args=[article.pk, theirs.pk, mine.pk]))
    expect(janis.locator("body")).to_contain_text("Annas")
    expect(janis.locator("body")).to_contain_text("Jāņa")


def test_who_saves_before_the_warning_arrives_is_told_by_the_server(people, site, article):
    anna, janis = people
    janis.goto(edit(site, article))
    janis.route("**/editing-sessions/**", lambda route: route.abort())
    anna.goto(edit(site, article))
    anna.wait_for_timeout(SETTLED)
    anna.fill(TITLE, "Annas virsraksts")
    wait_for_title(anna, article, "Annas virsraksts")

    janis.unroute("**/editing-sessions/**")
    janis.evaluate(
        """title => {
            document.querySelector("#id_title").value = title;
            document.querySelector("[data-edit-form]").submit();
        }""",
        "Jāņa virsraksts",
    )
    message = janis.locator(".messages")
    expect(message).to_contain_text("Anna")
    expect(janis.locator(TITLE)).to_have_value("Jāņa virsraksts")
    janis.wait_for_timeout(3_000)  # longer than autosave waits
    assert latest_title(article) == "Annas virsraksts"

    janis.get_by_role("button", name=SAVE).first.click()
    wait_for_title(janis, article, "Jāņa virsraksts")


def test_a_record_tells_that_somebody_changed_it(people, site):
    anna, janis = people
    topic = Topic.objects.filter(locale__language_code="lv").first()
    address = site + reverse(Topic.snippet_viewset.get_url_name("edit"), args=[topic.pk])
    before = topic.name
    anna.goto(address)
    janis.goto(address)
    anna.fill("#id_name", "Finanses")
    anna.get_by_role("button", name="Saglabāt").first.click()
    anna.wait_for_url(lambda url: url != address)

    janis.fill("#id_name", "Nauda")
    janis.get_by_role("button", name="Saglabāt").first.click()
    expect(janis.locator(".messages")).to_contain_text("Anna")
    expect(janis.locator("#id_name")).to_have_value("Nauda")
    assert Topic.objects.get(pk=topic.pk).name == "Finanses"
    Topic.objects.filter(pk=topic.pk).update(name=before)
