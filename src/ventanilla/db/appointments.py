"""Appointments as they are read: mine, one by id, and what limits a person."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from asyncpg import Record

from ventanilla.core.booking import Applicant, Appointment, Place
from ventanilla.db.connection import Conn
from ventanilla.db.vault import Vault

_COLUMNS = """a.id, a.folio, a.contact_id, a.office_id, a.starts_at, a.procedure, a.sealed, a.language,
    a.status, a.made_at, a.moves, a.family, EXISTS (SELECT FROM closure c JOIN slot k USING (office_id, day)
        WHERE k.id = a.slot_id) AS closed"""
_COLUMN = "appointment"


def seal_applicant(vault: Vault, applicant: Applicant) -> bytes:
    return vault.seal(_COLUMN, msgspec.json.encode(applicant))


def open_applicant(vault: Vault, sealed: bytes) -> Applicant:
    return msgspec.json.decode(vault.open(_COLUMN, sealed), type=Applicant)


def _appointment(row: Record, vault: Vault) -> Appointment:
    applicant = open_applicant(vault, row["sealed"])
    place = Place(row["office_id"], row["starts_at"])
    return Appointment(
        row["id"],
        row["folio"],
        row["contact_id"],
        place,
        row["procedure"],
        applicant,
        row["language"],
        row["status"],
        row["made_at"],
        row["moves"],
        row["family"],
        row["closed"],
    )


async def by_id(conn: Conn, vault: Vault, appointment_id: int) -> Appointment | None:
    row = await conn.fetchrow(f"SELECT {_COLUMNS} FROM appointment a WHERE id = $1", appointment_id)
    return _appointment(row, vault) if row else None


async def by_ids(conn: Conn, vault: Vault, ids: Sequence[int]) -> Mapping[int, Appointment]:
    rows = await conn.fetch(f"SELECT {_COLUMNS} FROM appointment a WHERE id = ANY($1::bigint[])", ids)
    return {row["id"]: _appointment(row, vault) for row in rows}


async def of_contacts(
    conn: Conn, vault: Vault, contact_ids: Sequence[int], now: datetime
) -> Mapping[int, tuple[Appointment, ...]]:
    """Live appointments still to come, soonest first, by who made them or has proved that they are theirs."""
    rows = await conn.fetch(
        f"""
        WITH mine AS (
            SELECT contact_id AS who, id FROM appointment WHERE contact_id = ANY($1::bigint[])
            UNION SELECT contact_id, appointment_id FROM access WHERE contact_id = ANY($1::bigint[])
        )
        SELECT m.who, {_COLUMNS} FROM mine m JOIN appointment a USING (id)
        WHERE a.status = 'live' AND a.starts_at > $2 ORDER BY a.starts_at, a.id
        """,
        contact_ids,
        now,
    )
    found: dict[int, list[Appointment]] = {c: [] for c in contact_ids}
    for row in rows:
        found[row["who"]].append(_appointment(row, vault))
    return {c: tuple(mine) for c, mine in found.items()}


async def live(
    conn: Conn, people: Sequence[tuple[bytes, str]], now: datetime
) -> frozenset[tuple[bytes, str]]:
    """Which of these (person key, procedure) hold a live appointment that is still to come."""
    rows = await conn.fetch(
        """
        SELECT a.person_key, a.procedure FROM appointment a
        JOIN unnest($1::bytea[], $2::text[]) AS w (person_key, procedure) USING (person_key, procedure)
        WHERE a.status = 'live' AND a.starts_at >= $3
        """,
        [key for key, _ in people],
        [procedure for _, procedure in people],
        now,
    )
    return frozenset((bytes(r["person_key"]), r["procedure"]) for r in rows)


async def people_booked(
    conn: Conn, contact_ids: Sequence[int], since: datetime
) -> Mapping[int, frozenset[bytes]]:
    """Person keys each contact has booked for since then, cancelled ones too."""
    rows = await conn.fetch(
        """
        SELECT contact_id, array_agg(DISTINCT person_key) AS people FROM appointment
        WHERE contact_id = ANY($1::bigint[]) AND made_at > $2 GROUP BY contact_id
        """,
        contact_ids,
        since,
    )
    found = {r["contact_id"]: frozenset(map(bytes, r["people"])) for r in rows}
    return {c: found.get(c, frozenset()) for c in contact_ids}
