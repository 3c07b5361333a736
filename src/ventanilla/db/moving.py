"""An appointment changes its place: the new one is taken and the old one given back in one statement, so
that nobody ever has two, or none."""

from dataclasses import dataclass
from typing import Literal

from ventanilla.core.booking import Place
from ventanilla.core.procedures import POOL
from ventanilla.db.booking import MAY, ROOM, GiveBack
from ventanilla.db.connection import Conn

Outcome = Literal["moved", "taken", "given-up", "too-late", "too-often", "gone"]
"""`given-up`: this person gave that very place back before. `gone`: no live appointment of theirs, or it
was changed in the same moment."""


@dataclass(frozen=True, slots=True)
class WantMove:
    """`most`: an appointment that has been moved so often stays where it is."""

    contact_id: int
    appointment_id: int
    place: Place
    most: int


_LOCK = """
SELECT s.id, s.office_id = $3 AND s.starts_at = $4 AND s.pool = $5 AS wanted FROM slot s WHERE s.id IN (
    SELECT id FROM slot WHERE office_id = $3 AND starts_at = $4 AND pool = $5
    UNION SELECT slot_id FROM appointment WHERE id = $1
    UNION SELECT slot_id FROM hold WHERE contact_id = $2)
ORDER BY s.id FOR NO KEY UPDATE
"""
_MOVE = f"""
WITH gone AS (
    DELETE FROM hold WHERE contact_id = $2 RETURNING slot_id
), back AS (
    SELECT slot_id, count(*)::integer AS n FROM gone GROUP BY slot_id
), room AS (
    SELECT s.id, s.office_id, s.starts_at FROM slot s LEFT JOIN back b ON b.slot_id = s.id
    WHERE s.id = $3 AND s.starts_at > $5 AND s.opens_at <= $5 AND {ROOM} + coalesce(b.n, 0) > 0
), old AS (
    SELECT a.slot_id, a.person_key, a.contact_id FROM appointment a, room WHERE a.id = $1
), moved AS (
    UPDATE appointment a SET slot_id = r.id, office_id = r.office_id, starts_at = r.starts_at,
        moves = moves + CASE WHEN $6 THEN 0 ELSE 1 END, late_at = NULL
    FROM room r WHERE a.id = $1 RETURNING a.slot_id
), kept AS (
    INSERT INTO given_up (slot_id, person_key, contact_id, at)
    SELECT slot_id, person_key, contact_id, $5 FROM old WHERE NOT $6 ON CONFLICT DO NOTHING
), due AS (
    INSERT INTO release (slot_id, made_at, due_at) SELECT slot_id, $5, $4 FROM old
), counted AS (
    UPDATE slot s SET held = s.held - d.held, booked = s.booked + d.booked, withheld = s.withheld + d.withheld
    FROM (SELECT slot_id, sum(held)::integer AS held, sum(booked)::integer AS booked,
            sum(withheld)::integer AS withheld FROM (
            SELECT slot_id, n AS held, 0 AS booked, 0 AS withheld FROM back
            UNION ALL SELECT slot_id, 0, 1, 0 FROM moved
            UNION ALL SELECT slot_id, 0, -1, 1 FROM old
        ) AS changes GROUP BY slot_id) d
    WHERE s.id = d.slot_id
)
SELECT slot_id FROM moved
"""


async def move(conn: Conn, want: WantMove, how: GiveBack) -> Outcome:
    """To the place that this contact holds, or that is free. Inside a transaction of the caller's.

    Away from an office that is closed that day it is never too late, does not count, and gives nothing up.
    """
    place = want.place
    locked = await conn.fetch(
        _LOCK, want.appointment_id, want.contact_id, place.office_id, place.starts_at, POOL
    )
    target = next((r["id"] for r in locked if r["wanted"]), None)
    now = await conn.fetchrow(
        f"""
        SELECT a.slot_id, a.starts_at, a.moves,
            EXISTS (SELECT FROM given_up g WHERE g.slot_id = $3 AND g.person_key = a.person_key) AS given_up,
            EXISTS (SELECT FROM closure c JOIN slot s USING (office_id, day) WHERE s.id = a.slot_id) AS closed
        FROM appointment a WHERE a.id = $1 AND {MAY} AND a.status = 'live' FOR UPDATE OF a
        """,
        want.appointment_id,
        want.contact_id,
        target,
    )
    # A slot that is not among the locked: somebody moved it a moment ago.
    if now is None or now["slot_id"] == target or now["slot_id"] not in {r["id"] for r in locked}:
        return "gone"
    closed = now["closed"] and now["starts_at"] > how.now
    if now["starts_at"] < how.until and not closed:
        return "too-late"
    if now["moves"] >= want.most and not closed:
        return "too-often"
    if now["given_up"]:
        return "given-up"
    moved = await conn.fetchval(
        _MOVE, want.appointment_id, want.contact_id, target, how.back_at, how.now, closed
    )
    return "taken" if moved is None else "moved"
