"""What is kept until something changes: made once in a generation, and never shown after it."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from home import shared
from home.models import SiteTexts
from tests import factories as make

pytestmark = pytest.mark.once


class Site:
    """Stands for the number of changes, which another part of the site counts."""

    generation = 1

    def changes(self):
        self.generation += 1


@pytest.fixture
def site(monkeypatch):
    site = Site()
    monkeypatch.setattr(shared, "generation", lambda: site.generation)
    monkeypatch.setattr(shared, "_kept", (None, shared.Values()))
    return site


@pytest.fixture
def outside_transactions(monkeypatch):
    """Requests are no part of a transaction; a test is."""
    monkeypatch.setattr(shared, "in_transaction", lambda: False)


class Made(list):
    def __call__(self):
        self.append(len(self))
        return f"made {len(self)} times"


@pytest.mark.usefixtures("outside_transactions")
def test_a_thing_is_made_once_until_something_changes(site):
    make_it = Made()
    assert [shared.once("thing", make_it) for _ in range(3)] == ["made 1 times"] * 3
    site.changes()
    assert shared.once("thing", make_it) == "made 2 times"


@pytest.mark.usefixtures("outside_transactions")
def test_where_nobody_counts_changes_everything_is_made_each_time(monkeypatch):
    monkeypatch.setattr(shared, "generation", lambda: None)
    make_it = Made()
    assert [shared.once("thing", make_it) for _ in range(2)] == ["made 1 times", "made 2 times"]
    assert shared.each("things", [1, 1, 2], lambda keys: dict.fromkeys(keys, "x")) == {
        1: "x",
        2: "x",
    }


@pytest.mark.django_db
def test_what_a_transaction_sees_is_not_kept(site):
    make_it = Made()
    with transaction.atomic():
        assert [shared.once("thing", make_it) for _ in range(2)] == ["made 1 times", "made 2 times"]


@pytest.mark.usefixtures("outside_transactions")
def test_of_many_things_those_that_are_missing_are_made_at_once(site):
    asked = []

    def make_all(keys):
        asked.append(keys)
        return {key: key * 2 for key in keys}

    assert shared.each("doubles", [1, 2], make_all) == {1: 2, 2: 4}
    assert shared.each("doubles", [2, 3, 3], make_all) == {2: 4, 3: 6}
    assert asked == [[1, 2], [3]]


@pytest.mark.usefixtures("outside_transactions")
def test_what_a_request_makes_after_a_change_is_not_shown_to_later_ones(site):
    """It may hold what the request read before the change."""
    shared.begin_request()
    shared.once("read before", lambda: "old")
    site.changes()
    assert shared.once("made of it", lambda: "from old") == "from old"
    shared.end_request()
    assert shared.once("made of it", lambda: "from new") == "from new"


@pytest.mark.usefixtures("outside_transactions")
def test_no_more_is_kept_than_there_is_room_for(site, monkeypatch):
    monkeypatch.setattr(shared, "MOST", 3)
    for number in range(10):
        shared.once(number, lambda number=number: number)
    assert len(shared._values()) <= 3


@pytest.mark.usefixtures("outside_transactions")
def test_no_more_text_is_kept_than_there_is_room_for(site, monkeypatch):
    monkeypatch.setattr(shared, "MOST_TEXT", 1_000)
    for number in range(10):
        assert shared.once(number, lambda: "ā" * 400) == "ā" * 400
        texts = [value for value in shared._values().values() if isinstance(value, str)]
        assert sum(map(len, texts)) <= 1_000
    assert shared.once(9, lambda: "another") == "ā" * 400


@pytest.mark.usefixtures("outside_transactions")
def test_a_robot_that_visits_each_day_of_the_archive_fills_no_memory(
    client, home_lv, site, monkeypatch
):
    monkeypatch.setattr(shared, "MOST_TEXT", 50_000)
    index = make.NewsIndexPageFactory(parent=home_lv)
    make.NewsPageFactory(parent=index)
    for day in range(1, 29):
        assert client.get(f"{index.url}1950/2/{day}/").status_code == 200
    kept = shared._values().values()
    assert sum(len(value) for value in kept if isinstance(value, str)) <= 50_000


@pytest.mark.usefixtures("outside_transactions")
def test_a_page_shows_what_was_changed_and_asks_for_the_rest_no_more(client, home_lv, site):
    index = make.NewsIndexPageFactory(parent=home_lv)
    article = make.NewsPageFactory(parent=index, title="Pirmais raksts")
    texts = SiteTexts.objects.create(locale=home_lv.locale, name="Vecais", short_name="V")
    assert "Vecais" in client.get(article.url).text
    with CaptureQueriesContext(connection) as captured:
        client.get(article.url)
    assert not [query for query in captured if "home_sitetexts" in query["sql"]]
    SiteTexts.objects.filter(pk=texts.pk).update(name="Jaunais")
    make.NewsPageFactory(parent=index, title="Otrais raksts")
    site.changes()
    assert "Jaunais" in client.get(article.url).text
    assert "Otrais raksts" in client.get(index.url).text


@pytest.mark.usefixtures("outside_transactions")
def test_menus_show_where_each_page_is(client, home_lv, site):
    about = make.ContentPageFactory(parent=home_lv, title="Par mums")
    part = make.ContentPageFactory(parent=about, title="Statūti")
    menu = [{"type": "item", "value": {"page": about.pk, "url": "", "title": ""}}]
    SiteTexts.objects.create(locale=home_lv.locale, name="L", short_name="L", main_menu=menu)
    link = f'<a href="{about.url}"'
    for _time in range(2):
        assert f'{link} aria-current="page"' in client.get(about.url).text
        assert f'{link} aria-current="true"' in client.get(part.url).text
        assert f"{link}>" in client.get(home_lv.url).text
