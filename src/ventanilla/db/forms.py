"""Forms that people were offered, and the flows at Meta that they are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.db.connection import Conn


@dataclass(frozen=True, slots=True)
class Want:
    contact_id: int
    language: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """A form with the talk of its person, both locked. `state`: `open`, `used` or `left`."""

    id: int
    contact_id: int
    language: str
    state: str
    expires_at: datetime
    talk: bytes | None
    heard_at: datetime | None


@dataclass(frozen=True, slots=True)
class Flow:
    """What we know of the form of one language at Meta."""

    language: str
    flow_id: str
    hash: str
    published: bool
    paused_till: datetime | None = None


async def usable(conn: Conn, now: datetime) -> Mapping[str, str]:
    """The flow id of each language whose form is published and not paused."""
    rows = await conn.fetch(
        "SELECT language, flow_id FROM flow WHERE published AND coalesce(paused_till, $1) <= $1", now
    )
    return {r["language"]: r["flow_id"] for r in rows}


async def issue(conn: Conn, wants: Sequence[Want], now: datetime) -> Mapping[int, int]:
    """A form each, in place of the open one. Gives the form's id by contact.

    Inside the turn of each contact, which holds the lock on its talk.
    """
    contacts = [w.contact_id for w in wants]
    await conn.execute(
        """
        UPDATE form SET state = 'left', ended_at = $2 WHERE contact_id = ANY($1::bigint[]) AND state = 'open'
        """,
        contacts,
        now,
    )
    rows = await conn.fetch(
        """
        INSERT INTO form (contact_id, language, issued_at, expires_at)
        SELECT contact_id, language, $4, expires_at
        FROM unnest($1::bigint[], $2::text[], $3::timestamptz[]) AS w (contact_id, language, expires_at)
        RETURNING id, contact_id
        """,
        contacts,
        [w.language for w in wants],
        [w.expires_at for w in wants],
        now,
    )
    return {r["contact_id"]: r["id"] for r in rows}


async def open_form(conn: Conn, form_id: int) -> Opened | None:
    """Locks the person's talk, as a turn does: what is sent twice at once is taken one after the other.

    The state is read by a second statement, which sees what the one before us has written.
    """
    talk = await conn.fetchrow(
        """
        SELECT t.contact_id, t.sealed, t.heard_at FROM talk t JOIN form f USING (contact_id)
        WHERE f.id = $1 FOR NO KEY UPDATE OF t
        """,
        form_id,
    )
    if talk is None:
        return None
    form = await conn.fetchrow("SELECT language, state, expires_at FROM form WHERE id = $1", form_id)
    assert form is not None
    return Opened(
        form_id,
        talk["contact_id"],
        form["language"],
        form["state"],
        form["expires_at"],
        talk["sealed"],
        talk["heard_at"],
    )


async def turned(conn: Conn, form_id: int, page: str, now: datetime) -> None:
    """Where its person has got to."""
    await conn.execute(
        "UPDATE form SET page = $2, opened_at = coalesce(opened_at, $3) WHERE id = $1", form_id, page, now
    )


async def use(conn: Conn, form_id: int, appointment_id: int, now: datetime) -> None:
    """This appointment came of it. Raises asyncpg.UniqueViolationError where another one did."""
    await conn.execute("UPDATE appointment SET form_id = $1 WHERE id = $2", form_id, appointment_id)
    await conn.execute("UPDATE form SET state = 'used', ended_at = $2 WHERE id = $1", form_id, now)


async def leave(conn: Conn, contact_ids: Sequence[int]) -> None:
    """Whatever these people had open can be sent no more."""
    await conn.execute(
        """
        UPDATE form SET state = 'left', ended_at = now()
        WHERE contact_id = ANY($1::bigint[]) AND state = 'open'
        """,
        contact_ids,
    )


async def to_chat(conn: Conn, outbox_ids: Sequence[int], now: datetime) -> None:
    """Forms that Meta took and did not deliver: what is said instead goes out."""
    await conn.execute(
        """
        UPDATE outbox SET kind = 'chat', state = 'owed', wamid = NULL, due_at = $2
        WHERE id = ANY($1::bigint[]) AND kind = 'form'
        """,
        outbox_ids,
        now,
    )


async def pause(conn: Conn, till: datetime, code: int | None, why: str) -> None:
    """Meta lets no form through: people are asked in the chat until then."""
    await conn.execute(
        "UPDATE flow SET paused_till = $1, paused_code = $2, paused_why = $3", till, code, why[:500]
    )


async def flows(conn: Conn) -> Mapping[str, Flow]:
    rows = await conn.fetch("SELECT language, flow_id, hash, published, paused_till FROM flow")
    return {r["language"]: Flow(*r.values()) for r in rows}


async def put_flow(conn: Conn, flow: Flow, now: datetime) -> None:
    """A flow that is published again may be offered again at once."""
    await conn.execute(
        """
        INSERT INTO flow (language, flow_id, hash, published, synced_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (language) DO UPDATE SET flow_id = $2, hash = $3, published = $4, synced_at = $5,
            paused_till = NULL, paused_code = NULL, paused_why = NULL
        """,
        flow.language,
        flow.flow_id,
        flow.hash,
        flow.published,
        now,
    )
