"""Holding, booking and giving back places, for many people at once.

Each act locks the slots concerned in ascending id (so that two acts never wait for each other in a
ring), and then moves rows and counters in one statement. The statement after the lock sees what
earlier holders of the lock have written; without the lock two people would both see the last place
free (tests/races shows it). The CHECK on `slot` is the last guard behind both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.booking import Place
from ventanilla.core.procedures import POOL
from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class WantHold:
    contact_id: int
    place: Place


@dataclass(frozen=True, slots=True)
class WantBooking:
    contact_id: int
    place: Place
    folio: str
    procedure: str
    person_key: bytes
    sealed: bytes
    language: str


@dataclass(frozen=True, slots=True)
class Made:
    """`id` 0: no appointment was made; then `granted` tells whether there was a place."""

    contact_id: int
    id: int
    granted: bool


async def _slots(conn: Conn, places: Sequence[Place], contact_ids: Sequence[int]) -> dict[Place, int]:
    """Ids of the slots, all locked in ascending order, with those the contacts hold now."""
    rows = await conn.fetch(
        """
        SELECT s.id, s.office_id, s.starts_at FROM slot s
        WHERE s.id IN (
            SELECT k.id FROM slot k JOIN unnest($1::text[], $2::timestamptz[]) AS w (office_id, starts_at)
                ON k.office_id = w.office_id AND k.starts_at = w.starts_at AND k.pool = $4
            UNION SELECT slot_id FROM hold WHERE contact_id = ANY($3::bigint[]))
        ORDER BY s.id FOR NO KEY UPDATE
        """,
        [p.office_id for p in places],
        [p.starts_at for p in places],
        contact_ids,
        POOL,
    )
    return {Place(r["office_id"], r["starts_at"]): r["id"] for r in rows}


_HOLD = """
WITH gone AS (
    DELETE FROM hold h WHERE h.contact_id = ANY($5::bigint[])
        OR (h.slot_id = ANY($2::bigint[]) AND h.expires_at <= $3) RETURNING h.slot_id
), back AS (
    SELECT slot_id, count(*)::integer AS n FROM gone GROUP BY slot_id
), ranked AS (
    SELECT contact_id, slot_id, row_number() OVER (PARTITION BY slot_id ORDER BY n) AS rank
    FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS w (contact_id, slot_id, n)
), granted AS (
    SELECT r.contact_id, r.slot_id FROM ranked r JOIN slot s ON s.id = r.slot_id
    LEFT JOIN back b ON b.slot_id = s.id
    WHERE s.starts_at > $3
      AND r.rank <= s.capacity + s.extra - s.held - s.booked + coalesce(b.n, 0)
), kept AS (
    INSERT INTO hold (contact_id, slot_id, expires_at)
    SELECT contact_id, slot_id, $4 FROM granted RETURNING contact_id
), moved AS (
    UPDATE slot s SET held = s.held + d.n
    FROM (SELECT slot_id, sum(n)::integer AS n FROM (
            SELECT slot_id, -n AS n FROM back
            UNION ALL SELECT slot_id, count(*)::integer FROM granted GROUP BY slot_id
        ) AS changes GROUP BY slot_id) d
    WHERE s.id = d.slot_id
)
SELECT contact_id FROM kept
"""


async def hold(conn: Conn, wants: Sequence[WantHold], now: datetime, until: datetime) -> frozenset[int]:
    """Lease a place to each contact, in this order, letting go of what they held. Gives who got it."""
    people = [w.contact_id for w in wants]
    slots = await _slots(conn, [w.place for w in wants], people)
    known = [(w.contact_id, slots[w.place]) for w in wants if w.place in slots]
    rows = await conn.fetch(
        _HOLD,
        [contact for contact, _ in known],
        [slot for _, slot in known],
        now,
        until,
        people,
    )
    return frozenset(r["contact_id"] for r in rows)


_BOOK = """
WITH wanted AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bytea[], $6::bytea[],
        $7::text[]) WITH ORDINALITY
        AS w (contact_id, slot_id, folio, procedure, person_key, sealed, language, n)
), gone AS (
    DELETE FROM hold h WHERE h.contact_id = ANY($9::bigint[])
        OR (h.slot_id = ANY($2::bigint[]) AND h.expires_at <= $8)
    RETURNING h.contact_id, h.slot_id, h.expires_at
), back AS (
    SELECT slot_id, count(*)::integer AS n FROM gone GROUP BY slot_id
), ranked AS (
    SELECT w.*, row_number() OVER (PARTITION BY w.slot_id ORDER BY (EXISTS (
        SELECT FROM gone g WHERE g.contact_id = w.contact_id AND g.slot_id = w.slot_id
        AND g.expires_at > $8)) DESC, w.n) AS rank
    FROM wanted w
), granted AS (
    SELECT r.*, s.office_id, s.starts_at FROM ranked r JOIN slot s ON s.id = r.slot_id
    LEFT JOIN back b ON b.slot_id = s.id
    WHERE s.starts_at > $8
      AND r.rank <= s.capacity + s.extra - s.held - s.booked + coalesce(b.n, 0)
), made AS (
    INSERT INTO appointment (folio, contact_id, slot_id, office_id, starts_at, procedure, person_key,
        sealed, language, made_at)
    SELECT folio, contact_id, slot_id, office_id, starts_at, procedure, person_key, sealed,
        language, $8
    FROM granted ORDER BY n
    ON CONFLICT (person_key, procedure) WHERE status = 'live' DO NOTHING
    RETURNING id, contact_id, slot_id
), moved AS (
    UPDATE slot s SET held = s.held - d.held, booked = s.booked + d.booked
    FROM (SELECT slot_id, sum(held)::integer AS held, sum(booked)::integer AS booked FROM (
            SELECT slot_id, n AS held, 0 AS booked FROM back
            UNION ALL SELECT slot_id, 0, count(*)::integer FROM made GROUP BY slot_id
        ) AS changes GROUP BY slot_id) d
    WHERE s.id = d.slot_id
)
SELECT g.contact_id, coalesce(m.id, 0) AS id FROM granted g LEFT JOIN made m USING (contact_id)
"""


async def book(conn: Conn, wants: Sequence[WantBooking], now: datetime) -> tuple[Made, ...]:
    """Turn holds, or places that are free, into appointments, in this order.

    Whoever holds the place is served before whoever only hopes that it is free. A person with a
    live appointment for the procedure gets none (unique index), and the place stays free.
    """
    people = [w.contact_id for w in wants]
    slots = await _slots(conn, [w.place for w in wants], people)
    await conn.execute(
        """
        UPDATE appointment SET status = 'past'
        WHERE person_key = ANY($1::bytea[]) AND status = 'live' AND starts_at < $2
        """,
        [w.person_key for w in wants],
        now,
    )
    known = [w for w in wants if w.place in slots]
    rows = await conn.fetch(
        _BOOK,
        [w.contact_id for w in known],
        [slots[w.place] for w in known],
        [w.folio for w in known],
        [w.procedure for w in known],
        [w.person_key for w in known],
        [w.sealed for w in known],
        [w.language for w in known],
        now,
        people,
    )
    granted = {r["contact_id"]: r["id"] for r in rows}
    return tuple(Made(w.contact_id, granted.get(w.contact_id, 0), w.contact_id in granted) for w in wants)


async def let_go(conn: Conn, contact_ids: Sequence[int]) -> None:
    """Give back what these contacts hold."""
    await _slots(conn, (), contact_ids)
    await _drop_holds(conn, "contact_id = ANY($1::bigint[])", contact_ids)


async def sweep(conn: Conn, now: datetime, limit: int = 1000) -> int:
    """Take expired holds out of the counters. Only tidiness: they count as free already."""
    slots = await conn.fetch(
        """
        SELECT id FROM slot WHERE id IN (SELECT slot_id FROM hold WHERE expires_at <= $1 LIMIT $2)
        ORDER BY id FOR NO KEY UPDATE
        """,
        now,
        limit,
    )
    ids = [r["id"] for r in slots]
    return await _drop_holds(conn, "expires_at <= $1 AND slot_id = ANY($2::bigint[])", now, ids)


async def _drop_holds(conn: Conn, which: str, *args: object) -> int:
    """The slots must be locked already."""
    rows = await conn.fetch(
        f"""
        WITH gone AS (DELETE FROM hold WHERE {which} RETURNING slot_id),
        back AS (SELECT slot_id, count(*)::integer AS n FROM gone GROUP BY slot_id)
        UPDATE slot s SET held = s.held - back.n FROM back WHERE s.id = back.slot_id RETURNING back.n
        """,
        *args,
    )
    return sum(r["n"] for r in rows)


async def cancel(conn: Conn, appointment_id: int, contact_id: int, now: datetime, until: datetime) -> bool:
    """Give a live appointment's place back, if this contact made it and it starts after `until`."""
    slot = await conn.fetchval(
        """
        SELECT s.id FROM slot s JOIN appointment a ON a.slot_id = s.id
        WHERE a.id = $1 AND a.contact_id = $2 FOR NO KEY UPDATE OF s
        """,
        appointment_id,
        contact_id,
    )
    done = await conn.fetchval(
        """
        WITH freed AS (
            UPDATE appointment SET status = 'cancelled', cancelled_at = $3
            WHERE id = $1 AND contact_id = $2 AND status = 'live' AND starts_at >= $4 RETURNING slot_id
        )
        UPDATE slot s SET booked = s.booked - 1 FROM freed WHERE s.id = freed.slot_id RETURNING s.id
        """,
        appointment_id,
        contact_id,
        now,
        until,
    )
    return slot is not None and done is not None
