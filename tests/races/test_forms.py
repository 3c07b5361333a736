"""One form makes one booking, however often and from wherever it is sent. Each guard with its control."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import asyncpg
import pytest
from asyncpg import Pool
from tests.form_client import (
    FormClient,
    fills_in,
    house_with_forms,
    latest_token,
    offered,
    serving,
    some_places,
    write,
)
from tests.world import NINE, contacts, house_in, open_at

from ventanilla.acts.forms import Done, Sent, take_page
from ventanilla.acts.house import House
from ventanilla.core.booking import Place
from ventanilla.db import booking, forms
from ventanilla.jobs import utc_now

pytestmark = pytest.mark.anyio
CURP, NAME = "HEGG560427MVZRRL04", "Gloria Hernández García"
_INSERT = """
    INSERT INTO appointment (folio, contact_id, slot_id, office_id, starts_at, procedure, person_key,
        sealed, language, made_at)
    SELECT $1, $2, id, office_id, starts_at, 'first', $1::text::bytea, 'x', 'es', now() FROM slot RETURNING id
"""


async def at_the_summary(pool: Pool) -> tuple[House, str, dict[str, Any]]:
    """A token, and what its phone would send to confirm."""
    house = await house_with_forms(pool, horizon_days=365)
    await some_places(pool, 5)
    token = await offered(pool, house)
    async with serving(pool, house) as url, aiohttp.ClientSession() as session:
        phone = FormClient(url, token, session)
        await fills_in(phone, CURP, NAME)
        return house, token, phone.fields


async def test_two_phones_that_finish_one_form_at_once_make_one_booking(pool: Pool) -> None:
    house, token, fields = await at_the_summary(pool)
    before = await pool.fetchval("SELECT count(*) FROM outbox")

    async def finish() -> object:
        async with pool.acquire() as conn:
            return await take_page(conn, house, utc_now(), Sent(token, "SUMMARY", fields))

    answers = await asyncio.gather(*(finish() for _ in range(12)))
    assert set(answers) == {Done()}
    assert await pool.fetchval("SELECT count(*) FROM appointment") == 1
    assert await pool.fetchval("SELECT count(*) FROM outbox") == before + 7
    assert await pool.fetchval("SELECT sum(held + booked) FROM slot") == 1


async def _finish_without_lock(
    pool: Pool, form_id: int, contact: int, folio: str, together: asyncio.Barrier
) -> None:
    """Look whether the form is open, then book with it: what the lock on the talk prevents."""
    async with pool.acquire() as conn, conn.transaction():
        assert await conn.fetchval("SELECT state FROM form WHERE id = $1", form_id) == "open"
        await together.wait()
        made = await conn.fetchval(_INSERT, folio, contact)
        await forms.use(conn, form_id, made, utc_now())


async def two_careless_finishes(pool: Pool) -> list[BaseException | None]:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 5, NINE)
        (me,) = await contacts(conn, house, 1)
        (form_id,) = (await forms.issue(conn, [_want(me)], utc_now())).values()
    together = asyncio.Barrier(2)
    finishes = (_finish_without_lock(pool, form_id, me, f"F{n}", together) for n in range(2))
    return await asyncio.gather(*finishes, return_exceptions=True)


def _want(contact: int) -> forms.Want:
    return forms.Want(contact, "es", utc_now() + timedelta(days=7))


async def test_control_with_the_schema_alone_the_second_booking_of_a_form_is_refused(pool: Pool) -> None:
    outcomes = await two_careless_finishes(pool)
    assert sum(isinstance(o, asyncpg.UniqueViolationError) for o in outcomes) == 1
    assert await pool.fetchval("SELECT count(*) FROM appointment") == 1


async def test_control_without_any_guard_one_form_books_twice(pool: Pool) -> None:
    await pool.execute("ALTER TABLE appointment DROP CONSTRAINT appointment_one_a_form")
    assert await two_careless_finishes(pool) == [None, None]
    assert await pool.fetchval("SELECT count(*) FROM appointment WHERE form_id IS NOT NULL") == 2


async def test_a_form_and_a_message_at_once_are_taken_one_after_the_other(pool: Pool) -> None:
    """Whichever comes first, no answer is lost: both write the same talk."""
    house = await house_with_forms(pool)
    token = await offered(pool, house)
    given = {"for_whom": "me", "procedure": "first", "curp": CURP}

    async def sends() -> None:
        async with pool.acquire() as conn:
            await take_page(conn, house, utc_now(), Sent(token, "PERSON", given))

    for n in range(6):
        await asyncio.gather(sends(), write(pool, house, "gracias", tag=f"t{n}"))
    async with pool.acquire() as conn:
        answer = await take_page(conn, house, utc_now(), Sent(token, "", None))
    assert getattr(answer, "data", {})["init"] == given


async def test_control_without_the_lock_the_later_of_two_writers_wipes_out_the_other(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (me,) = await contacts(conn, house, 1)
    await pool.execute("UPDATE talk SET sealed = ''")
    together = asyncio.Barrier(2)

    async def adds(letter: bytes) -> None:
        async with pool.acquire() as conn, conn.transaction():
            read = await conn.fetchval("SELECT sealed FROM talk WHERE contact_id = $1", me)
            await together.wait()
            await conn.execute("UPDATE talk SET sealed = $2 WHERE contact_id = $1", me, read + letter)

    await asyncio.gather(adds(b"a"), adds(b"b"))
    assert await pool.fetchval("SELECT length(sealed) FROM talk") == 1


async def test_of_two_forms_offered_at_once_one_is_open(pool: Pool) -> None:
    house = await house_with_forms(pool)
    await offered(pool, house)
    await asyncio.gather(*(write(pool, house, "agendar cita", tag=f"b{n}") for n in range(4)))
    rows = await pool.fetch("SELECT state, count(*) AS n FROM form GROUP BY 1")
    assert {r["state"]: r["n"] for r in rows}["open"] == 1
    assert house.forms is not None
    latest = house.forms.read(await latest_token(pool, house), utc_now())
    assert await pool.fetchval("SELECT id FROM form WHERE state = 'open'") == latest


async def test_control_without_the_index_two_forms_of_one_person_are_open(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (me,) = await contacts(conn, house, 1)
    insert = "INSERT INTO form (contact_id, language, issued_at, expires_at) VALUES ($1, 'es', now(), now())"
    await pool.execute(insert, me)
    with pytest.raises(asyncpg.UniqueViolationError):
        await pool.execute(insert, me)
    await pool.execute("DROP INDEX form_one_open")
    await pool.execute(insert, me)
    assert await pool.fetchval("SELECT count(*) FROM form WHERE state = 'open'") == 2


async def test_one_place_and_two_forms_that_confirm_it_one_gets_it(pool: Pool) -> None:
    house, token, fields = await at_the_summary(pool)
    async with pool.acquire() as conn:
        (other,) = await contacts(conn, house, 1)
    await pool.execute("UPDATE slot SET capacity = 1")
    await pool.execute("DELETE FROM hold")
    await pool.execute("UPDATE slot SET held = 0")
    place = (await pool.fetchrow("SELECT office_id, starts_at FROM slot")) or ()
    want = booking.WantBooking(other, Place(*place), "F1", "first", b"other", b"x", "es")

    async def theirs() -> None:
        async with pool.acquire() as conn, conn.transaction():
            await booking.book(conn, [want], utc_now())

    async def mine() -> object:
        async with pool.acquire() as conn:
            return await take_page(conn, house, utc_now(), Sent(token, "SUMMARY", fields))

    await asyncio.gather(theirs(), mine())
    assert await pool.fetchval("SELECT count(*) FROM appointment") == 1
    assert await pool.fetchval("SELECT held + booked FROM slot") == 1
