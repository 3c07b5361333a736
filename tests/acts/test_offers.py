"""People wrote: joining the list, taking a place and leaving it; and who is looked at by staff."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from asyncpg import Pool
from tests.acts.test_turn import ADULT, attend, owed, write
from tests.acts.test_waiting import frees
from tests.races.test_moving import agrees
from tests.waiters import books, gives_back, joins, minute, offer
from tests.world import NINE, NOW, OFFICE, contacts, house_in, open_at

from ventanilla.acts.facts import load
from ventanilla.acts.house import House
from ventanilla.acts.waiting_facts import have_booked
from ventanilla.core.booking import Place
from ventanilla.talk.facts import Booked, Move

pytestmark = pytest.mark.anyio
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TO_THE_OFFICE = ADULT[: ADULT.index(f"@office:{OFFICE}") + 1]
ON_THE_LIST = [*TO_THE_OFFICE, "@wait:yes", "@wait-offices:this", "@wait-from:today", "@wait-half:any"]


async def full(pool: Pool, **rules: Any) -> House:
    """One place, and a stranger has it."""
    house = await house_in(pool, **rules)
    async with pool.acquire() as conn:
        (place,) = await open_at(conn, 1, NINE)
        *_, stranger = await contacts(conn, house, 9)
    await books(pool, house, stranger, place, "stranger")
    return house


async def says(pool: Pool, house: House, *texts: str, tag: str, later: timedelta = timedelta(0)) -> list[str]:
    """All that is owed after these messages."""
    await write(pool, house, *texts, tag=tag)
    while await attend(pool, house, NOW + later):
        pass
    return await owed(pool, house)


async def newest(pool: Pool) -> int:
    found: int = await pool.fetchval("SELECT max(id) FROM offer")
    return found


async def test_from_no_place_to_an_appointment_in_the_chat(pool: Pool) -> None:
    house = await full(pool)
    assert "quedaste en la *lista de espera*" in (await says(pool, house, *ON_THE_LIST, tag="join"))[-1]
    await frees(pool, NINE)
    assert await offer(pool, house) == 1
    assert "Se liberó un lugar" in (await owed(pool, house))[-1]
    said = await says(pool, house, f"@offer:take:{await newest(pool)}", tag="take", later=5 * MINUTE)
    assert said[-7].startswith("✅ *¡Tu cita está confirmada!*")
    assert said[-6:] == ["paper"] * 6
    assert await pool.fetchval("SELECT count(*) FROM appointment WHERE status = 'live'") == 1
    assert await pool.fetchval("SELECT state FROM waiting") == "served"
    assert "ya es tuyo" in (await says(pool, house, f"@offer:take:{await newest(pool)}", tag="again"))[-1]
    await agrees(pool)


async def test_a_written_yes_takes_the_one_offer_and_a_no_passes_it_on(pool: Pool) -> None:
    house = await full(pool)
    await says(pool, house, *ON_THE_LIST, tag="join")
    async with pool.acquire() as conn:
        *_, other = await contacts(conn, house, 7)
    await joins(pool, house, other, "other", now=NOW + MINUTE)
    await frees(pool, NINE)
    assert await offer(pool, house) == 1
    assert "será para otra persona" in (await says(pool, house, "no, gracias", tag="no"))[-1]
    assert await pool.fetchval("SELECT ignored FROM waiting WHERE contact_id <> $1", other) == 0
    assert await minute(pool, house, NOW + MINUTE) == (0, 1)
    assert await pool.fetchval("SELECT contact_id FROM offer WHERE state = 'open'") == other
    await pool.execute("UPDATE slot SET extra = 1")
    # The same slot is not offered twice to the same person.
    assert await minute(pool, house, NOW + MINUTE) == (0, 0)
    async with pool.acquire() as conn:
        await open_at(conn, 1, NINE + HOUR)
    assert await minute(pool, house, NOW + MINUTE) == (0, 1)
    assert (await says(pool, house, "sí, lo quiero", tag="yes"))[-7].startswith("✅")
    await agrees(pool)


async def test_too_late_is_said_kindly_and_keeps_the_turn(pool: Pool) -> None:
    house = await full(pool)
    await says(pool, house, *ON_THE_LIST, tag="join")
    await frees(pool, NINE)
    await minute(pool, house, NOW)
    await minute(pool, house, NOW + 31 * MINUTE)
    said = await says(pool, house, f"@offer:take:{await newest(pool)}", tag="late", later=40 * MINUTE)
    assert "No perdiste tu turno" in said[-1]
    said = await says(pool, house, "@offer:take:999", "@offer:leave:x", "@offer:", tag="forged")
    assert "esa opción" in said[-1].lower()
    assert await pool.fetchval("SELECT count(*) FROM appointment WHERE status = 'live'") == 0
    await agrees(pool)


async def test_an_offer_is_only_for_whom_it_is(pool: Pool) -> None:
    house = await full(pool)
    async with pool.acquire() as conn:
        *_, other = await contacts(conn, house, 7)
    await joins(pool, house, other, "other")
    await frees(pool, NINE)
    await offer(pool, house)
    await says(pool, house, "hola", "@notice:accept", tag="hello")
    assert (
        "ahora es para otra" in (await says(pool, house, f"@offer:take:{await newest(pool)}", tag="not"))[-1]
    )
    assert await pool.fetchval("SELECT state FROM offer") == "open"


async def test_an_offer_of_another_kind_and_one_whose_entry_was_left_are_not_taken_here(pool: Pool) -> None:
    house = await full(pool)
    await says(pool, house, *ON_THE_LIST, tag="join")
    await frees(pool, NINE)
    await offer(pool, house)
    number = await newest(pool)
    await pool.execute("UPDATE waiting SET state = 'left', sealed = ''")
    assert "ahora es para otra" in (await says(pool, house, f"@offer:take:{number}", tag="left"))[-1]
    await pool.execute(
        """
        UPDATE offer SET kind = 'closure', waiting_id = NULL,
            appointment_id = (SELECT min(id) FROM appointment)
        """
    )
    assert "ahora es para otra" in (await says(pool, house, f"@offer:take:{number}", tag="other"))[-1]
    assert await pool.fetchval("SELECT count(*) FROM appointment WHERE status = 'live'") == 0


async def test_who_books_otherwise_waits_no_longer(pool: Pool) -> None:
    house = await full(pool)
    await says(pool, house, *ON_THE_LIST, tag="join")
    async with pool.acquire() as conn:
        await open_at(conn, 1, NINE + HOUR)
    again = [*ADULT[2:-1], "10:00", "@confirm:yes"]
    assert (await says(pool, house, *again, tag="book"))[-1] == "paper"
    row = await pool.fetchrow("SELECT state, sealed FROM waiting")
    assert row is not None
    assert (row["state"], row["sealed"]) == ("served", b"")


async def test_one_phone_waits_for_so_many_people_and_no_more(pool: Pool) -> None:
    house = await full(pool, people_per_phone=1)
    await says(pool, house, *ON_THE_LIST, tag="join")
    await pool.execute("UPDATE waiting SET person_key = 'somebody else'")
    assert "es el máximo" in (await says(pool, house, *ON_THE_LIST[2:], tag="again"))[-1]
    assert await pool.fetchval("SELECT count(*) FROM waiting") == 1


async def test_whoever_is_on_the_list_is_told_so_and_can_leave_it(pool: Pool) -> None:
    house = await full(pool)
    await says(pool, house, *ON_THE_LIST, tag="join")
    assert "ya está en la lista" in (await says(pool, house, *ON_THE_LIST[2:], tag="again"))[-1]
    assert "entre 1 y 5" in (await says(pool, house, "lista de espera", tag="where"))[-1]
    assert "saliste de la lista" in (await says(pool, house, "salir de la lista", tag="leave"))[-1]
    assert await pool.fetchval("SELECT state FROM waiting") == "left"


async def related(pool: Pool, how: str) -> tuple[House, Sequence[int], Place, int]:
    """Somebody gave a place up, and another person has it now, from a phone that is related so."""
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (place,) = await open_at(conn, 2, NINE)
        one, two = await contacts(conn, house, 2)
    first = await books(pool, house, one, place, "first")
    await gives_back(pool, one, first)
    second = await books(pool, house, one if how == "phone" else two, place, "second")
    if how == "family":
        await pool.execute("UPDATE appointment SET family = $1", first)
    if how == "access":
        await pool.execute("INSERT INTO access VALUES ($1, $2, $3)", two, first, NOW)
    return house, (first, second), place, two


@pytest.mark.parametrize(("how", "flagged"), [("phone", 1), ("family", 1), ("access", 1), ("stranger", 0)])
async def test_who_takes_what_a_related_person_gave_up_is_looked_at_and_keeps_it(
    pool: Pool, how: str, flagged: int
) -> None:
    house, (first, second), *_ = await related(pool, how)
    async with pool.acquire() as conn:
        await have_booked(conn, house, [second], NOW)
    rows = await pool.fetch("SELECT kind, appointment_id, about_id FROM review")
    assert [tuple(r.values()) for r in rows] == [("retake", second, first)] * flagged
    assert await pool.fetchval("SELECT status FROM appointment WHERE id = $1", second) == "live"


async def test_after_a_while_nobody_is_looked_at_for_it(pool: Pool) -> None:
    house, (_, second), *_ = await related(pool, "phone")
    rules = house.world.rules
    async with pool.acquire() as conn:
        await have_booked(conn, house, [second], NOW + rules.release_most + rules.retake_watch)
    assert await pool.fetchval("SELECT count(*) FROM review") == 0


async def test_a_booking_in_the_chat_is_looked_at_in_the_same_transaction(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (place,) = await open_at(conn, 2, NINE)
    await says(pool, house, "hola", tag="hello")
    me = await pool.fetchval("SELECT contact_id FROM inbox LIMIT 1")
    first = await books(pool, house, me, place, "another")
    await gives_back(pool, me, first)
    await says(pool, house, *ADULT[1:], "@confirm:yes", tag="book")
    assert await pool.fetchval("SELECT about_id FROM review") == first


async def test_moving_to_what_a_related_person_gave_up_is_looked_at_too(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (place,) = await open_at(conn, 2, NINE)
        (other,) = await open_at(conn, 1, NINE + HOUR)
        (me,) = await contacts(conn, house, 1)
    first = await books(pool, house, me, place, "first")
    await gives_back(pool, me, first)
    second = await books(pool, house, me, other, "second")
    async with pool.acquire() as conn, conn.transaction():
        answers = await load(conn, house, NOW, [(me, Move(second, place))])
    assert all(isinstance(a, Booked) for a in answers.values())
    assert await pool.fetchval("SELECT about_id FROM review") == first
