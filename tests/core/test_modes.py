"""When the lottery is advised: too many requests for two weeks, or half of the releases gone in minutes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.modes import Advice, Measured, mode_advice

TODAY = date(2026, 11, 25)


def _days(
    ratios: tuple[float, float], emptied: tuple[timedelta | None, ...] = (), places: int = 10
) -> list[Measured]:
    """Fourteen days that end yesterday; `ratios` of the older and of the newer week."""
    return [
        Measured(TODAY - timedelta(days=ago), round(ratios[0 if ago > 7 else 1] * places), places, emptied)
        for ago in range(14, 0, -1)
    ]


def _minutes(*counts: float | None) -> tuple[timedelta | None, ...]:
    return tuple(None if count is None else timedelta(minutes=count) for count in counts)


@pytest.mark.parametrize(
    ("ratios", "advised"),
    [
        ((1.4, 1.4), True),
        ((5.0, 1.4), True),
        ((1.3, 1.4), False),
        ((1.4, 1.3), False),
        ((5.0, 1.0), False),
        ((1.0, 5.0), False),
        ((0.0, 0.0), False),
    ],
)
def test_the_lottery_is_advised_where_both_weeks_had_too_many_requests(
    ratios: tuple[float, float], advised: bool
) -> None:
    advice = mode_advice(_days(ratios), TODAY)
    assert advice.is_scarce is advice.for_lottery is advised
    assert advice.requests_per_place == pytest.approx(ratios)


@pytest.mark.parametrize(
    ("emptied", "advised"),
    [
        (_minutes(9), True),
        (_minutes(10), False),
        (_minutes(1, 2, 600), True),
        (_minutes(1, 600, 600), False),
        (_minutes(1, 2, None), True),
        (_minutes(1, None, None), False),
        (_minutes(1, None), False),
        ((), False),
    ],
)
def test_the_lottery_is_advised_where_half_of_the_releases_are_gone_in_ten_minutes(
    emptied: tuple[timedelta | None, ...], advised: bool
) -> None:
    advice = mode_advice(_days((1.0, 1.0), emptied), TODAY)
    assert advice.is_fast is advice.for_lottery is advised


def test_busy_days_and_quiet_ones_of_a_week_are_taken_together() -> None:
    weekend = {5, 6}
    days = [
        Measured(
            one.day, 40 if one.day.weekday() in weekend else 10, 0 if one.day.weekday() in weekend else 20
        )
        for one in _days((0, 0))
    ]
    assert mode_advice(days, TODAY).requests_per_place == pytest.approx((1.3, 1.3))


def test_a_week_without_places_says_nothing() -> None:
    days = [Measured(one.day, 50, 0) for one in _days((1, 1))]
    assert mode_advice(days, TODAY) == Advice((None, None), None)
    assert not mode_advice(days, TODAY).for_lottery
    assert not mode_advice([], TODAY).for_lottery


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 99))
def test_only_the_two_weeks_before_today_count(day: date, requests: int) -> None:
    usual = _days((1.0, 1.0), _minutes(60))
    within = TODAY - timedelta(days=14) <= day < TODAY
    changed = mode_advice([*usual, Measured(day, 100 + requests, 0, _minutes(*[1.0] * 99))], TODAY)
    assert (changed != mode_advice(usual, TODAY)) is within
