"""An office closes in the very moment in which somebody books, takes, opens or closes there."""

import asyncio
from datetime import date, timedelta

import asyncpg
import pytest
from asyncpg import Pool
from tests.closing import A_DAY, DAY, QUARTER, WHO, agrees, booked, closed, told
from tests.world import NEIGHBOUR, NINE, NOW, OFFICE, contacts, house_in, open_at

from ventanilla.acts import facts
from ventanilla.acts.closures import end_alternatives, go_on
from ventanilla.acts.house import House
from ventanilla.core.booking import Place
from ventanilla.db import booking, closures, offers, places
from ventanilla.db.appointments import seal_applicant
from ventanilla.talk.facts import TakeInstead

pytestmark = pytest.mark.anyio
TODAY = (OFFICE, DAY)
MISSED = """
SELECT count(*) FROM appointment a JOIN slot s ON s.id = a.slot_id
JOIN closure c ON c.office_id = s.office_id AND c.day = s.day
WHERE NOT EXISTS (SELECT FROM affected f WHERE f.appointment_id = a.id AND f.slot_id = a.slot_id)
"""
PUBLIC = "SELECT count(*) FROM slot JOIN closure USING (office_id, day) WHERE opens_at < 'infinity'"


def want(house: House, contact: int, place: Place) -> booking.WantBooking:
    key, sealed = f"person {contact}".encode(), seal_applicant(house.vault, WHO)
    return booking.WantBooking(contact, place, f"PA-{contact:07}", "first", key, sealed, "es")


async def book(pool: Pool, house: House, contact: int, place: Place) -> bool:
    async with pool.acquire() as conn, conn.transaction():
        return bool((await booking.book(conn, [want(house, contact, place)], NOW))[0].id)


async def close(pool: Pool, house: House) -> int:
    async with pool.acquire() as conn:
        return (await closed(conn, house, TODAY)).told


async def test_whoever_books_a_moment_before_is_told_and_a_moment_later_is_refused(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        found = await open_at(conn, 2, *(NINE + QUARTER * n for n in range(8)))
        everybody = await contacts(conn, house, 16)
    first = [await book(pool, house, c, p) for c, p in zip(everybody[:4], found, strict=False)]
    done, *made = await asyncio.gather(
        close(pool, house),
        *(book(pool, house, c, found[n % 8]) for n, c in enumerate(everybody[4:], 4)),
    )
    assert done == sum(first) + sum(made)
    assert await pool.fetchval(MISSED) == 0
    assert not await book(pool, house, everybody[-1], found[-1])
    async with pool.acquire() as conn:
        assert len(await told(conn, house)) == done
        await agrees(conn)


async def test_control_a_closure_that_looks_before_it_locks_misses_somebody(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (place,) = await open_at(conn, 1, NINE)
        (me,) = await contacts(conn, house, 1)
        async with conn.transaction():
            seen = await conn.fetch("SELECT id FROM appointment WHERE office_id = $1", OFFICE)
            assert await book(pool, house, me, place)
            await conn.execute("INSERT INTO closure (office_id, day, reason) VALUES ($1, $2, 'x')", *TODAY)
            await conn.execute("UPDATE slot SET opens_at = 'infinity'")
        assert seen == []
    assert await pool.fetchval(MISSED) == 1


async def test_two_closures_at_once_hold_and_tell_once(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house, 12)
        await open_at(conn, 2, *(NINE + QUARTER * n for n in range(20)), office=NEIGHBOUR)
    counts = await asyncio.gather(*(close(pool, house) for _ in range(3)))
    assert sum(counts) == len(made)
    assert await pool.fetchval("SELECT count(*) FROM offer WHERE state = 'open'") == 3 * len(made)
    async with pool.acquire() as conn:
        assert len(await told(conn, house)) == len(made)
        await agrees(conn)


async def test_control_without_the_index_a_person_is_affected_and_told_twice(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await booked(conn, house, 1)
        await closed(conn, house, TODAY)
        again = (
            "INSERT INTO affected (appointment_id, slot_id, made_at) SELECT id, slot_id, $1 FROM appointment"
        )
        with pytest.raises(asyncpg.UniqueViolationError):
            await conn.execute(again, NOW)
        await conn.execute("DROP INDEX affected_one")
        await conn.execute(again, NOW)
        await go_on(conn, house, NOW)
        assert len(await told(conn, house)) == 2


async def test_taking_against_the_end_of_the_time_gives_the_place_once(pool: Pool) -> None:
    house = await house_in(pool)
    late = NOW + A_DAY + QUARTER
    async with pool.acquire() as conn:
        made = await booked(conn, house, 8)
        await open_at(conn, 8, *(NINE + QUARTER * n for n in range(4)), office=NEIGHBOUR)
        await closed(conn, house, TODAY)
        everybody = await contacts(conn, house, 8)
        rows = await conn.fetch(
            "SELECT min(id) AS id FROM offer GROUP BY appointment_id ORDER BY appointment_id"
        )

    async def take(contact: int, offer: int) -> bool:
        async with pool.acquire() as conn, conn.transaction():
            (answer,) = (await facts.load(conn, house, late, [(contact, TakeInstead(offer))])).values()
            return answer is not None

    async def end() -> None:
        async with pool.acquire() as conn:
            await end_alternatives(conn, house, late)

    taps = (take(c, r["id"]) for c, r in zip(everybody, rows, strict=True))
    *took, _, _ = await asyncio.gather(*taps, end(), end())
    moved = await pool.fetchval("SELECT count(*) FROM appointment WHERE office_id = $1", NEIGHBOUR)
    assert moved == sum(map(bool, took))
    assert await pool.fetchval("SELECT count(*) FROM offer WHERE state = 'taken'") == moved
    assert await pool.fetchval("SELECT count(*) FROM offer WHERE state = 'open'") == 0
    assert len(made) == await pool.fetchval("SELECT count(*) FROM appointment WHERE status = 'live'")
    async with pool.acquire() as conn:
        await agrees(conn)


async def test_control_taking_what_was_open_a_moment_ago_gives_a_place_twice(pool: Pool) -> None:
    """The place went back and to somebody else in between: only the CHECK is left."""
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (made,) = await booked(conn, house, 1)
        (place,) = await open_at(conn, 1, NINE, office=NEIGHBOUR)
        await closed(conn, house, TODAY)
        offer, slot = (await conn.fetch("SELECT id, slot_id FROM offer WHERE state = 'open'"))[0].values()
        await offers.end(conn, [offer], "expired", NOW, [NOW])
        await booking.publish(conn, NOW)
        _, other = await contacts(conn, house, 2)
        assert await book(pool, house, other, place)
        careless = "UPDATE slot SET booked = booked + 1 WHERE id = $1"
        with pytest.raises(asyncpg.CheckViolationError):
            await conn.execute(careless, slot)
        await conn.execute("ALTER TABLE slot DROP CONSTRAINT slot_never_oversold")
        await conn.execute(careless, slot)
        await conn.execute("UPDATE appointment SET slot_id = $1 WHERE id = $2", slot, made)
        assert await conn.fetchval("SELECT count(*) FROM appointment WHERE slot_id = $1", slot) == 2


async def test_places_that_are_opened_in_that_moment_are_closed_too(pool: Pool) -> None:
    await house_in(pool)
    for week in range(6):
        day = DAY + 7 * week * A_DAY
        slots = [
            places.NewSlot(OFFICE, NINE + 7 * week * A_DAY + QUARTER * n, day, 1, NOW) for n in range(20)
        ]

        async def generate(slots: list[places.NewSlot] = slots) -> None:
            async with pool.acquire() as conn:
                await places.open_places(conn, slots)

        async def shut(day: date = day) -> None:
            async with pool.acquire() as conn, conn.transaction():
                await closures.close(conn, [(OFFICE, day)], "reparación", "Gloria", NOW)

        await asyncio.gather(generate(), shut())
    assert await pool.fetchval(PUBLIC) == 0


async def test_control_places_opened_without_the_lock_stay_public(pool: Pool) -> None:
    house = await house_in(pool)
    insert = """
        INSERT INTO slot (office_id, starts_at, day, capacity) SELECT $1, $2, $3, 1
        WHERE NOT EXISTS (SELECT FROM closure WHERE office_id = $1 AND day = $3)
    """
    async with pool.acquire() as conn, conn.transaction():
        await conn.execute(insert, OFFICE, NINE + timedelta(hours=1), DAY)
        assert await close(pool, house) == 0
    assert await pool.fetchval(PUBLIC) == 1
