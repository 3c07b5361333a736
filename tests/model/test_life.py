"""The whole life of places against PostgreSQL with several connections: after every step the database is
what the model says, and two acts at once are as if one had come after the other."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, ClassVar

import asyncpg
import pytest
from asyncpg import Connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.model import life
from tests.model.life import CAPACITY, EXTRA, PEOPLE, STARTS, State
from tests.world import NOW, OFFICE

from ventanilla.core.booking import Place
from ventanilla.db import booking, moving, offers

CONNECTIONS = 3
people = st.integers(0, PEOPLE - 1)
slots = st.integers(0, len(CAPACITY) - 1)
delays = st.sampled_from((0, 30, 600))
kinds = st.sampled_from(("waiting", "closure"))
open_slots = st.integers(0, life.DRAWN - 1)
FOLIOS = count()
BY_PHONE = {"hold", "book", "move", "take"}
Deed = Callable[[Connection, datetime], Awaitable[object]]


def at(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def place(slot: int) -> Place:
    return Place(OFFICE, at(STARTS[slot]))


@dataclass(frozen=True)
class Step:
    """One act: on the model, and on the database."""

    name: str
    person: int
    model: life.Act
    deed: Deed


def _hold(person: int, slot: int, delay: int) -> Step:
    async def deed(conn: Connection, now: datetime) -> object:
        until = now + timedelta(minutes=life.LEASE)
        want = booking.WantHold(person + 1, place(slot), until + timedelta(minutes=delay))
        return bool(await booking.hold(conn, [want], now, until))

    return Step("hold", person, lambda s: life.hold(s, person, slot, delay), deed)


def _book(person: int, slot: int) -> Step:
    async def deed(conn: Connection, now: datetime) -> object:
        want = booking.WantBooking(
            person + 1, place(slot), f"F{next(FOLIOS)}", "first", bytes([person]), b"x", "es"
        )
        (made,) = await booking.book(conn, [want], now)
        if made.id:
            return "booked"
        return "given-up" if made.given_up else "already-live" if made.granted else "taken"

    return Step("book", person, lambda s: life.book(s, person, slot), deed)


def how(now: datetime, delay: int) -> booking.GiveBack:
    return booking.GiveBack(now, now + timedelta(minutes=life.UNTIL), now + timedelta(minutes=delay))


async def _mine(conn: Connection, person: int) -> int:
    found = "SELECT id FROM appointment WHERE contact_id = $1 AND status = 'live'"
    return await conn.fetchval(found, person + 1) or 0


def _cancel(person: int, delay: int) -> Step:
    async def deed(conn: Connection, now: datetime) -> object:
        return await booking.cancel(conn, await _mine(conn, person), person + 1, how(now, delay))

    return Step("cancel", person, lambda s: life.cancel(s, person, delay), deed)


def _move(person: int, slot: int, delay: int) -> Step:
    async def deed(conn: Connection, now: datetime) -> object:
        want = moving.WantMove(person + 1, await _mine(conn, person), place(slot), life.MOVES)
        return await moving.move(conn, want, how(now, delay))

    return Step("move", person, lambda s: life.move(s, person, slot, delay), deed)


def _offer(kind: life.Kind, person: int, slot: int) -> Step:
    async def deed(conn: Connection, now: datetime) -> object:
        mine = await _mine(conn, person) or None if kind != "draw" else None
        if kind == "closure" and mine is None:
            return False
        waiting = person + 1 if kind == "waiting" else None
        entry = person + 1 if kind == "draw" else None
        until = now + timedelta(minutes=30)
        want = offers.WantOffer(kind, person + 1, slot + 1, until, mine, waiting, entry)
        return bool(await offers.put(conn, [want], now))

    return Step(f"offer {kind}", person, lambda s: life.offer(s, kind, person, slot), deed)


async def _offered(conn: Connection, key: life.Key) -> int:
    found = "SELECT id FROM offer WHERE kind = $1 AND contact_id = $2 AND slot_id = $3 AND state = 'open'"
    return await conn.fetchval(found, key[0], key[1] + 1, key[2] + 1) or 0


def _take(key: life.Key, delay: int) -> Step:
    async def deed(conn: Connection, now: datetime) -> object:
        new = offers.NewAppointment(f"F{next(FOLIOS)}", "first", bytes([key[1]]), b"x", "es")
        back = now + timedelta(minutes=delay)
        offer = await _offered(conn, key)
        return (await offers.take(conn, offers.Take(offer, key[1] + 1, now, back, new)))[0]

    return Step("take", key[1], lambda s: life.take(s, key, delay), deed)


def _end(key: life.Key, delay: int) -> Step:
    async def deed(conn: Connection, now: datetime) -> object:
        back = now + timedelta(minutes=delay)
        return len(await offers.end(conn, [await _offered(conn, key)], "expired", now, [back]))

    return Step("end", key[1], lambda s: life.end(s, key, delay), deed)


async def _close(conn: Connection, now: datetime, slot: int) -> None:
    await conn.execute("UPDATE slot SET opens_at = 'infinity' WHERE id = $1", slot + 1)


Plan = Callable[[State], Step]
"""What is to be done, chosen by number among what there is then: so one choice always means one draw."""


def _one_of(found: Collection[Any], n: int, otherwise: Any) -> Any:
    return sorted(found)[n % len(found)] if found else otherwise


def _somebody(act: Callable[..., Step]) -> Callable[..., Plan]:
    """Three in four have an appointment, if anybody has."""

    def plan(n: int, *args: int) -> Plan:
        return lambda state: act(_one_of(state.live if n % 4 else (), n, n % PEOPLE), *args)

    return plan


def _moves(n: int, delay: int) -> Plan:
    """Mostly to where there is room."""

    def step(state: State) -> Step:
        free = [s for s in range(len(CAPACITY)) if state.public(s) and state.free(s) > 0]
        person = _one_of(state.live, n, n % PEOPLE)
        return _move(person, _one_of(free if n % 3 else (), n // 7, n % len(CAPACITY)), delay)

    return step


def _offered_one(act: Callable[..., Step]) -> Callable[..., Plan]:
    def plan(n: int, *args: int) -> Plan:
        return lambda state: act(_one_of(state.offers, n, ("waiting", 0, 0)), *args)

    return plan


def _as_it_is(act: Callable[..., Step]) -> Callable[..., Plan]:
    return lambda *args: lambda state: act(*args)


numbers = st.integers(0, 10**9)
plans = st.one_of(
    st.builds(_as_it_is(_hold), people, slots, delays),
    st.builds(_as_it_is(_book), people, slots),
    st.builds(_as_it_is(partial(_offer, "draw")), people, st.just(life.DRAWN)),
    st.builds(_somebody(_cancel), numbers, delays),
    st.builds(_moves, numbers, delays),
    st.builds(_as_it_is(_offer), kinds, people, slots),
    st.builds(_offered_one(_take), numbers, delays),
    st.builds(_offered_one(_end), numbers, delays),
    st.just(_as_it_is(lambda: Step("sweep", -1, life.sweep, booking.sweep))()),
    st.just(_as_it_is(lambda: Step("publish", -1, life.publish, booking.publish))()),
)


class Life(RuleBasedStateMachine):
    runner: ClassVar[asyncio.Runner]
    conns: ClassVar[list[Connection]]
    seen: ClassVar[Counter[str]] = Counter()

    def do(self, work: Awaitable[Any]) -> Any:
        async def wait() -> Any:
            return await work

        return self.runner.run(wait())

    @initialize()
    def begin(self) -> None:
        self.state = State()
        self.do(_begin(self.conns[0]))

    @rule(minutes=st.sampled_from((5, 20, 60, 300)))
    def time_passes(self, minutes: int) -> None:
        self.state = replace(self.state, now=self.state.now + minutes)

    @precondition(lambda self: len(self.state.closed) == 1)
    @rule(slot=open_slots)
    def an_office_closes(self, slot: int) -> None:
        self.do(_close(self.conns[0], at(self.state.now), slot))
        self.state, _ = life.close(self.state, slot)

    @rule(plan=plans, n=st.integers(0, CONNECTIONS - 1))
    def somebody_acts(self, plan: Plan, n: int) -> None:
        step = plan(self.state)
        outcome = self.do(_in_one_transaction(self.conns[n], step, at(self.state.now)))
        self.state, expected = step.model(self.state)
        self.seen[f"{step.name}: {expected}"] += 1
        assert outcome == expected

    @rule(one=plans, two=plans)
    def two_act_at_once(self, one: Plan, two: Plan) -> None:
        steps = one(self.state), two(self.state)
        # A phone's own acts come one after another: its talk is locked (tests/races/test_people.py).
        if steps[0].person == steps[1].person and {s.name for s in steps} <= BY_PHONE:
            return
        now = at(self.state.now)
        both = (_in_one_transaction(c, s, now) for c, s in zip(self.conns, steps, strict=False))
        outcomes = tuple(self.do(_together(*both)))
        seen = self.do(_seen(self.conns[0]))
        for allowed in _orders(self.state, steps):
            if (allowed[1], _shown(allowed[0])) == (outcomes, seen):
                self.state = allowed[0]
                return
        raise AssertionError(f"{outcomes} and {seen} are not as if one came after the other")

    @invariant()
    def the_database_is_what_the_model_says(self) -> None:
        if hasattr(self, "state"):
            assert self.do(_seen(self.conns[0])) == _shown(self.state)
            self.do(_sound(self.conns[0]))


async def _together(*both: Awaitable[object]) -> list[object]:
    return list(await asyncio.gather(*both))


async def _in_one_transaction(conn: Connection, step: Step, now: datetime) -> object:
    while True:
        try:
            async with conn.transaction():
                return await step.deed(conn, now)
        except asyncpg.DeadlockDetectedError:
            continue


def _orders(state: State, steps: tuple[Step, Step]) -> list[tuple[State, tuple[object, object]]]:
    """Both orders. Two acts of one person may also end with one of them finding that all has changed."""
    one, two = steps
    found = []
    for first, second, swapped in ((one, two, False), (two, one, True)):
        middle, a = first.model(state)
        last, b = second.model(middle)
        found.append((last, (b, a) if swapped else (a, b)))
        if one.person == two.person:
            gone = False if second.name.startswith("offer") else "gone"
            found.append((middle, (gone, a) if swapped else (a, gone)))
    return found


async def _begin(conn: Connection) -> None:
    await conn.execute("TRUNCATE contact, office CASCADE")
    for sequence in ("contact", "slot", "waiting", "draw", "draw_entry"):
        await conn.execute(f"ALTER TABLE {sequence} ALTER COLUMN id RESTART")
    await conn.execute("INSERT INTO office (id, fields) VALUES ($1, '{}')", OFFICE)
    for n, start in enumerate(STARTS):
        opens = "infinity" if n == life.DRAWN else "-infinity"
        await conn.execute(
            f"""
            INSERT INTO slot (office_id, starts_at, day, capacity, extra, opens_at)
            VALUES ($1, $2, $3, $4, $5, '{opens}')
            """,
            *(OFFICE, at(start), at(start).date(), CAPACITY[n], EXTRA[n]),
        )
    await conn.execute(_A_DRAW, OFFICE)
    for person in range(PEOPLE):
        await conn.execute("INSERT INTO contact DEFAULT VALUES")
        await conn.execute(_WAITS, person + 1, bytes([person]), [OFFICE])
        await conn.execute(_ENTERS, person + 1, bytes([person]))


_A_DRAW = """
INSERT INTO draw (office_id, procedure, first_day, last_day, opens_at, closes_at, beacon, cells, commitment,
    sealed_seed, published)
VALUES ($1, 'first', '2026-12-01', '2026-12-01', '2026-11-01', '2026-11-20', 'x', '{}', 'x', 'x', '')
"""
_WAITS = """
INSERT INTO waiting (contact_id, person_key, procedure, sealed, language, offices, earliest, halves, made_at)
VALUES ($1, $2, 'first', 'x', 'es', $3, '2026-11-23', '{morning}', '2026-11-23')
"""
_ENTERS = """
INSERT INTO draw_entry (draw_id, contact_id, person_key, procedure, sealed, language, nonce, days, halves,
    weight, receipt, made_at)
VALUES (1, $1, $2, 'first', 'x', 'es', $2, '{2026-12-01}', '{morning}', 1, $2, '2026-11-23')
"""


def _shown(state: State) -> dict[str, object]:
    return {
        "holds": {p: (s, at(back)) for p, (s, back) in state.holds.items()},
        "live": {p: (a.slot, a.moves) for p, a in state.live.items()},
        "stale": sorted(state.stale),
        "given": set(state.given),
        "releases": sorted((s, at(due)) for s, due in state.releases),
        "offers": {key: made is not None for key, made in state.offers.items()},
        "counters": [(state.held(s), state.booked(s), state.withheld(s)) for s in range(len(CAPACITY))],
    }


async def _seen(conn: Connection) -> dict[str, object]:
    holds = await conn.fetch("SELECT contact_id - 1, slot_id - 1, back_at FROM hold")
    live = await conn.fetch("SELECT person_key, slot_id - 1, moves FROM appointment WHERE status = 'live'")
    stale = await conn.fetch("SELECT slot_id - 1 FROM appointment WHERE status = 'past'")
    given = await conn.fetch("SELECT slot_id - 1, person_key FROM given_up")
    releases = await conn.fetch("SELECT slot_id - 1, due_at FROM release")
    open_ = await conn.fetch(
        """
        SELECT kind, contact_id - 1, slot_id - 1, appointment_id IS NOT NULL FROM offer WHERE state = 'open'
        """
    )
    counters = await conn.fetch("SELECT held, booked, withheld FROM slot ORDER BY id")
    return {
        "holds": {p: (s, back) for p, s, back in holds},
        "live": {key[0]: (s, moves) for key, s, moves in live},
        "stale": sorted(s for (s,) in stale),
        "given": {(s, key[0]) for s, key in given},
        "releases": sorted((s, due) for s, due in releases),
        "offers": {(kind, person, s): changes for kind, person, s, changes in open_},
        "counters": [tuple(r) for r in counters],
    }


async def _sound(conn: Connection) -> None:
    """Said once more without the model: nothing over capacity, nobody with two."""
    assert not await conn.fetchval(
        "SELECT count(*) FROM slot WHERE held + booked + withheld > capacity + extra"
    )
    twice = "SELECT count(*) FROM appointment WHERE status = 'live' GROUP BY person_key HAVING count(*) > 1"
    assert await conn.fetchval(twice) is None


def live_through(url: str, *, examples: int) -> None:
    """Without shrinking: of acts that race, a shorter story rarely fails again."""
    with asyncio.Runner() as runner:
        Life.runner, Life.seen = runner, Counter()
        Life.conns = [runner.run(asyncpg.connect(url)) for _ in range(CONNECTIONS)]
        try:
            run_state_machine_as_test(
                Life,
                settings=settings(
                    max_examples=examples,
                    stateful_step_count=50,
                    deadline=None,
                    phases=(Phase.generate,),
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            for conn in Life.conns:
                runner.run(conn.close())


def test_the_whole_life_of_places(fresh_database_url: str) -> None:
    live_through(fresh_database_url, examples=120)
    assert {"book: booked", "cancel: True", "move: moved", "take: taken", "publish: 1"} <= set(Life.seen)


def test_control_the_model_sees_a_place_that_gets_lost(
    fresh_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "_MOVE", moving._MOVE.replace("0, -1, 1 FROM old", "0, -1, 0 FROM old"))
    with pytest.raises(AssertionError):
        live_through(fresh_database_url, examples=500)
