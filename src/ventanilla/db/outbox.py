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


async def put(conn: Conn, messages: Sequence[Owed]) -> tuple[int, ...]:
    """In this order; ids ascend in it, and ids are the order of sending. Gives them."""
    rows = await conn.fetch(
        """
        INSERT INTO outbox (contact_id, kind, sealed, language, template)
        SELECT contact_id, kind, sealed, language, template
        FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::text[], $5::bytea[]) WITH ORDINALITY
            AS o (contact_id, kind, sealed, language, template, n)
        ORDER BY n RETURNING id
        """,
        [m.contact_id for m in messages],
        [m.kind for m in messages],
        [m.sealed for m in messages],
        [m.language for m in messages],
        [m.template for m in messages],
    )
    return tuple(sorted(r["id"] for r in rows))


# A template that waits until Meta lets it out again does not hold back what the person is owed besides.
_WAITS_ASIDE = "kind IN ('template', 'invitation') AND state = 'owed' AND due_at > $2"
_LOCK = f"""
WITH heads AS (
    SELECT DISTINCT ON (contact_id) contact_id, id, state, due_at, tried_at FROM outbox
    WHERE state IN ('owed', 'sending') AND NOT ({_WAITS_ASIDE}) ORDER BY contact_id, id
), ready AS (
    SELECT contact_id, id FROM heads
    WHERE state = 'owed' AND due_at <= $2 OR state = 'sending' AND tried_at < $3 ORDER BY id LIMIT $1
)
SELECT c.id FROM contact c JOIN ready r ON r.contact_id = c.id FOR NO KEY UPDATE OF c SKIP LOCKED
"""
_CLAIM = f"""
WITH mine AS (
    SELECT id, wrote_at, pair_at,
        $4::integer
            - ceil(extract(epoch FROM greatest(pair_at, $2) - $2) / extract(epoch FROM $5::interval)) AS room
    FROM contact WHERE id = ANY($1::bigint[])
), queue AS (
    SELECT id, contact_id, row_number() OVER person AS n,
        bool_or(state = 'owed' AND due_at > $2 OR state = 'sending' AND tried_at >= $3) OVER person AS blocked
    FROM outbox
    WHERE contact_id = ANY($1::bigint[]) AND state IN ('owed', 'sending') AND NOT ({_WAITS_ASIDE})
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


@dataclass(frozen=True, slots=True)
class Released:
    contact_id: int
    kind: str
    sealed: bytes


async def release(
    conn: Conn, contact_ids: Sequence[int], now: datetime, made_after: datetime
) -> tuple[Released, ...]:
    """These people wrote: what waited for that goes out, but for what nobody remembers any more.

    Gives what goes out. Nobody who wrote needs to be invited any more.
    """
    rows = await conn.fetch(
        """
        UPDATE outbox SET due_at = $2, state = CASE WHEN made_at < $3 THEN 'failed' ELSE 'owed' END,
            error = CASE WHEN made_at < $3 THEN 'too old when the person wrote again' ELSE error END
        WHERE contact_id = ANY($1::bigint[]) AND state = 'parked' AND kind <> 'invitation'
        RETURNING contact_id, kind, sealed, state
        """,
        contact_ids,
        now,
        made_after,
    )
    if rows:
        await conn.execute(
            """
            WITH unsent AS (
                SELECT id FROM outbox WHERE contact_id = ANY($1::bigint[]) AND kind = 'invitation'
                    AND state IN ('owed', 'parked') FOR UPDATE
            ), attempts AS (
                DELETE FROM attempt a USING unsent u WHERE a.outbox_id = u.id
            )
            DELETE FROM outbox o USING unsent u WHERE o.id = u.id
            """,
            list({r["contact_id"] for r in rows}),
        )
    return tuple(Released(r["contact_id"], r["kind"], r["sealed"]) for r in rows if r["state"] == "owed")


async def park(conn: Conn, ids: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """Gives their people, each with the language of what is parked."""
    rows = await conn.fetch(
        "UPDATE outbox SET state = 'parked' WHERE id = ANY($1::bigint[]) RETURNING contact_id, language", ids
    )
    return tuple(sorted({r["contact_id"]: r["language"] for r in rows}.items()))


async def uninvited(conn: Conn, made_after: datetime, limit: int) -> tuple[tuple[int, str], ...]:
    """People for whom something younger than that is parked and whom nobody has asked to write yet."""
    rows = await conn.fetch(
        """
        SELECT DISTINCT ON (o.contact_id) o.contact_id, o.language
        FROM outbox o JOIN contact c ON c.id = o.contact_id
        WHERE o.state = 'parked' AND o.kind <> 'invitation' AND o.made_at > $1
            AND (c.invited_at IS NULL OR c.invited_at <= c.wrote_at)
        ORDER BY o.contact_id, o.id DESC LIMIT $2
        """,
        made_after,
        limit,
    )
    return tuple((r["contact_id"], r["language"]) for r in rows)


async def invite(conn: Conn, invitations: Sequence[Owed]) -> int:
    """One template each to ask a person to write, unless they have had one since they last wrote.
    Gives how many are owed one now.

    The contact is locked, looked at again and marked before anything is written down: two processes
    that park messages of one person would both find that nobody has asked yet.
    """
    rows = await conn.fetch(
        """
        WITH wanted AS (
            SELECT DISTINCT ON (contact_id) *
            FROM unnest($1::bigint[], $2::bytea[], $3::text[]) AS i (contact_id, sealed, language)
        ), asked AS (
            SELECT c.id FROM contact c JOIN wanted w ON w.contact_id = c.id
            WHERE c.invited_at IS NULL OR c.invited_at <= c.wrote_at
            ORDER BY c.id FOR NO KEY UPDATE OF c
        ), marked AS (
            UPDATE contact c SET invited_at = clock_timestamp() FROM asked a WHERE c.id = a.id
        )
        INSERT INTO outbox (contact_id, kind, sealed, language)
        SELECT w.contact_id, 'invitation', w.sealed, w.language
        FROM wanted w JOIN asked a ON a.id = w.contact_id ORDER BY w.contact_id RETURNING id
        """,
        [i.contact_id for i in invitations],
        [i.sealed for i in invitations],
        [i.language for i in invitations],
    )
    return len(rows)


async def template_of(conn: Conn, outbox_id: int) -> bytes | None:
    """The sealed template that this message is, or went out as."""
    sealed: bytes | None = await conn.fetchval(
        """
        SELECT CASE WHEN kind IN ('template', 'invitation') THEN sealed WHEN as_template THEN template END
        FROM outbox WHERE id = $1
        """,
        outbox_id,
    )
    return sealed


@dataclass(frozen=True, slots=True)
class Failed:
    """A message that Meta took and then did not deliver."""

    id: int
    wamid: str
    attempts: int
    as_template: bool = False


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
        RETURNING o.id, s.wamid, o.attempts, s.failed, o.as_template
        """,
        [s.wamid for s in statuses],
        [s.outbox_id for s in statuses],
        [s.status for s in statuses],
        [s.at for s in statuses],
        [s.error_code for s in statuses],
        [s.error for s in statuses],
    )
    return tuple(Failed(r["id"], r["wamid"], r["attempts"], r["as_template"]) for r in rows if r["failed"])


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
