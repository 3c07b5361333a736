"""What staff read about closed days: before, what they would touch; afterwards, who has answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ventanilla.db.closures import Affected, Days, affected_of
from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class Touched:
    """What closing one day of one office would touch. `waiting`: people who named the office."""

    office_id: str
    day: date
    places: int
    appointments: int
    holds: int
    offers: int
    waiting: int
    draws: int
    closed: bool


async def touched(conn: Conn, days: Days, now: datetime) -> tuple[Touched, ...]:
    """Only of what is still to come. Days without any place are in it too."""
    rows = await conn.fetch(
        """
        SELECT w.office_id, w.day, coalesce(sum(s.capacity), 0)::integer AS places,
            coalesce(sum(s.booked), 0)::integer AS appointments,
            coalesce(sum((SELECT count(*) FROM hold h WHERE h.slot_id = s.id)), 0)::integer AS holds,
            coalesce(sum((SELECT count(*) FROM offer o
                WHERE o.slot_id = s.id AND o.state = 'open')), 0)::integer AS offers,
            (SELECT count(*) FROM waiting v WHERE v.state = 'waiting' AND v.offices @> ARRAY[w.office_id])
                AS waiting,
            count(DISTINCT s.draw_id) AS draws,
            EXISTS (SELECT FROM closure c WHERE c.office_id = w.office_id AND c.day = w.day) AS closed
        FROM unnest($1::text[], $2::date[]) AS w (office_id, day)
        LEFT JOIN slot s ON s.office_id = w.office_id AND s.day = w.day AND s.starts_at > $3
        GROUP BY w.office_id, w.day ORDER BY w.day, w.office_id
        """,
        [office for office, _ in days],
        [day for _, day in days],
        now,
    )
    return tuple(Touched(*r.values()) for r in rows)


_ANSWER = """CASE WHEN a.status = 'cancelled' THEN 'cancelled' WHEN a.slot_id = f.slot_id AND NOT EXISTS (
        SELECT FROM appointment n WHERE n.person_key = a.person_key AND n.procedure = a.procedure
            AND n.status = 'live' AND n.id <> a.id) THEN 'none'
    WHEN EXISTS (SELECT FROM offer o WHERE o.appointment_id = a.id AND o.kind = 'closure'
        AND o.state = 'taken' AND o.made_at >= f.made_at) THEN 'took' ELSE 'chose' END"""
"""Whoever books anew after that day has chosen too."""
_CASES = f"""
SELECT c.office_id, c.day, c.reason, c.staff, c.made_at, a.folio, s.starts_at, f.id AS affected_id,
    CASE WHEN f.id IS NOT NULL THEN {_ANSWER} END AS answer,
    m.sent_at, m.delivered_at, m.read_at, m.state
FROM closure c LEFT JOIN slot s ON s.office_id = c.office_id AND s.day = c.day
LEFT JOIN affected f ON f.slot_id = s.id AND f.reopened_at IS NULL
LEFT JOIN appointment a ON a.id = f.appointment_id
LEFT JOIN outbox m ON m.id = coalesce(f.again_id, f.told_id)
WHERE c.day >= $1 AND ($2::text[] IS NULL OR c.office_id = ANY($2::text[]))
"""


@dataclass(frozen=True, slots=True)
class Answers:
    """Of one closed day: how many were affected and what they did; `delivered` and `read` of the last message
    to each."""

    office_id: str
    day: date
    reason: str
    staff: str
    affected: int
    took: int
    chose: int
    cancelled: int
    unanswered: int
    delivered: int
    read: int


async def answers(conn: Conn, since: date, offices: Sequence[str] | None) -> tuple[Answers, ...]:
    rows = await conn.fetch(
        f"""
        SELECT office_id, day, reason, staff, count(affected_id),
            count(*) FILTER (WHERE answer = 'took'), count(*) FILTER (WHERE answer = 'chose'),
            count(*) FILTER (WHERE answer = 'cancelled'), count(*) FILTER (WHERE answer = 'none'),
            count(delivered_at), count(read_at)
        FROM ({_CASES}) AS cases GROUP BY 1, 2, 3, 4 ORDER BY day, office_id
        """,
        since,
        offices,
    )
    return tuple(Answers(*r.values()) for r in rows)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """`message`: `not told`, `waiting`, `sent`, `delivered`, `read` or `failed`."""

    folio: str
    office_id: str
    starts_at: datetime
    message: str


async def unanswered(conn: Conn, since: date, offices: Sequence[str] | None) -> tuple[Unanswered, ...]:
    """For staff to call, soonest first."""
    rows = await conn.fetch(
        f"""
        SELECT folio, office_id, starts_at, CASE WHEN state IS NULL THEN 'not told'
            WHEN read_at IS NOT NULL THEN 'read' WHEN delivered_at IS NOT NULL THEN 'delivered'
            WHEN state = 'failed' THEN 'failed' WHEN sent_at IS NOT NULL THEN 'sent' ELSE 'waiting' END
        FROM ({_CASES}) AS cases WHERE answer = 'none' ORDER BY starts_at, folio
        """,
        since,
        offices,
    )
    return tuple(Unanswered(*r.values()) for r in rows)


async def at_stake(conn: Conn, days: Days, now: datetime) -> tuple[Affected, ...]:
    """Whom closing these days would affect, without those who are affected already."""
    rows = await conn.fetch(
        """
        SELECT 0 AS id, a.id AS appointment_id, a.contact_id, a.office_id, a.starts_at, s.day, a.procedure,
            coalesce(a.family, a.id) AS unit, array(
                SELECT slot_id FROM given_up g WHERE g.person_key = a.person_key) AS avoid
        FROM appointment a JOIN slot s ON s.id = a.slot_id
        JOIN unnest($1::text[], $2::date[]) AS w (office_id, day)
            ON s.office_id = w.office_id AND s.day = w.day
        WHERE a.status = 'live' AND a.starts_at > $3 AND NOT EXISTS (
            SELECT FROM affected f WHERE f.appointment_id = a.id AND f.slot_id = a.slot_id
                AND f.reopened_at IS NULL)
        ORDER BY a.starts_at, a.id
        """,
        [office for office, _ in days],
        [day for _, day in days],
        now,
    )
    return affected_of(rows)
