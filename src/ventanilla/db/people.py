"""Contacts and their addresses, consents and hand-overs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.channel import Address
from ventanilla.db.connection import Conn
from ventanilla.db.vault import Vault


@dataclass(frozen=True, slots=True)
class Consent:
    contact_id: int
    accepted: bool
    notice_hash: str
    wamid: str
    at: datetime


async def contacts(conn: Conn, vault: Vault, addresses: Sequence[Address]) -> Mapping[Address, int]:
    """The contact of each address; whoever is new is written down, with an empty talk.

    The second look-up is what makes two processes that meet the same new person agree: the unique
    alias lets only one of them in.
    """
    keys = {(a.kind, vault.key(a.kind, a.text)): a for a in addresses}
    found = await _known(conn, keys)
    fresh = {k: a for k, a in keys.items() if k not in found}
    if fresh:
        sealed = [vault.seal("alias", a.text.encode()) for a in fresh.values()]
        await conn.execute(
            """
            WITH seen AS MATERIALIZED (
                SELECT kind, key, sealed, nextval(pg_get_serial_sequence('contact', 'id')) AS id
                FROM unnest($1::text[], $2::bytea[], $3::bytea[]) AS s (kind, key, sealed)
            ), made AS (
                INSERT INTO contact (id) OVERRIDING SYSTEM VALUE SELECT id FROM seen
            ), talks AS (
                INSERT INTO talk (contact_id) SELECT id FROM seen
            )
            INSERT INTO alias (kind, key, contact_id, sealed) SELECT kind, key, id, sealed FROM seen
            ON CONFLICT DO NOTHING
            """,
            [k for k, _ in fresh],
            [key for _, key in fresh],
            sealed,
        )
        found |= await _known(conn, fresh)
    return {a: found[k] for k, a in keys.items()}


async def _known(conn: Conn, keys: Mapping[tuple[str, bytes], Address]) -> dict[tuple[str, bytes], int]:
    rows = await conn.fetch(
        """
        SELECT kind, key, contact_id FROM alias
        WHERE (kind, key) IN (SELECT * FROM unnest($1::text[], $2::bytea[]))
        """,
        [k for k, _ in keys],
        [key for _, key in keys],
    )
    return {(r["kind"], bytes(r["key"])): r["contact_id"] for r in rows}


async def addresses(conn: Conn, vault: Vault, contact_ids: Sequence[int]) -> Mapping[int, Address]:
    """One address each to send to; a phone goes before an id."""
    rows = await conn.fetch(
        """
        SELECT DISTINCT ON (contact_id) contact_id, kind, sealed FROM alias
        WHERE contact_id = ANY($1::bigint[]) ORDER BY contact_id, kind <> 'phone', kind
        """,
        contact_ids,
    )
    return {r["contact_id"]: Address(r["kind"], vault.open("alias", r["sealed"]).decode()) for r in rows}


async def write_consents(conn: Conn, consents: Sequence[Consent]) -> None:
    await conn.executemany(
        "INSERT INTO consent (contact_id, accepted, notice_hash, wamid, at) VALUES ($1, $2, $3, $4, $5)",
        [(c.contact_id, c.accepted, c.notice_hash, c.wamid, c.at) for c in consents],
    )


async def write_hand_overs(conn: Conn, contact_ids: Sequence[int], reason: str, at: datetime) -> None:
    await conn.execute(
        "INSERT INTO hand_over (contact_id, reason, at) SELECT unnest($1::bigint[]), $2, $3",
        contact_ids,
        reason,
        at,
    )
