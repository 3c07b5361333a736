"""People wrote: what arrives is answered once, in order, with everything in one transaction."""

from datetime import datetime, timedelta

import msgspec
import pytest
from asyncpg import Pool
from tests.world import NINE, NOW, house_in, open_at

from ventanilla.acts import turn
from ventanilla.acts.due import sweep_holds
from ventanilla.acts.house import House
from ventanilla.acts.receive import take_updates
from ventanilla.core.channel import Address
from ventanilla.talk.engine import Heard
from ventanilla.words.compose import Message
from ventanilla.words.incoming import Incoming, Updates

pytestmark = pytest.mark.anyio
ME = Address("phone", "5215512345678")
_message = msgspec.json.Decoder(Message)


async def write(pool: Pool, house: House, *texts: str, me: Address = ME, tag: str = "m") -> None:
    heard = [Heard("choice", "", text[1:]) if text.startswith("@") else Heard("text", text) for text in texts]
    messages = tuple(Incoming(f"{tag}.{n}", me, h, None) for n, h in enumerate(heard))
    async with pool.acquire() as conn:
        await take_updates(conn, house.vault, [Updates(messages=messages)])


async def attend(pool: Pool, house: House, now: datetime = NOW) -> int:
    async with pool.acquire() as conn:
        return await turn.take_messages(conn, house, now, 100)


async def owed(pool: Pool, house: House) -> list[str]:
    rows = await pool.fetch("SELECT kind, sealed FROM outbox ORDER BY id")
    opened = [(r["kind"], house.vault.open("outbox", r["sealed"])) for r in rows]
    return [_message.decode(body).body if kind == "message" else kind for kind, body in opened]


async def test_one_message_gets_one_answer(pool: Pool) -> None:
    house = await house_in(pool)
    await write(pool, house, "hola")
    assert await attend(pool, house) == 1
    assert await attend(pool, house) == 0
    (answer,) = await owed(pool, house)
    assert answer.startswith("¡Hola! Soy el asistente")


async def test_the_same_message_twice_is_answered_once(pool: Pool) -> None:
    house = await house_in(pool)
    for _ in range(3):
        await write(pool, house, "hola")
    while await attend(pool, house):
        pass
    assert len(await owed(pool, house)) == 1


async def test_messages_of_one_person_are_taken_in_order(pool: Pool) -> None:
    house = await house_in(pool)
    await write(pool, house, "hola", "@notice:accept", "@menu:book")
    while await attend(pool, house):
        pass
    assert [text[:12] for text in await owed(pool, house)] == ["¡Hola! Soy e", "¿En qué te a", "¿Para quién "]


async def test_a_batch_attends_many_people_in_one_transaction(pool: Pool) -> None:
    house = await house_in(pool)
    for n in range(20):
        await write(pool, house, "hola", me=Address("phone", f"52155000000{n:02}"), tag=f"p{n}")
    assert await attend(pool, house) == 20
    assert len(await owed(pool, house)) == 20


async def test_acceptance_is_kept_with_version_time_and_message(pool: Pool) -> None:
    house = await house_in(pool)
    await write(pool, house, "hola", "@notice:decline", "@notice:accept")
    while await attend(pool, house):
        pass
    rows = await pool.fetch("SELECT accepted, notice_hash, wamid, at FROM consent ORDER BY id")
    assert [(r["accepted"], r["wamid"]) for r in rows] == [(False, "m.1"), (True, "m.2")]
    assert rows[1]["notice_hash"] == house.world.institution.notice_hash
    assert rows[1]["at"] == NOW


async def test_personal_columns_are_sealed(pool: Pool) -> None:
    house = await house_in(pool)
    await write(pool, house, "hola", "@notice:accept", "@menu:book", "@for-whom:me", "@procedure:first")
    await write(pool, house, "HEGG560427MVZRRL04", tag="curp")
    while await attend(pool, house):
        pass
    for table in ("alias", "inbox", "talk", "outbox"):
        for row in await pool.fetch(f"SELECT * FROM {table}"):
            stored = b"".join(v if isinstance(v, bytes) else str(v).encode() for v in row.values())
            assert b"HEGG560427" not in stored
            assert ME.text.encode() not in stored


async def test_a_message_that_breaks_the_program_is_set_aside_and_the_others_go_on(pool: Pool) -> None:
    house = await house_in(pool)
    other = Address("phone", "5215500000002")
    await write(pool, house, "hola")
    await pool.execute("UPDATE inbox SET sealed = 'this cannot be opened'")
    await write(pool, house, "hola", me=other, tag="other")
    with pytest.raises(ValueError, match="inbox"):
        await attend(pool, house)
    assert await pool.fetchval("SELECT count(*) FROM inbox WHERE state = 'waiting'") == 2
    async with pool.acquire() as conn:
        contact = await conn.fetchval("SELECT contact_id FROM inbox WHERE wamid = 'm.0'")
        await turn.apologise(conn, house, NOW, contact, "Sealed")
    assert await attend(pool, house) == 1
    bodies = await owed(pool, house)
    assert bodies[0].startswith("Perdón, algo falló")
    assert bodies[1].startswith("¡Hola!")
    assert await pool.fetchval("SELECT reason FROM hand_over") == "fault"


ADULT = ["hola", "@notice:accept", "@menu:book", "@for-whom:me", "@procedure:first", "HEGG560427MVZRRL04"]
ADULT += ["Gloria Hernández García", "@identification:ine", "123456789", "@validity:10:full"]
ADULT += ["@email:none", "Coyoacan", "@office:09-04", "el mas pronto", "9:00"]


async def test_a_booking_from_hello_to_the_papers(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 1, NINE)
    await write(pool, house, *ADULT)
    while await attend(pool, house):
        pass
    assert (await owed(pool, house))[-1].startswith("Revisa tu cita")
    assert await pool.fetchval("SELECT count(*) FROM hold") == 1
    await write(pool, house, "@confirm:yes", tag="yes")
    while await attend(pool, house):
        pass
    last = (await owed(pool, house))[-7:]
    assert last[0].startswith("✅")
    assert last[1:] == ["paper"] * 6
    row = await pool.fetchrow("SELECT held, booked FROM slot")
    assert row is not None
    assert (row["held"], row["booked"]) == (0, 1)


async def test_two_people_and_one_place_one_gets_it_and_one_gets_alternatives(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 1, NINE, NINE + timedelta(hours=1))
        await open_at(conn, 1, NINE, NINE + timedelta(hours=2), office="09-08")
    quick = Address("phone", "5215500000002")
    theirs = ["BOXW310820HNERXN09" if t.startswith("HEGG") else t for t in ADULT]
    theirs[6:7] = ["Xun Bravo Ortiz", "@name:!"]
    await write(pool, house, *ADULT)
    while await attend(pool, house):
        pass
    after = NOW + house.world.rules.hold
    await pool.execute("UPDATE hold SET back_at = expires_at")
    async with pool.acquire() as conn:
        assert await sweep_holds(conn, after) == 1
    await write(pool, house, *theirs, "@confirm:yes", me=quick, tag="quick")
    while await attend(pool, house, now=after):
        pass
    assert (await owed(pool, house))[-1] == "paper"
    await write(pool, house, "@confirm:yes", tag="slow")
    await attend(pool, house, now=after)
    assert "*No perdiste nada*" in (await owed(pool, house))[-1]
    await write(pool, house, f"@place:09-08@{NINE.isoformat()}", "@confirm:yes", tag="again")
    while await attend(pool, house, now=after):
        pass
    assert await pool.fetchval("SELECT count(*) FROM appointment WHERE status = 'live'") == 2
    assert await pool.fetchval("SELECT max(booked) FROM slot") == 1


async def test_one_phone_books_for_so_many_people_and_no_more(pool: Pool) -> None:
    house = await house_in(pool, people_per_phone=1)
    async with pool.acquire() as conn:
        await open_at(conn, 5, NINE)
    await write(pool, house, *ADULT, "@confirm:yes")
    while await attend(pool, house):
        pass
    await write(pool, house, "quiero sacar una cita para mi mamá", tag="more")
    await attend(pool, house)
    assert "ya hay citas para" in (await owed(pool, house))[-1]
    assert await pool.fetchval("SELECT count(*) FROM appointment") == 1


async def test_one_curp_holds_one_live_appointment_for_a_procedure(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 5, NINE)
    await write(pool, house, *ADULT, "@confirm:yes")
    while await attend(pool, house):
        pass
    other = Address("phone", "5215500000002")
    await write(pool, house, *ADULT[:6], me=other, tag="other")
    while await attend(pool, house):
        pass
    assert "Ya hay una cita vigente con esa CURP" in (await owed(pool, house))[-1]


async def test_a_cancelled_appointment_frees_its_place_and_its_curp(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await open_at(conn, 1, NINE)
    await write(pool, house, *ADULT, "@confirm:yes", "mis citas", "@what:cancel", "@sure:yes")
    while await attend(pool, house):
        pass
    assert "cancelé la cita" in (await owed(pool, house))[-1]
    assert await pool.fetchval("SELECT booked FROM slot") == 0
    async with pool.acquire() as conn:
        await open_at(conn, 1, NINE + timedelta(hours=1))
    again = [*ADULT[2:-1], "10:00"]
    await write(pool, house, *again, "@confirm:yes", tag="again")
    while await attend(pool, house):
        pass
    assert await pool.fetchval("SELECT array_agg(booked ORDER BY starts_at) FROM slot") == [0, 1]
