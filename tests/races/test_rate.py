"""The number's rate: two processes never spend the same moment; without the guard they do."""

import asyncio
from datetime import timedelta

import pytest
from asyncpg import Pool

from ventanilla.acts.pace import Pace
from ventanilla.db import sent

pytestmark = pytest.mark.anyio
STEP = timedelta(seconds=1)
PROCESSES = 20


async def ahead(pool: Pool) -> float:
    """Seconds from a fixed moment to the end of what is reserved."""
    found: float = await pool.fetchval(
        "SELECT extract(epoch FROM number_at - '2040-01-01')::float8 FROM channel"
    )
    return found


async def far_ahead(pool: Pool) -> None:
    """So that the clock plays no part."""
    await pool.execute("UPDATE channel SET number_at = '2040-01-01'")


async def test_every_reservation_counts(pool: Pool) -> None:
    await far_ahead(pool)

    async def reserve() -> None:
        async with pool.acquire() as conn:
            await sent.reserve(conn, STEP)

    await asyncio.gather(*(reserve() for _ in range(PROCESSES)))
    assert await ahead(pool) == PROCESSES


async def test_without_the_guard_two_spend_the_same_moment(pool: Pool) -> None:
    await far_ahead(pool)
    meeting = asyncio.Barrier(2)

    async def read_then_write() -> None:
        async with pool.acquire() as conn:
            seen = await conn.fetchval("SELECT number_at FROM channel")
            await meeting.wait()
            await conn.execute("UPDATE channel SET number_at = $1", seen + STEP)

    await asyncio.gather(*(read_then_write() for _ in range(2)))
    assert await ahead(pool) == 1


async def test_what_comes_in_takes_its_share(pool: Pool) -> None:
    await far_ahead(pool)
    pace = Pace(pool, 20)
    pace.heard(30)
    assert await pace.wait() is False
    assert await ahead(pool) == pytest.approx(31 / 20)


async def test_a_number_told_to_slow_down_rests(pool: Pool) -> None:
    await far_ahead(pool)
    await Pace(pool, 80).rest(timedelta(minutes=1))
    assert await ahead(pool) == 60


async def test_no_limit_asks_nobody(pool: Pool) -> None:
    await pool.execute("DROP TABLE channel")
    assert await Pace(pool, 0).wait()
