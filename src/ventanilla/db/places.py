"""Places that are free, and the opening of new ones. Everything is asked for many at once.

Free to everybody = capacity - booked - held - withheld, from the moment the place is public on. What is
beyond `capacity` is `extra` (overbooking), which only offers fill.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ventanilla.core.booking import Place
from ventanilla.core.procedures import POOL
from ventanilla.db.connection import Conn

_FREE = "s.capacity - s.booked - s.held - s.withheld"
_BOOKABLE = "s.pool = $5 AND s.starts_at >= $3 AND s.starts_at < $4 AND s.opens_at <= $2"
_IS_FREE = "s.held + s.booked + s.withheld < s.capacity"
"""As the partial index has it."""


async def first_free(
    conn: Conn, offices: Sequence[str], now: datetime, start: datetime, end: datetime
) -> Mapping[str, date]:
    """The first local day with a free place in [start, end); offices without one are left out."""
    rows = await conn.fetch(
        f"""
        SELECT o.id, (SELECT s.day FROM slot s WHERE s.office_id = o.id AND {_BOOKABLE} AND {_IS_FREE}
            ORDER BY s.starts_at LIMIT 1) AS day
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
        SELECT s.office_id, s.day, sum({_FREE})::integer AS free FROM slot s
        WHERE s.office_id = ANY($1::text[]) AND {_BOOKABLE} AND {_IS_FREE} GROUP BY 1, 2 ORDER BY 1, 2
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
        SELECT s.office_id, s.day, s.starts_at FROM slot s
        JOIN unnest($1::text[], $6::date[]) AS w (office_id, day) USING (office_id, day)
        WHERE {_BOOKABLE} AND {_IS_FREE} ORDER BY s.starts_at
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
        SELECT s.office_id, s.starts_at FROM slot s
        JOIN unnest($1::text[]) WITH ORDINALITY AS o (id, rank) ON s.office_id = o.id
        WHERE {_BOOKABLE} AND {_IS_FREE}
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


@dataclass(frozen=True, slots=True)
class NewSlot:
    """`day` is the office's own; nobody sees the place before `opens_at`."""

    office_id: str
    starts_at: datetime
    day: date
    capacity: int
    opens_at: datetime


async def open_places(conn: Conn, slots: Sequence[NewSlot]) -> int:
    """Places that exist stay as they are. Gives how many slots are new.

    The offices are locked first, so that a closure made in the same moment is seen, or sees the new slots.
    """
    async with conn.transaction():
        offices = list({s.office_id for s in slots})
        await conn.execute("SELECT FROM office WHERE id = ANY($1::text[]) ORDER BY id FOR SHARE", offices)
        return await _open(conn, slots)


async def _open(conn: Conn, slots: Sequence[NewSlot]) -> int:
    count: int = await conn.fetchval(
        """
        WITH made AS (
            INSERT INTO slot (office_id, pool, starts_at, day, capacity, opens_at)
            SELECT office_id, $6, starts_at, day, capacity, opens_at
            FROM unnest($1::text[], $2::timestamptz[], $3::date[], $4::smallint[], $5::timestamptz[])
                AS s (office_id, starts_at, day, capacity, opens_at)
            WHERE (office_id, day) NOT IN (SELECT office_id, day FROM closure)
            ON CONFLICT ON CONSTRAINT slot_office_time DO NOTHING RETURNING 1
        ) SELECT count(*) FROM made
        """,
        [s.office_id for s in slots],
        [s.starts_at for s in slots],
        [s.day for s in slots],
        [s.capacity for s in slots],
        [s.opens_at for s in slots],
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
