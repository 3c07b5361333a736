"""Several machines remind at once: each person is reminded once; without the guards, twice."""

import asyncio
from datetime import datetime

import asyncpg
import pytest
from asyncpg import Pool
from tests.acts.test_reminders import TWO_DAYS_BEFORE, appoint
from tests.world import NINE, contacts, house_in, open_at

from ventanilla.acts.house import House
from ventanilla.acts.reminders import remind
from ventanilla.db import booking, outbox

pytestmark = pytest.mark.anyio
PEOPLE, MACHINES = 12, 6


async def scene(pool: Pool) -> tuple[House, list[int]]:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, PEOPLE, NINE)
        people = await contacts(conn, house, PEOPLE)
        return house, [await appoint(conn, house, person, n) for n, person in enumerate(people)]


async def a_machine(pool: Pool, house: House, meeting: asyncio.Barrier) -> int:
    async with pool.acquire() as conn:
        await meeting.wait()
        return await remind(conn, house, TWO_DAYS_BEFORE)


async def owed(pool: Pool) -> int:
    found: int = await pool.fetchval("SELECT count(*) FROM outbox")
    return found


async def test_many_machines_remind_each_person_once(pool: Pool) -> None:
    house, _ = await scene(pool)
    meeting = asyncio.Barrier(MACHINES)
    done = await asyncio.gather(*(a_machine(pool, house, meeting) for _ in range(MACHINES)))
    assert sum(done) == PEOPLE
    assert await owed(pool) == PEOPLE
    assert await pool.fetchval("SELECT count(*) FROM reminder") == PEOPLE


async def look_then_write(pool: Pool, made: int, meeting: asyncio.Barrier) -> None:
    """As it would be if who is due were looked for without locking them."""
    async with pool.acquire() as conn, conn.transaction():
        new = await conn.fetchval(
            "SELECT contact_id FROM appointment a WHERE id = $1 AND NOT EXISTS "
            "(SELECT FROM reminder r WHERE r.appointment_id = a.id AND r.kind = 'hours')",
            made,
        )
        await meeting.wait()
        if new:
            (number,) = await outbox.put(conn, [outbox.Owed(new, "template", b"x")])
            await conn.execute(
                "INSERT INTO reminder VALUES ($1, 'hours', $2, 'plain', $3, $4)",
                *(made, NINE, number, TWO_DAYS_BEFORE),
            )


async def test_without_any_guard_they_are_reminded_twice(pool: Pool) -> None:
    _, (made, *_) = await scene(pool)
    await pool.execute("ALTER TABLE reminder DROP CONSTRAINT reminder_pkey")
    meeting = asyncio.Barrier(2)
    await asyncio.gather(*(look_then_write(pool, made, meeting) for _ in range(2)))
    assert await owed(pool) == 2


async def test_without_the_lock_the_schema_still_keeps_the_second_one_out(pool: Pool) -> None:
    _, (made, *_) = await scene(pool)
    meeting = asyncio.Barrier(2)
    faults = await asyncio.gather(
        *(look_then_write(pool, made, meeting) for _ in range(2)), return_exceptions=True
    )
    assert [type(f) for f in faults if f] == [asyncpg.UniqueViolationError]
    assert await owed(pool) == 1, "what was owed with it is gone too"


async def test_whoever_cancels_in_that_moment_is_not_reminded(pool: Pool) -> None:
    """The reminder waits for nobody: an appointment that is being cancelled is left alone."""
    house, (made, *_) = await scene(pool)
    me = await pool.fetchval("SELECT contact_id FROM appointment WHERE id = $1", made)
    async with pool.acquire() as conn, conn.transaction():
        assert await booking.cancel(conn, made, me, giving_back(TWO_DAYS_BEFORE))
        async with pool.acquire() as other:
            assert await remind(other, house, TWO_DAYS_BEFORE) == PEOPLE - 1
    async with pool.acquire() as conn:
        assert await remind(conn, house, TWO_DAYS_BEFORE) == 0


def giving_back(now: datetime) -> booking.GiveBack:
    return booking.GiveBack(now, now, now)
