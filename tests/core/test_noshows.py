"""What follows from missed appointments, and until when."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.booking import Rules
from ventanilla.core.noshows import last_near_day, limited_until, may_book

NOW = datetime(2026, 11, 23, 16, tzinfo=UTC)
DAY = timedelta(days=1)
RULES = Rules()
MEXICO = ZoneInfo("America/Mexico_City")


def test_one_missed_appointment_has_no_consequence() -> None:
    assert limited_until([NOW - DAY], NOW, RULES) is None


def test_two_within_half_a_year_have_one_until_the_older_of_them_is_that_old() -> None:
    older, newer = NOW - 70 * DAY, NOW - 20 * DAY
    assert limited_until([newer, older], NOW, RULES) == older + RULES.no_show_window


def test_a_third_prolongs_it_to_the_second_last() -> None:
    missed = [NOW - 150 * DAY, NOW - 70 * DAY, NOW - 20 * DAY]
    assert limited_until(missed, NOW, RULES) == NOW - 70 * DAY + RULES.no_show_window


def test_what_is_older_than_the_window_is_forgotten() -> None:
    assert limited_until([NOW - RULES.no_show_window, NOW - DAY], NOW, RULES) is None


def test_an_operator_may_want_no_consequence_at_all() -> None:
    assert limited_until([NOW - DAY] * 9, NOW, Rules(no_shows=0)) is None


def test_near_means_days_of_the_offices_own_calendar() -> None:
    assert last_near_day(NOW, MEXICO, RULES) == date(2026, 11, 30)
    missed = [NOW - 2 * DAY, NOW - DAY]
    evening = datetime(2026, 12, 1, 5, 30, tzinfo=UTC)  # half past eleven at night, on 30 November
    assert may_book(missed, evening, MEXICO, NOW, RULES)
    assert not may_book(missed, evening + timedelta(hours=1), MEXICO, NOW, RULES)
    assert may_book(missed[:1], evening + 20 * DAY, MEXICO, NOW, RULES)


@given(st.lists(st.integers(1, 400), max_size=8), st.integers(0, 29))
def test_there_is_always_something_to_book_and_it_always_ends(ages: list[int], ahead: int) -> None:
    missed = [NOW - age * DAY for age in ages]
    assert may_book(missed, NOW + RULES.no_show_near, MEXICO, NOW, RULES)
    assert may_book(missed, NOW + ahead * DAY, MEXICO, NOW + RULES.no_show_window, RULES)
    until = limited_until(missed, NOW, RULES)
    assert until is None or NOW < until <= NOW + RULES.no_show_window
