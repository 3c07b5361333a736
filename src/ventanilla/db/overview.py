"""The channel as staff see it: what waits, what failed and how often it was tried, what else came."""

from dataclasses import dataclass
from datetime import datetime

from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of now; `oldest_at`: since when the earliest message waits, None where none does.

    `uninvited`: people whose messages are parked and whom no template could ask to write yet.
    """

    waiting: int
    set_aside: int
    owed: int
    sending: int
    parked: int
    failed: int
    uninvited: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A message that was given up or is still being tried, with its last error."""

    outbox_id: int
    state: str
    attempts: int
    last_at: datetime
    code: int | None
    error: str


async def overview(conn: Conn) -> Overview:
    row = await conn.fetchrow(
        """
        SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting') AS waiting,
            (SELECT count(*) FROM inbox WHERE state = 'set-aside') AS set_aside,
            count(*) FILTER (WHERE state = 'owed') AS owed,
            count(*) FILTER (WHERE state = 'sending') AS sending,
            count(*) FILTER (WHERE state = 'parked') AS parked,
            count(*) FILTER (WHERE state = 'failed') AS failed,
            count(DISTINCT contact_id) FILTER (WHERE state = 'parked' AND kind <> 'invitation'
                AND (c.invited_at IS NULL OR c.invited_at <= c.wrote_at)) AS uninvited,
            min(o.made_at) FILTER (WHERE state = 'owed') AS oldest_at
        FROM outbox o JOIN contact c ON c.id = o.contact_id WHERE state <> 'sent'
        """
    )
    assert row is not None
    return Overview(*row.values())


async def failures(conn: Conn, limit: int) -> tuple[Failure, ...]:
    """The latest first."""
    rows = await conn.fetch(
        """
        SELECT o.id, o.state, o.attempts, coalesce(max(a.at), o.tried_at, o.made_at) AS last_at,
            o.error_code, coalesce(o.error, '')
        FROM outbox o LEFT JOIN attempt a ON a.outbox_id = o.id
        WHERE o.state = 'failed' OR o.state IN ('owed', 'sending') AND a.id IS NOT NULL
        GROUP BY o.id ORDER BY 4 DESC LIMIT $1
        """,
        limit,
    )
    return tuple(Failure(*r.values()) for r in rows)


async def unhandled(conn: Conn) -> tuple[tuple[str, int], ...]:
    """Kinds of update that are kept as they came, the most frequent first."""
    rows = await conn.fetch("SELECT kind, count(*) AS n FROM raw_update GROUP BY kind ORDER BY n DESC, kind")
    return tuple((r["kind"], r["n"]) for r in rows)
