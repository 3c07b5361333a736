"""Who comes first on the waiting list, and how long a place is held for them."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.booking import Place, Rules
from ventanilla.core.waiting import Match, offer_until, one_each, position

RULES = Rules()
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ahead", "between"),
    [
        (0, (1, 5)),
        (3, (1, 5)),
        (4, (5, 10)),
        (8, (5, 10)),
        (9, (10, 20)),
        (499, (500, 1000)),
        (5000, (1000, 0)),
    ],
)
def test_a_position_is_told_as_a_range(ahead: int, between: tuple[int, int]) -> None:
    assert position(ahead) == between


@given(st.integers(0, 10**6))
def test_everybody_stands_within_their_range(ahead: int) -> None:
    low, high = position(ahead)
    assert low <= ahead + 1
    assert not high or ahead + 1 < high


@given(st.timedeltas(timedelta(minutes=-30), timedelta(days=40)))
def test_an_offer_has_its_full_time_or_is_not_made(left: timedelta) -> None:
    until = offer_until(NOW, NOW + left, RULES)
    if until is None:
        assert left < RULES.lead + RULES.offer_near
    else:
        assert until - NOW == (RULES.offer_near if left <= timedelta(days=1) else RULES.offer)
        assert until <= NOW + left - RULES.lead


matches = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 5)), max_size=60)
rooms = st.fixed_dictionaries(dict.fromkeys(range(1, 6), st.integers(1, 3)))


@given(matches, rooms)
def test_each_gets_the_first_place_that_is_left_and_nobody_waits_beside_a_place(
    pairs: list[tuple[int, int]], room: dict[int, int]
) -> None:
    found = [Match(w, w, None, s, Place("09-04", NOW), room[s]) for w, s in sorted(pairs, key=lambda p: p[0])]
    chosen = one_each(found)
    assert len({m.waiting_id for m in chosen}) == len(chosen)
    used = Counter(m.slot_id for m in chosen)
    assert all(used[slot] <= room[slot] for slot in used)
    served = {m.waiting_id for m in chosen}
    assert all(m.waiting_id in served or used[m.slot_id] == m.room for m in found)
