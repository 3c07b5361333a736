"""Holding, booking and giving back places, for many people at once.

Each act locks the slots concerned in ascending id (so that two acts never wait for each other in a
ring), and then moves rows and counters in one statement. The statement after the lock sees what
earlier holders of the lock have written; without the lock two people would both see the last place
free (tests/races shows it). The CHECK on `slot` is the last guard behind both.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.booking import Place
from ventanilla.core.procedures import POOL
from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class WantHold:
    """`back_at`: when the place is everybody's again, if its lease ends unused; None: at that moment."""

    contact_id: int
    place: Place
    back_at: datetime | None = None


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
    """`id` 0: no appointment was made; then `granted` tells whether there was a place, and `given_up` that
    this person gave this very place back before and cannot have it again."""

    contact_id: int
    id: int
    granted: bool
    given_up: bool = False


async def lock(conn: Conn, places: Sequence[Place], contact_ids: Sequence[int]) -> dict[Place, int]:
    """Ids of these places' slots, all locked in ascending order, with those the contacts hold now."""
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


ROOM = "s.capacity - s.held - s.booked - s.withheld"
"""Free to everybody; a slot that is full of `extra` ones has less than none."""

_HOLD = f"""
WITH gone AS (
    DELETE FROM hold h WHERE h.contact_id = ANY($6::bigint[]) RETURNING h.contact_id, h.slot_id
), back AS (
    SELECT slot_id, count(*)::integer AS n FROM gone GROUP BY slot_id
), ranked AS (
    SELECT w.*, row_number() OVER (PARTITION BY w.slot_id ORDER BY EXISTS (
        SELECT FROM gone g WHERE g.contact_id = w.contact_id AND g.slot_id = w.slot_id) DESC, w.n) AS rank
    FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) WITH ORDINALITY
        AS w (contact_id, slot_id, back_at, n)
), granted AS (
    SELECT r.contact_id, r.slot_id, r.back_at, r.n FROM ranked r JOIN slot s ON s.id = r.slot_id
    LEFT JOIN back b ON b.slot_id = s.id
    WHERE s.starts_at > $4 AND s.opens_at <= $4 AND r.rank <= {ROOM} + coalesce(b.n, 0)
), kept AS (
    INSERT INTO hold (contact_id, n, slot_id, expires_at, back_at)
    SELECT contact_id, row_number() OVER (PARTITION BY contact_id ORDER BY n) - 1, slot_id, $5,
        greatest(back_at, $5)
    FROM granted RETURNING contact_id
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
    """Lease places, in this order, letting go of what these contacts held. Gives who got all they want."""
    people = [w.contact_id for w in wants]
    slots = await lock(conn, [w.place for w in wants], people)
    known = [w for w in wants if w.place in slots]
    rows = await conn.fetch(
        _HOLD,
        [w.contact_id for w in known],
        [slots[w.place] for w in known],
        [w.back_at for w in known],
        now,
        until,
        people,
    )
    got, wanted = Counter(r["contact_id"] for r in rows), Counter(people)
    return frozenset(c for c, count in got.items() if count == wanted[c])


_BOOK = f"""
WITH wanted AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bytea[], $6::bytea[],
        $7::text[]) WITH ORDINALITY
        AS w (contact_id, slot_id, folio, procedure, person_key, sealed, language, n)
), gone AS (
    DELETE FROM hold h WHERE h.contact_id = ANY($9::bigint[]) RETURNING h.contact_id, h.slot_id
), back AS (
    SELECT slot_id, count(*)::integer AS n FROM gone GROUP BY slot_id
), given AS (
    SELECT w.n FROM wanted w JOIN given_up g USING (slot_id, person_key)
), ranked AS (
    SELECT w.*, row_number() OVER (PARTITION BY w.slot_id ORDER BY (EXISTS (
        SELECT FROM gone g WHERE g.contact_id = w.contact_id AND g.slot_id = w.slot_id)) DESC, w.n) AS rank
    FROM wanted w WHERE w.n NOT IN (SELECT n FROM given)
), granted AS (
    SELECT r.*, s.office_id, s.starts_at FROM ranked r JOIN slot s ON s.id = r.slot_id
    LEFT JOIN back b ON b.slot_id = s.id
    WHERE s.starts_at > $8 AND s.opens_at <= $8 AND r.rank <= {ROOM} + coalesce(b.n, 0)
), made AS (
    INSERT INTO appointment (folio, contact_id, slot_id, office_id, starts_at, procedure, person_key,
        sealed, language, made_at)
    SELECT folio, contact_id, slot_id, office_id, starts_at, procedure, person_key, sealed,
        language, $8
    FROM granted ORDER BY n
    ON CONFLICT (person_key, procedure) WHERE status = 'live' DO NOTHING
    RETURNING id, folio, slot_id
), moved AS (
    UPDATE slot s SET held = s.held - d.held, booked = s.booked + d.booked
    FROM (SELECT slot_id, sum(held)::integer AS held, sum(booked)::integer AS booked FROM (
            SELECT slot_id, n AS held, 0 AS booked FROM back
            UNION ALL SELECT slot_id, 0, count(*)::integer FROM made GROUP BY slot_id
        ) AS changes GROUP BY slot_id) d
    WHERE s.id = d.slot_id
)
SELECT w.contact_id, coalesce(m.id, 0) AS id, g.n IS NOT NULL AS granted,
    w.n IN (SELECT n FROM given) AS given_up
FROM wanted w LEFT JOIN granted g USING (n) LEFT JOIN made m ON m.folio = w.folio
ORDER BY w.n
"""


async def book(conn: Conn, wants: Sequence[WantBooking], now: datetime) -> tuple[Made, ...]:
    """Turn holds, or places that are free, into appointments, in this order.

    Whoever holds the place is served before whoever only hopes that it is free. A person with a
    live appointment for the procedure gets none (unique index), and the place stays free.
    """
    people = [w.contact_id for w in wants]
    slots = await lock(conn, [w.place for w in wants], people)
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
    made = iter([Made(*r.values()) for r in rows])
    return tuple(next(made) if w.place in slots else Made(w.contact_id, 0, False) for w in wants)


async def let_go(conn: Conn, contact_ids: Sequence[int]) -> None:
    """Give back what these contacts hold."""
    await lock(conn, (), contact_ids)
    await _drop_holds(conn, "contact_id = ANY($1::bigint[])", contact_ids)


async def sweep(conn: Conn, now: datetime, limit: int = 1000) -> int:
    """Give back the places of leases that ended unused and whose random while is over."""
    slots = await conn.fetch(
        """
        SELECT id FROM slot WHERE id IN (SELECT slot_id FROM hold WHERE back_at <= $1 LIMIT $2)
        ORDER BY id FOR NO KEY UPDATE
        """,
        now,
        limit,
    )
    ids = [r["id"] for r in slots]
    return await _drop_holds(conn, "back_at <= $1 AND slot_id = ANY($2::bigint[])", now, ids)


async def publish(conn: Conn, now: datetime, limit: int = 1000) -> int:
    """Make withheld places whose time has come everybody's. Gives how many."""
    slots = await conn.fetch(
        """
        SELECT id FROM slot WHERE id IN (SELECT slot_id FROM release WHERE due_at <= $1 LIMIT $2)
        ORDER BY id FOR NO KEY UPDATE
        """,
        now,
        limit,
    )
    rows = await conn.fetch(
        """
        WITH gone AS (
            DELETE FROM release WHERE due_at <= $1 AND slot_id = ANY($2::bigint[]) RETURNING slot_id
        ), back AS (SELECT slot_id, count(*)::integer AS n FROM gone GROUP BY slot_id)
        UPDATE slot s SET withheld = s.withheld - back.n FROM back WHERE s.id = back.slot_id RETURNING back.n
        """,
        now,
        [r["id"] for r in slots],
    )
    return sum(r["n"] for r in rows)


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


MAY = """(a.contact_id = $2 OR EXISTS (
    SELECT FROM access p WHERE p.contact_id = $2 AND p.appointment_id = a.id))"""
"""Whose appointment `a` it is for the contact `$2`."""


@dataclass(frozen=True, slots=True)
class GiveBack:
    """`until`: an appointment that begins before it can not be given back any more. `back_at`: when the
    place is everybody's again, if nobody on the waiting list takes it."""

    now: datetime
    until: datetime
    back_at: datetime


async def cancel(conn: Conn, appointment_id: int, contact_id: int, how: GiveBack) -> bool:
    """Withhold a live appointment's place, if this contact made it or has proved that it is theirs."""
    await conn.fetchval(
        """
        SELECT s.id FROM slot s JOIN appointment a ON a.slot_id = s.id WHERE a.id = $1 FOR NO KEY UPDATE OF s
        """,
        appointment_id,
    )
    done = await conn.fetchval(
        f"""
        WITH freed AS (
            UPDATE appointment a SET status = 'cancelled', cancelled_at = $3
            WHERE id = $1 AND {MAY} AND status = 'live' AND starts_at >= $4
            RETURNING slot_id, person_key, contact_id
        ), kept AS (
            INSERT INTO given_up (slot_id, person_key, contact_id, at)
            SELECT slot_id, person_key, contact_id, $3 FROM freed ON CONFLICT DO NOTHING
        ), due AS (
            INSERT INTO release (slot_id, made_at, due_at) SELECT slot_id, $3, $5 FROM freed
        )
        UPDATE slot s SET booked = s.booked - 1, withheld = s.withheld + 1
        FROM freed WHERE s.id = freed.slot_id RETURNING s.id
        """,
        appointment_id,
        contact_id,
        how.now,
        how.until,
        how.back_at,
    )
    return done is not None
