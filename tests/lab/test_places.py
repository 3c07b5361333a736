"""Places: how many, in which order, and who looks gets the earliest."""

import pytest

from ventanilla.lab.assumptions import DAY, HOUR, Assumptions
from ventanilla.lab.places import NEVER, Pool, supply

A = Assumptions()


@pytest.mark.parametrize("count", [0, 1, 83, 84, 1000, 66_667])
def test_all_places_are_given_out_once_evenly_and_in_order(count: int) -> None:
    given = supply(count, A)
    assert [place for places in given.of_day for place in places] == list(range(count))
    assert list(given.starts) == sorted(given.starts)
    sizes = {len(places) for places in given.of_day}
    assert max(sizes) - min(sizes) <= 1
    for day, places in enumerate(given.of_day):
        for place in places:
            assert given.starts[place] // DAY == day + A.horizon_days
            assert 8 <= given.starts[place] % DAY / HOUR < 15


def test_who_looks_gets_the_earliest_that_is_free_and_can_be_reached() -> None:
    given = supply(84, A)
    pool = Pool(given, A)
    for place in (5, 3, 4):
        pool.put(place)
    assert pool.take(0) == 3
    assert pool.take(given.starts[4] - 2 * HOUR + 1) == 5
    assert pool.take(0) is None
    assert not pool.has_any(0)


def test_a_certain_place_is_taken_once() -> None:
    pool = Pool(supply(84, A), A)
    pool.put(1)
    assert pool.take_this(1)
    assert not pool.take_this(1)
    assert pool.take(0) is None
    pool.put(1)
    assert pool.take(0) == 1


def test_for_each_release_the_time_is_told_until_nothing_was_left() -> None:
    pool = Pool(supply(84, A), A)
    pool.put(1)
    pool.released(100)
    pool.put(2)
    pool.released(160)
    pool.take(170)
    assert pool.empty_after == [NEVER, NEVER]
    pool.take(220)
    pool.put(3)
    pool.released(300)
    assert pool.empty_after == [120, 60, NEVER]
