"""A walk through the admin: nothing that it says is English."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from home.models import Partner, SiteTexts
from news.models import NewsPage, Topic
from translation.models import Term

pytestmark = pytest.mark.once

# Words that an English interface can't do without and Latvian does not have.
ENGLISH = re.compile(
    r"\b(the|and|of|your|this|that|with|for|are|add|edit|view|new|all|any|pages?|more|ago|by|choose"
    r"|show|hide|toggle|menu item|close|select(ed)?|search|save|delete|move|copy|reports?|help"
    r"|settings|users?|groups?|locale|published?|draft|title|updated|status|name|upload|filters?"
    r"|history|usage|comments?|cancel|submit|workflows?|tasks?|other|none|only|from|January|February"
    r"|March|June|July|August|September|October|November|December)\b",
    re.IGNORECASE,
)
# What visible elements say, and what their attributes tell screen readers and the mouse.
SAID = """() => {
  const said = new Set();
  const add = (text) => said.add(text.replace(/\\s+/g, " ").trim());
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (element.closest("script, style, template, noscript, textarea, code")) continue;
    if (element.closest(".xdsoft_datetimepicker")) continue; // never shown so
    if (element.closest("[lang=en]")) continue; // English, and said to be
    if (element.closest("[data-side-panel-toggle-counter][hidden]")) continue; // an empty number
    add(walker.currentNode.textContent);
  }
  for (const name of ["title", "aria-label", "placeholder", "data-tippy-content"])
    for (const element of document.querySelectorAll(`[${name}]`)) add(element.getAttribute(name));
  return [...said];
}"""
LISTS = [
    "wagtailadmin_home",
    "wagtailadmin_explore_root",
    "wagtailimages:index",
    "wagtailimages:add_multiple",
    "wagtaildocs:index",
    "wagtaildocs:add_multiple",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:page_types_usage",
    "unread_attachments:index",
    "unanswered:index",
    "pages_to_review:index",
    "findings:index",
    "recordings_without_transcript:index",
    "broken_links:index",
    "translations:index",
    "po:index",
    "po:upload",
    "wordpress:index",
    "wordpress:runs",
    "glossary:index",
    "glossary:import",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index",
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailusers_groups:index",
    "wagtailsites:index",
    "wagtaillocales:index",
    "wagtailredirects:index",
    "wagtailredirects:add",
    "wagtailsearchpromotions:index",
    "wagtailadmin_collections:index",
    "wagtailforms:index",
    "wagtailadmin_account",
]


@pytest.fixture
def editor_page(page, site):
    """A browser in which an administrator is signed in."""
    user = get_user_model().objects.create_superuser("walker", "walker@example.com", "walking")
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", "walker")
    page.fill("[name=password]", "walking")
    page.click("button[type=submit]")
    page.wait_for_url(f"{site}/admin/")
    yield page
    user.delete()


def addresses():
    article = NewsPage.objects.live().filter(locale__language_code="lv").first()
    index = article.get_parent()
    of_article = ("edit", "history", "usage", "delete", "unpublish", "copy", "move")
    return [
        *map(reverse, LISTS),
        *(reverse(f"wagtailadmin_pages:{name}", args=[article.pk]) for name in of_article),
        reverse("guides:guide", args=["editors"]),
        reverse("guides:guide", args=["translators"]),
        reverse("wagtailadmin_explore", args=[index.pk]),
        reverse("wagtailadmin_pages:add_subpage", args=[index.pk]),
        reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk]),
        reverse("wagtailadmin_pages:search") + "?q=pa",
        reverse("wagtailimages:edit", args=[Image.objects.first().pk]),
        reverse("wagtaildocs:edit", args=[Document.objects.first().pk]),
        reverse("wagtail_localize:submit_page_translation", args=[article.pk]),
        reverse(Topic.snippet_viewset.get_url_name("list")),
        reverse(Topic.snippet_viewset.get_url_name("add")),
    ]


def content() -> list[str]:
    """Return what editors wrote in English: titles, names, addresses; the longest first."""
    pages = Page.objects.values_list("title", "slug", "draft_title")
    records = [
        *Topic.objects.values_list("name", "slug"),
        *Partner.objects.values_list("name"),
        *SiteTexts.objects.values_list("name"),
        *Term.objects.values_list("target", "forbidden", "note"),
    ]
    texts = {text for row in [*pages, *records] for text in row if ENGLISH.search(text)}
    return sorted(texts, key=len, reverse=True)


def test_the_admin_says_nothing_in_english(editor_page, site):
    written = content()
    english = {}
    for address in addresses():
        response = editor_page.goto(site + address, wait_until="networkidle")
        assert response.status == 200, address
        for text in said_in_english(editor_page, written):
            english.setdefault(text, address)
    assert english == {}


def test_the_translation_editor_says_nothing_in_english(editor_page, site):
    page = Page.objects.live().get(slug="joining", locale__language_code="en")
    editor_page.goto(site + reverse("wagtailadmin_pages:edit", args=[page.pk]))
    editor_page.locator(".js-translation-editor section h3").first.wait_for()
    segments = StringTranslation.objects.values_list("data", flat=True)
    written = [*content(), *sorted(map(strip_tags, segments), key=len, reverse=True)]
    assert said_in_english(editor_page, written) == []
    assert editor_page.get_by_text("Tulkojums: Latviešu → Angļu").first.is_visible()


def said_in_english(page, written) -> list[str]:
    """Return what a page of the admin says in English, but for what editors wrote."""
    english = []
    for text in page.evaluate(SAID):
        rest = text
        for known in written:
            rest = rest.replace(known, "")
        if ENGLISH.search(rest):
            english.append(text)
    return english


def test_editing_and_publishing_is_latvian(editor_page, site):
    index = NewsPage.objects.filter(locale__language_code="lv").first().get_parent()
    editor_page.goto(site + reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk]))
    editor_page.get_by_role("button", name="Saglabāt melnrakstu").click()
    errors = editor_page.locator(".messages")
    errors.wait_for()
    assert not ENGLISH.search(errors.inner_text()), errors.inner_text()
    editor_page.get_by_role("button", name=re.compile("Citas darbības")).last.click()
    assert editor_page.get_by_role("button", name="Publicēt").is_visible()
