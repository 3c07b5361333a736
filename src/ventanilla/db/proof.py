"""Appointments made from another phone: proved by folio and CURP, and who else has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class Try:
    """`since`, `most`: so many failed tries after that moment, and no other can succeed."""

    contact_id: int
    folio: str
    person_key: bytes
    now: datetime
    since: datetime
    most: int


@dataclass(frozen=True, slots=True)
class Proved:
    """`fresh`: this contact had no access before."""

    appointment_id: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class Holder:
    contact_id: int
    folio: str
    language: str


_PROVE = """
WITH theirs AS (
    SELECT a.id, a.contact_id <> $1 AND NOT EXISTS (
        SELECT FROM access x WHERE x.contact_id = $1 AND x.appointment_id = a.id) AS fresh
    FROM appointment a
    WHERE a.folio = $2 AND a.person_key = $3 AND a.status = 'live' AND a.starts_at > $4
        AND (SELECT count(*) FROM proof_try t WHERE t.contact_id = $1 AND t.at > $5) < $6
), failed AS (
    INSERT INTO proof_try (contact_id, at) SELECT $1, $4 WHERE NOT EXISTS (SELECT FROM theirs)
), spent AS (
    DELETE FROM proof_try WHERE contact_id = $1 AND at <= $5
), granted AS (
    INSERT INTO access (contact_id, appointment_id, at) SELECT $1, id, $4 FROM theirs WHERE fresh
)
SELECT id, fresh FROM theirs
"""


async def prove(conn: Conn, one: Try) -> Proved | None:
    """One statement for every outcome, so that neither its time nor its answer tells a folio that exists.

    A contact's tries never run side by side: whoever takes its turn has locked its talk.
    """
    row = await conn.fetchrow(_PROVE, one.contact_id, one.folio, one.person_key, one.now, one.since, one.most)
    return Proved(row["id"], row["fresh"]) if row else None


async def tries(conn: Conn, contact_ids: Sequence[int], since: datetime) -> Mapping[int, int]:
    """Failed ones after that moment."""
    rows = await conn.fetch(
        """
        SELECT contact_id, count(*)::integer AS n FROM proof_try
        WHERE contact_id = ANY($1::bigint[]) AND at > $2 GROUP BY contact_id
        """,
        contact_ids,
        since,
    )
    found = {r["contact_id"]: r["n"] for r in rows}
    return {c: found.get(c, 0) for c in contact_ids}


async def others(conn: Conn, appointment_id: int, contact_id: int) -> tuple[Holder, ...]:
    """Who made the appointment or proved it, besides this contact."""
    rows = await conn.fetch(
        """
        SELECT DISTINCT w.contact_id, a.folio, a.language FROM appointment a
        CROSS JOIN LATERAL (
            SELECT a.contact_id UNION SELECT x.contact_id FROM access x WHERE x.appointment_id = a.id) w
        WHERE a.id = $1 AND w.contact_id <> $2 ORDER BY w.contact_id
        """,
        appointment_id,
        contact_id,
    )
    return tuple(Holder(*r.values()) for r in rows)
