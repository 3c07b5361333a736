"""What people wrote, and the talks it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class Arrived:
    wamid: str
    contact_id: int
    kind: str
    sealed: bytes
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """One person's earliest waiting message, with the talk it belongs to (locked)."""

    message_id: int
    wamid: str
    contact_id: int
    kind: str
    sealed: bytes
    talk: bytes | None
    heard_at: datetime | None


async def put(conn: Conn, messages: Sequence[Arrived]) -> int:
    """Write down what arrived; a wamid already known is passed over. Gives how many were new."""
    rows = await conn.fetch(
        """
        INSERT INTO inbox (wamid, contact_id, kind, sealed, sent_at)
        SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bytea[], $5::timestamptz[])
        ON CONFLICT (wamid) DO NOTHING RETURNING id
        """,
        [m.wamid for m in messages],
        [m.contact_id for m in messages],
        [m.kind for m in messages],
        [m.sealed for m in messages],
        [m.sent_at for m in messages],
    )
    await _open_window(conn, [m for m in messages if m.kind != "silent"])
    return len(rows)


async def _open_window(conn: Conn, messages: Sequence[Arrived]) -> None:
    """When each of these people last wrote. Locked by ascending id, as everywhere."""
    await conn.execute(
        """
        WITH wrote AS (
            SELECT c.id, m.at FROM contact c JOIN (
                SELECT contact_id, max(least(sent_at, now())) AS at
                FROM unnest($1::bigint[], $2::timestamptz[]) AS m (contact_id, sent_at) GROUP BY 1
            ) m ON m.contact_id = c.id ORDER BY c.id FOR NO KEY UPDATE OF c
        )
        UPDATE contact c SET wrote_at = greatest(c.wrote_at, w.at) FROM wrote w WHERE c.id = w.id
        """,
        [m.contact_id for m in messages],
        [m.sent_at for m in messages],
    )


async def put_raw(conn: Conn, updates: Sequence[tuple[str, bytes]]) -> None:
    await conn.execute(
        "INSERT INTO raw_update (kind, sealed) SELECT * FROM unnest($1::text[], $2::bytea[])",
        [kind for kind, _ in updates],
        [sealed for _, sealed in updates],
    )


async def claim(conn: Conn, limit: int, contact_id: int | None = None) -> tuple[Claimed, ...]:
    """The earliest waiting message of up to `limit` people nobody else is attending, marked done.

    People by arrival, each one's messages by when they were written: a late one goes before those that
    still wait. Within a second, which is as fine as Meta tells, by arrival.

    The lock on the talk keeps other workers off a person; the conditional update drops a message
    that another worker finished between our snapshot and our lock.
    """
    rows = await conn.fetch(
        """
        WITH people AS (
            SELECT contact_id, (array_agg(id ORDER BY written_at, id))[1] AS id FROM inbox
            WHERE state = 'waiting' AND ($2::bigint IS NULL OR contact_id = $2)
            GROUP BY contact_id ORDER BY min(id) LIMIT $1
        ), locked AS (
            SELECT t.contact_id, t.sealed, t.heard_at, p.id FROM talk t JOIN people p USING (contact_id)
            FOR NO KEY UPDATE OF t SKIP LOCKED
        )
        UPDATE inbox i SET state = 'done' FROM locked l
        WHERE i.id = l.id AND i.state = 'waiting'
        RETURNING i.id, i.wamid, i.contact_id, i.kind, i.sealed, l.sealed AS talk, l.heard_at
        """,
        limit,
        contact_id,
    )
    claimed = (
        Claimed(r["id"], r["wamid"], r["contact_id"], r["kind"], r["sealed"], r["talk"], r["heard_at"])
        for r in rows
    )
    return tuple(sorted(claimed, key=lambda c: c.message_id))


async def set_aside(conn: Conn, contact_id: int, fault: str) -> str | None:
    """Take the earliest waiting message of one person out of the way. Gives its wamid."""
    wamid: str | None = await conn.fetchval(
        """
        UPDATE inbox SET state = 'set-aside', fault = $2
        WHERE id = (SELECT id FROM inbox WHERE contact_id = $1 AND state = 'waiting'
            ORDER BY written_at, id LIMIT 1)
        RETURNING wamid
        """,
        contact_id,
        fault,
    )
    return wamid


async def save_talks(
    conn: Conn, contact_ids: Sequence[int], sealed: Sequence[bytes], heard_at: datetime
) -> None:
    await conn.execute(
        """
        UPDATE talk t SET sealed = s.sealed, heard_at = $3, forgotten = false
        FROM unnest($1::bigint[], $2::bytea[]) AS s (contact_id, sealed) WHERE t.contact_id = s.contact_id
        """,
        contact_ids,
        sealed,
        heard_at,
    )


async def people_waiting(conn: Conn, limit: int) -> tuple[int, ...]:
    rows = await conn.fetch(
        "SELECT contact_id FROM inbox WHERE state = 'waiting' GROUP BY 1 ORDER BY min(id) LIMIT $1", limit
    )
    return tuple(r["contact_id"] for r in rows)


async def stale_talks(conn: Conn, heard_before: datetime, limit: int) -> tuple[tuple[int, bytes], ...]:
    """Talks nobody has gone on with, locked; those a worker has in hand are passed over."""
    rows = await conn.fetch(
        """
        SELECT contact_id, sealed FROM talk WHERE heard_at < $1 AND sealed IS NOT NULL AND NOT forgotten
        LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
        """,
        heard_before,
        limit,
    )
    return tuple((r["contact_id"], r["sealed"]) for r in rows)


async def save_forgotten(conn: Conn, talks: Sequence[tuple[int, bytes]]) -> None:
    await conn.execute(
        """
        UPDATE talk t SET sealed = s.sealed, forgotten = true
        FROM unnest($1::bigint[], $2::bytea[]) AS s (contact_id, sealed) WHERE t.contact_id = s.contact_id
        """,
        [contact for contact, _ in talks],
        [sealed for _, sealed in talks],
    )


async def unanswered(conn: Conn, since: datetime, until: datetime, limit: int) -> tuple[str, ...]:
    """The last message of each person who wrote in this span and has no answer yet; each is given once."""
    rows = await conn.fetch(
        """
        UPDATE inbox SET attended_at = now() WHERE id IN (
            SELECT i.id FROM inbox i
            WHERE i.received_at > $1 AND i.received_at <= $2 AND i.attended_at IS NULL AND i.kind <> 'silent'
              AND NOT EXISTS (SELECT FROM inbox n WHERE n.contact_id = i.contact_id AND n.received_at > $1
                AND n.id > i.id)
              AND (i.state = 'waiting' OR EXISTS (SELECT FROM outbox o WHERE o.contact_id = i.contact_id
                AND o.state IN ('owed', 'sending') AND o.made_at >= i.received_at))
            ORDER BY i.id LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING wamid
        """,
        since,
        until,
        limit,
    )
    return tuple(r["wamid"] for r in rows)
