"""The waiting list as it is kept: joining, leaving, resting, and where one stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import msgspec

from ventanilla.core.booking import Applicant
from ventanilla.core.waiting import Entry
from ventanilla.db.booking import MAY
from ventanilla.db.connection import Conn
from ventanilla.db.vault import Vault

Outcome = Literal["joined", "already", "already-live", "gone"]
"""`already`: this person waits for this procedure; `already-live`: has an appointment for it; `gone`: no
live appointment of this contact's that could be earlier."""


@dataclass(frozen=True, slots=True)
class WantPlace:
    """Where and when somebody would come."""

    offices: tuple[str, ...]
    earliest: date
    halves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A person without an appointment. `sealed`: the applicant, as an appointment keeps it."""

    procedure: str
    person_key: bytes
    sealed: bytes
    language: str


_ORDER = "date_trunc('minute', {0}.made_at), {0}.tie, {0}.id"
"""Who joined in the same minute is not ordered by the speed of a machine."""
_ACTIVE = "state IN ('waiting', 'paused')"
# One entry a person and procedure (waiting_one): nobody waits twice, and asking again does not go back.
_ONCE = f"ON CONFLICT (person_key, procedure) WHERE {_ACTIVE} DO NOTHING RETURNING id"


def order(alias: str) -> str:
    return _ORDER.format(alias)


async def join(conn: Conn, contact_id: int, new: NewEntry, want: WantPlace, now: datetime) -> Outcome:
    made = await conn.fetchval(
        f"""
        INSERT INTO waiting (contact_id, person_key, procedure, sealed, language, offices, earliest, halves,
            made_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9 WHERE NOT EXISTS (
            SELECT FROM appointment WHERE person_key = $2 AND procedure = $3 AND status = 'live'
                AND starts_at >= $9)
        {_ONCE}
        """,
        contact_id,
        new.person_key,
        new.procedure,
        new.sealed,
        new.language,
        want.offices,
        want.earliest,
        want.halves,
        now,
    )
    if made is not None:
        return "joined"
    waits = await conn.fetchval(
        f"SELECT EXISTS (SELECT FROM waiting WHERE person_key = $1 AND procedure = $2 AND {_ACTIVE})",
        new.person_key,
        new.procedure,
    )
    return "already" if waits else "already-live"


async def join_sooner(
    conn: Conn, appointment_id: int, contact_id: int, want: WantPlace, now: datetime
) -> Outcome:
    """For an earlier place than this contact's live appointment has."""
    made = await conn.fetchrow(
        f"""
        WITH mine AS (
            SELECT * FROM appointment a WHERE a.id = $1 AND {MAY} AND a.status = 'live' AND a.starts_at > $6
        ), made AS (
            INSERT INTO waiting (contact_id, person_key, procedure, sealed, language, appointment_id, offices,
                earliest, halves, made_at)
            SELECT $2, person_key, procedure, sealed, language, id, $3, $4, $5, $6 FROM mine {_ONCE}
        )
        SELECT EXISTS (SELECT FROM mine) AS mine, EXISTS (SELECT FROM made) AS made
        """,
        appointment_id,
        contact_id,
        want.offices,
        want.earliest,
        want.halves,
        now,
    )
    assert made is not None
    return "joined" if made["made"] else "already" if made["mine"] else "gone"


async def leave(conn: Conn, entry_id: int, contact_id: int) -> bool:
    """What was kept of the person goes at once; an open offer is taken back by the next run."""
    done = await conn.fetchval(
        f"""
        UPDATE waiting SET state = 'left', sealed = '' WHERE id = $1 AND contact_id = $2 AND {_ACTIVE}
        RETURNING id
        """,
        entry_id,
        contact_id,
    )
    return done is not None


async def resume(conn: Conn, entry_id: int, contact_id: int) -> bool:
    """A resting entry goes on, where it stood: its time of joining stays."""
    done = await conn.fetchval(
        f"""
        UPDATE waiting SET state = 'waiting', ignored = 0
        WHERE id = $1 AND contact_id = $2 AND {_ACTIVE} RETURNING id
        """,
        entry_id,
        contact_id,
    )
    return done is not None


async def of_contacts(
    conn: Conn, vault: Vault, contact_ids: Sequence[int]
) -> Mapping[int, tuple[Entry, ...]]:
    """Who waits or rests, by the contact who asked for it, the longest first."""
    rows = await conn.fetch(
        f"""
        SELECT w.*, (
            SELECT count(*) FROM waiting x WHERE x.state = 'waiting' AND x.offices && w.offices
                AND ({order("x")}) < ({order("w")})) AS ahead
        FROM waiting w WHERE w.contact_id = ANY($1::bigint[]) AND {_ACTIVE} ORDER BY {order("w")}
        """,
        contact_ids,
    )
    found: dict[int, list[Entry]] = {contact: [] for contact in contact_ids}
    for r in rows:
        entry = Entry(
            r["id"],
            msgspec.json.decode(vault.open("appointment", r["sealed"]), type=Applicant),
            r["procedure"],
            tuple(r["offices"]),
            r["earliest"],
            tuple(r["halves"]),
            r["appointment_id"],
            r["state"] == "paused",
            r["ahead"],
        )
        found[r["contact_id"]].append(entry)
    return {contact: tuple(entries) for contact, entries in found.items()}


async def people(conn: Conn, contact_id: int) -> frozenset[bytes]:
    """Person keys of all for whom this contact waits."""
    rows = await conn.fetch(f"SELECT person_key FROM waiting WHERE contact_id = $1 AND {_ACTIVE}", contact_id)
    return frozenset(bytes(r["person_key"]) for r in rows)


async def ended(conn: Conn, offer_ids: Sequence[int], most: int) -> tuple[int, ...]:
    """Count what these offers say of their people: one that expired was ignored, if its message went out at
    all, and one that was declined was not. Who ignored `most` in a row rests; gives their entries."""
    rows = await conn.fetch(
        """
        WITH told AS (
            SELECT o.waiting_id, CASE WHEN o.state = 'declined' THEN 0
                WHEN x.state = 'sent' THEN w.ignored + 1 ELSE w.ignored END AS ignored
            FROM offer o JOIN waiting w ON w.id = o.waiting_id LEFT JOIN outbox x ON x.id = o.outbox_id
            WHERE o.id = ANY($1::bigint[]) AND o.state IN ('expired', 'declined')
        )
        UPDATE waiting w SET ignored = t.ignored,
            state = CASE WHEN t.ignored >= $2 THEN 'paused' ELSE w.state END
        FROM told t WHERE w.id = t.waiting_id AND w.state = 'waiting'
        RETURNING w.id, w.state
        """,
        offer_ids,
        most,
    )
    return tuple(r["id"] for r in rows if r["state"] == "paused")


async def settle(conn: Conn, now: datetime) -> None:
    """Whose appointment is over or cancelled wants none earlier, and who has one by another way (a draw, the
    desk) waits for none."""
    await conn.execute(
        f"""
        UPDATE waiting w SET state = 'served', sealed = '' FROM appointment a
        WHERE w.{_ACTIVE} AND w.appointment_id IS NULL AND a.person_key = w.person_key
            AND a.procedure = w.procedure AND a.status = 'live' AND a.starts_at > $1
        """,
        now,
    )
    await conn.execute(
        f"""
        UPDATE waiting w SET state = 'left', sealed = '' FROM appointment a
        WHERE w.{_ACTIVE} AND a.id = w.appointment_id AND (a.status <> 'live' OR a.starts_at <= $1)
        """,
        now,
    )


async def booked(conn: Conn, appointment_ids: Sequence[int], now: datetime, watch_from: datetime) -> None:
    """With the booking of these: their people wait no longer, and who took a place that somebody related
    (the same phone, the same family, or one who proved that appointment) gave up for it is written down
    for staff. Nothing is refused."""
    await conn.execute(
        f"""
        WITH mine AS (
            SELECT * FROM appointment WHERE id = ANY($1::bigint[])
        ), served AS (
            UPDATE waiting w SET state = 'served', sealed = '' FROM mine m
            WHERE w.person_key = m.person_key AND w.procedure = m.procedure AND w.{_ACTIVE}
                AND w.appointment_id IS NULL
        )
        INSERT INTO review (kind, appointment_id, about_id, at)
        SELECT DISTINCT 'retake', m.id, b.id, $2::timestamptz FROM mine m
        JOIN given_up g ON g.slot_id = m.slot_id AND g.person_key <> m.person_key AND g.at > $3
        CROSS JOIN LATERAL (
            SELECT id, family FROM appointment b
            WHERE b.person_key = g.person_key AND b.contact_id = g.contact_id ORDER BY b.id DESC LIMIT 1) b
        WHERE g.contact_id = m.contact_id OR b.family = m.family OR EXISTS (
            SELECT FROM access p WHERE p.contact_id = m.contact_id AND p.appointment_id = b.id)
        """,
        appointment_ids,
        now,
        watch_from,
    )


async def whose(conn: Conn, entry_ids: Sequence[int]) -> tuple[tuple[int, int, str], ...]:
    """Contact, entry and language of each."""
    rows = await conn.fetch(
        "SELECT contact_id, id, language FROM waiting WHERE id = ANY($1::bigint[]) ORDER BY id", entry_ids
    )
    return tuple((r["contact_id"], r["id"], r["language"]) for r in rows)
