"""Two processes park messages of one person: they are asked to write once; without the guard, twice."""

import asyncio

import pytest
from asyncpg import Pool
from tests.world import contacts, house_in

from ventanilla.db import outbox

pytestmark = pytest.mark.anyio
PROCESSES = 10


async def a_person(pool: Pool) -> int:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (me,) = await contacts(conn, house, 1)
        await conn.execute("UPDATE contact SET wrote_at = now() - interval '25 hours'")
    return me


async def asked(pool: Pool) -> int:
    found: int = await pool.fetchval("SELECT count(*) FROM outbox WHERE kind = 'invitation'")
    return found


async def test_they_are_asked_once(pool: Pool) -> None:
    me = await a_person(pool)
    meeting = asyncio.Barrier(PROCESSES)

    async def park() -> int:
        async with pool.acquire() as conn, conn.transaction():
            await conn.execute("SELECT FROM contact")
            await meeting.wait()
            return await outbox.invite(conn, [outbox.Owed(me, "invitation", b"x")])

    assert sorted(await asyncio.gather(*(park() for _ in range(PROCESSES)))) == [0] * (PROCESSES - 1) + [1]
    assert await asked(pool) == 1


async def test_without_the_guard_they_are_asked_twice(pool: Pool) -> None:
    """Looking first and writing then, as it would be without the lock."""
    me = await a_person(pool)
    meeting = asyncio.Barrier(2)

    async def look_then_write() -> None:
        async with pool.acquire() as conn, conn.transaction():
            free = await conn.fetchval("SELECT invited_at IS NULL FROM contact WHERE id = $1", me)
            await meeting.wait()
            if free:
                await conn.execute(
                    "INSERT INTO outbox (contact_id, kind, sealed) VALUES ($1, 'invitation', 'x')", me
                )
                await conn.execute("UPDATE contact SET invited_at = clock_timestamp() WHERE id = $1", me)

    await asyncio.gather(*(look_then_write() for _ in range(2)))
    assert await asked(pool) == 2
