"""Rest days by law, and whether an office is open."""

from datetime import date

import pytest
from tests.data.places_read import office, rest_rules

from ventanilla.core.calendars import is_open, rest_days

_2026 = [
    date(2026, 1, 1),
    date(2026, 2, 2),
    date(2026, 3, 16),
    date(2026, 5, 1),
    date(2026, 9, 16),
    date(2026, 11, 16),
    date(2026, 12, 25),
]


def test_the_rest_days_of_a_year_are_in_order_with_their_names() -> None:
    found = rest_days(rest_rules(), 2026)
    assert list(found) == _2026
    assert found[date(2026, 9, 16)] == "Día de la Independencia"


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2027, [date(2027, 2, 1), date(2027, 3, 15), date(2027, 11, 15)]),
        (2028, [date(2028, 2, 7), date(2028, 3, 20), date(2028, 11, 20)]),
        (2029, [date(2029, 2, 5), date(2029, 3, 19), date(2029, 11, 19)]),
    ],
)
def test_three_rest_days_move_to_a_monday(year: int, days: list[date]) -> None:
    assert [d for d in rest_days(rest_rules(), year) if d.weekday() == 0 and d in days] == days


@pytest.mark.parametrize(
    ("year", "off"), [(2023, False), (2024, True), (2025, False), (2029, False), (2030, True), (2036, True)]
)
def test_the_first_of_october_is_a_rest_day_every_six_years(year: int, off: bool) -> None:
    assert (date(year, 10, 1) in rest_days(rest_rules(), year)) is off


def test_an_election_day_is_not_computed() -> None:
    assert len(rest_days(rest_rules(), 2027)) == 7


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
        (date(2027, 1, 4), True),
    ],
)
def test_in_december_offices_close_on_the_25th_only(day: date, open_: bool) -> None:
    assert is_open(office("14-03"), day, rest_days(rest_rules(), day.year)) is open_


@pytest.mark.parametrize(
    ("office_id", "day", "open_"),
    [
        ("09-04", date(2026, 11, 22), True),
        ("09-04", date(2026, 11, 16), False),
        ("14-03", date(2026, 11, 21), False),
        ("14-03", date(2026, 11, 23), True),
    ],
)
def test_seven_day_offices_open_on_sundays_but_rest_with_everybody(
    office_id: str, day: date, open_: bool
) -> None:
    assert is_open(office(office_id), day, rest_days(rest_rules(), day.year)) is open_


def test_a_closure_closes_one_office_for_one_day() -> None:
    closures = {("14-03", date(2026, 2, 23))}
    assert not is_open(office("14-03"), date(2026, 2, 23), {}, closures)
    assert is_open(office("14-04"), date(2026, 2, 23), {}, closures)
    assert is_open(office("14-03"), date(2026, 2, 24), {}, closures)
