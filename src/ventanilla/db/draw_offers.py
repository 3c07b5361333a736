"""What a draw gave: who is offered which place, who comes next, and what nobody there wants.

The offers themselves are db/offers.py's; here is what makes them a draw's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ventanilla.core.lottery import Wishes
from ventanilla.db.connection import Conn

_OPEN_DAY = "NOT EXISTS (SELECT FROM closure c WHERE c.office_id = s.office_id AND c.day = s.day)"
_ROOM = "s.capacity - s.held - s.booked"
"""With what is withheld: before it is anybody's again it goes to the next in the order."""


@dataclass(frozen=True, slots=True)
class Winner:
    """With what the message needs; `sealed` is the applicant."""

    offer_id: int
    contact_id: int
    person_key: bytes
    sealed: bytes
    language: str
    office_id: str
    starts_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Loser:
    """`weight`: tickets next time."""

    contact_id: int
    sealed: bytes
    language: str
    office_id: str
    weight: int


@dataclass(frozen=True, slots=True)
class Free:
    """A slot of a draw that was held, with places that nobody has been offered."""

    draw_id: int
    slot_id: int
    office_id: str
    starts_at: datetime
    room: int


@dataclass(frozen=True, slots=True)
class Next:
    """Somebody whose turn may come, with the contact they would be told through."""

    draw_id: int
    entry_id: int
    contact_id: int
    receipt: bytes
    wishes: Wishes


async def slots_of(conn: Conn, draw_id: int, after: datetime) -> Mapping[datetime, int]:
    """Its slots by their moment, locked; those by then, or of a day on which the office is closed by now,
    are left out."""
    rows = await conn.fetch(
        f"""
        SELECT s.id, s.starts_at FROM slot s WHERE s.draw_id = $1 AND s.starts_at > $2 AND {_OPEN_DAY}
        ORDER BY s.id FOR NO KEY UPDATE
        """,
        draw_id,
        after,
    )
    return {r["starts_at"]: r["id"] for r in rows}


async def won(conn: Conn, offer_ids: Sequence[int]) -> tuple[Winner, ...]:
    """Their entries have won."""
    rows = await conn.fetch(
        """
        UPDATE draw_entry e SET state = 'won' FROM offer o JOIN slot s ON s.id = o.slot_id
        WHERE o.id = ANY($1::bigint[]) AND e.id = o.draw_entry_id
        RETURNING o.id, o.contact_id, e.person_key, e.sealed, e.language, s.office_id, s.starts_at,
            o.expires_at
        """,
        offer_ids,
    )
    return tuple(Winner(*r.values()) for r in rows)


async def losers(conn: Conn, draw_id: int) -> tuple[Loser, ...]:
    rows = await conn.fetch(
        """
        SELECT e.contact_id, e.sealed, e.language, d.office_id, coalesce(w.weight, 1) AS weight
        FROM draw_entry e JOIN draw d ON d.id = e.draw_id LEFT JOIN draw_weight w USING (person_key)
        WHERE e.draw_id = $1 AND e.state = 'lost' ORDER BY e.position
        """,
        draw_id,
    )
    return tuple(Loser(*r.values()) for r in rows)


async def expired(conn: Conn, now: datetime) -> tuple[tuple[int, datetime], ...]:
    """Open offers of draws whose time is over, each with the start of its place."""
    rows = await conn.fetch(
        """
        SELECT o.id, s.starts_at FROM offer o JOIN slot s ON s.id = o.slot_id
        WHERE o.kind = 'draw' AND o.state = 'open' AND o.expires_at <= $1
        """,
        now,
    )
    return tuple((r["id"], r["starts_at"]) for r in rows)


async def take_back(conn: Conn, today: date) -> None:
    """Whose place was withdrawn, because the office closes, wait again at their place in the order, and have
    the tickets they had: it was not their doing."""
    await conn.execute(
        """
        WITH again AS (
            UPDATE draw_entry e SET state = 'lost' FROM draw d
            WHERE d.id = e.draw_id AND d.state = 'drawn' AND d.last_day >= $1 AND e.state = 'won'
                AND 'withdrawn' = ALL (SELECT o.state FROM offer o WHERE o.draw_entry_id = e.id)
            RETURNING e.person_key, e.weight
        )
        UPDATE draw_weight w SET weight = greatest(w.weight, a.weight)
        FROM again a WHERE a.person_key = w.person_key
        """,
        today,
    )


async def unclaimed(conn: Conn) -> tuple[Free, ...]:
    """Locked, in ascending id."""
    rows = await conn.fetch(
        f"""
        SELECT s.draw_id, s.id, s.office_id, s.starts_at, {_ROOM} AS room FROM slot s
        WHERE s.draw_id IN (SELECT id FROM draw WHERE state = 'drawn') AND s.opens_at = 'infinity'
            AND {_ROOM} > 0 AND {_OPEN_DAY}
        ORDER BY s.id FOR NO KEY UPDATE
        """
    )
    return tuple(Free(*r.values()) for r in rows)


async def waiting(conn: Conn, draw_ids: Sequence[int], days: Sequence[date]) -> tuple[Next, ...]:
    """In the order of each draw, who has no place and would come on one of these days."""
    rows = await conn.fetch(
        """
        SELECT draw_id, id, contact_id, receipt, days, halves FROM draw_entry
        WHERE draw_id = ANY($1::bigint[]) AND state = 'lost' AND days && $2::date[] ORDER BY draw_id, position
        """,
        draw_ids,
        days,
    )
    return tuple(
        Next(draw_id, entry, contact, receipt, Wishes(frozenset(days), frozenset(halves)))
        for draw_id, entry, contact, receipt, days, halves in rows
    )


async def reopen(conn: Conn, slots: Sequence[tuple[int, datetime]]) -> None:
    """Slots, which are locked, become public at these moments."""
    await conn.execute(
        """
        UPDATE slot s SET opens_at = w.at FROM unnest($1::bigint[], $2::timestamptz[]) AS w (id, at)
        WHERE s.id = w.id
        """,
        [slot for slot, _ in slots],
        [at for _, at in slots],
    )


@dataclass(frozen=True, slots=True)
class Promised:
    """What an open offer of this contact would make, and where."""

    office_id: str
    starts_at: datetime
    procedure: str
    person_key: bytes
    sealed: bytes


async def promised(conn: Conn, offer_id: int, contact_id: int) -> Promised | None:
    """None: it is not a draw's, not theirs, or not open."""
    row = await conn.fetchrow(
        """
        SELECT s.office_id, s.starts_at, e.procedure, e.person_key, e.sealed
        FROM offer o JOIN draw_entry e ON e.id = o.draw_entry_id JOIN slot s ON s.id = o.slot_id
        WHERE o.id = $1 AND o.contact_id = $2 AND o.state = 'open'
        """,
        offer_id,
        contact_id,
    )
    return Promised(*row.values()) if row else None
