"""Shares with their intervals, against figures worked out elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.shares import difference, share


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)],
)
def test_a_share_has_wilsons_interval(count: int, of: int, low: float, high: float) -> None:
    found = share(count, of)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_a_difference_has_newcombes_interval() -> None:
    """His first example: 56 of 70 against 48 of 80."""
    found = difference(share(56, 70), share(48, 80))
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@given(st.integers(1, 10_000), st.data())
def test_an_interval_holds_its_share_and_stays_between_nothing_and_all(of: int, data: st.DataObject) -> None:
    found = share(data.draw(st.integers(0, of)), of)
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1
