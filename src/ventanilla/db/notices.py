"""What Meta tells of our account, number and business, for staff, until they have settled it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.notices import Severity
from ventanilla.db.connection import Conn
from ventanilla.db.vault import Vault


@dataclass(frozen=True, slots=True)
class Told:
    """`summary`: a sentence by language; `raw`: what came."""

    kind: str
    severity: Severity
    summary: Mapping[str, str]
    at: datetime
    raw: bytes


@dataclass(frozen=True, slots=True)
class Open:
    id: int
    kind: str
    severity: Severity
    summary: Mapping[str, str]
    at: datetime


async def put(conn: Conn, vault: Vault, notices: Sequence[Told]) -> None:
    """One that is open already, word for word, is passed over."""
    await conn.execute(
        """
        INSERT INTO channel_notice (key, kind, severity, summary, summary_en, sealed, at)
        SELECT * FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[],
            $7::timestamptz[])
        ON CONFLICT (key) WHERE settled_at IS NULL DO NOTHING
        """,
        [vault.key("notice", f"{n.kind} {n.raw.decode()}") for n in notices],
        [n.kind for n in notices],
        [n.severity for n in notices],
        [n.summary["es"] for n in notices],
        [n.summary["en"] for n in notices],
        [vault.seal("notice", n.raw) for n in notices],
        [n.at for n in notices],
    )


async def open_notices(conn: Conn) -> tuple[Open, ...]:
    """What has to be acted upon most comes first, then what came last."""
    rows = await conn.fetch(
        """
        SELECT id, kind, severity, summary, summary_en, at FROM channel_notice WHERE settled_at IS NULL
        ORDER BY array_position(ARRAY['urgent', 'warning', 'info'], severity), at DESC, id DESC
        """
    )
    return tuple(
        Open(r["id"], r["kind"], r["severity"], {"es": r["summary"], "en": r["summary_en"]}, r["at"])
        for r in rows
    )


async def settle(conn: Conn, notice_id: int, now: datetime) -> bool:
    """Whether it was open."""
    done = await conn.execute(
        "UPDATE channel_notice SET settled_at = $2 WHERE id = $1 AND settled_at IS NULL", notice_id, now
    )
    return done == "UPDATE 1"
