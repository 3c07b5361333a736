"""People who wait in a real database, and what they are told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import msgspec
from asyncpg import Pool
from tests.world import NOW, OFFICE

from ventanilla.acts.house import House
from ventanilla.acts.waiting import end_offers, offer_places
from ventanilla.core.booking import Applicant, Place, folio_of
from ventanilla.core.waiting import HALVES
from ventanilla.db import appointments, booking, filling, offers, waiting
from ventanilla.words.compose import Message

TODAY = NOW.date()
GLORIA = Applicant(
    "HEGG560427MVZRRL04",
    "Gloria",
    "Hernández",
    "García",
    False,
    {"validity": "10:full"},
)
GIVE_BACK = booking.GiveBack(NOW, NOW, datetime.max.replace(tzinfo=NOW.tzinfo, year=2027))
"""The place is not public again before the test is over."""


def key_of(house: House, curp: str) -> bytes:
    return house.vault.key("curp", curp)


async def joins(
    pool: Pool,
    house: House,
    contact: int,
    curp: str = GLORIA.curp,
    offices: Sequence[str] = (OFFICE,),
    earliest: date = TODAY,
    halves: Sequence[str] = HALVES,
    now: datetime = NOW,
) -> str:
    sealed = appointments.seal_applicant(house.vault, replace(GLORIA, curp=curp))
    new = waiting.NewEntry("first", key_of(house, curp), sealed, "es")
    want = waiting.WantPlace(tuple(offices), earliest, tuple(halves))
    async with pool.acquire() as conn, conn.transaction():
        return await waiting.join(conn, contact, new, want, now)


async def books(pool: Pool, house: House, contact: int, place: Place, curp: str = GLORIA.curp) -> int:
    sealed = appointments.seal_applicant(house.vault, replace(GLORIA, curp=curp))
    folio = folio_of(curp.encode())
    want = booking.WantBooking(contact, place, folio, "first", key_of(house, curp), sealed, "es")
    async with pool.acquire() as conn, conn.transaction():
        (made,) = await booking.book(conn, [want], NOW)
    assert made.id
    return made.id


async def gives_back(pool: Pool, contact: int, appointment: int) -> None:
    async with pool.acquire() as conn, conn.transaction():
        assert await booking.cancel(conn, appointment, contact, GIVE_BACK)


async def offer(pool: Pool, house: House, now: datetime = NOW) -> int:
    async with pool.acquire() as conn:
        return await offer_places(conn, house, now)


async def minute(pool: Pool, house: House, now: datetime, *, reached: bool = True) -> tuple[int, int]:
    """What the job does first each minute: ends offers, then makes others. `reached`: all that was owed has
    gone out before."""
    if reached:
        await pool.execute("UPDATE outbox SET state = 'sent', sent_at = $1", now)
    async with pool.acquire() as conn:
        return await end_offers(conn, house, now), await offer_places(conn, house, now)


async def takes(pool: Pool, house: House, contact: int, offer_id: int, now: datetime = NOW) -> str:
    async with pool.acquire() as conn, conn.transaction():
        made = None
        if new := await filling.new_of(conn, offer_id, contact):
            made = offers.NewAppointment(f"PA-{offer_id}", new[1], new[0], new[2], new[3])
        return (await offers.take(conn, offers.Take(offer_id, contact, now, now, made)))[0]


async def open_to(pool: Pool, contact: int) -> list[int]:
    rows = await pool.fetch("SELECT id FROM offer WHERE contact_id = $1 AND state = 'open'", contact)
    return [r["id"] for r in rows]


async def told(pool: Pool, house: House, contact: int) -> list[str]:
    """The words that are owed to somebody, in order."""
    rows = await pool.fetch(
        "SELECT sealed FROM outbox WHERE contact_id = $1 AND kind = 'message' ORDER BY id", contact
    )
    return [msgspec.json.decode(house.vault.open("outbox", r["sealed"]), type=Message).body for r in rows]
