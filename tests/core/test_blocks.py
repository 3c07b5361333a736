"""Places side by side: every start that has room, the shortest block from there, and no other."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given

from ventanilla.core.blocks import MOST_TOGETHER, Block, blocks
from ventanilla.core.slots import EVERY

NINE = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)


def at(*quarters: int) -> Block:
    return tuple(NINE + n * EVERY for n in quarters)


def free(*counts: int) -> dict[datetime, int]:
    """Places at nine, a quarter past, and so on."""
    return {NINE + n * EVERY: count for n, count in enumerate(counts)}


def test_four_people_where_there_is_room_for_four_come_at_once() -> None:
    assert blocks(free(4), 4) == (at(0, 0, 0, 0),)


def test_what_does_not_fit_at_one_moment_goes_to_the_next() -> None:
    assert blocks(free(2, 1, 3), 4) == (at(0, 0, 1, 2), at(1, 2, 2, 2))


def test_a_full_moment_parts_a_block() -> None:
    assert blocks(free(2, 0, 2), 3) == ()
    assert blocks({NINE: 2, NINE + timedelta(hours=1): 2}, 3) == ()


def test_places_before_and_after_a_lunch_break_are_not_side_by_side() -> None:
    morning_and_afternoon = {NINE: 1, NINE + 2 * EVERY: 1, NINE + 3 * EVERY: 1}
    assert blocks(morning_and_afternoon, 2) == (at(2, 3),)


DAYS = st.dictionaries(st.integers(0, 12).map(lambda n: NINE + n * EVERY), st.integers(0, 4))


@given(DAYS, st.integers(1, MOST_TOGETHER))
def test_a_block_has_one_free_place_a_person_and_no_gap(day: Mapping[datetime, int], people: int) -> None:
    for block in blocks(day, people):
        assert len(block) == people
        assert all(count <= day[moment] for moment, count in Counter(block).items())
        assert {b - a for a, b in pairwise(block)} <= {timedelta(0), EVERY}


@given(DAYS, st.integers(1, MOST_TOGETHER))
def test_starts_are_each_given_once_and_none_is_left_out(day: Mapping[datetime, int], people: int) -> None:
    starts = [block[0] for block in blocks(day, people)]
    assert starts == sorted(set(starts))
    for moment in day:
        room, later = 0, moment
        while day.get(later, 0) > 0:
            room += day[later]
            later += EVERY
        assert (moment in starts) == (room >= people)


@given(DAYS, st.integers(1, MOST_TOGETHER))
def test_no_block_from_the_same_start_is_shorter(day: Mapping[datetime, int], people: int) -> None:
    """Only the last moment of a block may have places left."""
    for block in blocks(day, people):
        assert all(block.count(moment) == day[moment] for moment in block if moment != block[-1])


@given(DAYS, st.integers(2, MOST_TOGETHER))
def test_whoever_is_fewer_finds_every_start_of_whoever_is_more(
    day: Mapping[datetime, int], people: int
) -> None:
    assert {b[:-1] for b in blocks(day, people)} <= set(blocks(day, people - 1))
