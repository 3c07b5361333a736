"""Free places side by side, for several people who come together. Everything is asked for many at once.

What a contact holds counts as free to that contact: a family that grows looks for its old places first.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ventanilla.core.procedures import POOL
from ventanilla.core.slots import EVERY
from ventanilla.db.booking import ROOM
from ventanilla.db.connection import Conn

Want = tuple[int, str, int]
"""A contact, an office, and how many people."""

_OWN = """
    SELECT contact_id, slot_id, count(*)::integer AS n FROM hold
    WHERE contact_id = ANY($1::bigint[]) GROUP BY contact_id, slot_id
"""
_FREE = f"""
    SELECT w.*, s.day, s.starts_at, {ROOM} + coalesce(own.n, 0) AS free
    FROM wanted w JOIN slot s USING (office_id)
    LEFT JOIN own ON own.slot_id = s.id AND own.contact_id = w.contact_id
    WHERE s.pool = $6 AND s.starts_at >= $4 AND s.starts_at < $5 AND s.opens_at <= $3
        AND {ROOM} + coalesce(own.n, 0) > 0
"""


def _bounds(wanted: Sequence[Want], now: datetime, start: datetime, end: datetime) -> tuple[object, ...]:
    """`$1` to `$8` of both questions about days."""
    contacts, offices, people = zip(*wanted, strict=True) if wanted else ((), (), ())
    return contacts, offices, now, start, end, POOL, EVERY, people


async def first_block(
    conn: Conn, wanted: Sequence[Want], now: datetime, start: datetime, end: datetime
) -> Mapping[Want, date]:
    """The first local day on which so many fit side by side; those without one are left out."""
    rows = await conn.fetch(
        f"""
        WITH own AS ({_OWN})
        SELECT w.contact_id, w.office_id, w.people, (
            SELECT d.day FROM (
                -- The limit keeps what follows from being asked of every day: the first answer is enough.
                SELECT day::date FROM generate_series(
                    $4::timestamptz - interval '1 day', $5::timestamptz + interval '1 day', '1 day') AS day
                ORDER BY day LIMIT 1000) AS d
            WHERE EXISTS (
                SELECT FROM (
                    SELECT {ROOM} + coalesce(own.n, 0) AS free,
                        s.starts_at - $7::interval * row_number() OVER (ORDER BY s.starts_at) AS run
                    FROM slot s LEFT JOIN own ON own.slot_id = s.id AND own.contact_id = w.contact_id
                    WHERE s.office_id = w.office_id AND s.pool = $6 AND s.day = d.day
                        AND s.starts_at >= greatest($4, d.day - interval '1 day')
                        AND s.starts_at < least($5, d.day + interval '2 days')
                        AND s.opens_at <= $3 AND {ROOM} + coalesce(own.n, 0) > 0) AS f
                GROUP BY run HAVING sum(free) >= w.people)
            LIMIT 1) AS day
        FROM unnest($1::bigint[], $2::text[], $8::integer[]) AS w (contact_id, office_id, people)
        """,
        *_bounds(wanted, now, start, end),
    )
    return {(r["contact_id"], r["office_id"], r["people"]): r["day"] for r in rows if r["day"] is not None}


async def block_days(
    conn: Conn, wanted: Sequence[Want], now: datetime, start: datetime, end: datetime
) -> Mapping[Want, Mapping[date, int]]:
    """The days on which so many fit side by side, in order, with the free places of all such stretches."""
    rows = await conn.fetch(
        f"""
        WITH wanted AS (
            SELECT * FROM unnest($1::bigint[], $2::text[], $8::integer[]) AS w (contact_id, office_id, people)
        ), own AS ({_OWN}), free AS ({_FREE}), runs AS (
            SELECT contact_id, office_id, people, day, sum(free)::integer AS free FROM (
                SELECT *, starts_at - $7::interval * row_number() OVER (
                    PARTITION BY contact_id, office_id, people, day ORDER BY starts_at) AS run
                FROM free) AS f
            GROUP BY contact_id, office_id, people, day, run HAVING sum(free) >= people
        )
        SELECT contact_id, office_id, people, day, sum(free)::integer AS free FROM runs
        GROUP BY contact_id, office_id, people, day ORDER BY day
        """,
        *_bounds(wanted, now, start, end),
    )
    found: dict[Want, dict[date, int]] = {w: {} for w in wanted}
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
        ), own AS ({_OWN}), free AS ({_FREE} AND (w.that_day IS NULL OR s.day = w.that_day))
        SELECT contact_id, office_id, that_day, day, starts_at, free FROM free ORDER BY starts_at
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
