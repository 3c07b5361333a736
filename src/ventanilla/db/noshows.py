"""Who did not come: late after the grace time, missed or merely past when their office has closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ventanilla.core.procedures import POOL
from ventanilla.core.slots import EVERY
from ventanilla.db.connection import Conn

_BACK = timedelta(days=3)
"""What nobody judged within so long is past: that the program stood still is not the person's fault."""
_AHEAD = timedelta(days=1)
_OPEN = "(a.status = 'live' OR a.status = 'past' AND a.late_at IS NOT NULL)"
"""Who books again while late makes their first one `past`; that does not undo an absence."""


async def mark_late(conn: Conn, offices: Sequence[str], now: datetime, grace: timedelta) -> int:
    """Those whose grace time is over. Gives how many."""
    rows = await conn.fetch(
        """
        WITH late AS (
            SELECT a.id FROM unnest($1::text[]) AS o (id)
            JOIN slot s ON s.office_id = o.id AND s.pool = $4 AND s.starts_at > $2 AND s.starts_at < $3
            JOIN appointment a ON a.slot_id = s.id
            WHERE a.status IN ('live', 'past') AND a.late_at IS NULL
            ORDER BY a.id FOR NO KEY UPDATE OF a SKIP LOCKED
        )
        UPDATE appointment a SET late_at = $5 FROM late WHERE a.id = late.id RETURNING a.id
        """,
        offices,
        now - _BACK,
        now - grace,
        POOL,
        now,
    )
    return len(rows)


@dataclass(frozen=True, slots=True)
class Judged:
    missed: int
    past: int


_JUDGE = f"""
WITH seen AS (
    SELECT s.id, s.office_id, s.day, s.starts_at, s.opens_at = 'infinity' AND s.draw_id IS NULL AS shut
    FROM unnest($1::text[]) AS o (id)
    JOIN slot s ON s.office_id = o.id AND s.pool = $5 AND s.starts_at > $2 AND s.starts_at < $3
), over AS (
    SELECT d.office_id, d.day, EXISTS (
            SELECT FROM seen t JOIN appointment b ON b.slot_id = t.id
            WHERE t.office_id = d.office_id AND t.day = d.day AND b.arrived_at IS NOT NULL
        ) AND NOT EXISTS (SELECT FROM closure c WHERE c.office_id = d.office_id AND c.day = d.day) AS used
    FROM seen d GROUP BY 1, 2 HAVING max(d.starts_at) + $6 <= $4
), judged AS (
    SELECT a.id, o.used AND NOT s.shut AS missed FROM over o
    JOIN seen s USING (office_id, day) JOIN appointment a ON a.slot_id = s.id
    WHERE {_OPEN} AND (a.status = 'live' OR o.used AND NOT s.shut)
    ORDER BY a.id FOR NO KEY UPDATE OF a SKIP LOCKED
)
UPDATE appointment a SET status = CASE WHEN j.missed THEN 'no-show' ELSE 'past' END
FROM judged j WHERE a.id = j.id AND {_OPEN} RETURNING a.status
"""


async def judge(conn: Conn, offices: Sequence[str], now: datetime) -> Judged:
    """Of the offices whose day is over: missed only where the desk wrote somebody down that day and the
    office did not close; anything else is past. Whoever arrived meanwhile has arrived: rows are locked, and
    looked at again (tests/races shows what happens otherwise)."""
    rows = await conn.fetch(_JUDGE, offices, now - _BACK, now + _AHEAD, now, POOL, EVERY)
    forgotten = await conn.fetch(
        "UPDATE appointment SET status = 'past' WHERE status = 'live' AND starts_at <= $1 RETURNING id",
        now - _BACK,
    )
    missed = sum(r["status"] == "no-show" for r in rows)
    return Judged(missed, len(rows) - missed + len(forgotten))


async def missed(
    conn: Conn, person_keys: Sequence[bytes], since: datetime
) -> Mapping[bytes, tuple[datetime, ...]]:
    """When each of these people should have come and did not, ascending; who always came is left out."""
    rows = await conn.fetch(
        """
        SELECT person_key, array_agg(starts_at ORDER BY starts_at) AS missed FROM appointment
        WHERE person_key = ANY($1::bytea[]) AND starts_at > $2 AND status = 'no-show' GROUP BY 1
        """,
        person_keys,
        since,
    )
    return {bytes(r["person_key"]): tuple(r["missed"]) for r in rows}
