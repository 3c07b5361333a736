"""Fees come from the table of their year and are never computed."""

import pytest

from ventanilla.core.fees import Fee, FeeTable, validities

TABLE = FeeTable(
    {(2025, 3, False): 1730, (2025, 3, True): 865, (2026, 1, False): 920, (2026, 3, False): 1795}
)


@pytest.mark.parametrize(
    ("year", "validity", "half", "fee"),
    [
        (2025, 3, False, Fee(1730, 2025, False)),
        (2025, 3, True, Fee(865, 2025, False)),
        (2026, 3, False, Fee(1795, 2026, False)),
        (2026, 3, True, None),
        (2025, 1, False, None),
        (2026, 10, False, None),
        (2027, 3, False, Fee(1795, 2026, True)),
        (2030, 1, False, Fee(920, 2026, True)),
        (2024, 3, False, None),
    ],
)
def test_a_fee_is_looked_up(year: int, validity: int, half: bool, fee: Fee | None) -> None:
    assert TABLE.fee(year, validity, half=half) == fee


def test_a_half_that_is_not_printed_is_not_offered_even_from_an_earlier_year() -> None:
    assert TABLE.fee(2027, 3, half=True) is None


def test_an_empty_table_has_no_fees() -> None:
    assert FeeTable({}).fee(2026, 3, half=False) is None


@pytest.mark.parametrize(
    ("age", "years"),
    [
        (0, (1, 3, 6)),
        (2, (1, 3, 6)),
        (3, (3, 6)),
        (17, (3, 6)),
        (18, (3, 6, 10)),
        (60, (3, 6, 10)),
        (99, (3, 6, 10)),
    ],
)
def test_the_age_decides_the_validities(age: int, years: tuple[int, ...]) -> None:
    assert validities(age) == years
