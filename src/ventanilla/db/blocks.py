"""Free places side by side, for several people who come together. Everything is asked for many at once.

What a contact holds counts as free to that contact: a family that grows looks for its old places first.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ventanilla.core.procedures import POOL
from ventanilla.core.slots import EVERY
from ventanilla.db.booking import ROOM
from ventanilla.db.connection import Conn

_FREE = f"""
    SELECT w.*, s.day, s.starts_at, {ROOM}
        + (SELECT count(*) FROM hold h WHERE h.slot_id = s.id AND h.contact_id = w.contact_id) AS free
    FROM wanted w JOIN slot s USING (office_id)
    WHERE s.pool = $6 AND s.starts_at >= $4 AND s.starts_at < $5 AND s.opens_at <= $3
"""


async def block_days(
    conn: Conn,
    wanted: Sequence[tuple[int, str, int]],
    now: datetime,
    start: datetime,
    end: datetime,
) -> Mapping[tuple[int, str, int], Mapping[date, int]]:
    """By contact, office and number of people: the days on which so many fit side by side, in order, with
    the free places of all such stretches."""
    rows = await conn.fetch(
        f"""
        WITH wanted AS (
            SELECT DISTINCT * FROM unnest($1::bigint[], $2::text[]) AS w (contact_id, office_id)
        ), free AS ({_FREE}), runs AS (
            SELECT contact_id, office_id, day, sum(free)::integer AS free FROM (
                SELECT *, starts_at - $7::interval * row_number() OVER (
                    PARTITION BY contact_id, office_id, day ORDER BY starts_at) AS run
                FROM free WHERE free > 0) AS f
            GROUP BY contact_id, office_id, day, run
        )
        SELECT contact_id, office_id, people, day, sum(free)::integer AS free
        FROM runs JOIN unnest($1::bigint[], $2::text[], $8::integer[]) AS w (contact_id, office_id, people)
            USING (contact_id, office_id)
        WHERE free >= people GROUP BY 1, 2, 3, 4 ORDER BY 4
        """,
        [contact for contact, _, _ in wanted],
        [office for _, office, _ in wanted],
        now,
        start,
        end,
        POOL,
        EVERY,
        [people for _, _, people in wanted],
    )
    found: dict[tuple[int, str, int], dict[date, int]] = {w: {} for w in wanted}
    for r in rows:
        found[(r["contact_id"], r["office_id"], r["people"])][r["day"]] = r["free"]
    return found


async def free_places(
    conn: Conn,
    wanted: Sequence[tuple[int, str, date | None]],
    now: datetime,
    start: datetime,
    end: datetime,
) -> Mapping[tuple[int, str, date | None], Mapping[date, Mapping[datetime, int]]]:
    """By contact, office and local day (None: every day): free places by day and moment, in order; full
    moments are left out."""
    rows = await conn.fetch(
        f"""
        WITH wanted AS (
            SELECT * FROM unnest($1::bigint[], $2::text[], $7::date[]) AS w (contact_id, office_id, that_day)
        ), free AS ({_FREE} AND (w.that_day IS NULL OR s.day = w.that_day))
        SELECT contact_id, office_id, that_day, day, starts_at, free FROM free WHERE free > 0
        ORDER BY starts_at
        """,
        [contact for contact, _, _ in wanted],
        [office for _, office, _ in wanted],
        now,
        start,
        end,
        POOL,
        [day for _, _, day in wanted],
    )
    found: dict[tuple[int, str, date | None], dict[date, dict[datetime, int]]] = {w: {} for w in wanted}
    for r in rows:
        days = found[(r["contact_id"], r["office_id"], r["that_day"])]
        days.setdefault(r["day"], {})[r["starts_at"]] = r["free"]
    return found
