"""Offers for who waits: one place for one person, one offer a person, whoever runs at the same time."""

import asyncio
from datetime import datetime, timedelta

import asyncpg
import pytest
from asyncpg import Pool
from tests.races.test_moving import agrees
from tests.waiters import GLORIA, books, joins, key_of, minute, offer, open_to, takes
from tests.world import NINE, NOW, OFFICE, contacts, house_in, open_at

from ventanilla.acts.due import open_places
from ventanilla.acts.house import House
from ventanilla.core.booking import Place
from ventanilla.db import booking, offers

pytestmark = pytest.mark.anyio
QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
HALF_HOUR = timedelta(minutes=30)


async def scene(pool: Pool, people: int, slots: int, capacity: int = 1) -> tuple[House, list[int]]:
    """So many wait, in order, and so many slots are free."""
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, capacity, *(NINE + QUARTER * n for n in range(slots)))
        everybody = await contacts(conn, house, people)
    for n, contact in enumerate(everybody):
        await joins(pool, house, contact, f"p{n}", now=NOW - timedelta(minutes=people - n))
    return house, everybody


async def test_of_two_workers_no_person_gets_two_offers_and_no_place_is_offered_twice(pool: Pool) -> None:
    house, everybody = await scene(pool, 12, 4, capacity=2)
    made = await asyncio.gather(*(offer(pool, house) for _ in range(4)))
    assert sum(made) == 8
    rows = await pool.fetch("SELECT contact_id, count(*) AS n FROM offer GROUP BY 1 ORDER BY 1")
    assert [(r["contact_id"], r["n"]) for r in rows] == [(c, 1) for c in everybody[:8]]
    assert await pool.fetchval("SELECT count(*) FROM outbox") == 8
    await agrees(pool)


async def test_many_offers_for_one_place_are_one(pool: Pool) -> None:
    house, _ = await scene(pool, 6, 1)
    assert sum(await asyncio.gather(*(offer(pool, house) for _ in range(6)))) == 1
    await agrees(pool)


async def put_both(pool: Pool) -> int:
    """Two places for one who waits: two workers that looked at different moments."""
    rows = await pool.fetch("SELECT w.id, w.contact_id, s.id AS slot FROM waiting w, slot s ORDER BY s.id")
    made = 0
    for r in rows:
        want = offers.WantOffer("waiting", r["contact_id"], r["slot"], NINE, waiting_id=r["id"])
        async with pool.acquire() as conn, conn.transaction():
            made += len(await offers.put(conn, [want], NOW))
    return made


async def test_whoever_has_an_open_offer_gets_no_other(pool: Pool) -> None:
    await scene(pool, 1, 2)
    assert await put_both(pool) == 1
    await agrees(pool)


async def test_control_without_the_index_one_person_keeps_two_places_from_others(pool: Pool) -> None:
    await scene(pool, 1, 2)
    await pool.execute("DROP INDEX offer_one_waiting")
    assert await put_both(pool) == 2


async def test_an_offer_taken_many_times_at_once_makes_one_appointment(pool: Pool) -> None:
    house, (me,) = await scene(pool, 1, 1)
    await offer(pool, house)
    (mine,) = await open_to(pool, me)
    outcomes = await asyncio.gather(*(takes(pool, house, me, mine) for _ in range(6)))
    assert sorted(outcomes) == ["gone"] * 5 + ["taken"]
    assert await pool.fetchval("SELECT count(*) FROM appointment") == 1
    await agrees(pool)


async def test_control_who_looks_and_then_writes_takes_one_offer_twice(pool: Pool) -> None:
    """Without the lock and the second look behind it, both find the offer open."""
    house, _ = await scene(pool, 1, 1)
    await offer(pool, house)
    async with pool.acquire() as one, pool.acquire() as two, one.transaction(), two.transaction():
        looked = [await c.fetchval("SELECT count(*) FROM offer WHERE state = 'open'") for c in (one, two)]
    assert looked == [1, 1]
    careless = "UPDATE slot SET held = held - 1, booked = booked + 1"
    await pool.execute(careless)
    with pytest.raises(asyncpg.CheckViolationError):
        await pool.execute(careless)
    await pool.execute("ALTER TABLE slot DROP CONSTRAINT slot_never_oversold")
    await pool.execute(careless)
    assert await pool.fetchval("SELECT booked - capacity FROM slot") == 1


async def test_taking_against_the_end_of_its_time_gives_the_place_once(pool: Pool) -> None:
    for n in range(8):
        house, start = await house_in(pool), NINE + timedelta(days=n)
        async with pool.acquire() as conn:
            await open_at(conn, 1, start)
            me, next_ = await contacts(conn, house, 2)
            await conn.execute("UPDATE waiting SET state = 'left'")
        await joins(pool, house, me, f"me {n}", earliest=start.date(), now=NOW - HOUR)
        await joins(pool, house, next_, f"next {n}", earliest=start.date())
        assert await offer(pool, house) == 1
        (mine,) = await open_to(pool, me)
        outcome, _ = await asyncio.gather(
            takes(pool, house, me, mine, NOW + HALF_HOUR), minute(pool, house, NOW + HALF_HOUR)
        )
        booked = await pool.fetchval("SELECT booked FROM slot WHERE starts_at = $1", start)
        assert (outcome, booked) in (("taken", 1), ("gone", 0))
        await agrees(pool)


async def test_a_late_confirmation_against_the_waiting_list_gives_the_place_once(pool: Pool) -> None:
    """The hold is over: its person confirms in the moment in which the place goes to who waits."""
    late = NOW + HALF_HOUR
    for n in range(8):
        house = await house_in(pool)
        async with pool.acquire() as conn:
            (place,) = await open_at(conn, 1, NINE + QUARTER * n)
            slow, me = await contacts(conn, house, 2)
            await conn.execute("UPDATE waiting SET state = 'left'")
            want = [booking.WantHold(slow, place, NOW + HOUR)]
            assert await booking.hold(conn, want, NOW, NOW + QUARTER)
        await joins(pool, house, me, f"me {n}")
        booked, made = await asyncio.gather(
            confirms(pool, house, slow, place, f"slow {n}", late), offer(pool, house, late)
        )
        assert booked + made == 1
        await agrees(pool)


async def confirms(pool: Pool, house: House, contact: int, place: Place, curp: str, now: datetime) -> int:
    want = booking.WantBooking(contact, place, curp, "first", key_of(house, curp), b"x", "es")
    async with pool.acquire() as conn, conn.transaction():
        (made,) = await booking.book(conn, [want], now)
    return int(made.id > 0)


async def test_one_person_joins_once_however_often(pool: Pool) -> None:
    house, (one, two) = await scene(pool, 2, 0)
    outcomes = await asyncio.gather(*(joins(pool, house, c) for c in (one, two, one, two)))
    assert sorted(outcomes) == ["already"] * 3 + ["joined"]
    sealed = "SELECT count(*) FROM waiting WHERE person_key = $1"
    assert await pool.fetchval(sealed, key_of(house, GLORIA.curp)) == 1


async def test_control_without_the_index_one_person_waits_twice(pool: Pool) -> None:
    await scene(pool, 1, 0)
    again = """
        INSERT INTO waiting (contact_id, person_key, procedure, sealed, language, offices, earliest, halves,
            made_at)
        SELECT contact_id, person_key, procedure, sealed, language, offices, earliest, halves, made_at
        FROM waiting
    """
    with pytest.raises(asyncpg.UniqueViolationError):
        await pool.execute(again)
    await pool.execute("DROP INDEX waiting_one")
    await pool.execute(again)
    assert await pool.fetchval("SELECT count(*) FROM waiting") == 2


async def test_opening_places_while_people_book_changes_nothing_that_is_there(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 3, *(NINE + QUARTER * n for n in range(4)))
        everybody = await contacts(conn, house, 8)

    async def opens() -> int:
        async with pool.acquire() as conn:
            return await open_places(conn, house, NOW, 9)

    async def book(n: int, contact: int) -> int:
        return await books(pool, house, contact, Place(OFFICE, NINE + QUARTER * (n % 4)), f"p{n}")

    opened, *made = await asyncio.gather(opens(), *(book(n, c) for n, c in enumerate(everybody)))
    assert opened > 1000
    assert len(set(made)) == 8
    assert await pool.fetchval("SELECT sum(booked) FROM slot") == 8
    await agrees(pool)


async def test_control_a_generator_that_writes_over_what_is_there_forgets_bookings(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (place,) = await open_at(conn, 1, NINE)
        (me,) = await contacts(conn, house, 1)
    await books(pool, house, me, place)
    await pool.execute(
        """
        INSERT INTO slot (office_id, pool, starts_at, day, capacity)
        SELECT office_id, pool, starts_at, day, capacity FROM slot
        ON CONFLICT ON CONSTRAINT slot_office_time DO UPDATE SET booked = excluded.booked
        """
    )
    with pytest.raises(AssertionError):
        await agrees(pool)
