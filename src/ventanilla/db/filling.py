"""Places that are free for those who wait, and the offers made of them. Everything in sets."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from ventanilla.core.booking import Applicant, Place
from ventanilla.core.procedures import POOL
from ventanilla.core.waiting import Match, OpenOffer
from ventanilla.db.connection import Conn
from ventanilla.db.vault import Vault
from ventanilla.db.waiting import order

_MOST = 200
"""People offered a place in one run, and places looked at for each: enough that whoever comes later still
finds one that the earlier ones left."""

_ROOM = "s.capacity + s.extra - s.held - s.booked"
"""For who waits: withheld places and `extra` ones too."""

# A lapsed hold is its person's until the sweep, but not if somebody waits for the place.
_MATCHES = f"""
WITH lapsed AS (
    SELECT slot_id, count(*)::integer AS n FROM hold WHERE expires_at <= $1 GROUP BY slot_id
), wanted AS (
    SELECT DISTINCT unnest(offices) AS office_id FROM waiting WHERE state = 'waiting'
), room AS MATERIALIZED (
    SELECT s.id, s.office_id, s.starts_at, s.day, {_ROOM} + coalesce(l.n, 0) AS n, CASE
        WHEN (s.starts_at AT TIME ZONE o.zone)::time < '12:00' THEN 'morning' ELSE 'afternoon' END AS half
    FROM slot s JOIN wanted USING (office_id)
    JOIN unnest($2::text[], $3::text[]) AS o (office_id, zone) USING (office_id)
    LEFT JOIN lapsed l ON l.slot_id = s.id
    WHERE s.pool = $4 AND s.starts_at > $5 AND s.opens_at <= $1 AND {_ROOM} + coalesce(l.n, 0) > 0
), pairs AS (
    SELECT w.id, w.contact_id, w.appointment_id, r.id AS slot_id, r.office_id, r.starts_at, r.n,
        row_number() OVER (PARTITION BY w.id ORDER BY r.starts_at, r.office_id) AS nth, w.made_at, w.tie
    FROM waiting w CROSS JOIN unnest(w.offices) AS o (office_id) JOIN room r USING (office_id)
    LEFT JOIN appointment a ON a.id = w.appointment_id
    WHERE w.state = 'waiting' AND r.day >= w.earliest AND r.half = ANY (w.halves)
        AND (w.appointment_id IS NULL OR a.status = 'live' AND r.starts_at < a.starts_at)
        AND NOT EXISTS (SELECT FROM offer o WHERE o.waiting_id = w.id AND o.state = 'open')
        AND NOT EXISTS (SELECT FROM given_up g WHERE g.slot_id = r.id AND g.person_key = w.person_key)
        AND NOT EXISTS (SELECT FROM offer o WHERE o.slot_id = r.id AND o.waiting_id = w.id)
)
SELECT id, contact_id, appointment_id, slot_id, office_id, starts_at, n FROM pairs WHERE nth <= {_MOST}
ORDER BY {order("pairs")}, nth LIMIT {_MOST * _MOST}
"""


async def matches(
    conn: Conn, offices: Sequence[tuple[str, str]], now: datetime, after: datetime
) -> tuple[Match, ...]:
    """Each place in these offices (id, zone) that begins after a moment, with each who waits and whom it
    suits: who came first, first, and of theirs the earliest. Not what they gave up or were offered before."""
    if not await conn.fetchval("SELECT EXISTS (SELECT FROM waiting WHERE state = 'waiting')"):
        return ()
    rows = await conn.fetch(_MATCHES, now, [o for o, _ in offices], [z for _, z in offices], POOL, after)
    return tuple(
        Match(
            r["id"],
            r["contact_id"],
            r["appointment_id"],
            r["slot_id"],
            Place(r["office_id"], r["starts_at"]),
            r["n"],
        )
        for r in rows
    )


async def ready(conn: Conn, chosen: Sequence[Match], now: datetime) -> tuple[Match, ...]:
    """Those who still wait, with their slots locked and lapsed holds turned into withheld places as far as
    they are needed. Slots first and then entries, as everywhere: nobody waits for another in a ring."""
    slots = [m.slot_id for m in chosen]
    await conn.execute("SELECT FROM slot WHERE id = ANY($1::bigint[]) ORDER BY id FOR NO KEY UPDATE", slots)
    rows = await conn.fetch(
        """
        SELECT id FROM waiting WHERE id = ANY($1::bigint[]) AND state = 'waiting' ORDER BY id
        FOR NO KEY UPDATE
        """,
        [m.waiting_id for m in chosen],
    )
    await conn.execute(
        f"""
        WITH wanted AS (
            SELECT slot_id, count(*) AS n FROM unnest($1::bigint[]) AS w (slot_id) GROUP BY 1
        ), ranked AS (
            SELECT h.contact_id, h.n, w.n - ({_ROOM}) AS needed,
                row_number() OVER (PARTITION BY h.slot_id ORDER BY h.expires_at, h.contact_id, h.n) AS k
            FROM hold h JOIN wanted w USING (slot_id) JOIN slot s ON s.id = h.slot_id WHERE h.expires_at <= $2
        ), gone AS (
            DELETE FROM hold h USING ranked r
            WHERE (h.contact_id, h.n) = (r.contact_id, r.n) AND r.k <= r.needed RETURNING h.slot_id, h.back_at
        ), due AS (
            INSERT INTO release (slot_id, made_at, due_at) SELECT slot_id, $2, back_at FROM gone
        )
        UPDATE slot s SET held = s.held - g.n, withheld = s.withheld + g.n
        FROM (SELECT slot_id, count(*)::integer AS n FROM gone GROUP BY 1) g WHERE s.id = g.slot_id
        """,
        slots,
        now,
    )
    still = {r["id"] for r in rows}
    return tuple(m for m in chosen if m.waiting_id in still)


async def over(conn: Conn, now: datetime) -> tuple[tuple[int, datetime, bool], ...]:
    """Open offers to who waits whose time is over, or whose person waits no longer (then True): id, when
    their place begins."""
    rows = await conn.fetch(
        """
        SELECT o.id, s.starts_at, w.state <> 'waiting' AS left FROM offer o
        JOIN waiting w ON w.id = o.waiting_id JOIN slot s ON s.id = o.slot_id
        WHERE o.state = 'open' AND (o.expires_at <= $1 OR w.state <> 'waiting') ORDER BY o.id
        """,
        now,
    )
    return tuple((r["id"], r["starts_at"], r["left"]) for r in rows)


_OPEN = """
SELECT o.id, o.contact_id, s.office_id, s.starts_at, o.expires_at, a.folio, a.office_id AS now_office,
    a.starts_at AS now_starts_at, w.sealed, w.language
FROM offer o JOIN waiting w ON w.id = o.waiting_id JOIN slot s ON s.id = o.slot_id
LEFT JOIN appointment a ON a.id = o.appointment_id
WHERE o.state = 'open' AND w.state IN ('waiting', 'paused') AND {} ORDER BY o.id
"""


async def open_offers(conn: Conn, vault: Vault, offer_ids: Sequence[int]) -> tuple[OpenOffer, ...]:
    return await _open(conn, vault, "o.id = ANY($1::bigint[])", offer_ids)


async def offers_of(conn: Conn, vault: Vault, contact_ids: Sequence[int]) -> tuple[OpenOffer, ...]:
    """All that are open to these contacts, the oldest first."""
    return await _open(conn, vault, "o.contact_id = ANY($1::bigint[])", contact_ids)


async def _open(conn: Conn, vault: Vault, which: str, ids: Sequence[int]) -> tuple[OpenOffer, ...]:
    rows = await conn.fetch(_OPEN.format(which), ids)
    return tuple(
        OpenOffer(
            r["id"],
            r["contact_id"],
            Place(r["office_id"], r["starts_at"]),
            r["expires_at"],
            msgspec.json.decode(vault.open("appointment", r["sealed"]), type=Applicant).given,
            r["language"],
            r["folio"] or "",
            Place(r["now_office"], r["now_starts_at"]) if r["folio"] else None,
        )
        for r in rows
    )


async def new_of(conn: Conn, offer_id: int, contact_id: int) -> tuple[bytes, str, bytes, str] | None:
    """Whose appointment an open offer would make: person key, procedure, sealed applicant, language. None
    where it would change one, or is not open to this contact."""
    row = await conn.fetchrow(
        """
        SELECT w.person_key, w.procedure, w.sealed, w.language
        FROM offer o JOIN waiting w ON w.id = o.waiting_id
        WHERE o.id = $1 AND o.contact_id = $2 AND o.state = 'open' AND o.appointment_id IS NULL
            AND w.state IN ('waiting', 'paused')
        """,
        offer_id,
        contact_id,
    )
    return (bytes(row[0]), row[1], bytes(row[2]), row[3]) if row else None


async def state_of(conn: Conn, offer_id: int, contact_id: int) -> tuple[str, bool]:
    """How an offer to who waits stands (empty: it is not this contact's), and whether they still wait."""
    row = await conn.fetchrow(
        """
        SELECT o.state, w.state IN ('waiting', 'paused') FROM offer o JOIN waiting w ON w.id = o.waiting_id
        WHERE o.id = $1 AND o.contact_id = $2
        """,
        offer_id,
        contact_id,
    )
    return (row[0], row[1]) if row else ("", False)


async def leaves_at(conn: Conn, offer_id: int) -> datetime | None:
    """When the place begins that is left for the offered one; None: none is."""
    moment: datetime | None = await conn.fetchval(
        "SELECT a.starts_at FROM offer o JOIN appointment a ON a.id = o.appointment_id WHERE o.id = $1",
        offer_id,
    )
    return moment


async def note_messages(conn: Conn, offer_ids: Sequence[int], outbox_ids: Sequence[int]) -> None:
    """By which message each offer was told."""
    await conn.execute(
        """
        UPDATE offer o SET outbox_id = t.outbox_id
        FROM unnest($1::bigint[], $2::bigint[]) AS t (id, outbox_id) WHERE o.id = t.id
        """,
        offer_ids,
        outbox_ids,
    )
