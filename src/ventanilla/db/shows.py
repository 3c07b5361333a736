"""Who came, measured; where overbooking is on; and the extra places of slots, which only offers fill."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ventanilla.core.overbooking import Counts, Hour, OpenSlot, Shows
from ventanilla.core.procedures import POOL
from ventanilla.db.connection import Conn


async def measured(conn: Conn, zones: Mapping[str, str], since: datetime) -> Mapping[str, Shows]:
    """By office; `zones` too. Only days on which a desk wrote arrivals down have absences, and an excused one
    says nothing about who comes."""
    rows = await conn.fetch(
        """
        SELECT office_id, extract(isodow FROM local)::integer AS weekday,
            extract(hour FROM local)::integer AS hour, count(*) FILTER (WHERE status = 'arrived') AS came,
            count(*) FILTER (WHERE status = 'no-show') AS missed,
            array_agg(DISTINCT date_trunc('week', local)::date) AS weeks
        FROM (
            SELECT a.office_id, a.status, a.starts_at AT TIME ZONE z.zone AS local
            FROM appointment a JOIN unnest($1::text[], $2::text[]) AS z (id, zone) ON z.id = a.office_id
            WHERE a.status IN ('arrived', 'no-show') AND a.starts_at > $3
        ) AS judged GROUP BY 1, 2, 3
        """,
        list(zones),
        list(zones.values()),
        since,
    )
    hours: dict[str, dict[Hour, Counts]] = {office: {} for office in zones}
    weeks: dict[str, set[object]] = {office: set() for office in zones}
    for r in rows:
        hours[r["office_id"]][(r["weekday"], r["hour"])] = Counts(r["came"], r["missed"])
        weeks[r["office_id"]].update(r["weeks"])
    alone = {office: Shows(hours[office], weeks=len(weeks[office])) for office in zones}
    country = sum((shows.office for shows in alone.values()), Counts())
    return {office: replace(shows, country=country) for office, shows in alone.items()}


async def switch_on(conn: Conn, office_id: str, staff: str, now: datetime) -> None:
    await conn.execute(
        """
        INSERT INTO overbooking (office_id, on_since, staff) VALUES ($1, $2, $3)
        ON CONFLICT (office_id) DO NOTHING
        """,
        office_id,
        now,
        staff,
    )


async def switch_off(conn: Conn, office_id: str) -> bool:
    """False: it was not on."""
    gone = await conn.fetchval("DELETE FROM overbooking WHERE office_id = $1 RETURNING office_id", office_id)
    return gone is not None


async def switched_on(conn: Conn) -> tuple[str, ...]:
    return tuple(r["office_id"] for r in await conn.fetch("SELECT office_id FROM overbooking ORDER BY 1"))


async def open_slots(conn: Conn, office_id: str, start: datetime, end: datetime) -> tuple[OpenSlot, ...]:
    """Ascending; without those that are closed or kept for a draw."""
    rows = await conn.fetch(
        """
        SELECT id, starts_at, capacity FROM slot
        WHERE office_id = $1 AND pool = $4 AND starts_at >= $2 AND starts_at < $3 AND opens_at < 'infinity'
        ORDER BY starts_at
        """,
        office_id,
        start,
        end,
        POOL,
    )
    return tuple(OpenSlot(r["id"], r["starts_at"], r["capacity"]) for r in rows)


async def set_extra(conn: Conn, slot_ids: Sequence[int], extras: Sequence[int]) -> int:
    """Never below what is used already. Gives how many slots changed.

    Locked in ascending order like everything that counts places: whoever takes one meanwhile is seen
    (tests/races shows what happens otherwise).
    """
    await conn.execute(
        """
        SELECT FROM slot s JOIN unnest($1::bigint[], $2::smallint[]) AS w (id, extra) USING (id)
        WHERE s.extra <> w.extra ORDER BY s.id FOR NO KEY UPDATE OF s
        """,
        slot_ids,
        extras,
    )
    rows = await conn.fetch(
        """
        UPDATE slot s SET extra = n.extra FROM (
            SELECT s.id, greatest(w.extra, s.held + s.booked + s.withheld - s.capacity) AS extra
            FROM slot s JOIN unnest($1::bigint[], $2::smallint[]) AS w (id, extra) USING (id)
        ) AS n WHERE n.id = s.id AND n.extra <> s.extra RETURNING s.id
        """,
        slot_ids,
        extras,
    )
    return len(rows)


async def with_extra(conn: Conn, office_id: str, now: datetime) -> tuple[int, ...]:
    """Slots still to come that have any."""
    rows = await conn.fetch(
        "SELECT id FROM slot WHERE office_id = $1 AND pool = $3 AND starts_at > $2 AND extra > 0 ORDER BY id",
        office_id,
        now,
        POOL,
    )
    return tuple(r["id"] for r in rows)
