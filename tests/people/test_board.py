import datetime

import pytest

from people.models import Term
from tests.factories import (
    BoardPageFactory,
    ContentPageFactory,
    PersonPageFactory,
    SeatFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(home_lv):
    return BoardPageFactory(parent=ContentPageFactory(parent=home_lv))


def day(text):
    return datetime.date.fromisoformat(text)


def names(context):
    return [(seat.name, term.person.title if term else None) for seat, term in context["seats"]]


def test_the_board_of_any_day_follows_from_the_terms(board, rf):
    first, second = SeatFactory(name="Vidzeme"), SeatFactory(name="Latgale")
    anna, ivo = (PersonPageFactory(parent=board, title=name) for name in ("Anna A", "Ivo I"))
    TermFactory(person=anna, seat=first, starts_on=day("2021-07-01"), ends_on=day("2023-06-30"))
    TermFactory(person=ivo, seat=first, starts_on=day("2023-07-01"))

    def on(query):
        return names(board.get_context(rf.get(board.url, {"date": query} if query else {})))

    assert on("2022-11-15") == [("Vidzeme", "Anna A"), ("Latgale", None)]
    assert on("2023-06-30") == [("Vidzeme", "Anna A"), ("Latgale", None)]
    assert on("2023-07-01") == [("Vidzeme", "Ivo I"), ("Latgale", None)]
    assert on("2020-01-01") == [("Vidzeme", None), ("Latgale", None)]
    assert on("") == [("Vidzeme", "Ivo I"), ("Latgale", None)]
    assert second.terms.count() == 0


@pytest.mark.parametrize(
    "nonsense", ["vakar", "2022-13-40", "2022", "0000-00-00", "'; --", "9" * 50]
)
def test_a_day_that_is_none_shows_today_and_says_so(board, rf, nonsense):
    context = board.get_context(rf.get(board.url, {"date": nonsense}))
    assert context["is_today"]
    assert context["date_error"]


def test_drafts_hold_no_seat(board):
    draft = PersonPageFactory(parent=board, live=False)
    TermFactory(person=draft)
    assert not Term.objects.board_on(day("2022-01-01"), board.locale_id).exists()


def test_offices_have_the_gender_of_the_person(board):
    woman = PersonPageFactory(parent=board, gender="f")
    man = PersonPageFactory(parent=board, gender="m")
    assert str(woman.role_title("deputy")) == "Priekšsēdētāja vietniece"
    assert str(man.role_title("deputy")) == "Priekšsēdētāja vietnieks"


def test_a_person_without_a_portrait_has_initials(board):
    assert PersonPageFactory(parent=board, title="Aldis Ābele").initials == "AĀ"
    assert PersonPageFactory(parent=board, title="Anna Marija Kalniņa").initials == "AK"
    assert PersonPageFactory(parent=board, title="Madonna").initials == "M"
