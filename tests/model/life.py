"""The life of places as a pure function: what each act does to a small world, told a second time without
SQL. The state machine beside it compares the database with this after every step."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

CAPACITY = (1, 1, 2, 1, 2, 2)
EXTRA = (0, 0, 0, 1, 0, 0)
STARTS = (180, 300, 900, 1500, 2400, 2700)
"""Minutes from the beginning."""
DRAWN = 5
"""Kept for a draw."""
PEOPLE = 6
LEASE, UNTIL, MOVES = 15, 120, 2
Kind = Literal["waiting", "closure", "draw"]
Key = tuple[Kind, int, int]
"""Of an offer: kind, person, slot."""


@dataclass(frozen=True)
class Live:
    """`made` tells one appointment of a person from the next."""

    slot: int
    moves: int
    made: int


@dataclass(frozen=True)
class State:
    """`holds`: slot and when it is everybody's, by person. `stale`: slots of appointments that are past.
    `offers`: which appointment each would change."""

    now: int = 0
    holds: dict[int, tuple[int, int]] = field(default_factory=dict)
    live: dict[int, Live] = field(default_factory=dict)
    stale: tuple[int, ...] = ()
    given: frozenset[tuple[int, int]] = frozenset()
    releases: tuple[tuple[int, int], ...] = ()
    offers: dict[Key, int | None] = field(default_factory=dict)
    closed: frozenset[int] = frozenset({DRAWN})
    made: int = 0

    def held(self, slot: int) -> int:
        return sum(s == slot for s, _ in self.holds.values()) + sum(s == slot for _, _, s in self.offers)

    def booked(self, slot: int) -> int:
        return sum(a.slot == slot for a in self.live.values()) + self.stale.count(slot)

    def withheld(self, slot: int) -> int:
        return sum(s == slot for s, _ in self.releases)

    def free(self, slot: int) -> int:
        return CAPACITY[slot] - self.held(slot) - self.booked(slot) - self.withheld(slot)

    def public(self, slot: int) -> bool:
        return STARTS[slot] > self.now and slot not in self.closed


Result = tuple[State, object]
Act = Callable[[State], Result]


def _without(state: State, person: int) -> State:
    return replace(state, holds={p: h for p, h in state.holds.items() if p != person})


def _given_back(state: State, slot: int, delay: int) -> State:
    return replace(state, releases=tuple(sorted((*state.releases, (slot, state.now + delay)))))


def _gave_up(state: State, person: int, slot: int) -> State:
    return replace(state, given=state.given | {(slot, person)})


def hold(state: State, person: int, slot: int, delay: int) -> Result:
    state = _without(state, person)
    if not state.public(slot) or state.free(slot) < 1:
        return state, False
    return replace(state, holds={**state.holds, person: (slot, state.now + LEASE + delay)}), True


def _aged(state: State, person: int) -> State:
    """Who books anew has no live appointment that is over."""
    mine = state.live.get(person)
    if mine is None or STARTS[mine.slot] >= state.now:
        return state
    others = {p: a for p, a in state.live.items() if p != person}
    return replace(state, live=others, stale=(*state.stale, mine.slot))


def _booked(state: State, person: int, slot: int) -> State:
    live = {**state.live, person: Live(slot, 0, state.made + 1)}
    return replace(state, live=live, made=state.made + 1)


def book(state: State, person: int, slot: int) -> Result:
    state = _without(_aged(state, person), person)
    if (slot, person) in state.given:
        return state, "given-up"
    if not state.public(slot) or state.free(slot) < 1:
        return state, "taken"
    if person in state.live:
        return state, "already-live"
    return _booked(state, person, slot), "booked"


def cancel(state: State, person: int, delay: int) -> Result:
    mine = state.live.get(person)
    if mine is None or STARTS[mine.slot] < state.now + UNTIL:
        return state, False
    state = replace(state, live={p: a for p, a in state.live.items() if p != person})
    return _gave_up(_given_back(state, mine.slot, delay), person, mine.slot), True


def move(state: State, person: int, slot: int, delay: int) -> Result:
    mine = state.live.get(person)
    if mine is None or mine.slot == slot:
        return state, "gone"
    if STARTS[mine.slot] < state.now + UNTIL:
        return state, "too-late"
    if mine.moves >= MOVES:
        return state, "too-often"
    if (slot, person) in state.given:
        return state, "given-up"
    state = _without(state, person)
    if not state.public(slot) or state.free(slot) < 1:
        return state, "taken"
    state = replace(state, live={**state.live, person: replace(mine, slot=slot, moves=mine.moves + 1)})
    return _gave_up(_given_back(state, mine.slot, delay), person, mine.slot), "moved"


def sweep(state: State) -> Result:
    kept = {p: h for p, h in state.holds.items() if h[1] > state.now}
    return replace(state, holds=kept), len(state.holds) - len(kept)


def publish(state: State) -> Result:
    kept = tuple(r for r in state.releases if r[1] > state.now)
    return replace(state, releases=kept), len(state.releases) - len(kept)


def offer(state: State, kind: Kind, person: int, slot: int) -> Result:
    """A withheld place is given before one that nobody had."""
    mine = state.live.get(person) if kind != "draw" else None
    room = CAPACITY[slot] + (EXTRA[slot] if kind == "waiting" else 0) - state.held(slot) - state.booked(slot)
    had = mine is None if kind == "closure" else any((k, p) == (kind, person) for k, p, _ in state.offers)
    twice = mine is not None and any(
        (p, s, made) == (person, slot, mine.made) for (_, p, s), made in state.offers.items()
    )
    shown = STARTS[slot] > state.now if kind == "draw" else state.public(slot)
    if had or twice or room < 1 or not shown or (kind == "waiting" and (slot, person) in state.given):
        return state, False
    first = next((r for r in state.releases if r[0] == slot), None)
    left = list(state.releases)
    if first:
        left.remove(first)
    offers = {**state.offers, (kind, person, slot): mine.made if mine else None}
    return replace(state, offers=offers, releases=tuple(left)), True


def take(state: State, key: Key, delay: int) -> Result:
    kind, person, slot = key
    if key not in state.offers:
        return state, "gone"
    changes = state.offers[key]
    left = replace(state, offers={k: v for k, v in state.offers.items() if k != key})
    refused = STARTS[slot] <= state.now or (slot, person) in state.given
    mine = state.live.get(person)
    if changes is None:
        state = _aged(state, person)
        if person in state.live or refused:
            return state, "already-live"
        return _booked(_aged(left, person), person, slot), "taken"
    over = mine is None or mine.made != changes or STARTS[mine.slot] <= state.now or mine.slot == slot
    if mine is None or over or refused:
        return state, "gone"
    left = replace(left, live={**left.live, person: replace(mine, slot=slot)})
    left = _given_back(left, mine.slot, delay)
    for other in [k for k, made in left.offers.items() if made == changes]:
        left, _ = end(left, other, delay)
    return (left if kind == "closure" else _gave_up(left, person, mine.slot)), "taken"


def end(state: State, key: Key, delay: int) -> Result:
    if key not in state.offers:
        return state, 0
    state = replace(state, offers={k: v for k, v in state.offers.items() if k != key})
    return _given_back(state, key[2], delay), 1


def close(state: State, slot: int) -> Result:
    return replace(state, closed=state.closed | {slot}), None
