"""WCAG 2.2 AA on a page of every type in both languages, and on pages that are hard to lay out.

Each page is loaded once and looked at in all sizes and colours; the tests ask what was found.
What is checked stands in scripts/audit/checks.py, which `make audit` runs on all pages of a site.
"""

import pytest

from scripts.audit import checks

from .addresses import addresses, further_addresses
from .strange_pages import make_strange_pages

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("db")]

# What axe leaves to a person (a rule and what the element's HTML holds), and what a person found.
SETTLED = {
    ("color-contrast", 'id="filter-'): (
        "The gradient draws the arrow of a filter at its right edge, and padding keeps the text "
        "away from it: test_simplified_evaluation.py measures the text against the paper."
    ),
}
# Widths: all on a page of every type, fewer where the templates are the same again.
ALL, NARROW_AND_WIDE, NARROW = tuple(checks.WIDTHS), (320, 1280), (320,)


@pytest.fixture(scope="module", params=["lv", "en"])
def examined(request, browser, server, demo_content, django_db_blocker):
    """Findings by path, and the questions axe left open, of all pages in one language."""
    language, findings, questions = request.param, {}, {}
    with django_db_blocker.unblock():
        paths = dict.fromkeys(addresses(language), ALL)
        strange = []
        if language == "lv":  # the English pages are made by the same templates
            paths = dict.fromkeys(further_addresses(language), NARROW_AND_WIDE) | paths
            strange = make_strange_pages()
            paths |= {page.url: NARROW for page in strange}
        context = browser.new_context(locale="lv-LV", timezone_id="Europe/Riga")
        checks.prepare(context)
        page = context.new_page()
        for path, widths in paths.items():
            page.goto(server.url + path)
            walks = NARROW_AND_WIDE if language == "lv" else ()
            questions[path] = []
            findings[path] = checks.examine(page, widths, walks, questions[path])
        context.close()
        for page in strange:
            page.refresh_from_db()
            (page.get_parent() if page.depth > 3 else page).delete()
    return findings, questions


def told(examined, check):
    """Return what a check found, as text for the one who reads the failure."""
    return "\n".join(
        f"{path}\n  {finding}"
        for path, findings in examined[0].items()
        for finding in findings
        if finding.check == check
    )


def test_axe_finds_nothing_at_any_width_in_light_and_dark(examined):
    assert len(examined[0]) > 15
    assert not told(examined, "axe")


def test_what_axe_leaves_open_has_been_looked_at(examined):
    open_questions = {
        (question.rule, node["target"], node["note"], path)
        for path, questions in examined[1].items()
        for question in questions
        for node in question.nodes
        if not any(question.rule == rule and part in node["html"] for rule, part in SETTLED)
    }
    assert not open_questions


def test_no_page_scrolls_sideways_not_even_with_large_or_spaced_text(examined):
    assert not told(examined, "overflow")


def test_no_text_is_cut_off_or_covered_at_twice_the_size_or_with_spacing(examined):
    assert not told(examined, "text")


def test_every_control_is_reached_by_tab_in_order_in_sight_and_marked(examined):
    assert not told(examined, "focus")


def test_controls_and_marks_are_visible_in_light_dark_and_forced_colours(examined):
    assert not told(examined, "contrast")


def test_headings_and_landmarks_are_in_order(examined):
    assert not told(examined, "structure")


def test_links_within_a_page_have_a_target(examined):
    assert not told(examined, "links")
