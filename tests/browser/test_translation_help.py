"""The translation editor with the memory and the glossary beside it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from playwright.sync_api import expect
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from editorial import roles
from home.models import ContentPage
from translation.models import Term

# What a database has to do with it is tested without a browser, on both.
pytestmark = pytest.mark.once

KNOWN = "Pārbaudes lapas pirmais virsraksts"
SIMILAR = "Asociācijas Valdes locekļi apspriež pārbaudes lapas otro virsrakstu"
NEW = "Pavisam citāds teksts"
FITS = """(help) => {
  const box = help.getBoundingClientRect();
  const isInside = (button) => button.getBoundingClientRect().right <= box.right;
  return box.left >= 0 && box.right <= window.innerWidth && window.innerWidth === 360
    && [...help.querySelectorAll("button")].every(isInside);
}"""


def under_way(parent, title, headings):
    """Return a translation of a new page, and the page."""
    page = parent.add_child(
        instance=ContentPage(title=title, body=[("heading", text) for text in headings])
    )
    source, _created = TranslationSource.update_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(publish=False)
    return translation


@pytest.fixture
def translation(db):
    """A translation of which the memory knows one text and something like another."""
    home = Page.objects.get(depth=2, locale__language_code="lv").specific
    known = under_way(home, "Atmiņa", [KNOWN, SIMILAR.replace("otro", "trešo")])
    for segment in known.source.stringsegment_set.filter(context__path__startswith="body"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=known.target_locale,
            data=f"English of {segment.order}",
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
    translation = under_way(home, "Tulkojamā lapa", [KNOWN, SIMILAR, NEW])
    yield translation
    for made in (known, translation):
        source = made.source
        made.get_target_instance().delete()
        source.get_source_instance().delete()
        source.object.delete()


@pytest.fixture
def editor(page, site, translation, django_user_model):
    """The editor of the translation, open in the browser of a translator."""
    user = django_user_model.objects.create_user("helped", "helped@example.org", "helped")
    user.groups.add(Group.objects.get(name=roles.TRANSLATOR))
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", "helped")
    page.fill("[name=password]", "helped")
    page.click("button[type=submit]")
    page.wait_for_url(f"{site}/admin/")
    page.goto(site + translation.get_target_instance_edit_url())
    page.locator(".js-translation-editor h4, .js-translation-editor h3").first.wait_for()
    yield page
    user.delete()


def unit(page, text):
    return page.locator("li.incomplete, li.complete").filter(
        has=page.locator(f":scope > p:text-is('{text}')")
    )


def open_unit(page, text):
    found = unit(page, text)
    found.get_by_role("button", name="Tulkot").click()
    found.locator(".translation-help__title, .translation-help__none").first.wait_for()
    return found


def save(editor, found):
    with editor.expect_response(lambda response: response.request.method == "PUT"):
        found.get_by_role("button", name="Saglabāt").click()


def saved(translation):
    made = StringTranslation.objects.filter(context__object_id=translation.source.object_id)
    return dict(made.values_list("translation_of__data", "data"))


def test_a_suggestion_goes_into_the_text_field_and_is_saved_as_usual(editor, translation):
    found = open_unit(editor, SIMILAR)
    suggestion = found.locator(".translation-help__suggestion")
    assert re.search(r"9\d", suggestion.locator(".translation-help__score").inner_text())
    assert "trešo" in suggestion.locator("del").inner_text()
    assert "otro" in suggestion.locator("ins").inner_text()
    text = suggestion.locator("[data-insert]").get_attribute("data-insert")
    suggestion.locator("[data-insert]").click()
    field = found.locator("textarea")
    expect(field).to_have_value(text)
    field.press("End")
    field.press_sequentially("!")
    save(editor, found)
    assert f"{text}!" in saved(translation).values()


def test_all_of_it_works_by_keyboard(editor, translation):
    term = Term.objects.get(source="valdes loceklis")
    found = open_unit(editor, SIMILAR)
    field = found.locator("textarea")
    field.press_sequentially("The ")
    field.press("Tab")
    for _stop in range(6):
        if editor.evaluate("document.activeElement.dataset.insertWord"):
            break
        editor.keyboard.press("Tab")
    editor.keyboard.press("Enter")
    expect(field).to_have_value(f"The {term.target}")
    assert editor.evaluate("document.activeElement.tagName") == "TEXTAREA"
    expect(editor.locator(".translation-help-said")).not_to_be_empty()


def test_what_is_known_stands_below_its_unit_and_opens_it(editor, translation):
    found = unit(editor, KNOWN)
    hint = found.locator(".translation-help--hint [data-insert]")
    text = hint.get_attribute("data-insert")
    hint.click()
    expect(found.locator("textarea")).to_have_value(text)
    found.get_by_role("button", name="Atcelt").click()
    found.locator(".translation-help--hint").wait_for()
    assert saved(translation) == {}


def test_the_bar_fills_in_what_is_known(editor, translation):
    editor.locator(".translation-help-bar button").click()
    editor.locator(".messages").wait_for()
    assert list(saved(translation)) == [KNOWN]
    editor.locator("li.complete").first.wait_for()
    assert editor.locator(".translation-help-bar").count() == 0
    assert not translation.get_target_instance().live


def test_a_machines_work_is_marked_until_a_person_has_saved_it(editor, translation, site):
    segment = translation.source.stringsegment_set.get(string__data=NEW)
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data="A different text",
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        tool_name="DeepL",
    )
    editor.reload()
    found = unit(editor, NEW)
    mark = found.locator(".translation-help-mark")
    mark.wait_for()
    found.locator(":scope > ul").get_by_role("button").last.click()
    mark.wait_for(state="detached")
    found.get_by_role("button", name="Atcelt").click()
    mark.wait_for()
    found.locator(":scope > ul").get_by_role("button").last.click()
    save(editor, found)
    expect(mark).to_have_count(0)


@pytest.mark.parametrize("failure", ["refused", "fault", "forbidden"])
def test_the_editor_stays_usable_when_help_fails(editor, translation, failure):
    def fail(route):
        if failure == "refused":
            route.abort()
        elif failure == "fault":
            route.fulfill(status=500, body="<h1>fault</h1>")
        else:
            route.fulfill(status=403, body="")

    editor.route(re.compile(r"/help/"), fail)
    editor.reload()
    found = unit(editor, NEW)
    found.get_by_role("button", name="Tulkot").click()
    help_of = found.locator(".translation-help")
    editor.wait_for_function(
        "() => !document.querySelector('.translation-help').textContent.includes('…')"
    )
    assert "fault" not in help_of.inner_text()
    assert len(help_of.inner_text()) > 20
    found.locator("textarea").press_sequentially("By hand")
    save(editor, found)
    assert saved(translation) == {NEW: "By hand"}


def test_the_help_is_accessible_and_fits_a_phone(editor, translation):
    found = open_unit(editor, SIMILAR)
    for scheme in ("light", "dark"):
        editor.evaluate(
            "dark => document.documentElement.classList.toggle('w-theme-dark', dark)",
            scheme == "dark",
        )
        results = Axe().run(editor, context=".translation-help, .translation-help-bar")
        assert results.violations_count == 0, results.generate_report()
    editor.set_viewport_size({"width": 360, "height": 800})
    # The editor moves to its new width step by step, and all of this is of one moment.
    editor.wait_for_function(FITS, arg=found.locator(".translation-help").element_handle())


@pytest.mark.parametrize("keeps", [True, False])
def test_a_second_translator_is_asked_before_going_over_the_firsts_text(
    editor, translation, keeps, django_user_model
):
    found = open_unit(editor, NEW)
    segment = translation.source.stringsegment_set.get(string__data=NEW)
    anna = django_user_model.objects.create_user("anna", first_name="Anna")
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data="Anna’s text",
        last_translated_by=anna,
    )
    found.locator("textarea").press_sequentially("My text")
    found.get_by_role("button", name="Saglabāt").click()
    dialog = editor.get_by_role("dialog", name="kāds cits")
    expect(dialog).to_contain_text("Anna’s text")
    expect(dialog).to_contain_text("My text")
    assert Axe().run(editor, context=".translation-collision").violations_count == 0
    assert saved(translation)[NEW] == "Anna’s text"
    if keeps:
        dialog.get_by_role("button", name="Paturēt").click()
    else:
        with editor.expect_response(lambda response: "/strings/" in response.url):
            dialog.get_by_role("button", name="Aizstāt").click()
    stays = "Anna’s text" if keeps else "My text"
    expect(editor.get_by_text(stays)).to_be_visible()
    assert saved(translation)[NEW] == stays
    anna.delete()
