"""What the explorer and the page chooser say of translations, and what their rows cost."""

from itertools import count, islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.wagtail_hooks import page_listing_more_buttons

from tests.factories import ContentPageFactory
from tests.translating import translate
from translation import listing

FEW, MANY = 3, 24
MOST_OF_THE_EXPLORER, MOST_OF_THE_SEARCH, MOST_OF_THE_CHOOSER = 45, 75, 55


@pytest.fixture
def parent(home_lv, home_en):
    return ContentPageFactory(parent=home_lv, title="Sadaļa")


@pytest.fixture
def fill(parent, english):
    """Put pages below the parent: one not translated, one translated, one handed over, in turn."""

    numbers = count()

    def make(number):
        for at in islice(numbers, number):
            page = ContentPageFactory(parent=parent, title=f"Novads {at}", show_in_menus=True)
            page.save_revision()
            if at % 3 == 1:
                translate(page, {page.title: f"Region {at}"})
            if at % 3 == 2:
                source, _ = TranslationSource.update_or_create_from_instance(page)
                enabled = bool(at % 2)
                Translation.objects.create(source=source, target_locale=english, enabled=enabled)

    return make


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as context:
        assert client.get(address).status_code == 200
    return len(context)


def test_each_row_has_the_buttons_that_wagtail_localize_gives_it(parent, fill, admin_user):
    fill(6)
    pages = parent.get_children().specific().annotate_has_untranslated_locale()

    def shown(buttons):
        return [(button.label, button.url, button.icon_name) for button in buttons]

    found = {}
    for page in listing.annotate(pages):
        ours = shown(listing.buttons(page, admin_user, next_url="/next/"))
        assert ours == shown(page_listing_more_buttons(page, admin_user, next_url="/next/"))
        found[page.title] = len(ours)
    assert found == {"Novads 0": 1, "Novads 1": 1, "Novads 2": 1} | {
        "Novads 3": 1,
        "Novads 4": 1,
        "Novads 5": 2,
    }


def test_the_explorer_shows_the_button_once_for_a_page(admin_client, parent, fill):
    fill(1)
    html = admin_client.get(reverse("wagtailadmin_explore", args=[parent.pk])).content.decode()
    page = parent.get_children().get()
    assert html.count(reverse("wagtail_localize:submit_page_translation", args=[page.pk])) == 1


def test_who_may_not_submit_translations_gets_no_button(django_user_model, parent, fill):
    fill(6)
    user = django_user_model.objects.create_user("somebody")
    for page in listing.annotate(parent.get_children().annotate_has_untranslated_locale()):
        assert not list(listing.buttons(page, user))


def test_rows_of_the_explorer_ask_nothing(admin_client, parent, fill):
    address = reverse("wagtailadmin_explore", args=[parent.pk])
    fill(FEW)
    few = queries(admin_client, address)
    fill(MANY)
    assert queries(admin_client, address) <= few < MOST_OF_THE_EXPLORER


def test_a_row_of_the_search_asks_at_most_one_thing_of_translations(admin_client, fill):
    fill(MANY)
    assert queries(admin_client, reverse("wagtailadmin_pages:search") + "?q=Novads") < (
        MOST_OF_THE_SEARCH
    )


def test_rows_of_the_page_chooser_ask_at_most_for_one_page(admin_client, parent, fill):
    fill(MANY)
    address = reverse("wagtailadmin_choose_page_child", args=[parent.pk])
    assert queries(admin_client, address) < MOST_OF_THE_CHOOSER
