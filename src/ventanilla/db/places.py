"""Places that are free, and the opening of new ones. Everything is asked for many at once.

Free = capacity + extra - booked - held + holds that have expired: a lease counts as free the moment
it ends, whether or not anybody has swept it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ventanilla.core.booking import Place
from ventanilla.core.procedures import POOL
from ventanilla.db.connection import Conn

# Expired holds are few: looked at once a query, whatever the planner thinks of the table.
_EXPIRED = """
WITH expired AS MATERIALIZED (
    SELECT slot_id, count(*) AS n FROM hold WHERE expires_at <= $2 GROUP BY slot_id
)"""
_SLOTS = "slot s LEFT JOIN expired e ON e.slot_id = s.id"
_FREE = "(s.capacity + s.extra - s.booked - s.held + coalesce(e.n, 0))"


async def first_free(
    conn: Conn, offices: Sequence[str], now: datetime, start: datetime, end: datetime
) -> Mapping[str, date]:
    """The first local day with a free place in [start, end); offices without one are left out.

    The partial index finds a free place at once; expired holds are few and looked at apart.
    """
    rows = await conn.fetch(
        f"""
        {_EXPIRED}, back AS MATERIALIZED (
            SELECT s.office_id, min(s.day) AS day FROM expired JOIN slot s ON s.id = slot_id
            WHERE s.pool = $5 AND s.starts_at >= $3 AND s.starts_at < $4 GROUP BY 1
        )
        SELECT o.id, least(
            (SELECT s.day FROM slot s WHERE s.office_id = o.id AND s.pool = $5 AND s.starts_at >= $3
               AND s.starts_at < $4 AND s.held + s.booked < s.capacity + s.extra
             ORDER BY s.starts_at LIMIT 1),
            (SELECT b.day FROM back b WHERE b.office_id = o.id)) AS day
        FROM unnest($1::text[]) AS o (id)
        """,
        offices,
        now,
        start,
        end,
        POOL,
    )
    return {r["id"]: r["day"] for r in rows if r["day"] is not None}


async def open_days(
    conn: Conn, offices: Sequence[str], now: datetime, start: datetime, end: datetime
) -> Mapping[str, Mapping[date, int]]:
    """Free places by local day, in order; days without any are left out."""
    rows = await conn.fetch(
        f"""
        {_EXPIRED}
        SELECT office_id, day, sum(free)::integer AS free FROM (
            SELECT s.office_id, s.day, {_FREE} AS free FROM {_SLOTS}
            WHERE s.office_id = ANY($1::text[]) AND s.pool = $5 AND s.starts_at >= $3 AND s.starts_at < $4
        ) places WHERE free > 0 GROUP BY 1, 2 ORDER BY 1, 2
        """,
        offices,
        now,
        start,
        end,
        POOL,
    )
    found: dict[str, dict[date, int]] = {office: {} for office in offices}
    for r in rows:
        found[r["office_id"]][r["day"]] = r["free"]
    return found


async def free_times(
    conn: Conn, wanted: Sequence[tuple[str, date]], now: datetime, start: datetime, end: datetime
) -> Mapping[tuple[str, date], tuple[datetime, ...]]:
    rows = await conn.fetch(
        f"""
        {_EXPIRED}
        SELECT s.office_id, s.day, s.starts_at FROM {_SLOTS}
        JOIN unnest($1::text[], $6::date[]) AS w (office_id, day) USING (office_id, day)
        WHERE s.pool = $5 AND s.starts_at >= $3 AND s.starts_at < $4 AND {_FREE} > 0 ORDER BY s.starts_at
        """,
        [office for office, _ in wanted],
        now,
        start,
        end,
        POOL,
        [day for _, day in wanted],
    )
    found: dict[tuple[str, date], list[datetime]] = {w: [] for w in wanted}
    for r in rows:
        found[(r["office_id"], r["day"])].append(r["starts_at"])
    return {w: tuple(times) for w, times in found.items()}


async def alternatives(
    conn: Conn, place: Place, offices: Sequence[str], now: datetime, start: datetime, end: datetime
) -> tuple[Place, ...]:
    """The three nearest free places. An office further down the list costs as much as half a day."""
    rows = await conn.fetch(
        f"""
        {_EXPIRED}
        SELECT s.office_id, s.starts_at FROM {_SLOTS}
        JOIN unnest($1::text[]) WITH ORDINALITY AS o (id, rank) ON s.office_id = o.id
        WHERE s.pool = $5 AND s.starts_at >= $3 AND s.starts_at < $4 AND {_FREE} > 0
        ORDER BY abs(extract(epoch FROM s.starts_at - $6::timestamptz)) + (o.rank - 1) * 43200, s.starts_at
        LIMIT 3
        """,
        offices,
        now,
        start,
        end,
        POOL,
        place.starts_at,
    )
    return tuple(Place(r["office_id"], r["starts_at"]) for r in rows)


async def open_places(conn: Conn, slots: Sequence[tuple[str, datetime, date, int]]) -> int:
    """Open (office, start, local day, capacity); places that exist stay as they are."""
    count: int = await conn.fetchval(
        """
        WITH made AS (
            INSERT INTO slot (office_id, pool, starts_at, day, capacity)
            SELECT office_id, $5, starts_at, day, capacity
            FROM unnest($1::text[], $2::timestamptz[], $3::date[], $4::smallint[])
                AS s (office_id, starts_at, day, capacity)
            ON CONFLICT ON CONSTRAINT slot_office_time DO NOTHING RETURNING 1
        ) SELECT count(*) FROM made
        """,
        [s[0] for s in slots],
        [s[1] for s in slots],
        [s[2] for s in slots],
        [s[3] for s in slots],
        POOL,
    )
    return count


async def measured(conn: Conn) -> None:
    """Tell the planner that the table has filled up: what it chose for an empty one is slow."""
    await conn.execute("ANALYZE slot")


async def put_offices(conn: Conn, offices: Sequence[tuple[str, str]]) -> None:
    """(id, fields as JSON): new ones are added, known ones replaced, none removed."""
    await conn.execute(
        """
        INSERT INTO office (id, fields)
        SELECT id, fields::jsonb FROM unnest($1::text[], $2::text[]) AS o (id, fields)
        ON CONFLICT (id) DO UPDATE SET fields = excluded.fields
        """,
        [i for i, _ in offices],
        [f for _, f in offices],
    )


async def offices(conn: Conn) -> tuple[str, ...]:
    """Each office's fields as JSON, by id."""
    return tuple(r["fields"] for r in await conn.fetch("SELECT fields::text FROM office ORDER BY id"))


async def closures(conn: Conn) -> frozenset[tuple[str, date]]:
    return frozenset(
        (r["office_id"], r["day"]) for r in await conn.fetch("SELECT office_id, day FROM closure")
    )
