"""What is owed to people, in order, until it is known to have gone out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.channel import Status
from ventanilla.core.sending import PAIR_BURST, PAIR_EVERY
from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class Owed:
    """`kind`: `message`, `paper`, `template` or `invitation`; `template` says the same when only
    templates may be sent."""

    contact_id: int
    kind: str
    sealed: bytes
    language: str = "es"
    template: bytes | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """One message to send now; `attempts` counts this one."""

    id: int
    contact_id: int
    kind: str
    sealed: bytes
    attempts: int
    language: str
    template: bytes | None
    wrote_at: datetime | None


async def put(conn: Conn, messages: Sequence[Owed]) -> None:
    """In this order; ids ascend in it, and ids are the order of sending."""
    await conn.execute(
        """
        INSERT INTO outbox (contact_id, kind, sealed, language, template)
        SELECT contact_id, kind, sealed, language, template
        FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::text[], $5::bytea[]) WITH ORDINALITY
            AS o (contact_id, kind, sealed, language, template, n)
        ORDER BY n
        """,
        [m.contact_id for m in messages],
        [m.kind for m in messages],
        [m.sealed for m in messages],
        [m.language for m in messages],
        [m.template for m in messages],
    )


_LOCK = """
WITH heads AS (
    SELECT DISTINCT ON (contact_id) contact_id, id, state, due_at, tried_at FROM outbox
    WHERE state IN ('owed', 'sending') ORDER BY contact_id, id
), ready AS (
    SELECT contact_id, id FROM heads
    WHERE state = 'owed' AND due_at <= $2 OR state = 'sending' AND tried_at < $3 ORDER BY id LIMIT $1
)
SELECT c.id FROM contact c JOIN ready r ON r.contact_id = c.id FOR NO KEY UPDATE OF c SKIP LOCKED
"""
_CLAIM = """
WITH mine AS (
    SELECT id, wrote_at, pair_at,
        $4::integer
            - ceil(extract(epoch FROM greatest(pair_at, $2) - $2) / extract(epoch FROM $5::interval)) AS room
    FROM contact WHERE id = ANY($1::bigint[])
), queue AS (
    SELECT id, contact_id, row_number() OVER person AS n,
        bool_or(state = 'owed' AND due_at > $2 OR state = 'sending' AND tried_at >= $3) OVER person AS blocked
    FROM outbox WHERE contact_id = ANY($1::bigint[]) AND state IN ('owed', 'sending')
    WINDOW person AS (PARTITION BY contact_id ORDER BY id)
), taken AS (
    UPDATE outbox o SET state = 'sending', tried_at = $2, attempts = o.attempts + 1
    FROM queue q JOIN mine m ON m.id = q.contact_id
    WHERE o.id = q.id AND NOT q.blocked AND q.n <= m.room
    RETURNING o.id, o.contact_id, o.kind, o.sealed, o.attempts, o.language, o.template, m.wrote_at
), spent AS (
    UPDATE contact c SET pair_at = greatest(c.pair_at, $2) + t.n * $5::interval
    FROM (SELECT contact_id, count(*) AS n FROM taken GROUP BY 1) t WHERE c.id = t.contact_id
), full_up AS (
    UPDATE outbox o SET due_at = m.pair_at - ($4 - 1) * $5::interval
    FROM queue q JOIN mine m ON m.id = q.contact_id
    WHERE o.id = q.id AND q.n = 1 AND NOT q.blocked AND m.room < 1
)
SELECT * FROM taken ORDER BY id
"""


async def claim(conn: Conn, people: int, now: datetime, uncertain_before: datetime) -> tuple[Due, ...]:
    """All that may go out now to up to `people` people nobody else is sending to, in order of id.

    A message an earlier worker left in `sending` may have gone out. It is taken only when its
    status has had time to come (`uncertain_before`), and it holds back what comes after it, as does
    one that waits to be tried again. The lock on the contact comes first, in a statement of its
    own, so that the second one sees what the worker before us has claimed and spent of the rate.
    """
    locked = await conn.fetch(_LOCK, people, now, uncertain_before)
    if not locked:
        return ()
    ids = [r["id"] for r in locked]
    rows = await conn.fetch(_CLAIM, ids, now, uncertain_before, PAIR_BURST, PAIR_EVERY)
    return tuple(Due(*r.values()) for r in rows)


async def release(conn: Conn, contact_ids: Sequence[int], now: datetime, made_after: datetime) -> None:
    """These people wrote: what waited for that goes out, but for what nobody remembers any more."""
    await conn.execute(
        """
        UPDATE outbox SET due_at = $2, state = CASE WHEN made_at < $3 THEN 'failed' ELSE 'owed' END,
            error = CASE WHEN made_at < $3 THEN 'too old when the person wrote again' ELSE error END
        WHERE contact_id = ANY($1::bigint[]) AND state = 'parked'
        """,
        contact_ids,
        now,
        made_after,
    )


async def park(conn: Conn, ids: Sequence[int]) -> None:
    await conn.execute("UPDATE outbox SET state = 'parked' WHERE id = ANY($1::bigint[])", ids)


async def invite(conn: Conn, invitations: Sequence[Owed]) -> None:
    """One template each to ask a person to write, unless they have one since they last wrote."""
    await conn.execute(
        """
        INSERT INTO outbox (contact_id, kind, sealed, language)
        SELECT DISTINCT ON (i.contact_id) i.contact_id, 'invitation', i.sealed, i.language
        FROM unnest($1::bigint[], $2::bytea[], $3::text[]) AS i (contact_id, sealed, language)
        JOIN contact c ON c.id = i.contact_id
        WHERE NOT EXISTS (SELECT FROM outbox o WHERE o.contact_id = c.id AND o.kind = 'invitation'
            AND o.state <> 'failed' AND o.made_at > coalesce(c.wrote_at, 'epoch'))
        """,
        [i.contact_id for i in invitations],
        [i.sealed for i in invitations],
        [i.language for i in invitations],
    )


@dataclass(frozen=True, slots=True)
class Failed:
    """A message that Meta took and then did not deliver."""

    id: int
    wamid: str
    attempts: int


async def apply_statuses(conn: Conn, statuses: Sequence[Status]) -> tuple[Failed, ...]:
    """Statuses may come twice, out of order, and before our own record of having sent.

    Gives the messages that they say failed, each once.
    """
    rows = await conn.fetch(
        """
        WITH told AS (
            SELECT coalesce(u.outbox_id, k.id) AS id, min(u.wamid) AS wamid, min(u.at) AS at,
                bool_or(u.status = 'failed') AS failed,
                bool_or(u.status IN ('delivered', 'read', 'played')) AS arrived,
                min(u.at) FILTER (WHERE u.status = 'delivered') AS delivered_at,
                min(u.at) FILTER (WHERE u.status IN ('read', 'played')) AS read_at,
                max(u.error_code) AS error_code, max(nullif(u.error, '')) AS error
            FROM unnest($1::text[], $2::bigint[], $3::text[], $4::timestamptz[], $5::integer[], $6::text[])
                AS u (wamid, outbox_id, status, at, error_code, error)
            LEFT JOIN outbox k ON u.outbox_id IS NULL AND k.wamid = u.wamid
            GROUP BY 1
        )
        UPDATE outbox o SET
            wamid = coalesce(o.wamid, s.wamid),
            state = CASE WHEN s.failed OR o.state = 'failed' AND NOT s.arrived THEN 'failed' ELSE 'sent' END,
            failed_wamid = CASE WHEN s.failed THEN s.wamid ELSE o.failed_wamid END,
            sent_at = coalesce(o.sent_at, s.at),
            delivered_at = coalesce(o.delivered_at, s.delivered_at),
            read_at = coalesce(o.read_at, s.read_at),
            error_code = coalesce(s.error_code, o.error_code),
            error = coalesce(s.error, o.error)
        FROM told s WHERE o.id = s.id AND s.wamid IS DISTINCT FROM o.failed_wamid
        RETURNING o.id, s.wamid, o.attempts, s.failed
        """,
        [s.wamid for s in statuses],
        [s.outbox_id for s in statuses],
        [s.status for s in statuses],
        [s.at for s in statuses],
        [s.error_code for s in statuses],
        [s.error for s in statuses],
    )
    return tuple(Failed(r["id"], r["wamid"], r["attempts"]) for r in rows if r["failed"])


async def try_again(conn: Conn, ids: Sequence[int], due_at: Sequence[datetime]) -> None:
    """What Meta did not deliver is owed again; its next wamid replaces the one that failed."""
    await conn.execute(
        """
        UPDATE outbox o SET state = 'owed', wamid = NULL, due_at = a.due_at
        FROM unnest($1::bigint[], $2::timestamptz[]) AS a (id, due_at) WHERE o.id = a.id
        """,
        ids,
        due_at,
    )
