"""Places held for one person each: offered, taken, left, and passed on. All in sets but the taking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ventanilla.db.connection import Conn

Kind = Literal["waiting", "closure", "draw"]
Ended = Literal["declined", "expired", "withdrawn"]
Outcome = Literal["taken", "gone", "already-live"]
"""`gone`: no open offer to this contact, or what it was to change is no more."""


@dataclass(frozen=True, slots=True)
class WantOffer:
    """One place for one person. Of `waiting_id` and `draw_entry_id` the one its kind asks for;
    `appointment_id` is what it would change, None where it makes a new one."""

    kind: Kind
    contact_id: int
    slot_id: int
    expires_at: datetime
    appointment_id: int | None = None
    waiting_id: int | None = None
    draw_entry_id: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    id: int
    kind: Kind
    contact_id: int
    slot_id: int
    appointment_id: int | None
    waiting_id: int | None
    draw_entry_id: int | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewAppointment:
    """What an offer without an appointment makes when it is taken."""

    folio: str
    procedure: str
    person_key: bytes
    sealed: bytes
    language: str


_COLUMNS = "id, kind, contact_id, slot_id, appointment_id, waiting_id, draw_entry_id, expires_at"
_PUT = f"""
WITH ranked AS (
    SELECT w.*, row_number() OVER (PARTITION BY w.slot_id ORDER BY w.n) AS rank
    FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::bigint[], $6::bigint[],
        $7::bigint[]) WITH ORDINALITY
        AS w (kind, contact_id, slot_id, expires_at, appointment_id, waiting_id, draw_entry_id, n)
    WHERE NOT EXISTS (SELECT FROM given_up g JOIN waiting v USING (person_key)
        WHERE v.id = w.waiting_id AND g.slot_id = w.slot_id)
), granted AS (
    SELECT r.* FROM ranked r JOIN slot s ON s.id = r.slot_id
    WHERE s.starts_at > $8 AND (s.opens_at <= $8 OR r.kind = 'draw' AND NOT EXISTS (
        SELECT FROM closure c WHERE c.office_id = s.office_id AND c.day = s.day)) AND r.rank
        <= s.capacity + CASE r.kind WHEN 'waiting' THEN s.extra ELSE 0 END - s.held - s.booked
), made AS (
    INSERT INTO offer (kind, contact_id, slot_id, expires_at, appointment_id, waiting_id, draw_entry_id,
        made_at)
    SELECT kind, contact_id, slot_id, expires_at, appointment_id, waiting_id, draw_entry_id, $8
    FROM granted ORDER BY n ON CONFLICT DO NOTHING RETURNING {_COLUMNS}
), counts AS (
    SELECT slot_id, count(*)::integer AS n FROM made GROUP BY slot_id
), used AS (
    DELETE FROM release x USING (
        SELECT r.id, row_number() OVER (PARTITION BY r.slot_id ORDER BY r.due_at, r.id) AS k, c.n
        FROM release r JOIN counts c USING (slot_id)) pick
    WHERE x.id = pick.id AND pick.k <= pick.n RETURNING x.slot_id
), counted AS (
    UPDATE slot s SET held = s.held + c.n, withheld = s.withheld - coalesce(u.n, 0)
    FROM counts c LEFT JOIN (SELECT slot_id, count(*)::integer AS n FROM used GROUP BY 1) u USING (slot_id)
    WHERE s.id = c.slot_id
)
SELECT {_COLUMNS} FROM made ORDER BY id
"""


async def put(conn: Conn, wants: Sequence[WantOffer], now: datetime) -> tuple[Offer, ...]:
    """Hold these places for these people, in this order, as far as there is room: withheld places first,
    and `extra` ones only for who waits. Whoever has an open offer already gets no second one, and nothing is
    offered for an appointment that is given up in the same moment."""
    await _lock(conn, [w.slot_id for w in wants])
    rows = await conn.fetch(
        """
        SELECT id FROM appointment WHERE id = ANY($1::bigint[]) AND status IN ('live', 'past')
        ORDER BY id FOR SHARE
        """,
        [w.appointment_id for w in wants if w.appointment_id is not None],
    )
    standing = {None, *(r["id"] for r in rows)}
    wants = [w for w in wants if w.appointment_id in standing]
    rows = await conn.fetch(
        _PUT,
        [w.kind for w in wants],
        [w.contact_id for w in wants],
        [w.slot_id for w in wants],
        [w.expires_at for w in wants],
        [w.appointment_id for w in wants],
        [w.waiting_id for w in wants],
        [w.draw_entry_id for w in wants],
        now,
    )
    return tuple(Offer(*r.values()) for r in rows)


async def _lock(conn: Conn, slot_ids: Sequence[int]) -> frozenset[int]:
    rows = await conn.fetch(
        "SELECT id FROM slot WHERE id = ANY($1::bigint[]) ORDER BY id FOR NO KEY UPDATE", slot_ids
    )
    return frozenset(r["id"] for r in rows)


async def end(
    conn: Conn, offer_ids: Sequence[int], how: Ended, now: datetime, back_at: Sequence[datetime]
) -> tuple[Offer, ...]:
    """Close these offers as far as they are open and withhold their places, each until its `back_at`.
    Gives those that were closed."""
    slots = await conn.fetch("SELECT slot_id FROM offer WHERE id = ANY($1::bigint[])", offer_ids)
    await _lock(conn, [r["slot_id"] for r in slots])
    rows = await conn.fetch(
        f"""
        WITH ended AS (
            UPDATE offer o SET state = $2, ended_at = $3
            FROM unnest($1::bigint[], $4::timestamptz[]) AS w (id, back_at)
            WHERE o.id = w.id AND o.state = 'open'
            RETURNING {", ".join(f"o.{c}" for c in _COLUMNS.split(", "))}, w.back_at
        ), due AS (
            INSERT INTO release (slot_id, made_at, due_at) SELECT slot_id, $3, back_at FROM ended
        ), counted AS (
            UPDATE slot s SET held = s.held - e.n, withheld = s.withheld + e.n
            FROM (SELECT slot_id, count(*)::integer AS n FROM ended GROUP BY 1) e WHERE s.id = e.slot_id
        )
        SELECT {_COLUMNS} FROM ended ORDER BY id
        """,
        offer_ids,
        how,
        now,
        back_at,
    )
    return tuple(Offer(*r.values()) for r in rows)


async def leaves(conn: Conn, offer_id: int) -> datetime | None:
    """When the appointment begins that an offer would change."""
    starts_at: datetime | None = await conn.fetchval(
        "SELECT starts_at FROM appointment WHERE id = (SELECT appointment_id FROM offer WHERE id = $1)",
        offer_id,
    )
    return starts_at


@dataclass(frozen=True, slots=True)
class Take:
    """`back_at`: when the place that is left for the offered one is everybody's again. `new`: for an offer
    without an appointment."""

    offer_id: int
    contact_id: int
    now: datetime
    back_at: datetime
    new: NewAppointment | None = None


async def take(conn: Conn, want: Take) -> tuple[Outcome, int]:
    """Turn an open offer into its appointment, whose id it gives (0: none). One that should have ended but
    has not been passed on yet is still its person's. What else was offered for that appointment goes back
    with the place it had. Inside a transaction of the caller's."""
    slots = await conn.fetch(
        """
        SELECT slot_id FROM offer WHERE id = $1
        UNION SELECT a.slot_id FROM offer o JOIN appointment a ON a.id = o.appointment_id WHERE o.id = $1
        UNION SELECT s.slot_id FROM offer o JOIN offer s USING (appointment_id)
            WHERE o.id = $1 AND s.state = 'open'
        """,
        want.offer_id,
    )
    locked = await _lock(conn, [r["slot_id"] for r in slots])
    row = await conn.fetchrow(
        f"SELECT {_COLUMNS} FROM offer WHERE id = $1 AND contact_id = $2 AND state = 'open' FOR UPDATE",
        want.offer_id,
        want.contact_id,
    )
    if row is None:
        return "gone", 0
    offer = Offer(*row.values())
    if offer.appointment_id is not None:
        made = await _swap(conn, offer, want, locked)
        outcome: Outcome = "taken" if made else "gone"
    else:
        made = await _make(conn, offer, want)
        outcome = "taken" if made else "already-live"
    if made:
        await conn.execute(
            "UPDATE offer SET state = 'taken', ended_at = $2 WHERE id = $1", offer.id, want.now
        )
        await _withdraw_others(conn, offer, want)
        await conn.execute("UPDATE waiting SET state = 'served' WHERE id = $1", offer.waiting_id)
        await conn.execute("UPDATE draw_entry SET state = 'won' WHERE id = $1", offer.draw_entry_id)
    return outcome, made


async def _withdraw_others(conn: Conn, taken: Offer, want: Take) -> None:
    others = await conn.fetch(
        "SELECT id FROM offer WHERE appointment_id = $1 AND state = 'open'", taken.appointment_id
    )
    await end(conn, [r["id"] for r in others], "withdrawn", want.now, [want.back_at] * len(others))


_SWAP = """
WITH old AS (
    SELECT id, slot_id, person_key, contact_id FROM appointment a
    WHERE id = $1 AND slot_id = ANY($5::bigint[]) AND (status = 'live' AND starts_at > $3
        -- The day of a closed office may be over before its person answers.
        OR $6 = 'closure' AND status IN ('live', 'past') AND NOT EXISTS (
            SELECT FROM appointment o WHERE o.person_key = a.person_key AND o.procedure = a.procedure
                AND o.status = 'live' AND o.id <> a.id))
    FOR UPDATE
), moved AS (
    UPDATE appointment a SET slot_id = s.id, office_id = s.office_id, starts_at = s.starts_at, late_at = NULL,
        status = 'live'
    FROM old, slot s WHERE a.id = old.id AND s.id = $2 AND s.starts_at > $3 AND s.id <> old.slot_id
        AND NOT EXISTS (SELECT FROM given_up g WHERE g.slot_id = s.id AND g.person_key = old.person_key)
    RETURNING a.id
), kept AS (
    -- Whose office closed gave nothing up.
    INSERT INTO given_up (slot_id, person_key, contact_id, at)
    SELECT slot_id, person_key, contact_id, $3 FROM old, moved WHERE $6 <> 'closure' ON CONFLICT DO NOTHING
), due AS (
    INSERT INTO release (slot_id, made_at, due_at) SELECT slot_id, $3, $4 FROM old, moved
), counted AS (
    UPDATE slot s SET held = s.held - d.held, booked = s.booked + d.booked, withheld = s.withheld + d.withheld
    FROM (SELECT $2::bigint AS slot_id, 1 AS held, 1 AS booked, 0 AS withheld FROM moved
          UNION ALL SELECT slot_id, 0, -1, 1 FROM old, moved) d
    WHERE s.id = d.slot_id
)
SELECT id FROM moved
"""


async def _swap(conn: Conn, offer: Offer, want: Take, locked: frozenset[int]) -> int:
    made: int | None = await conn.fetchval(
        _SWAP, offer.appointment_id, offer.slot_id, want.now, want.back_at, list(locked), offer.kind
    )
    return made or 0


async def _make(conn: Conn, offer: Offer, want: Take) -> int:
    new = want.new
    if new is None:
        raise ValueError(f"offer {offer.id} needs to know whose appointment it makes")
    await conn.execute(
        "UPDATE appointment SET status = 'past' WHERE person_key = $1 AND status = 'live' AND starts_at < $2",
        new.person_key,
        want.now,
    )
    made: int | None = await conn.fetchval(
        """
        WITH made AS (
            INSERT INTO appointment (folio, contact_id, slot_id, office_id, starts_at, procedure, person_key,
                sealed, language, made_at)
            SELECT $3, $1, s.id, s.office_id, s.starts_at, $4, $5, $6, $7, $8
            FROM slot s WHERE s.id = $2 AND s.starts_at > $8
                AND NOT EXISTS (SELECT FROM given_up g WHERE g.slot_id = s.id AND g.person_key = $5)
            ON CONFLICT (person_key, procedure) WHERE status = 'live' DO NOTHING RETURNING id
        ), counted AS (
            UPDATE slot SET held = held - 1, booked = booked + 1 WHERE id = $2 AND EXISTS (SELECT FROM made)
        )
        SELECT id FROM made
        """,
        offer.contact_id,
        offer.slot_id,
        new.folio,
        new.procedure,
        new.person_key,
        new.sealed,
        new.language,
        want.now,
    )
    return made or 0
