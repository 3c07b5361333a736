"""One appointment, two phones: what both do in the same moment has one outcome."""

import asyncio

import asyncpg
import pytest
from asyncpg import Pool
from tests.races.test_moving import HOW, agrees, move, scene
from tests.world import NOW

from ventanilla.db import booking, proof

pytestmark = pytest.mark.anyio


async def proved(pool: Pool, contact: int, appointment: int) -> None:
    row = await pool.fetchrow("SELECT folio, person_key FROM appointment WHERE id = $1", appointment)
    assert row is not None
    async with pool.acquire() as conn, conn.transaction():
        one = proof.Try(contact, row["folio"], bytes(row["person_key"]), NOW, NOW, 5)
        found = await proof.prove(conn, one)
    assert found == proof.Proved(appointment, fresh=True)


async def cancel(pool: Pool, contact: int, appointment: int) -> bool:
    async with pool.acquire() as conn, conn.transaction():
        return await booking.cancel(conn, appointment, contact, HOW)


async def test_a_cancellation_from_one_phone_against_a_move_from_another(pool: Pool) -> None:
    """Whichever comes first, the appointment ends cancelled, and no place is lost or counted twice."""
    (other, *makers), found, (_, *theirs) = await scene(pool, 8, 16)
    for maker, mine, new in zip(makers, theirs, found[8:], strict=False):
        await proved(pool, other, mine)
        outcome, cancelled = await asyncio.gather(move(pool, other, mine, new), cancel(pool, maker, mine))
        assert cancelled
        assert outcome in ("moved", "gone")
        await agrees(pool)
    assert await pool.fetchval("SELECT count(*) FROM appointment WHERE status = 'live'") == 1


async def test_two_phones_that_move_one_appointment_leave_it_in_one_place(pool: Pool) -> None:
    (maker, other), found, (mine, _) = await scene(pool, 2, 10)
    await proved(pool, other, mine)
    for n in range(2, 10, 2):
        outcomes = await asyncio.gather(
            move(pool, maker, mine, found[n]), move(pool, other, mine, found[n + 1])
        )
        assert "moved" in outcomes
        assert set(outcomes) <= {"moved", "gone"}
        await agrees(pool)
    assert await pool.fetchval("SELECT count(*) FROM appointment WHERE status = 'live'") == 2


async def test_two_phones_that_cancel_give_the_place_back_once(pool: Pool) -> None:
    (maker, other), _, (mine, _) = await scene(pool, 2, 2)
    await proved(pool, other, mine)
    assert sorted(await asyncio.gather(*(cancel(pool, c, mine) for c in (maker, other, maker, other)))) == [
        False,
        False,
        False,
        True,
    ]
    await agrees(pool)


async def test_who_has_not_proved_it_does_neither(pool: Pool) -> None:
    (_, other), found, (mine, _) = await scene(pool, 2, 3)
    assert await move(pool, other, mine, found[2]) == "gone"
    assert not await cancel(pool, other, mine)
    await agrees(pool)


async def test_control_a_cancellation_that_trusts_what_it_read_counts_the_wrong_place(pool: Pool) -> None:
    """Without the lock: the place is read, the other phone moves, and the place of before is given back."""
    (_, other), found, (mine, _) = await scene(pool, 2, 3)
    await proved(pool, other, mine)
    read = await pool.fetchval("SELECT slot_id FROM appointment WHERE id = $1", mine)
    assert await move(pool, other, mine, found[2]) == "moved"
    await pool.execute("UPDATE appointment SET status = 'cancelled' WHERE id = $1", mine)
    with pytest.raises(asyncpg.CheckViolationError):  # the last guard sees this one
        await pool.execute("UPDATE slot SET booked = booked - 1 WHERE id = $1", read)
    with pytest.raises(AssertionError):
        await agrees(pool)
