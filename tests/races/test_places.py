"""N people, few places: never one too many. Each guard with the control that shows it is needed."""

import asyncio
from datetime import datetime, timedelta

import asyncpg
import pytest
from asyncpg import Pool
from tests.world import NINE, NOW, contacts, house_in, open_at

from ventanilla.acts.house import House
from ventanilla.core.booking import Place
from ventanilla.db import booking

pytestmark = pytest.mark.anyio
PEOPLE, CAPACITY = 24, 3
_HOLD = timedelta(minutes=15)


async def hold(pool: Pool, contact: int, place: Place, now: datetime = NOW) -> bool:
    async with pool.acquire() as conn, conn.transaction():
        return bool(await booking.hold(conn, [booking.WantHold(contact, place)], now, now + _HOLD))


async def book(pool: Pool, contact: int, place: Place, person: bytes, now: datetime = NOW) -> booking.Made:
    want = booking.WantBooking(contact, place, f"F{contact}", "first", person, b"sealed", "es")
    async with pool.acquire() as conn, conn.transaction():
        (made,) = await booking.book(conn, [want], now)
        return made


async def counters(pool: Pool) -> tuple[int, int, int, int]:
    """Held and booked by counter, then by rows: they must agree."""
    row = await pool.fetchrow(
        """
        SELECT sum(held) AS held, sum(booked) AS booked, (SELECT count(*) FROM hold) AS holds,
            (SELECT count(*) FROM appointment WHERE status = 'live') AS live FROM slot
        """
    )
    assert row is not None
    return row["held"], row["booked"], row["holds"], row["live"]


async def scene(pool: Pool, capacity: int = CAPACITY) -> tuple[House, Place, list[int]]:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (place,) = await open_at(conn, capacity, NINE)
        return house, place, await contacts(conn, house, PEOPLE)


async def test_of_many_who_hold_at_once_only_as_many_as_there_are_places_get_one(pool: Pool) -> None:
    _, place, everybody = await scene(pool)
    got = await asyncio.gather(*(hold(pool, c, place) for c in everybody))
    assert sum(got) == CAPACITY
    assert await counters(pool) == (CAPACITY, 0, CAPACITY, 0)


async def test_of_many_who_book_at_once_only_as_many_as_there_are_places_get_one(pool: Pool) -> None:
    _, place, everybody = await scene(pool)
    made = await asyncio.gather(*(book(pool, c, place, bytes([c])) for c in everybody))
    assert sum(1 for m in made if m.id) == CAPACITY
    assert await counters(pool) == (0, CAPACITY, 0, CAPACITY)


async def test_in_one_batch_the_first_to_ask_are_served(pool: Pool) -> None:
    _, place, everybody = await scene(pool)
    wants = [booking.WantHold(c, place) for c in everybody]
    async with pool.acquire() as conn, conn.transaction():
        assert await booking.hold(conn, wants, NOW, NOW + _HOLD) == frozenset(everybody[:CAPACITY])


async def test_who_holds_is_served_before_who_hopes(pool: Pool) -> None:
    _, place, (holder, hoper, *_) = await scene(pool, capacity=1)
    assert await hold(pool, holder, place)
    wants = [booking.WantBooking(c, place, f"F{c}", "first", bytes([c]), b"", "es") for c in (hoper, holder)]
    async with pool.acquire() as conn, conn.transaction():
        by_contact = {m.contact_id: bool(m.id) for m in await booking.book(conn, wants, NOW)}
    assert by_contact == {hoper: False, holder: True}


async def lapsed(pool: Pool, contact: int, place: Place) -> datetime:
    """The place was held and is not everybody's yet: gives when it is."""
    back = NOW + _HOLD + timedelta(hours=1)
    async with pool.acquire() as conn, conn.transaction():
        assert await booking.hold(conn, [booking.WantHold(contact, place, back)], NOW, NOW + _HOLD)
    return back


async def sweep(pool: Pool, now: datetime) -> int:
    async with pool.acquire() as conn, conn.transaction():
        return await booking.sweep(conn, now)


async def test_a_hold_that_expires_comes_back_at_a_moment_nobody_knows(pool: Pool) -> None:
    """Otherwise two friends pass a place on: one lets it lapse, the other is there in the same second."""
    _, place, (first, second, *_) = await scene(pool, capacity=1)
    back = await lapsed(pool, first, place)
    assert not await sweep(pool, back - timedelta(seconds=1))
    assert not await hold(pool, second, place, back - timedelta(seconds=1))
    assert await sweep(pool, back) == 1
    assert await hold(pool, second, place, back)
    assert await counters(pool) == (1, 0, 1, 0)


async def test_whoever_was_slow_still_has_the_place_until_then(pool: Pool) -> None:
    _, place, (first, second, *_) = await scene(pool, capacity=1)
    back = await lapsed(pool, first, place)
    assert not (await book(pool, second, place, b"second", back - timedelta(seconds=1))).id
    assert (await book(pool, first, place, b"first", back - timedelta(seconds=1))).id
    assert await counters(pool) == (0, 1, 0, 1)


async def test_an_expiry_against_a_confirmation_gives_the_place_once(pool: Pool) -> None:
    for n in range(10):
        house = await house_in(pool)
        async with pool.acquire() as conn:
            (place,) = await open_at(conn, 1, NINE + timedelta(minutes=15 * n))
            late, quick = await contacts(conn, house, 2)
        back = await lapsed(pool, late, place)
        made = await asyncio.gather(
            book(pool, late, place, bytes([1, n]), back),
            sweep(pool, back),
            book(pool, quick, place, bytes([2, n]), back),
        )
        assert sum(1 for m in (made[0], made[2]) if m.id) <= 1
        held, booked, holds, live = await counters(pool)
        assert (held, booked) == (holds, live)


async def test_control_a_sweep_that_looks_first_and_counts_down_later_sells_a_place_twice(pool: Pool) -> None:
    """Between the two its person confirms: the place is counted back although it is taken."""
    _, place, (late, other, third, *_) = await scene(pool, capacity=2)
    back = await lapsed(pool, late, place)
    assert await hold(pool, other, place, back)
    seen = await pool.fetchval("SELECT count(*) FROM hold WHERE back_at <= $1", back)
    assert (await book(pool, late, place, b"late", back)).id
    await pool.execute("UPDATE slot SET held = held - $1", seen)
    assert await hold(pool, third, place, back)
    assert await counters(pool) == (1, 1, 2, 1)
    assert await pool.fetchval("SELECT capacity FROM slot WHERE booked > 0") == 2


async def test_a_place_is_nobodys_before_it_is_public(pool: Pool) -> None:
    _, place, (one, *_) = await scene(pool)
    await pool.execute("UPDATE slot SET opens_at = $1", NOW + timedelta(seconds=1))
    assert not await hold(pool, one, place)
    assert not (await book(pool, one, place, b"one")).granted
    assert await hold(pool, one, place, NOW + timedelta(seconds=1))


async def test_another_hour_lets_go_of_the_first(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        nine, ten = await open_at(conn, 1, NINE, NINE + timedelta(hours=1))
        (person, other) = await contacts(conn, house, 2)
    assert await hold(pool, person, nine)
    assert await hold(pool, person, ten)
    assert await hold(pool, other, nine)
    assert await counters(pool) == (2, 0, 2, 0)


async def test_people_who_swap_hours_in_a_ring_never_wait_for_each_other_for_ever(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        ring = await open_at(conn, 1, *(NINE + timedelta(minutes=15 * n) for n in range(6)))
        everybody = await contacts(conn, house, 6)
    for turn in range(5):
        await asyncio.gather(
            *(hold(pool, c, ring[(n + turn) % 6]) for n, c in enumerate(everybody)), return_exceptions=False
        )
    held, _, holds, _ = await counters(pool)
    assert held == holds <= 6


async def test_one_person_gets_one_live_appointment_for_a_procedure(pool: Pool) -> None:
    _, place, everybody = await scene(pool, capacity=PEOPLE)
    made = await asyncio.gather(*(book(pool, c, place, b"one person") for c in everybody))
    assert sum(1 for m in made if m.id) == 1
    assert await counters(pool) == (0, 1, 0, 1)


def giving(back: datetime) -> booking.GiveBack:
    return booking.GiveBack(NOW, NOW, back)


async def test_a_cancelled_place_comes_back_later_and_only_once(pool: Pool) -> None:
    _, place, (first, *rest) = await scene(pool, capacity=1)
    made = await book(pool, first, place, b"first")
    back = NOW + timedelta(hours=2)
    async with pool.acquire() as conn, conn.transaction():
        assert not await booking.cancel(conn, made.id, rest[0], giving(back))
        assert await booking.cancel(conn, made.id, first, giving(back))
        assert not await booking.cancel(conn, made.id, first, giving(back))
        assert not await booking.publish(conn, back - timedelta(seconds=1))
    assert not (await book(pool, rest[0], place, bytes([rest[0]]))).id
    async with pool.acquire() as conn, conn.transaction():
        assert await booking.publish(conn, back) == 1
    again = await asyncio.gather(*(book(pool, c, place, bytes([c])) for c in rest))
    assert sum(1 for m in again if m.id) == 1
    assert await counters(pool) == (0, 1, 0, 1)


async def test_who_cancelled_a_place_cannot_take_it_again(pool: Pool) -> None:
    _, place, (first, second, *_) = await scene(pool, capacity=1)
    made = await book(pool, first, place, b"first")
    async with pool.acquire() as conn, conn.transaction():
        assert await booking.cancel(conn, made.id, first, giving(NOW))
        await booking.publish(conn, NOW)
    for phone in (first, second):
        again = await book(pool, phone, place, b"first")
        assert (again.id, again.given_up) == (0, True)
    assert (await book(pool, second, place, b"second")).id


async def _careless(pool: Pool, place: Place, together: asyncio.Barrier) -> None:
    """Look whether there is a place, then take it: what the lock and the condition prevent."""
    async with pool.acquire() as conn:
        free = await conn.fetchval(
            "SELECT booked < capacity FROM slot WHERE office_id = $1 AND starts_at = $2",
            place.office_id,
            place.starts_at,
        )
        await together.wait()
        if free:
            await conn.execute(
                "UPDATE slot SET booked = booked + 1 WHERE office_id = $1 AND starts_at = $2",
                place.office_id,
                place.starts_at,
            )


async def test_control_without_any_guard_the_place_is_sold_twice(pool: Pool) -> None:
    _, place, _ = await scene(pool, capacity=1)
    await pool.execute("ALTER TABLE slot DROP CONSTRAINT slot_never_oversold")
    together = asyncio.Barrier(2)
    await asyncio.gather(*(_careless(pool, place, together) for _ in range(2)))
    assert await pool.fetchval("SELECT max(booked - capacity) FROM slot") == 1


async def test_control_with_the_schema_alone_the_second_sale_is_refused(pool: Pool) -> None:
    _, place, _ = await scene(pool, capacity=1)
    together = asyncio.Barrier(2)
    outcomes = await asyncio.gather(
        *(_careless(pool, place, together) for _ in range(2)), return_exceptions=True
    )
    assert sum(isinstance(o, asyncpg.CheckViolationError) for o in outcomes) == 1
    assert await pool.fetchval("SELECT booked FROM slot WHERE booked > 0") == 1


async def test_control_without_the_unique_index_one_person_hoards(pool: Pool) -> None:
    _, _, (one, two, *_) = await scene(pool, capacity=PEOPLE)
    await pool.execute("DROP INDEX appointment_one_live")
    insert = """
        INSERT INTO appointment (folio, contact_id, slot_id, office_id, starts_at, procedure, person_key,
            sealed, language, made_at)
        SELECT $1, $2, id, office_id, starts_at, 'first', 'one person', 'x', 'es', now() FROM slot
    """
    await asyncio.gather(pool.execute(insert, "F1", one), pool.execute(insert, "F2", two))
    assert await pool.fetchval("SELECT count(*) FROM appointment WHERE person_key = 'one person'") == 2
