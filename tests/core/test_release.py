"""Places come out at moments nobody can wait for."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.booking import Rules
from ventanilla.core.release import back_at, opens_at

RULES = Rules()
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
chances = st.floats(0, 1, exclude_max=True)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
ALLOWANCE = timedelta(minutes=7)


def off_the_hour(moment: datetime) -> bool:
    return 3 <= moment.minute + moment.second / 60 < 57


@given(moments, chances)
def test_a_new_place_comes_out_in_the_day_it_enters_the_horizon_but_not_on_the_hour(
    starts_at: datetime, chance: float
) -> None:
    waited = opens_at(starts_at, chance, RULES) - (starts_at - timedelta(days=RULES.horizon_days))
    assert timedelta(0) <= waited <= timedelta(days=1) + ALLOWANCE
    assert off_the_hour(opens_at(starts_at, chance, RULES))


@given(moments, st.timedeltas(timedelta(hours=3, seconds=1), timedelta(days=60)), chances)
def test_a_place_given_back_waits_the_less_the_nearer_its_day(
    now: datetime, left: timedelta, chance: float
) -> None:
    back = back_at(now, now + left, chance, RULES)
    most = min(RULES.release_most, left / 4)
    assert min(RULES.release_least, most) <= back - now <= most + ALLOWANCE
    assert off_the_hour(back)
    assert back < now + left


@given(moments, st.timedeltas(timedelta(0), timedelta(hours=3)), chances)
def test_in_the_last_three_hours_nobody_waits(now: datetime, left: timedelta, chance: float) -> None:
    assert back_at(now, now + left, chance, RULES) == now


def test_two_chances_are_two_moments() -> None:
    day = NOW + timedelta(days=10)
    assert back_at(NOW, day, 0.1, RULES) != back_at(NOW, day, 0.9, RULES)
