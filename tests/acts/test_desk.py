"""Staff acted at the desk: each act is written down with who and why, and told to the person it concerns."""

import io
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
import pytest
import zxingcpp
from asyncpg import Pool
from PIL import Image
from tests.world import NINE, NOW, contacts, house_in, open_at

from ventanilla.acts import desk
from ventanilla.acts.desk import By, Refused, Shown
from ventanilla.acts.house import House
from ventanilla.acts.papers import QR_TEXTS, case_of
from ventanilla.core.booking import Applicant, Appointment, folio_of
from ventanilla.core.checkin import Checkin, CheckinKey, read_code
from ventanilla.core.corrections import Change
from ventanilla.core.curp import check_digit
from ventanilla.db import appointments, booking
from ventanilla.db.connection import Conn
from ventanilla.papers.qr import qr_png
from ventanilla.words.compose import Message

pytestmark = pytest.mark.anyio
GLORIA = Applicant(
    "HEGG560427MVZRRL04",
    "Gloria",
    "Hernández",
    "García",
    False,
    {"validity": "10:full", "identification": "ine"},
)
MISTYPED = replace(GLORIA, curp="HEGG560428MVZRRL0" + check_digit("HEGG560428MVZRRL0"))
CLERK = By("Mesa 1", "acta de nacimiento a la vista")
DAY = timedelta(days=1)


async def booked(
    conn: Conn, house: House, applicant: Applicant = GLORIA, at: datetime = NINE, n: int = 0
) -> Appointment:
    """An appointment of the n-th contact."""
    (place,) = await open_at(conn, 5, at)
    me = (await contacts(conn, house, n + 1))[n]
    sealed = appointments.seal_applicant(house.vault, applicant)
    key = house.vault.key("curp", applicant.curp)
    folio = folio_of(f"{n} {at}".encode())
    want = booking.WantBooking(me, place, folio, "first", key, sealed, "es")
    async with conn.transaction():
        (made,) = await booking.book(conn, [want], NOW)
    assert made.id
    found = await appointments.by_id(conn, house.vault, made.id)
    assert found is not None
    return found


async def told(conn: Conn, house: House) -> list[str]:
    rows = await conn.fetch("SELECT kind, sealed FROM outbox ORDER BY id")
    bodies = [(r["kind"], house.vault.open("outbox", r["sealed"])) for r in rows]
    return [
        msgspec.json.decode(body, type=Message).body
        if kind == "message"
        else str(msgspec.json.decode(body)["paper"])
        for kind, body in bodies
    ]


def code_in(house: House, made: Appointment, which: str = "qr-checkin") -> str:
    """Decoded from the picture that the person gets."""
    png = qr_png(QR_TEXTS[which](house, made, case_of(house, made, "es")))
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    return str(found.text)


def shown(house: House, text: str) -> Shown:
    code = read_code(text, {house.checkin.id: house.checkin.public()})
    assert isinstance(code, Checkin)
    return Shown(code.folio, code, text.partition(" ")[0])


async def test_the_first_code_carries_the_curp_and_the_others_nothing_personal(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house)
    code = code_in(house, made)
    keys = {house.checkin.id: house.checkin.public()}
    assert code.startswith(f"{GLORIA.curp} v2.")
    assert read_code(code, keys) == Checkin(NINE, made.folio, made.place.office_id, bound=True)
    for which in ("qr-office", "qr-payment"):
        text = code_in(house, made, which).casefold()
        assert text.startswith("https://")
        for personal in (GLORIA.curp, "gloria", "hern", "garc", made.folio):
            assert personal.casefold() not in text


async def test_somebody_comes_and_is_written_down_once(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house)
        first = await desk.arrive(conn, house, NINE, Shown(made.folio), "Mesa 1")
        later = NINE + timedelta(minutes=5)
        second = await desk.arrive(conn, house, later, shown(house, code_in(house, made)), "Mesa 2")
        row = await conn.fetchrow("SELECT status, arrived_at FROM appointment")
        acts = await conn.fetch("SELECT act, staff, reason, at FROM staff_act")
    assert first == desk.Arrived(made, NINE, late=False, outdated=False, again=False)
    assert isinstance(second, desk.Arrived)
    assert (second.again, second.at, second.outdated) == (True, NINE, False)
    assert row is not None
    assert tuple(row) == ("arrived", NINE)
    assert [tuple(a) for a in acts] == [("arrived", "Mesa 1", "folio", NINE)]


async def test_after_the_grace_time_they_are_late_and_written_down_all_the_same(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house)
        at = NINE + house.world.rules.grace + timedelta(seconds=1)
        found = await desk.arrive(conn, house, at, Shown(made.folio), "Mesa 1")
    assert isinstance(found, desk.Arrived)
    assert found.late


async def test_nobody_arrives_on_another_day_or_with_a_folio_that_is_not_there_or_cancelled(
    pool: Pool,
) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house)
        early = await desk.arrive(conn, house, NINE - DAY, Shown(made.folio), "Mesa 1")
        assert isinstance(early, Refused)
        assert (early.key, early.args["folio"]) == ("not-today", made.folio)
        unknown = await desk.arrive(conn, house, NINE, Shown("PA-ZZZ-ZZZZ"), "Mesa 1")
        assert unknown == Refused("not-found", {"folio": "PA-ZZZ-ZZZZ"})
        await conn.execute("UPDATE appointment SET status = 'cancelled'")
        gone = await desk.arrive(conn, house, NINE, Shown(made.folio), "Mesa 1")
        assert gone == Refused("cancelled", {"folio": made.folio})
        assert await conn.fetchval("SELECT count(*) FROM staff_act") == 0


async def test_a_code_from_before_a_move_is_known_as_such(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house)
        code = shown(house, code_in(house, made))
        (ten,) = await open_at(conn, 5, NINE + timedelta(hours=1))
        await conn.execute(
            "UPDATE appointment SET starts_at = $1, slot_id = (SELECT id FROM slot WHERE starts_at = $1)",
            ten.starts_at,
        )
        found = await desk.arrive(conn, house, NINE, code, "Mesa 1")
    assert isinstance(found, desk.Arrived)
    assert found.outdated
    assert found.made.place.starts_at == ten.starts_at


async def test_a_code_of_the_first_version_finds_its_appointment_too(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house)
        old = Shown("", Checkin(NINE, appointment_id=made.id), GLORIA.curp)
        assert isinstance(await desk.arrive(conn, house, NINE, old, "Mesa 1"), desk.Arrived)


async def test_a_mistyped_letter_is_corrected_written_down_and_told(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house, MISTYPED)
        old_code = shown(house, code_in(house, made))
        change = Change(curp=GLORIA.curp)
        fixed = await desk.correct(conn, house, NOW, made.folio, change, CLERK)
        assert isinstance(fixed, Appointment)
        assert fixed.applicant == GLORIA
        row = await conn.fetchrow("SELECT person_key, sealed FROM appointment")
        act = await conn.fetchrow("SELECT act, staff, reason, sealed, at FROM staff_act")
        said = await told(conn, house)
        late_code = await desk.arrive(conn, house, NINE, old_code, "Mesa 1")
    assert row is not None
    assert row["person_key"] == house.vault.key("curp", GLORIA.curp)
    assert appointments.open_applicant(house.vault, row["sealed"]) == GLORIA
    assert act is not None
    assert appointments.open_applicant(house.vault, act["sealed"]) == MISTYPED
    assert (act["act"], act["staff"], act["reason"], act["at"]) == ("corrected", "Mesa 1", CLERK.reason, NOW)
    assert said[1:] == ["qr-checkin", "payment-sheet", "triptych"]
    assert "corrigieron la CURP" in said[0]
    assert made.folio in said[0]
    assert GLORIA.curp not in said[0], "somebody else typed it"
    assert isinstance(late_code, desk.Arrived)
    assert late_code.outdated


async def test_who_waits_for_an_earlier_place_waits_on_under_the_corrected_name(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house, MISTYPED)
        await conn.execute(
            """
            INSERT INTO waiting (contact_id, person_key, procedure, sealed, language, appointment_id, offices,
                earliest, halves, made_at)
            SELECT contact_id, person_key, procedure, sealed, language, id, '{09-04}', '2026-11-24',
                '{morning}', made_at FROM appointment
            """
        )
        await desk.correct(conn, house, NOW, made.folio, Change(curp=GLORIA.curp), CLERK)
        key = await conn.fetchval("SELECT person_key FROM waiting")
    assert key == house.vault.key("curp", GLORIA.curp)


async def test_another_person_does_not_get_the_place_by_correction_not_even_in_small_steps(
    pool: Pool,
) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house)

        async def curp(first17: str) -> Appointment | Refused:
            change = Change(curp=first17 + check_digit(first17))
            return await desk.correct(conn, house, NOW, made.folio, change, CLERK)

        assert await curp("BOXW310820HNERXN0") == Refused("correct-another-curp", {"letters": 2})
        assert isinstance(await curp("HEGG560427MDFRRL0"), Appointment)
        assert await curp("HEGG560428MDFRRL0") == Refused("correct-another-curp", {"letters": 2})
        name = await desk.correct(conn, house, NOW, made.folio, Change(given="Guadalupe"), CLERK)
        assert name == Refused("correct-another-name", {"letters": 2})
        assert await conn.fetchval("SELECT count(*) FROM staff_act") == 1


async def test_a_correction_never_gives_somebody_a_second_live_appointment(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        await booked(conn, house, GLORIA)
        made = await booked(conn, house, MISTYPED, NINE + DAY, n=1)
        refused = await desk.correct(conn, house, NOW, made.folio, Change(curp=GLORIA.curp), CLERK)
        assert refused == Refused("correct-already-live", {"letters": 2})
        assert await conn.fetchval("SELECT count(*) FROM staff_act") == 0
        assert await conn.fetchval("SELECT count(*) FROM outbox") == 0


async def test_what_is_over_is_not_corrected(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house, MISTYPED)
        await conn.execute("UPDATE appointment SET status = 'past'")
        refused = await desk.correct(conn, house, NOW, made.folio, Change(curp=GLORIA.curp), CLERK)
    assert refused == Refused("not-correctable", {"folio": made.folio})


async def test_a_missed_appointment_is_excused_with_a_reason_and_only_a_missed_one(pool: Pool) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        made = await booked(conn, house)
        assert await desk.excuse(conn, house, NINE, made.folio, CLERK) == Refused(
            "not-missed", {"folio": made.folio}
        )
        await conn.execute("UPDATE appointment SET status = 'no-show'")
        done = await desk.excuse(conn, house, NINE + DAY, made.folio, CLERK)
        assert isinstance(done, Appointment)
        assert await conn.fetchval("SELECT status FROM appointment") == "excused"
        row = await conn.fetchrow("SELECT act, staff, reason FROM staff_act")
    assert row is not None
    assert tuple(row) == ("excused", CLERK.staff, CLERK.reason)


async def test_a_key_that_is_replaced_leaves_old_codes_readable(pool: Pool) -> None:
    house = await house_in(pool)
    new = replace(house, checkin=CheckinKey(b"n" * 32, "k2"))
    async with pool.acquire() as conn:
        made = await booked(conn, house)
    keys = {h.checkin.id: h.checkin.public() for h in (house, new)}
    assert {read_code(code_in(h, made), keys) for h in (house, new)} == {
        Checkin(NINE, made.folio, made.place.office_id, bound=True)
    }
