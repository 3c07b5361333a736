"""What became of reminders: sent, delivered, read and answered kept apart, and who came."""

from dataclasses import dataclass
from datetime import date, datetime

from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class Figures:
    """Appointments by kind and wording of the reminder. `sent`: Meta took it and did not report it failed.
    `delivered` counts those read too. `came` and `missed`: only of those the office has marked, at the time
    the reminder named."""

    kind: str
    variant: str
    due: int
    sent: int
    templates: int
    delivered: int
    read: int
    going: int
    change: int
    cancel: int
    came: int
    missed: int


async def figures(conn: Conn, since: datetime) -> tuple[Figures, ...]:
    """In the order in which people get them."""
    rows = await conn.fetch(
        """
        SELECT r.kind, r.variant, count(*),
            count(*) FILTER (WHERE o.state = 'sent'),
            count(*) FILTER (WHERE o.state = 'sent' AND (o.as_template OR o.kind = 'template')),
            count(coalesce(o.delivered_at, o.read_at)),
            count(o.read_at),
            count(*) FILTER (WHERE r.answer = 'going'),
            count(*) FILTER (WHERE r.answer = 'change'),
            count(*) FILTER (WHERE r.answer = 'cancel'),
            count(*) FILTER (WHERE a.status = 'arrived' AND a.starts_at = r.starts_at),
            count(*) FILTER (WHERE a.status = 'no-show' AND a.starts_at = r.starts_at)
        FROM reminder r JOIN outbox o ON o.id = r.outbox_id JOIN appointment a ON a.id = r.appointment_id
        WHERE r.made_at >= $1 GROUP BY 1, 2
        ORDER BY array_position(ARRAY['days', 'hours', 'again', 'morning'], r.kind), 2
        """,
        since,
    )
    return tuple(Figures(*r.values()) for r in rows)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Appointments whose first question had this wording, each counted once. `given_back`: cancelled or
    moved afterwards, so that somebody else could have the place."""

    variant: str
    asked: int
    given_back: int
    came: int
    missed: int


async def outcomes(conn: Conn, since: datetime) -> tuple[Outcome, ...]:
    """Of the two wordings that are measured against each other. By what people were sent first: what comes
    later depends on their answers."""
    rows = await conn.fetch(
        """
        WITH first AS (
            SELECT DISTINCT ON (appointment_id, starts_at) appointment_id, starts_at, variant FROM reminder
            WHERE made_at >= $1 AND variant IN ('cost', 'plain')
            ORDER BY appointment_id, starts_at, made_at
        )
        SELECT f.variant, count(*),
            count(*) FILTER (WHERE a.status = 'cancelled' OR a.starts_at <> f.starts_at),
            count(*) FILTER (WHERE a.status = 'arrived' AND a.starts_at = f.starts_at),
            count(*) FILTER (WHERE a.status = 'no-show' AND a.starts_at = f.starts_at)
        FROM first f JOIN appointment a ON a.id = f.appointment_id GROUP BY 1 ORDER BY 1
        """,
        since,
    )
    return tuple(Outcome(*r.values()) for r in rows)


@dataclass(frozen=True, slots=True)
class Risk:
    """Of one office (its name) and day: how many were asked whether they come, and what is known of them now.
    `silent`: no answer. `leaving`: they cannot come as it is, and still have the appointment."""

    office: str
    day: date
    asked: int
    going: int
    silent: int
    leaving: int


async def at_risk(conn: Conn, now: datetime) -> tuple[Risk, ...]:
    """Appointments still to come, by day and office, where not everybody has said that they come."""
    # An office is kept as the cells of its row in the catalogue: the second one is its name.
    rows = await conn.fetch(
        """
        SELECT f.fields->>1, s.day, count(*),
            count(*) FILTER (WHERE l.answer = 'going'),
            count(*) FILTER (WHERE l.answer IS NULL),
            count(*) FILTER (WHERE l.answer <> 'going')
        FROM appointment a JOIN slot s ON s.id = a.slot_id JOIN office f ON f.id = a.office_id
        LEFT JOIN LATERAL (
            SELECT r.answer FROM reminder r
            WHERE r.appointment_id = a.id AND r.starts_at = a.starts_at AND r.answer IS NOT NULL
            ORDER BY r.answered_at DESC LIMIT 1
        ) l ON true
        WHERE a.status = 'live' AND a.starts_at > $1 AND EXISTS (
            SELECT FROM reminder r WHERE r.appointment_id = a.id AND r.starts_at = a.starts_at
                AND r.kind = 'hours')
        GROUP BY 1, 2 HAVING count(*) > count(*) FILTER (WHERE l.answer = 'going') ORDER BY 2, 1
        """,
        now,
    )
    return tuple(Risk(*r.values()) for r in rows)
