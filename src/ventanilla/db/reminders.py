"""Who is to be reminded now, what was owed to them for it, and what they answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ventanilla.core.reminders import APART, HEARD_FOR, TOGETHER, TOO_LATE, Answer, Kind, Span, Wording
from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class Due:
    """One appointment that is due a reminder. `together`: the same for all that one message may tell of.
    `going`: they said that they come. `wrote_at`: when the person wrote last."""

    appointment_id: int
    kind: Kind
    starts_at: datetime
    contact_id: int
    together: int
    first_at: datetime
    going: bool
    wrote_at: datetime | None


# What was said already is left out first: that is nearly everybody.
_DUE = """
WITH span AS (
    SELECT * FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::interval[])
        AS s (office_id, kind, after, until, known_for)
), near AS MATERIALIZED (
    SELECT a.id, a.contact_id, a.slot_id, a.office_id, a.starts_at, a.family, a.person_key, a.made_at,
        s.kind, s.after, s.until, s.known_for
    FROM appointment a JOIN span s
        ON s.office_id = a.office_id AND a.starts_at > s.after AND a.starts_at <= s.until + $8::interval
    WHERE a.status = 'live' AND a.starts_at > $1
        AND a.starts_at <= (SELECT max(until) FROM span) + $8::interval
        AND NOT EXISTS (SELECT FROM reminder r WHERE r.appointment_id = a.id AND r.starts_at = a.starts_at
            AND (r.kind = s.kind OR r.made_at > $1::timestamptz - $7::interval))
        AND (s.kind <> 'again' OR
            EXISTS (SELECT FROM reminder r WHERE r.appointment_id = a.id AND r.starts_at = a.starts_at
                AND r.kind = 'hours')
            AND NOT EXISTS (SELECT FROM reminder r WHERE r.appointment_id = a.id
                AND r.starts_at = a.starts_at AND r.answer IS NOT NULL))
), due AS (
    SELECT DISTINCT ON (a.id) a.id, a.kind, a.starts_at, a.contact_id, a.family,
        coalesce(f.first_at, a.starts_at) AS first_at
    FROM near a
    LEFT JOIN LATERAL (
        SELECT min(b.starts_at) AS first_at FROM appointment b
        WHERE b.family = a.family AND b.status = 'live' AND b.office_id = a.office_id
            AND b.contact_id = a.contact_id AND b.starts_at BETWEEN a.starts_at - $8::interval AND a.starts_at
    ) f ON true
    LEFT JOIN LATERAL (
        SELECT max(at) AS moved_at FROM given_up g
        WHERE g.contact_id = a.contact_id AND g.person_key = a.person_key
    ) g ON true
    WHERE coalesce(f.first_at, a.starts_at) > a.after AND coalesce(f.first_at, a.starts_at) <= a.until
        AND greatest(a.made_at, g.moved_at)
            <= least($1::timestamptz - $7::interval, a.starts_at - a.known_for)
        AND coalesce((SELECT accepted FROM consent k WHERE k.contact_id = a.contact_id
            ORDER BY k.id DESC LIMIT 1), true)
        AND NOT EXISTS (SELECT FROM slot k JOIN closure c ON c.office_id = k.office_id AND c.day = k.day
            WHERE k.id = a.slot_id)
    ORDER BY a.id, a.kind DESC
)
"""
# The lock comes first, in a statement of its own: what another machine has written down since is seen by
# the second one, which looks again. Without it both would find the same people (tests/races shows it).
_LOCK = f"""
{_DUE}
SELECT id FROM appointment WHERE id IN (SELECT id FROM due ORDER BY first_at, coalesce(family, id) LIMIT $9)
ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
"""
_FIND = f"""
{_DUE}
SELECT d.id, d.kind, d.starts_at, d.contact_id, coalesce(d.family, d.id) AS together, d.first_at,
    coalesce((SELECT r.answer = 'going' FROM reminder r
        WHERE r.appointment_id = d.id AND r.starts_at = d.starts_at AND r.answer IS NOT NULL
        ORDER BY r.answered_at DESC LIMIT 1), false) AS going,
    c.wrote_at
FROM due d JOIN contact c ON c.id = d.contact_id
WHERE d.id = ANY($9::bigint[]) ORDER BY d.first_at, d.starts_at, d.id
"""


async def due(conn: Conn, now: datetime, spans: Iterable[tuple[str, Span]], limit: int) -> tuple[Due, ...]:
    """Up to so many appointments to be reminded of, locked; `spans`: by office, what is due there."""
    each = list(spans)
    if not each:
        return ()
    asked = (
        now,
        [office for office, _ in each],
        [span.kind for _, span in each],
        [span.after for _, span in each],
        [span.until for _, span in each],
        [span.known_for for _, span in each],
        APART,
        TOGETHER,
    )
    locked = [r["id"] for r in await conn.fetch(_LOCK, *asked, limit)]
    rows = await conn.fetch(_FIND, *asked, locked) if locked else ()
    return tuple(Due(*r.values()) for r in rows)


@dataclass(frozen=True, slots=True)
class Reminder:
    about: Due
    wording: Wording
    outbox_id: int


async def put(conn: Conn, reminders: Sequence[Reminder], now: datetime) -> None:
    """With what is owed, in one transaction. Raises `UniqueViolationError` for one that was there already."""
    await conn.execute(
        """
        INSERT INTO reminder (appointment_id, kind, starts_at, variant, outbox_id, made_at)
        SELECT *, $6 FROM unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::text[], $5::bigint[])
        """,
        [r.about.appointment_id for r in reminders],
        [r.about.kind for r in reminders],
        [r.about.starts_at for r in reminders],
        [r.wording for r in reminders],
        [r.outbox_id for r in reminders],
        now,
    )


async def spread(conn: Conn, outbox_ids: Sequence[int], every: timedelta) -> None:
    """One after another from now on. Free text is few and would hold back what its person is owed besides, so
    it goes at once."""
    await conn.execute(
        """
        UPDATE outbox o SET due_at = o.due_at + (s.n - 1) * $2::interval
        FROM unnest($1::bigint[]) WITH ORDINALITY AS s (id, n) WHERE o.id = s.id AND o.kind = 'template'
        """,
        outbox_ids,
        every,
    )


async def withdraw(conn: Conn, now: datetime) -> int:
    """What has not gone out and is not true any more: cancelled, moved, as good as begun, or overtaken by
    the next one."""
    done = await conn.execute(
        """
        WITH stale AS (
            SELECT o.id FROM outbox o
            WHERE o.state IN ('owed', 'parked') AND EXISTS (SELECT FROM reminder r WHERE r.outbox_id = o.id)
                AND NOT EXISTS (
                    SELECT FROM reminder r JOIN appointment a ON a.id = r.appointment_id
                    WHERE r.outbox_id = o.id AND a.status = 'live' AND a.starts_at = r.starts_at
                        AND a.starts_at > $1::timestamptz + $2::interval
                        AND NOT EXISTS (SELECT FROM reminder n WHERE n.appointment_id = r.appointment_id
                            AND n.starts_at = r.starts_at AND n.made_at > r.made_at))
            FOR NO KEY UPDATE OF o SKIP LOCKED
        )
        UPDATE outbox o SET state = 'failed', error = 'the appointment was not so any more'
        FROM stale s WHERE o.id = s.id
        """,
        now,
        TOO_LATE,
    )
    return int(done.split()[-1])


async def put_off(conn: Conn, nights: Mapping[str, datetime]) -> int:
    """What is still owed when the night begins waits for its end; `nights`: by office, when that is.

    It waits as a template, which holds back nothing else that its person is owed. The morning of the day
    has an hour of its own.
    """
    done = await conn.execute(
        """
        WITH night AS (SELECT * FROM unnest($1::text[], $2::timestamptz[]) AS n (office_id, ends_at)),
        late AS (
            SELECT o.id, (SELECT max(n.ends_at) FROM reminder r JOIN appointment a ON a.id = r.appointment_id
                JOIN night n USING (office_id) WHERE r.outbox_id = o.id AND r.kind <> 'morning') AS ends_at
            FROM outbox o
            WHERE o.state = 'owed' AND EXISTS (SELECT FROM reminder r WHERE r.outbox_id = o.id)
            FOR NO KEY UPDATE OF o SKIP LOCKED
        )
        UPDATE outbox o SET due_at = l.ends_at, kind = 'template', sealed = coalesce(o.template, o.sealed),
            template = NULL
        FROM late l WHERE o.id = l.id AND o.due_at < l.ends_at
        """,
        list(nights),
        list(nights.values()),
    )
    return int(done.split()[-1])


@dataclass(frozen=True, slots=True)
class Answered:
    contact_id: int
    appointment_id: int
    answer: Answer


async def answer(conn: Conn, answers: Sequence[Answered], now: datetime) -> frozenset[Answered]:
    """To the latest reminder of each, if the contact made the appointment or has proved that it is theirs.

    Who comes, comes with all the message told of; what is to be changed is one appointment. Gives those of
    which there was a reminder.
    """
    rows = await conn.fetch(
        """
        WITH latest AS (
            SELECT DISTINCT ON (w.n) w.*, r.outbox_id
            FROM unnest($1::bigint[], $2::bigint[], $3::text[]) WITH ORDINALITY
                AS w (contact_id, appointment_id, answer, n)
            JOIN appointment a ON a.id = w.appointment_id AND (a.contact_id = w.contact_id OR EXISTS (
                SELECT FROM access p WHERE p.contact_id = w.contact_id AND p.appointment_id = a.id))
            JOIN reminder r ON r.appointment_id = a.id AND r.starts_at = a.starts_at
            ORDER BY w.n, r.made_at DESC
        ), noted AS (
            UPDATE reminder r SET answer = l.answer, answered_at = $4 FROM latest l
            WHERE r.outbox_id = l.outbox_id AND (r.appointment_id = l.appointment_id OR l.answer = 'going')
        )
        SELECT contact_id, appointment_id, answer FROM latest
        """,
        [a.contact_id for a in answers],
        [a.appointment_id for a in answers],
        [a.answer for a in answers],
        now,
    )
    return frozenset(Answered(*r.values()) for r in rows)


async def lately(conn: Conn, contact_ids: Sequence[int], now: datetime) -> Mapping[int, tuple[int, ...]]:
    """The appointments still to come of which each contact was reminded not long ago, soonest first."""
    rows = await conn.fetch(
        """
        SELECT a.contact_id, array_agg(a.id ORDER BY a.starts_at, a.id) AS ids FROM appointment a
        WHERE a.contact_id = ANY($1::bigint[]) AND a.status = 'live' AND a.starts_at > $2 AND EXISTS (
            SELECT FROM reminder r WHERE r.appointment_id = a.id AND r.starts_at = a.starts_at
                AND r.made_at > $2::timestamptz - $3::interval)
        GROUP BY 1
        """,
        contact_ids,
        now,
        HEARD_FOR,
    )
    found = {r["contact_id"]: tuple(r["ids"]) for r in rows}
    return {contact: found.get(contact, ()) for contact in contact_ids}
