"""Deciding about doubtful items: what it changes, who wins, what can be taken back."""

import threading

import pytest
from django.db import connection, connections
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.log_actions import registry

from editorial import roles
from news.wordpress import decisions
from news.wordpress.models import ImportedItem
from tests.translating import translate

from .old_items import Decision, State, make_item, make_page, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(person):
    return person(roles.CHIEF_EDITOR, "chief")


def only(*rows):
    return ImportedItem.objects.filter(pk__in=[row.pk for row in rows])


def committed():
    return TestCase.captureOnCommitCallbacks(execute=True)


def actions_of(row):
    return list(registry.get_logs_for_instance(row).values_list("action", "user__username"))


@pytest.mark.parametrize(
    ("as_draft", "decision"), [(False, Decision.ACCEPTED), (True, Decision.ACCEPTED_AS_DRAFT)]
)
def test_what_is_accepted_is_imported_once_that_is_committed(chief, importer, as_draft, decision):
    row, other = make_item(), make_item()
    with committed():
        outcome = decisions.accept(only(row), chief, as_draft=as_draft)
        assert importer.asked == []
        waiting = now(row)
        assert waiting.is_being_imported
        assert list(ImportedItem.objects.being_imported()) == [waiting]
    assert outcome == decisions.Outcome(decided=1)
    assert importer.asked == [(row.pk, decision)]
    row = now(row)
    assert (row.decided_by, row.decision, row.state) == (chief, decision, State.IMPORTED)
    assert row.decided_at
    assert now(other).state == State.DOUBTFUL
    assert actions_of(row) == [(decisions.LOG_ACCEPTED, "chief")]


def test_what_is_rejected_is_kept_and_gone(client, home_lv, chief, importer):
    row = make_item(slug="asd")
    with committed():
        assert decisions.reject(only(row), chief) == decisions.Outcome(decided=1)
    row = now(row)
    assert (row.state, row.decision) == (State.REJECTED, Decision.REJECTED)
    assert row.item.content == "asdasd"
    assert importer.asked == []
    assert client.get("/2015/03/asd/").status_code == 410
    assert actions_of(row) == [(decisions.LOG_REJECTED, "chief")]


def test_the_first_of_two_editors_wins(chief, person, importer):
    row, other = make_item(), make_item()
    second = person(roles.CHIEF_EDITOR, "second")
    decisions.reject(only(row), chief)
    with committed():
        outcome = decisions.accept(only(row, other), second)
    assert outcome == decisions.Outcome(decided=1, late=1)
    assert now(row).decided_by == chief
    assert now(row).state == State.REJECTED
    assert [key for key, _decision in importer.asked] == [other.pk]
    assert actions_of(row) == [(decisions.LOG_REJECTED, "chief")]


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_the_same_moment(person):
    rows = [make_item() for _ in range(20)]
    people = [person(roles.CHIEF_EDITOR, name) for name in ("first", "second")]
    outcomes, start = {}, threading.Barrier(2)

    def decide(user):
        try:
            start.wait()
            outcomes[user] = decisions.reject(ImportedItem.objects.filter(source="lps.lv"), user)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.decided for outcome in outcomes.values()) == [0, len(rows)]
    [winner] = [user for user, outcome in outcomes.items() if outcome.decided]
    assert {now(row).decided_by for row in rows} == {winner}


def test_a_decision_is_undone_while_there_is_no_page(client, home_lv, chief, importer):
    rejected, accepted, made = (make_item(slug=slug) for slug in ("a", "b", "c"))
    decisions.reject(only(rejected), chief)
    decisions.accept(only(accepted), chief)  # nothing is committed here
    page = make_page(made, home_lv)
    outcome = decisions.reopen(only(rejected, accepted, made), chief)
    assert outcome == decisions.Outcome(decided=2, late=1)
    for row in (rejected, accepted):
        row = now(row)
        assert (row.state, row.decision) == (State.DOUBTFUL, Decision.NONE)
        assert (row.decided_by, row.decided_at) == (None, None)
        assert actions_of(row)[0] == (decisions.LOG_REOPENED, "chief")
    assert now(made).page_id == page.pk
    assert client.get("/2015/03/a/", follow=True).status_code == 404


def test_what_was_taken_back_meanwhile_is_not_imported(chief, importer):
    rows = [make_item(), make_item()]
    with committed():
        decisions.accept(only(*rows), chief)
        decisions.reopen(only(rows[0]), chief)
    assert [key for key, _decision in importer.asked] == [rows[1].pk]
    assert now(rows[0]).state == State.DOUBTFUL


def test_a_failed_item_can_be_tried_again(chief, importer):
    row = make_item(state=State.FAILED, decision=Decision.ACCEPTED, decided_by=chief)
    decisions.reopen(only(row), chief)
    with committed():
        decisions.accept(only(row), chief)
    assert now(row).state == State.IMPORTED


# Pages that are there already


def test_rejecting_takes_down_a_page_and_accepting_puts_it_back(client, home_lv, chief, importer):
    row = make_item(slug="asd")
    page = make_page(row, home_lv)
    assert client.get(page.url).status_code == 200
    with committed():
        assert decisions.reject(only(row), chief).decided == 1
    page.refresh_from_db()
    assert not page.live
    assert client.get(page.url).status_code == 410
    assert client.get("/2015/03/asd/").status_code == 410
    with committed():
        decisions.reopen(only(row), chief)
        decisions.accept(only(row), chief)
    assert client.get(page.url).status_code == 200
    row = now(row)
    assert (row.state, row.page_id) == (State.IMPORTED, page.pk)
    page.refresh_from_db()
    assert row.revision == page.latest_revision_id  # so it is not taken for an editor's
    assert importer.asked == []


def test_a_page_that_was_accepted_as_a_draft_meanwhile_stays_one(home_lv, chief, importer):
    row = make_item()
    page = make_page(row, home_lv)
    with committed():
        decisions.reject(only(row), chief)
        decisions.reopen(only(row), chief)
        decisions.accept(only(row), chief, as_draft=True)
    page.refresh_from_db()
    assert not page.live
    assert now(row).state == State.IMPORTED


def test_what_editors_have_changed_or_translated_stays(client, home_lv, home_en, chief):
    changed, translated = make_item(), make_item()
    page = make_page(changed, home_lv)
    page.title = "Labots"
    page.save_revision().publish()
    index = page.get_parent().specific
    translate(index, {})
    second = type(page).objects.get(pk=page.pk).copy(update_attrs={"slug": "otrs"})
    translated.page, translated.state = second, State.IMPORTED
    translated.revision = second.latest_revision_id
    translated.save()
    translate(second, {})
    outcome = decisions.reject(only(changed, translated), chief)
    assert outcome == decisions.Outcome(kept=2)
    for row in (changed, translated):
        row = now(row)
        assert row.page.live
        assert (row.state, row.decision) == (State.IMPORTED, Decision.NONE)


def test_who_may_not_unpublish_takes_no_page_down(home_lv, person):
    row = make_item()
    page = make_page(row, home_lv)
    outcome = decisions.reject(only(row), person(roles.EDITOR))
    assert outcome.kept == 1
    page.refresh_from_db()
    assert page.live


def test_many_are_decided_in_few_statements(chief):
    rows = [make_item() for _ in range(60)]
    with CaptureQueriesContext(connection) as captured:
        decisions.reject(only(*rows), chief)
    assert len(captured) <= 15
    assert all(actions_of(row) for row in rows)


def test_items_are_found_by_their_reasons_and_shown_with_their_addresses():
    spam = make_item(reasons=[{"code": "spam_host", "detail": 'a "mashing" one', "weight": 1}])
    mashed = make_item(slug="asd")
    make_item(reasons=[])
    found = ImportedItem.objects.with_reasons
    assert list(found(["spam_host"])) == [spam]
    assert list(found(["mashing"])) == [mashed]
    assert set(found(["spam_host", "mashing"])) == {spam, mashed}
    row = ImportedItem.objects.with_address().get(pk=mashed.pk)
    assert row.address == "http://www.lps.lv/2015/03/asd/"
