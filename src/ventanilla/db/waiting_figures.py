"""How the waiting list does, office by office."""

from dataclasses import dataclass
from datetime import datetime

from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class Figures:
    """`waiting` and `paused` are now, the rest is of a span. `refilled`: places given back that somebody
    else has since; `minutes`: the median until then, None where there was none."""

    office_id: str
    waiting: int
    paused: int
    offers: int
    taken: int
    declined: int
    ignored: int
    given_back: int
    refilled: int
    minutes: float | None


async def figures(conn: Conn, since: datetime) -> tuple[Figures, ...]:
    """By id of the office; whoever waits for several counts in each."""
    rows = await conn.fetch(
        """
        WITH list AS (
            SELECT office_id, count(*) FILTER (WHERE w.state = 'waiting') AS waiting,
                count(*) FILTER (WHERE w.state = 'paused') AS paused
            FROM waiting w CROSS JOIN unnest(w.offices) AS o (office_id)
            WHERE w.state IN ('waiting', 'paused') GROUP BY 1
        ), made AS (
            SELECT s.office_id, count(*) AS offers, count(*) FILTER (WHERE o.state = 'taken') AS taken,
                count(*) FILTER (WHERE o.state = 'declined') AS declined,
                count(*) FILTER (WHERE o.state = 'expired') AS ignored
            FROM offer o JOIN slot s ON s.id = o.slot_id
            WHERE o.kind = 'waiting' AND o.made_at >= $1 GROUP BY 1
        ), given AS (
            SELECT s.office_id, g.at, least((
                SELECT min(a.made_at) FROM appointment a
                WHERE a.slot_id = g.slot_id AND a.made_at > g.at AND a.status <> 'cancelled'
            ), (
                SELECT min(o.ended_at) FROM offer o
                WHERE o.slot_id = g.slot_id AND o.ended_at > g.at AND o.state = 'taken'
            )) AS filled_at
            FROM given_up g JOIN slot s ON s.id = g.slot_id WHERE g.at >= $1
        ), back AS (
            SELECT office_id, count(*) AS given_back, count(filled_at) AS refilled,
                percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) / 60 AS minutes
            FROM (SELECT *, extract(epoch FROM filled_at - at) AS seconds FROM given) AS spans GROUP BY 1
        )
        SELECT office_id, coalesce(waiting, 0), coalesce(paused, 0), coalesce(offers, 0),
            coalesce(taken, 0), coalesce(declined, 0), coalesce(ignored, 0), coalesce(given_back, 0),
            coalesce(refilled, 0), minutes
        FROM list FULL JOIN made USING (office_id) FULL JOIN back USING (office_id) ORDER BY 1
        """,
        since,
    )
    return tuple(Figures(*r.values()) for r in rows)
