"""Time passed and somebody did not come; and what their next booking must know of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from ventanilla.acts.house import House
from ventanilla.core import noshows as rule
from ventanilla.core.booking import Place
from ventanilla.db import noshows
from ventanilla.db.connection import Conn
from ventanilla.db.noshows import Judged
from ventanilla.talk.facts import Book

K = TypeVar("K")


async def judge_absences(conn: Conn, house: House, now: datetime) -> Judged:
    """Late ones are marked; where the office's day is over it is decided what they were."""
    offices = list(house.world.offices)
    async with conn.transaction():
        await noshows.mark_late(conn, offices, now, house.world.rules.grace)
        return await noshows.judge(conn, offices, now)


async def missed(
    conn: Conn, house: House, now: datetime, curps: Iterable[str]
) -> Mapping[str, tuple[datetime, ...]]:
    """By CURP, inside the window; everybody asked about is in it."""
    keys = {curp: house.vault.key("curp", curp) for curp in curps}
    since = now - house.world.rules.no_show_window
    found = await noshows.missed(conn, list(keys.values()), since)
    return {curp: found.get(key, ()) for curp, key in keys.items()}


async def may_move(conn: Conn, house: House, now: datetime, appointment_id: int, place: Place) -> bool:
    """Otherwise a near place could be taken first and moved away then."""
    key = await conn.fetchval("SELECT person_key FROM appointment WHERE id = $1", appointment_id)
    found = await noshows.missed(conn, [key], now - house.world.rules.no_show_window)
    return may_book(house, now, found.get(key, ()), place)


async def too_far(
    conn: Conn, house: House, now: datetime, wants: Mapping[K, Sequence[Book]]
) -> Mapping[K, int]:
    """Of those who want places so far ahead that one of them may not have it: which one, by number."""
    curps = {book.applicant.curp for books in wants.values() for book in books}
    known = await missed(conn, house, now, curps)
    found: dict[K, int] = {}
    for key, books in wants.items():
        far = [n for n, b in enumerate(books) if not may_book(house, now, known[b.applicant.curp], b.place)]
        if far:
            found[key] = far[0]
    return found


def may_book(house: House, now: datetime, absences: tuple[datetime, ...], place: Place) -> bool:
    zone = ZoneInfo(house.world.offices[place.office_id].zone)
    return rule.may_book(absences, place.starts_at, zone, now, house.world.rules)
