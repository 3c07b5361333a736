"""An office with appointments, to be closed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec
from tests.world import NINE, NOW, contacts, open_at

from ventanilla.acts.closures import Done, close
from ventanilla.acts.house import House
from ventanilla.core.booking import Applicant, Place
from ventanilla.db import booking
from ventanilla.db.appointments import seal_applicant
from ventanilla.db.connection import Conn

DAY = date(2026, 12, 1)
QUARTER, A_DAY = timedelta(minutes=15), timedelta(days=1)
WHO = Applicant("HEGG560427MVZRRL04", "Gloria", "Hernández", "García", False, {"validity": "10:full"})


async def book(conn: Conn, house: House, contact: int, place: Place, n: int = 0, language: str = "es") -> int:
    """The id of an appointment; `n` makes the person another one."""
    number = n or contact
    key, sealed = f"person {number}".encode(), seal_applicant(house.vault, WHO)
    want = booking.WantBooking(contact, place, f"PA-{number:07}", "first", key, sealed, language)
    (made,) = await booking.book(conn, [want], NOW)
    assert made.id
    return made.id


async def booked(conn: Conn, house: House, people: int, **where: str) -> list[int]:
    """So many appointments on the day, four a quarter of an hour (as few places as they need)."""
    quarters = range(-(-people // 4))
    places = await open_at(conn, min(people, 4), *(NINE + QUARTER * n for n in quarters), **where)
    everybody = await contacts(conn, house, people)
    return [await book(conn, house, c, places[n // 4]) for n, c in enumerate(everybody)]


async def closed(conn: Conn, house: House, *days: tuple[str, date], now: datetime = NOW) -> Done:
    return await close(conn, house, now, days, "reparación", "Gloria")


async def told(conn: Conn, house: House, contact: int | None = None) -> Sequence[str]:
    """What is owed to this contact, or to everybody, in order."""
    rows = await conn.fetch("SELECT contact_id, sealed FROM outbox ORDER BY id")
    mine = [r["sealed"] for r in rows if contact in (None, r["contact_id"])]
    return [msgspec.json.decode(house.vault.open("outbox", sealed))["body"] for sealed in mine]


async def agrees(conn: Conn) -> None:
    """Counters equal rows in every slot."""
    wrong = await conn.fetch(
        """
        SELECT s.id FROM slot s WHERE (s.held, s.booked, s.withheld) IS DISTINCT FROM (
            (SELECT count(*) FROM hold h WHERE h.slot_id = s.id)
                + (SELECT count(*) FROM offer o WHERE o.slot_id = s.id AND o.state = 'open'),
            (SELECT count(*) FROM appointment a WHERE a.slot_id = s.id AND a.status <> 'cancelled'),
            (SELECT count(*) FROM release r WHERE r.slot_id = s.id))
        """
    )
    assert wrong == []
