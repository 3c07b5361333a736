"""Places of a day: a quarter of an hour each, inside the hours, on the office's own clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.places_read import office, offices

from ventanilla.core.hours import Hours, read_hours
from ventanilla.core.places import Office
from ventanilla.core.slots import EVERY, Slot, slots_of_day

MONDAY = date(2026, 11, 23)
ALL_NIGHT = "Lun-Dom 00:00-06:00"


def _clock(slots: tuple[Slot, ...], zone: str) -> list[str]:
    return [f"{slot.starts_at.astimezone(ZoneInfo(zone)):%H:%M}" for slot in slots]


def test_the_last_place_of_the_day_ends_by_closing_time() -> None:
    place = office("14-03")
    slots = slots_of_day(place, MONDAY, {})
    assert len(slots) == 28
    assert slots[0] == Slot(datetime(2026, 11, 23, 14, 0, tzinfo=UTC), place.capacity)
    assert slots[-1].starts_at == datetime(2026, 11, 23, 20, 45, tzinfo=UTC)


def test_a_remainder_shorter_than_a_quarter_gives_no_place() -> None:
    hours = read_hours("Lun 08:00-08:40; Lun 10:00-10:10")
    assert isinstance(hours, Hours)
    assert _clock(slots_of_day(replace(office("14-03"), hours=hours), MONDAY, {}), "America/Mexico_City") == [
        "08:00",
        "08:15",
    ]


@pytest.mark.parametrize(
    ("office_id", "day", "first_utc"),
    [
        # The border changes with the United States: 2nd Sunday of March, 1st of November.
        ("02-02", date(2026, 3, 6), 16),
        ("02-02", date(2026, 3, 9), 15),
        ("02-02", date(2026, 10, 30), 15),
        ("02-02", date(2026, 11, 3), 16),
        ("08-02", date(2026, 3, 6), 15),
        ("08-02", date(2026, 3, 9), 14),
        ("28-05", date(2026, 3, 9), 13),
        ("28-05", date(2026, 11, 3), 14),
        # The rest of the country does not.
        ("14-03", date(2026, 3, 9), 14),
        ("14-03", date(2026, 7, 1), 14),
        ("26-01", date(2026, 7, 1), 15),
        ("08-01", date(2026, 7, 1), 14),
    ],
)
def test_eight_in_the_morning_is_the_same_wall_clock_all_year(
    office_id: str, day: date, first_utc: int
) -> None:
    place = office(office_id)
    slots = slots_of_day(place, day, {})
    assert slots[0].starts_at == datetime(day.year, day.month, day.day, first_utc, tzinfo=UTC)
    assert _clock(slots, place.zone)[0] == "08:00"


def _at_night(zone: str, day: date) -> list[str]:
    hours = read_hours(ALL_NIGHT)
    assert isinstance(hours, Hours)
    return _clock(slots_of_day(replace(office("02-02"), hours=hours, zone=zone), day, {}), zone)


@pytest.mark.parametrize("zone", ["America/Tijuana", "America/Ciudad_Juarez", "America/Matamoros"])
def test_an_hour_that_the_clock_skips_has_no_places(zone: str) -> None:
    found = _at_night(zone, date(2026, 3, 8))
    assert len(found) == 20
    assert not [t for t in found if t.startswith("02")]


@pytest.mark.parametrize("zone", ["America/Tijuana", "America/Ciudad_Juarez", "America/Matamoros"])
def test_an_hour_that_the_clock_repeats_is_given_once(zone: str) -> None:
    found = _at_night(zone, date(2026, 11, 1))
    assert found == [f"{n // 4:02}:{n % 4 * 15:02}" for n in range(24)]


@pytest.mark.parametrize(
    ("rest", "closures"),
    [({MONDAY}, set()), (set(), {("14-03", MONDAY)})],
)
def test_a_rest_day_or_a_closure_has_no_places(rest: set[date], closures: set[tuple[str, date]]) -> None:
    assert slots_of_day(office("14-03"), MONDAY, rest, closures) == ()


def test_the_closure_of_one_office_leaves_the_others_open() -> None:
    assert slots_of_day(office("14-04"), MONDAY, set(), {("14-03", MONDAY)})


def test_a_closed_weekday_has_no_places() -> None:
    assert slots_of_day(office("14-03"), date(2026, 11, 22), {}) == ()


_CHANGES = [date(2026, 3, 8), date(2026, 11, 1), date(2027, 3, 14), date(2027, 11, 7)]
_DAYS = st.one_of(st.sampled_from(_CHANGES), st.dates(date(2026, 1, 1), date(2032, 12, 31)))
_QUARTERS = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))


@given(st.sampled_from(offices()), _DAYS, st.booleans(), st.lists(_QUARTERS, min_size=2, max_size=2))
def test_places_never_overlap_and_lie_inside_the_hours(
    place: Office, day: date, own_hours: bool, edges: list[time]
) -> None:
    if own_hours and edges[0] != edges[1]:
        opens, closes = sorted(edges)
        hours = read_hours(f"Lun-Dom {opens:%H:%M}-{closes:%H:%M}")
        assert isinstance(hours, Hours)
        place = replace(place, hours=hours)
    slots, zone = slots_of_day(place, day, {}), ZoneInfo(place.zone)
    assert all(a.starts_at + EVERY <= b.starts_at for a, b in pairwise(slots))
    walls = [slot.starts_at.astimezone(zone).replace(tzinfo=None) for slot in slots]
    assert len(set(walls)) == len(walls)
    for wall in walls:
        assert wall.date() == day
        assert any(
            span.open <= wall.time() and wall + EVERY <= datetime.combine(day, span.close)
            for span in place.hours.days[day.weekday()]
        )


def test_every_open_office_has_places_in_a_common_week() -> None:
    week = [MONDAY + timedelta(n) for n in range(7)]
    assert all(any(slots_of_day(o, day, {}) for day in week) for o in offices() if o.open)
