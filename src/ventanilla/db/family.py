"""Places and appointments for several people who come together: all of them, or none.

The guards are those of one person (db/booking.py); what is added is a savepoint around each family, so
that nobody is left with a part of theirs (tests/races/test_family.py shows a torn family without it).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.booking import Place
from ventanilla.db import booking
from ventanilla.db.booking import Made, WantBooking, WantHold
from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class WantBlock:
    """`places`: one a person. They come back together, at `back_at`, if the lease ends unused."""

    contact_id: int
    places: tuple[Place, ...]
    back_at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nobody of a family was booked: what became of the first of them (by number) who was not."""

    person: int
    made: Made


class _Torn(Exception):
    """Some of a family have a place and some have not."""


async def hold(conn: Conn, wants: Sequence[WantBlock], now: datetime, until: datetime) -> frozenset[int]:
    """Lease each family its places, in this order. Who does not get all of them keeps what they held."""
    await booking.lock(conn, [p for w in wants for p in w.places], [w.contact_id for w in wants])
    return frozenset([w.contact_id for w in wants if await _held(conn, w, now, until)])


async def _held(conn: Conn, want: WantBlock, now: datetime, until: datetime) -> bool:
    wants = [WantHold(want.contact_id, place, want.back_at) for place in want.places]
    try:
        async with conn.transaction():
            if not await booking.hold(conn, wants, now, until):
                raise _Torn
    except _Torn:
        return False
    return True


async def book(
    conn: Conn, families: Sequence[Sequence[WantBooking]], now: datetime
) -> tuple[tuple[int, ...] | Refused, ...]:
    """The ids of each family's appointments, in the order of its people; or why there are none."""
    everybody = [w for family in families for w in family]
    await booking.lock(conn, [w.place for w in everybody], [w.contact_id for w in everybody])
    return tuple([await _booked(conn, family, now) for family in families])


async def _booked(conn: Conn, family: Sequence[WantBooking], now: datetime) -> tuple[int, ...] | Refused:
    try:
        async with conn.transaction():
            made = await booking.book(conn, family, now)
            if not all(m.id for m in made):
                raise _Torn
            ids = tuple(m.id for m in made)
            await conn.execute("UPDATE appointment SET family = $1 WHERE id = ANY($2::bigint[])", ids[0], ids)
    except _Torn:
        return next(Refused(n, m) for n, m in enumerate(made) if not m.id)
    return ids
