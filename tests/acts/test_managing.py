"""People move and prove their appointments: who may, how often, and what the others are told."""

from datetime import datetime, timedelta

import pytest
from asyncpg import Pool
from tests.acts.test_turn import ADULT, ME, attend, owed, write
from tests.races.test_moving import agrees
from tests.world import NINE, NOW, OFFICE, house_in, open_at

from ventanilla.acts.due import publish_places
from ventanilla.acts.house import House
from ventanilla.core.channel import Address
from ventanilla.core.checkin import Checkin, code_of, read_code

pytestmark = pytest.mark.anyio
OTHER = Address("phone", "5215500000002")
HOUR = timedelta(hours=1)
CURP = "HEGG560427MVZRRL04"
WRONG = "BOXW310820HNERXN09"
TO_TEN = ("mover mi cita", "@office:09-04", "el mas pronto", "10:00")


async def says(pool: Pool, house: House, *texts: str, me: Address = ME, now: datetime = NOW) -> list[str]:
    """What is owed because of it, to anybody."""
    before = await pool.fetchval("SELECT count(*) FROM outbox")
    tag = f"{me.text}.{await pool.fetchval('SELECT count(*) FROM inbox')}"
    await write(pool, house, *texts, me=me, tag=tag)
    while await attend(pool, house, now):
        pass
    return (await owed(pool, house))[before:]


async def booked(pool: Pool, **rules: object) -> House:
    """Gloria has an appointment at nine, made from `ME`; places at ten, eleven and twelve are free."""
    house = await house_in(pool, **rules)  # type: ignore[arg-type]
    async with pool.acquire() as conn:
        await open_at(conn, 1, *(NINE + HOUR * n for n in range(4)))
    await says(pool, house, *ADULT, "@confirm:yes")
    return house


async def folio(pool: Pool) -> str:
    return str(await pool.fetchval("SELECT folio FROM appointment"))


async def proves(pool: Pool, house: House, curp: str = CURP, me: Address = OTHER) -> list[str]:
    await says(pool, house, "hola", "@notice:accept", me=me)
    return await says(pool, house, f"mi folio es {await folio(pool)}", curp, me=me)


async def starts_at(pool: Pool) -> object:
    return await pool.fetchval("SELECT starts_at FROM appointment WHERE status = 'live'")


async def test_a_move_swaps_the_place_and_brings_all_papers_again(pool: Pool) -> None:
    house = await booked(pool)
    assert (await says(pool, house, *TO_TEN))[-1].startswith("Revisa el cambio de la cita")
    assert await starts_at(pool) == NINE
    moved, *papers = await says(pool, house, "@swap:yes")
    assert "*Los QR y documentos de antes ya no sirven*" in moved
    assert "10:00" in moved
    assert papers == ["paper"] * 6
    assert await starts_at(pool) == NINE + HOUR
    assert await pool.fetchval("SELECT count(*) FROM hold") == 0
    await agrees(pool)


async def test_the_new_link_lives_until_a_week_after_the_new_day(pool: Pool) -> None:
    house = await booked(pool)
    moved = (await says(pool, house, *TO_TEN, "@swap:yes"))[-7]
    token = moved.rpartition("/p/")[2].split()[0]
    last = NINE + HOUR + timedelta(days=7)
    assert house.links.read(token, last - timedelta(minutes=1)) is not None
    assert house.links.read(token, last) is None


async def test_the_third_move_is_refused_and_the_appointment_stays(pool: Pool) -> None:
    house = await booked(pool)
    await says(pool, house, *TO_TEN, "@swap:yes")
    await says(pool, house, *TO_TEN[:-1], "11:00", "@swap:yes")
    assert "ya se cambió 2 veces" in (await says(pool, house, *TO_TEN[:1]))[-1]
    assert await starts_at(pool) == NINE + HOUR * 2
    await agrees(pool)


async def test_a_place_that_was_given_up_is_not_taken_again(pool: Pool) -> None:
    house = await booked(pool)
    await says(pool, house, *TO_TEN, "@swap:yes")
    await pool.execute("UPDATE release SET due_at = $1", NOW)
    async with pool.acquire() as conn:
        assert await publish_places(conn, NOW) == 1
    answer = (await says(pool, house, *TO_TEN[:-1], "9:00", "@swap:yes"))[-1]
    assert "lo tuviste y lo dejaste libre" in answer
    assert await starts_at(pool) == NINE + HOUR


async def test_too_late_for_a_move_is_said_at_once(pool: Pool) -> None:
    house = await booked(pool)
    late = NINE - HOUR
    assert "Ya es muy tarde para cambiarla" in (await says(pool, house, "mover mi cita", now=late))[-1]
    assert await starts_at(pool) == NINE


async def test_another_phone_proves_the_appointment_and_the_first_is_told(pool: Pool) -> None:
    house = await booked(pool)
    *_, shown, told = sorted(await proves(pool, house), key=lambda text: "consultó" in text)
    assert "de Gloria" in shown
    assert told.startswith(f"Tu cita *{await folio(pool)}* se consultó desde otro teléfono")
    assert CURP not in told
    assert "Gloria" not in told
    assert await pool.fetchval("SELECT count(*) FROM access") == 1
    assert "de Gloria" in (await says(pool, house, "mis citas", me=OTHER))[-1]


async def test_proving_twice_tells_and_stores_once(pool: Pool) -> None:
    house = await booked(pool)
    await proves(pool, house)
    again = await proves(pool, house)
    assert not [text for text in again if "consultó" in text]
    assert await pool.fetchval("SELECT count(*) FROM access") == 1
    assert await pool.fetchval("SELECT count(*) FROM proof_try") == 0


async def test_who_made_it_needs_no_access_and_is_told_nothing(pool: Pool) -> None:
    house = await booked(pool)
    assert "de Gloria" in (await proves(pool, house, me=ME))[-1]
    assert await pool.fetchval("SELECT count(*) FROM access") == 0


async def test_every_failure_has_the_same_answer_and_shows_nothing(pool: Pool) -> None:
    house = await booked(pool, proof_tries=99)
    await says(pool, house, "hola", "@notice:accept", me=OTHER)
    right = await folio(pool)

    async def answer(folio: str, curp: str) -> str:
        said = (await says(pool, house, f"mi folio es {folio}", curp, me=OTHER))[-1]
        return said.replace(str(99 - await pool.fetchval("SELECT count(*) FROM proof_try")), "N")

    wrong = [await answer(right, WRONG), await answer("PA-AAA-AAAA", CURP)]
    await says(pool, house, "cancelar mi cita", "@sure:yes")
    wrong.append(await answer(right, CURP))
    assert len(set(wrong)) == 1, wrong
    assert "Gloria" not in wrong[0]
    assert await pool.fetchval("SELECT count(*) FROM proof_try") == 3
    assert await pool.fetchval("SELECT count(*) FROM access") == 0


async def test_after_five_wrong_tries_even_the_right_one_waits_for_tomorrow(pool: Pool) -> None:
    house = await booked(pool)
    for _ in range(5):
        answer = await proves(pool, house, WRONG)
    assert "por hoy ya no quedan intentos" in answer[-1]
    assert "por hoy ya no quedan intentos" in (await proves(pool, house))[-1]
    assert await pool.fetchval("SELECT count(*) FROM access") == 0
    tomorrow = NOW + timedelta(days=1)
    shown = await says(pool, house, f"mi folio es {await folio(pool)}", CURP, me=OTHER, now=tomorrow)
    assert any("de Gloria" in text for text in shown)
    assert await pool.fetchval("SELECT count(*) FROM proof_try") == 0


async def test_what_one_phone_does_the_other_is_told(pool: Pool) -> None:
    house = await booked(pool)
    await proves(pool, house)
    moved = await says(pool, house, *TO_TEN, "@swap:yes", me=OTHER)
    assert [text for text in moved if "se cambió desde otro teléfono" in text]
    cancelled = await says(pool, house, "cancelar mi cita", "@sure:yes")
    assert [text for text in cancelled if "se canceló desde otro teléfono" in text]
    assert await starts_at(pool) is None
    to = await pool.fetch("SELECT DISTINCT contact_id FROM outbox")
    assert len(to) == 2
    await agrees(pool)


async def test_the_check_in_of_before_names_another_hour(pool: Pool) -> None:
    house = await booked(pool)
    folio = await pool.fetchval("SELECT folio FROM appointment")
    before = code_of(CURP, house.checkin.sign(folio, OFFICE, NINE, CURP))
    await says(pool, house, *TO_TEN, "@swap:yes")
    found = read_code(before, {"k1": house.checkin.public()})
    assert isinstance(found, Checkin)
    assert found.starts_at != await starts_at(pool)
