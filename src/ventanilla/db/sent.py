"""What became of messages that were claimed from the outbox, and whether the channel is stopped."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ventanilla.core.sending import PAIR_EVERY, Fault
from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class Sent:
    id: int
    wamid: str
    at: datetime
    as_template: bool = False


@dataclass(frozen=True, slots=True)
class NotSent:
    """`again_at` None: given up and shown to staff. `uncertain`: it may have gone out; its status decides."""

    id: int
    at: datetime
    again_at: datetime | None
    fault: Fault
    code: int | None
    error: str
    uncertain: bool = False


@dataclass(slots=True)
class Outcome:
    """Of claimed messages. `untried` are owed again as if never claimed, `parked` wait for the person."""

    sent: list[Sent] = field(default_factory=list)
    not_sent: list[NotSent] = field(default_factory=list)
    untried: list[int] = field(default_factory=list)
    parked: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.sent or self.not_sent or self.untried or self.parked)

    def add(self, other: "Outcome") -> None:
        self.sent += other.sent
        self.not_sent += other.not_sent
        self.untried += other.untried
        self.parked += other.parked


async def record(conn: Conn, outcome: Outcome) -> None:
    """A failed status may be there before our own record of having sent; it stays."""
    if outcome.sent:
        await _record_sent(conn, outcome.sent)
    if outcome.not_sent:
        await _record_not_sent(conn, outcome.not_sent)
    if outcome.untried or outcome.parked:
        await _give_back(conn, outcome.untried, outcome.parked)


async def _record_sent(conn: Conn, sent: Sequence[Sent]) -> None:
    await conn.execute(
        """
        UPDATE outbox o SET wamid = s.wamid, sent_at = s.at, as_template = s.as_template,
            state = CASE WHEN o.state = 'failed' THEN 'failed' ELSE 'sent' END
        FROM unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::boolean[])
            AS s (id, wamid, at, as_template)
        WHERE o.id = s.id AND o.failed_wamid IS DISTINCT FROM s.wamid
        """,
        [s.id for s in sent],
        [s.wamid for s in sent],
        [s.at for s in sent],
        [s.as_template for s in sent],
    )
    told = [s.id for s in sent if s.as_template]
    if told:
        await _count_as_invited(conn, told)


async def _count_as_invited(conn: Conn, ids: Sequence[int]) -> None:
    """A template with a button asks to write by itself; one more would only be noise."""
    await conn.execute(
        """
        WITH told AS (
            SELECT id FROM contact WHERE id IN (SELECT contact_id FROM outbox WHERE id = ANY($1::bigint[]))
            ORDER BY id FOR NO KEY UPDATE
        )
        UPDATE contact c SET invited_at = clock_timestamp() FROM told t WHERE c.id = t.id
        """,
        ids,
    )


async def _record_not_sent(conn: Conn, not_sent: Sequence[NotSent]) -> None:
    await conn.execute(
        """
        WITH tried AS (
            INSERT INTO attempt (outbox_id, at, fault, code, error)
            SELECT id, at, fault, code, error
            FROM unnest($1::bigint[], $2::timestamptz[], $4::text[], $5::integer[], $6::text[])
                AS t (id, at, fault, code, error)
        )
        UPDATE outbox o SET state = CASE WHEN s.again_at IS NULL THEN 'failed' ELSE 'owed' END,
            due_at = coalesce(s.again_at, o.due_at), error_code = s.code, error = s.error
        FROM unnest($1::bigint[], $3::timestamptz[], $5::integer[], $6::text[], $7::boolean[])
            AS s (id, again_at, code, error, uncertain)
        WHERE o.id = s.id AND o.state = 'sending' AND NOT s.uncertain
        """,
        [n.id for n in not_sent],
        [n.at for n in not_sent],
        [n.again_at for n in not_sent],
        [n.fault for n in not_sent],
        [n.code for n in not_sent],
        [n.error for n in not_sent],
        [n.uncertain for n in not_sent],
    )


async def _give_back(conn: Conn, untried: Sequence[int], parked: Sequence[int]) -> None:
    """With what they had taken of the rate to their person."""
    await conn.execute(
        """
        WITH back AS (
            UPDATE outbox SET attempts = attempts - 1,
                state = CASE WHEN id = ANY($2::bigint[]) THEN 'parked' ELSE 'owed' END
            WHERE id = ANY($1::bigint[] || $2::bigint[]) AND state = 'sending' RETURNING contact_id
        ), people AS (
            SELECT c.id, n FROM contact c
            JOIN (SELECT contact_id, count(*) AS n FROM back GROUP BY 1) b ON b.contact_id = c.id
            ORDER BY c.id FOR NO KEY UPDATE OF c
        )
        UPDATE contact c SET pair_at = c.pair_at - p.n * $3::interval FROM people p WHERE c.id = p.id
        """,
        untried,
        parked,
        PAIR_EVERY,
    )


@dataclass(frozen=True, slots=True)
class Stop:
    """Our account was refused. Until `till` nothing goes out; then one person's messages are tried."""

    at: datetime
    till: datetime
    code: int | None
    why: str


async def stopped(conn: Conn) -> Stop | None:
    row = await conn.fetchrow(
        "SELECT stopped_at, stopped_till, stopped_code, stopped_why FROM channel WHERE stopped_at IS NOT NULL"
    )
    return Stop(*row.values()) if row else None


async def stop(conn: Conn, now: datetime, pause: timedelta, code: int | None, why: str) -> None:
    await conn.execute(
        """
        UPDATE channel SET stopped_at = coalesce(stopped_at, $1), stopped_till = $1 + $2::interval,
            stopped_code = $3, stopped_why = $4
        """,
        now,
        pause,
        code,
        why,
    )


async def resume(conn: Conn) -> bool:
    """Whether it was stopped."""
    done = await conn.execute(
        """
        UPDATE channel SET stopped_at = NULL, stopped_till = NULL, stopped_code = NULL, stopped_why = NULL
        WHERE stopped_at IS NOT NULL
        """
    )
    return done == "UPDATE 1"


async def reserve(conn: Conn, length: timedelta) -> float:
    """Take the number's next `length` of time for ourselves. Gives in how many seconds it ends.

    One conditional statement on the row that all processes share: reading first and writing then would
    let two of them spend the same moment.
    """
    ends_in: float = await conn.fetchval(
        """
        UPDATE channel SET number_at = greatest(number_at, clock_timestamp()) + $1::interval
        RETURNING extract(epoch FROM number_at - clock_timestamp())::float8
        """,
        length,
    )
    return ends_in
