"""Whose an appointment is does not change, so that no place can be sold; the control shows the sale."""

import asyncpg
import pytest
from asyncpg import Pool
from tests.acts.test_desk import CLERK, GLORIA, MISTYPED, booked
from tests.world import NOW, house_in

from ventanilla.acts import desk
from ventanilla.core.corrections import Change
from ventanilla.db.desk import StaffAct, write

pytestmark = pytest.mark.anyio
_SALE = "UPDATE appointment SET person_key = 'the buyer', sealed = 'the buyer'"


async def test_a_confirmed_place_cannot_be_sold_by_changing_whose_it_is(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await booked(conn, house)
        for column in ("person_key = 'buyer'", "sealed = 'buyer'", "procedure = 'lost'"):
            with pytest.raises(asyncpg.CheckViolationError, match="frozen"):
                await conn.execute(f"UPDATE appointment SET {column}")


async def test_an_earlier_correction_opens_nothing_for_later(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house, MISTYPED)
        assert not isinstance(
            await desk.correct(conn, house, NOW, made.folio, Change(curp=GLORIA.curp), CLERK), desk.Refused
        )
        with pytest.raises(asyncpg.CheckViolationError, match="frozen"):
            await conn.execute(_SALE)


async def test_another_staff_act_in_the_same_transaction_opens_nothing_either(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house)
        async with conn.transaction():
            await write(conn, made.id, StaffAct("arrived", "Mesa 1", "folio", NOW))
            with pytest.raises(asyncpg.CheckViolationError, match="frozen"):
                await conn.execute(_SALE)


async def test_control_without_the_trigger_the_place_is_sold(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await booked(conn, house)
        await conn.execute("DROP TRIGGER appointment_identity ON appointment")
        await conn.execute(_SALE)
        assert await conn.fetchval("SELECT person_key FROM appointment") == b"the buyer"
