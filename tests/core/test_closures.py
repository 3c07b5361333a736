"""Alternatives for people whose office closes: near, fair, together."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ventanilla.core.booking import Place
from ventanilla.core.closures import Free, Need, Room

DAY = date(2026, 12, 1)
TEN = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


def need(n: int, *, at: datetime = TEN, unit: int = 0, avoid: frozenset[int] = frozenset()) -> Need:
    return Need(n, Place("here", at), at.date(), unit or n, ("here", "near", "far"), avoid)


def room(slot: int, office: str, at: datetime, free: int = 1) -> Room:
    return Room(slot, office, at, at.date(), free)


def given_by(rooms: list[Room], *needs: Need) -> dict[int, int]:
    return {n.appointment_id: r.slot_id for n, r in Free(rooms).give(needs)}


def test_the_same_day_at_the_next_office_goes_before_the_next_day_here() -> None:
    rooms = [room(1, "here", TEN + A_DAY), room(2, "near", TEN + HOUR), room(3, "far", TEN)]
    assert given_by(rooms, need(1)) == {1: 2}


def test_nobody_is_sent_to_a_day_before_theirs() -> None:
    assert given_by([room(1, "near", TEN - A_DAY)], need(1)) == {}
    assert given_by([room(1, "near", TEN - HOUR)], need(1)) == {1: 1}


def test_whoever_was_to_come_first_chooses_first() -> None:
    later, sooner = need(1, at=TEN + HOUR), need(2)
    assert given_by([room(1, "near", TEN + HOUR)], later, sooner) == {2: 1}


def test_what_was_offered_before_is_passed_over() -> None:
    rooms = [room(1, "near", TEN), room(2, "near", TEN + HOUR)]
    assert given_by(rooms, need(1, avoid=frozenset({1}))) == {1: 2}


def test_a_family_goes_together_where_that_is_possible() -> None:
    rooms = [
        room(1, "near", TEN),
        room(2, "far", TEN),
        room(3, "far", TEN + HOUR),
        room(4, "near", TEN + A_DAY),
    ]
    family = need(1, unit=9), need(2, unit=9, at=TEN + HOUR)
    assert given_by(rooms, *family) == {1: 2, 2: 3}
    assert given_by(rooms[:2], *family) == {1: 1, 2: 2}


def test_a_place_a_family_could_not_use_is_left_for_others() -> None:
    """The second of the family avoids the second place, so they go elsewhere and leave both."""
    rooms = [room(1, "near", TEN), room(2, "near", TEN + HOUR), room(3, "far", TEN, free=2)]
    family = need(1, unit=9), need(2, unit=9, avoid=frozenset({1, 2}))
    free = Free(rooms)
    assert {n.appointment_id: r.slot_id for n, r in free.give(family)} == {1: 3, 2: 3}
    assert free.by_office() == {"near": 2, "far": 0}


MOMENTS = st.integers(-30, 200).map(lambda h: TEN + h * HOUR)


@settings(max_examples=200)
@given(
    st.lists(st.tuples(MOMENTS, st.integers(1, 4)), max_size=12),
    st.lists(st.tuples(st.sampled_from(["here", "near", "far"]), MOMENTS, st.integers(1, 3)), max_size=12),
)
def test_no_place_is_given_twice_and_none_is_left_that_somebody_could_have(
    people: list[tuple[datetime, int]], places: list[tuple[str, datetime, int]]
) -> None:
    needs = [need(n, at=at, unit=unit + 100) for n, (at, unit) in enumerate(people, 1)]
    rooms = [room(n, *place) for n, place in enumerate(places, 1)]
    picks = Free(rooms).give(needs)
    left = {r.slot_id: r.free for r in rooms}
    for who, where in picks:
        left[where.slot_id] -= 1
        assert where.day >= who.day
    assert min(left.values(), default=0) >= 0
    assert len({n.appointment_id for n, _ in picks}) == len(picks)
    without = [n for n in needs if n not in [who for who, _ in picks]]
    assert not [n for n in without for r in rooms if left[r.slot_id] and r.day >= n.day]
