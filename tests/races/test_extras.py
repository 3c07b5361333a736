"""Extra places are taken back while an offer takes one: never fewer than are used."""

import asyncio

import asyncpg
import pytest
from asyncpg import Pool
from tests.world import NINE, NOW, OFFICE, house_in, open_at

from ventanilla.acts import overbooking

pytestmark = pytest.mark.anyio
_OFFER = "UPDATE slot SET held = held + 1"


async def scene(pool: Pool) -> None:
    """A full slot with one extra place, which is still free."""
    await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 1, NINE)
        await conn.execute("UPDATE slot SET booked = 1, extra = 1")
        await conn.execute("INSERT INTO overbooking VALUES ($1, $2, 'Dirección')", OFFICE, NOW)


async def used_and_extra(pool: Pool) -> tuple[int, int]:
    row = await pool.fetchrow("SELECT held + booked AS used, extra FROM slot")
    assert row is not None
    return row["used"], row["extra"]


async def switch_off(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await overbooking.switch_off(conn, house, NOW, OFFICE)


async def test_what_an_offer_takes_meanwhile_stays(pool: Pool) -> None:
    await scene(pool)
    async with pool.acquire() as conn, conn.transaction():
        await conn.execute(_OFFER)
        ending = asyncio.create_task(switch_off(pool))
        await asyncio.sleep(0.5)
        assert not ending.done()
    await ending
    assert await used_and_extra(pool) == (2, 1)


async def _careless(pool: Pool) -> None:
    """Look what is used, then take the rest back: what the lock prevents."""
    extra = await pool.fetchval("SELECT greatest(held + booked - capacity, 0) FROM slot")
    await pool.execute(_OFFER)
    await pool.execute("UPDATE slot SET extra = $1", extra)


async def test_control_without_any_guard_more_is_used_than_there_is(pool: Pool) -> None:
    await scene(pool)
    await pool.execute("ALTER TABLE slot DROP CONSTRAINT slot_never_oversold")
    await _careless(pool)
    assert await used_and_extra(pool) == (2, 0)


async def test_control_with_the_schema_alone_it_is_refused(pool: Pool) -> None:
    await scene(pool)
    with pytest.raises(asyncpg.CheckViolationError, match="slot_never_oversold"):
        await _careless(pool)
    assert await used_and_extra(pool) == (2, 1)
