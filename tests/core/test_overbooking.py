"""Extra places: none without figures, never above the cap, never more risk than was agreed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import comb, factorial, isclose
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.overbooking import (
    Counts,
    OpenSlot,
    Policy,
    Rate,
    Shows,
    Window,
    chances,
    extra_of,
    overflow,
    rate_of,
    windows,
)

POLICY = Policy()
MEXICO = ZoneInfo("America/Mexico_City")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
EIGHT = datetime(2026, 12, 1, 14, tzinfo=UTC)
TUESDAY_AT_EIGHT = (2, 8)
rates = st.builds(Rate, st.floats(0.5, 500), st.floats(0.5, 500))


def exact(booked: int, came: int, missed: int) -> list[Fraction]:
    """With whole numbers the beta function is made of factorials."""

    def beta(a: int, b: int) -> Fraction:
        return Fraction(factorial(a - 1) * factorial(b - 1), factorial(a + b - 1))

    many = range(booked + 1)
    return [comb(booked, k) * beta(k + came, booked - k + missed) / beta(came, missed) for k in many]


@pytest.mark.parametrize(("booked", "came", "missed"), [(0, 1, 1), (1, 3, 1), (12, 40, 9), (40, 300, 80)])
def test_the_chances_are_those_of_exact_fractions(booked: int, came: int, missed: int) -> None:
    pairs = zip(chances(booked, Rate(came, missed)), exact(booked, came, missed), strict=True)
    assert all(isclose(found, float(right), rel_tol=1e-9) for found, right in pairs)


@given(st.integers(0, 150), rates)
def test_the_chances_of_all_outcomes_add_up_to_one(booked: int, rate: Rate) -> None:
    assert isclose(sum(chances(booked, rate)), 1.0, rel_tol=1e-9)


@given(st.integers(1, 120), rates, st.floats(0, 0.5), st.integers(0, 5))
def test_the_risk_stays_within_alpha_the_cap_holds_and_no_more_would_fit(
    capacity: int, rate: Rate, alpha: float, absorbable: int
) -> None:
    policy = replace(POLICY, alpha=alpha, absorbable=absorbable)
    extra = extra_of(capacity, rate, policy)
    cap = capacity * policy.cap_percent // 100
    assert 0 <= extra <= cap
    assert extra == 0 or overflow(capacity, extra, rate, absorbable) <= alpha
    assert extra == cap or overflow(capacity, extra + 1, rate, absorbable) > alpha


@given(st.integers(1, 120), rates, st.floats(0, 0.5), st.floats(0, 0.5))
def test_who_takes_more_risk_never_gives_less(capacity: int, rate: Rate, one: float, other: float) -> None:
    low, high = sorted((one, other))
    extras = [extra_of(capacity, rate, replace(POLICY, alpha=alpha)) for alpha in (low, high)]
    assert extras == sorted(extras)


@given(st.integers(10, 120), st.integers(0, 400), st.integers(0, 400))
def test_where_fewer_come_never_less_is_given(capacity: int, came: int, missed: int) -> None:
    one = extra_of(capacity, Rate(came + 50, missed + 1), POLICY)
    assert one <= extra_of(capacity, Rate(came + 50, missed + 100), POLICY)


def test_without_figures_nothing_is_given() -> None:
    rate = rate_of(Shows(), TUESDAY_AT_EIGHT, POLICY)
    assert rate.mean > 0.98
    assert all(extra_of(capacity, rate, POLICY) == 0 for capacity in range(1, 200))


def test_an_hour_without_figures_leans_on_its_office_and_an_office_on_the_country() -> None:
    elsewhere, at_nine, at_eight = Counts(700, 300), Counts(80, 20), Counts(990, 10)
    new = Shows(country=elsewhere)
    one_hour = Shows({(1, 9): at_nine}, elsewhere + at_nine)
    both = Shows({(1, 9): at_nine, TUESDAY_AT_EIGHT: at_eight}, elsewhere + at_nine + at_eight)
    means = [rate_of(shows, TUESDAY_AT_EIGHT, POLICY).mean for shows in (new, one_hour, both)]
    assert means == pytest.approx([0.71, 0.77, 0.98], abs=0.01)


def slots(capacity: int = 10, hours: int = 7) -> list[OpenSlot]:
    """One Tuesday from eight, every quarter of an hour."""
    return [OpenSlot(n, EIGHT + n * timedelta(minutes=15), capacity) for n in range(4 * hours)]


def absent(weeks: int = 8) -> Shows:
    hours = {(2, hour): Counts(600, 400) for hour in range(8, 16)}
    return Shows(hours, sum(hours.values(), Counts()), weeks)


def test_the_last_hour_of_a_day_gets_none() -> None:
    found = windows(slots(), MEXICO, absent(), NOW, POLICY)
    assert [(w.hour, w.extra) for w in found] == [(hour, 4) for hour in range(8, 14)]


def test_what_begins_within_the_hour_gets_none() -> None:
    found = windows(slots(), MEXICO, absent(), EIGHT - timedelta(minutes=30), POLICY)
    assert found[0].slots == (3,)


def test_before_eight_weeks_of_figures_nothing_is_given() -> None:
    assert {w.extra for w in windows(slots(), MEXICO, absent(7), NOW, POLICY)} == {0}


def test_a_window_says_how_many_come_how_often_too_many_and_for_how_long() -> None:
    window = Window(EIGHT.date(), 8, (1, 2, 3, 4), 40, Rate(900, 100), 2)
    assert window.expected_shows == pytest.approx(37.8)
    many = exact(42, 900, 100)
    assert window.overflow == pytest.approx(float(many[41] + many[42]))
    assert window.overtime_minutes == pytest.approx(15 * float(many[41] + 2 * many[42]))


@given(st.integers(0, 30), st.integers(1, 8))
def test_extras_are_spread_evenly_and_none_is_lost(extra: int, count: int) -> None:
    spread = Window(EIGHT.date(), 8, tuple(range(count)), 300, Rate(1, 1), extra).spread()
    assert sum(spread.values()) == extra
    assert max(spread.values()) - min(spread.values()) <= 1
