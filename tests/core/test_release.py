"""Places come out at moments nobody can wait for."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.booking import Rules
from ventanilla.core.release import back_at, opens_at
from ventanilla.core.reminders import is_quiet

RULES = Rules()
MEXICO, TIJUANA = "America/Mexico_City", "America/Tijuana"
NO_NIGHT = replace(RULES, quiet_from=time(9), quiet_to=time(9))
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
chances = st.floats(0, 1, exclude_max=True)
hours = st.builds(time, st.integers(0, 23))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
ALLOWANCE = timedelta(minutes=7)


def off_the_hour(moment: datetime) -> bool:
    return 3 <= moment.minute + moment.second / 60 < 57


def day_after_it_is_near(starts_at: datetime, zone: str, rules: Rules) -> date:
    enters = (starts_at - timedelta(days=rules.horizon_days)).astimezone(ZoneInfo(zone))
    return enters.date() + timedelta(days=1)


def by_day(moment: datetime, zone: str, rules: Rules) -> bool:
    """Or pushed off the hour when the night begins."""
    return not all(is_quiet(m, zone, rules) for m in (moment, moment - ALLOWANCE - timedelta.resolution))


def at(zone: str, moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@given(moments, st.sampled_from([MEXICO, TIJUANA]), chances)
def test_a_new_place_comes_out_by_day_after_the_day_it_enters_the_horizon_and_not_on_the_hour(
    starts_at: datetime, zone: str, chance: float
) -> None:
    opens = opens_at(starts_at, zone, chance, RULES)
    assert opens.astimezone(ZoneInfo(zone)).date() == day_after_it_is_near(starts_at, zone, RULES)
    assert by_day(opens, zone, RULES)
    assert opens < starts_at
    assert off_the_hour(opens)


@given(moments, hours, hours, chances)
def test_wherever_the_night_lies_a_new_place_comes_out_after_it_and_before_the_next(
    starts_at: datetime, start: time, end: time, chance: float
) -> None:
    rules = replace(RULES, quiet_from=start, quiet_to=end)
    opens = opens_at(starts_at, MEXICO, chance, rules)
    day = day_after_it_is_near(starts_at, MEXICO, rules)
    wakes = datetime.combine(day, end if start != end else time(0), ZoneInfo(MEXICO))
    assert wakes <= opens <= wakes + timedelta(days=1) + ALLOWANCE
    assert by_day(opens, MEXICO, rules)
    assert off_the_hour(opens)


@pytest.mark.parametrize(
    ("rules", "starts_at", "first", "last"),
    [
        # In Tijuana the clock goes forward on 8 March and back on 1 November: on the day when places come
        # out, or between that day and theirs.
        (RULES, "2026-04-06 09:00", "2026-03-08 08:06", "2026-03-08 21:06"),
        (RULES, "2026-03-10 09:00", "2026-02-09 08:06", "2026-02-09 21:06"),
        (RULES, "2026-11-30 09:00", "2026-11-01 08:06", "2026-11-01 21:06"),
        (RULES, "2026-11-29 23:30", "2026-11-01 08:06", "2026-11-01 21:06"),
        # No night: the whole day, be it of 23 or of 25 hours.
        (NO_NIGHT, "2026-04-06 09:00", "2026-03-08 00:06", "2026-03-09 00:06"),
        (NO_NIGHT, "2026-11-30 09:00", "2026-11-01 00:06", "2026-11-02 00:06"),
    ],
)
def test_the_day_is_that_of_the_office_also_when_the_clock_changes(
    rules: Rules, starts_at: str, first: str, last: str
) -> None:
    place = at(TIJUANA, starts_at)
    begins, ends = (opens_at(place, TIJUANA, chance, rules) for chance in (0.0, 1 - 1e-9))
    assert begins == at(TIJUANA, first)
    assert timedelta(0) <= ends - at(TIJUANA, last) <= ALLOWANCE - timedelta(minutes=6)


@given(moments)
def test_every_hour_of_the_day_has_its_share_and_the_night_none(starts_at: datetime) -> None:
    seen = [
        opens_at(starts_at, MEXICO, n / 1300, RULES).astimezone(ZoneInfo(MEXICO)).hour for n in range(1300)
    ]
    assert {hour: seen.count(hour) for hour in range(8, 21)} == pytest.approx(
        dict.fromkeys(range(8, 21), 100), abs=8
    )
    assert seen.count(21) <= 5
    assert set(seen) <= set(range(8, 22))


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
