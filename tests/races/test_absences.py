"""Somebody arrives while their absence is being concluded: whoever came has come."""

import asyncio

import asyncpg
import pytest
from asyncpg import Pool
from tests.acts.test_desk import GLORIA, booked
from tests.acts.test_noshows import CLOSED, OTHER, statuses
from tests.world import NINE, house_in

from ventanilla.acts import desk, noshows
from ventanilla.acts.desk import Shown
from ventanilla.acts.house import House
from ventanilla.db.noshows import Judged

pytestmark = pytest.mark.anyio


async def scene(pool: Pool) -> tuple[House, str]:
    """Two appointments: one came, and the desk was in use; gives the folio of the other."""
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house, GLORIA)
        came = await booked(conn, house, OTHER, n=1)
        await desk.arrive(conn, house, NINE, Shown(came.folio), "Mesa 1")
    return house, made.folio


async def found(pool: Pool) -> list[str]:
    async with pool.acquire() as conn:
        return await statuses(conn)


async def arrive(pool: Pool, house: House, folio: str) -> None:
    async with pool.acquire() as conn:
        assert isinstance(await desk.arrive(conn, house, CLOSED, Shown(folio), "Mesa 1"), desk.Arrived)


async def judge(pool: Pool, house: House) -> Judged:
    async with pool.acquire() as conn:
        return await noshows.judge_absences(conn, house, CLOSED)


async def test_an_arrival_under_way_is_not_overruled(pool: Pool) -> None:
    """Its row is locked: the judge passes over it, and next time finds that the person came."""
    house, folio = await scene(pool)
    async with pool.acquire() as conn, conn.transaction():
        await desk.arrive(conn, house, CLOSED, Shown(folio), "Mesa 1")
        assert await judge(pool, house) == Judged(0, 0)
    assert await judge(pool, house) == Judged(0, 0)
    assert await found(pool) == ["arrived", "arrived"]


async def test_an_arrival_waits_for_the_conclusion_and_sets_it_right(pool: Pool) -> None:
    house, folio = await scene(pool)
    async with pool.acquire() as conn, conn.transaction():
        assert await noshows.judge_absences(conn, house, CLOSED) == Judged(1, 0)
        coming = asyncio.create_task(arrive(pool, house, folio))
        await asyncio.sleep(0.1)
        assert not coming.done()
    await coming
    assert await found(pool) == ["arrived", "arrived"]


async def test_together_and_in_any_order_whoever_came_has_come(pool: Pool) -> None:
    house, folio = await scene(pool)
    await asyncio.gather(judge(pool, house), arrive(pool, house, folio), judge(pool, house))
    assert await found(pool) == ["arrived", "arrived"]


async def _careless(pool: Pool, house: House, folio: str) -> None:
    """Look who is not there, then conclude: what the locks and the second look prevent."""
    absent = await pool.fetch("SELECT id FROM appointment WHERE status = 'live'")
    await arrive(pool, house, folio)
    ids = [r["id"] for r in absent]
    await pool.execute("UPDATE appointment SET status = 'no-show' WHERE id = ANY($1::bigint[])", ids)


async def test_control_without_any_guard_somebody_who_came_has_missed_it(pool: Pool) -> None:
    house, folio = await scene(pool)
    await pool.execute("ALTER TABLE appointment DROP CONSTRAINT appointment_came")
    await _careless(pool, house, folio)
    assert await found(pool) == ["no-show", "arrived"]


async def test_control_with_the_schema_alone_it_is_refused(pool: Pool) -> None:
    house, folio = await scene(pool)
    with pytest.raises(asyncpg.CheckViolationError, match="appointment_came"):
        await _careless(pool, house, folio)
    assert await found(pool) == ["arrived", "arrived"]
