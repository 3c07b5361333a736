"""A day that was closed opens after all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ventanilla.db.closures import Days, lock_offices, locked
from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class ClosedSlot:
    """`drawn`: it is kept for a draw, which decides when it is seen."""

    id: int
    starts_at: datetime
    drawn: bool


async def open_days(conn: Conn, days: Days) -> tuple[ClosedSlot, ...]:
    """Take back these closures; gives their slots, locked and still unseen. Inside a transaction."""
    where = [office for office, _ in days], [day for _, day in days]
    await lock_offices(conn, where[0])
    rows = await conn.fetch(
        """
        DELETE FROM closure c USING unnest($1::text[], $2::date[]) AS w (office_id, day)
        WHERE c.office_id = w.office_id AND c.day = w.day RETURNING c.office_id, c.day
        """,
        *where,
    )
    ids = await locked(conn, [(r["office_id"], r["day"]) for r in rows])
    slots = await conn.fetch(
        "SELECT id, starts_at, draw_id IS NOT NULL AS drawn FROM slot WHERE id = ANY($1::bigint[])", ids
    )
    return tuple(ClosedSlot(*r.values()) for r in slots)


async def show_again(conn: Conn, slots: Sequence[tuple[int, datetime]]) -> None:
    """Each slot with the moment from which it is public."""
    await conn.execute(
        """
        UPDATE slot s SET opens_at = w.opens_at
        FROM unnest($1::bigint[], $2::timestamptz[]) AS w (id, opens_at) WHERE s.id = w.id
        """,
        [i for i, _ in slots],
        [at for _, at in slots],
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """Who had not answered, and keeps the place; `told`: knows of the closure."""

    appointment_id: int
    told: bool


async def keep(conn: Conn, slot_ids: Sequence[int], now: datetime) -> tuple[Kept, ...]:
    rows = await conn.fetch(
        """
        WITH done AS (
            UPDATE affected SET reopened_at = $2 WHERE slot_id = ANY($1::bigint[]) AND reopened_at IS NULL
            RETURNING appointment_id, slot_id, told_id
        )
        SELECT a.id, d.told_id IS NOT NULL FROM done d JOIN appointment a ON a.id = d.appointment_id
            AND a.slot_id = d.slot_id AND a.status = 'live' AND a.starts_at > $2 ORDER BY a.id
        """,
        slot_ids,
        now,
    )
    return tuple(Kept(*r.values()) for r in rows)


async def closed_days(
    conn: Conn, offices: Sequence[str], first: date, last: date
) -> tuple[tuple[str, date], ...]:
    rows = await conn.fetch(
        """
        SELECT office_id, day FROM closure WHERE office_id = ANY($1::text[]) AND day BETWEEN $2 AND $3
        ORDER BY office_id, day
        """,
        offices,
        first,
        last,
    )
    return tuple((r["office_id"], r["day"]) for r in rows)
