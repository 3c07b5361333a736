"""What is owed to people, in order, until it is known to have gone out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.channel import Status
from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class Owed:
    contact_id: int
    kind: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Due:
    """One message to send now; `attempts` counts this one."""

    id: int
    contact_id: int
    kind: str
    sealed: bytes
    attempts: int


@dataclass(frozen=True, slots=True)
class Sent:
    id: int
    wamid: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotSent:
    """`again_at` None: it is given up and shown to staff."""

    id: int
    again_at: datetime | None
    code: int | None
    error: str


async def put(conn: Conn, messages: Sequence[Owed]) -> None:
    """In this order; ids ascend in it, and ids are the order of sending."""
    await conn.execute(
        """
        INSERT INTO outbox (contact_id, kind, sealed)
        SELECT contact_id, kind, sealed
        FROM unnest($1::bigint[], $2::text[], $3::bytea[]) WITH ORDINALITY AS o (contact_id, kind, sealed, n)
        ORDER BY n
        """,
        [m.contact_id for m in messages],
        [m.kind for m in messages],
        [m.sealed for m in messages],
    )


async def claim(conn: Conn, people: int, now: datetime, uncertain_before: datetime) -> tuple[Due, ...]:
    """All that is due to up to `people` people nobody else is sending to, in order of id.

    A message an earlier worker left in `sending` may have gone out. It is taken only when its
    status has had time to come (`uncertain_before`), and it holds back what comes after it, as does
    one that waits to be tried again. The lock on the contact comes first, in a statement of its
    own, so that the second one sees what the worker before us has claimed.
    """
    locked = await conn.fetch(
        """
        SELECT id FROM contact WHERE id IN (
            SELECT contact_id FROM outbox
            WHERE state = 'owed' AND due_at <= $2 OR state = 'sending' AND tried_at < $3
        ) LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED
        """,
        people,
        now,
        uncertain_before,
    )
    rows = await conn.fetch(
        """
        UPDATE outbox o SET state = 'sending', tried_at = $2, attempts = o.attempts + 1
        WHERE o.contact_id = ANY($1::bigint[]) AND o.due_at <= $2
          AND (o.state = 'owed' OR o.state = 'sending' AND o.tried_at < $3)
          AND NOT EXISTS (
            SELECT FROM outbox e WHERE e.contact_id = o.contact_id AND e.id < o.id
            AND (e.state = 'owed' AND e.due_at > $2 OR e.state = 'sending' AND e.tried_at >= $3))
        RETURNING o.id, o.contact_id, o.kind, o.sealed, o.attempts
        """,
        [r["id"] for r in locked],
        now,
        uncertain_before,
    )
    due = (Due(r["id"], r["contact_id"], r["kind"], r["sealed"], r["attempts"]) for r in rows)
    return tuple(sorted(due, key=lambda d: d.id))


async def record(
    conn: Conn, sent: Sequence[Sent], not_sent: Sequence[NotSent], untried: Sequence[int]
) -> None:
    """What became of the claimed messages. `untried` are owed again as if never claimed.

    A failed status may be there before our own record of having sent; it stays.
    """
    if sent:
        await conn.execute(
            """
            UPDATE outbox o SET wamid = s.wamid, sent_at = s.at,
                state = CASE WHEN o.state = 'failed' THEN 'failed' ELSE 'sent' END
            FROM unnest($1::bigint[], $2::text[], $3::timestamptz[]) AS s (id, wamid, at) WHERE o.id = s.id
            """,
            [s.id for s in sent],
            [s.wamid for s in sent],
            [s.at for s in sent],
        )
    if not_sent:
        await conn.execute(
            """
            UPDATE outbox o SET state = CASE WHEN s.again_at IS NULL THEN 'failed' ELSE 'owed' END,
                due_at = coalesce(s.again_at, o.due_at), error_code = s.code, error = s.error
            FROM unnest($1::bigint[], $2::timestamptz[], $3::integer[], $4::text[])
                AS s (id, again_at, code, error)
            WHERE o.id = s.id AND o.state = 'sending'
            """,
            [n.id for n in not_sent],
            [n.again_at for n in not_sent],
            [n.code for n in not_sent],
            [n.error for n in not_sent],
        )
    if untried:
        await conn.execute(
            "UPDATE outbox SET state = 'owed', attempts = attempts - 1 WHERE id = ANY($1::bigint[])", untried
        )


async def apply_statuses(conn: Conn, statuses: Sequence[Status]) -> None:
    """Statuses may come twice, out of order, and before our own record of having sent."""
    await conn.execute(
        """
        UPDATE outbox o SET
            wamid = coalesce(o.wamid, s.wamid),
            state = CASE WHEN s.failed OR o.state = 'failed' AND NOT s.arrived THEN 'failed' ELSE 'sent' END,
            sent_at = coalesce(o.sent_at, s.at),
            delivered_at = coalesce(o.delivered_at, s.delivered_at),
            read_at = coalesce(o.read_at, s.read_at),
            error_code = coalesce(s.error_code, o.error_code),
            error = coalesce(s.error, o.error)
        FROM (
            SELECT coalesce(u.outbox_id, k.id) AS id, min(u.wamid) AS wamid, min(u.at) AS at,
                bool_or(u.status = 'failed') AS failed,
                bool_or(u.status IN ('delivered', 'read', 'played')) AS arrived,
                min(u.at) FILTER (WHERE u.status = 'delivered') AS delivered_at,
                min(u.at) FILTER (WHERE u.status = 'read') AS read_at,
                max(u.error_code) AS error_code, max(nullif(u.error, '')) AS error
            FROM unnest($1::text[], $2::bigint[], $3::text[], $4::timestamptz[], $5::integer[], $6::text[])
                AS u (wamid, outbox_id, status, at, error_code, error)
            LEFT JOIN outbox k ON u.outbox_id IS NULL AND k.wamid = u.wamid
            GROUP BY 1
        ) s WHERE o.id = s.id
        """,
        [s.wamid for s in statuses],
        [s.outbox_id for s in statuses],
        [s.status for s in statuses],
        [s.at for s in statuses],
        [s.error_code for s in statuses],
        [s.error for s in statuses],
    )
