"""Updates came in: written down at once, those of all concurrent requests in one transaction."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from ventanilla.acts.statuses import take_statuses
from ventanilla.db import inbox, people
from ventanilla.db.connection import Conn
from ventanilla.db.vault import Vault
from ventanilla.words.incoming import Incoming, Updates


async def take_updates(conn: Conn, vault: Vault, batch: Sequence[Updates]) -> int:
    """Durable when it returns. Gives how many messages were new."""
    messages: dict[str, Incoming] = {}
    for updates in batch:
        for message in updates.messages:
            messages.setdefault(message.wamid, message)
    # A stable sort: messages of one second stay in the order in which they came.
    ordered = sorted(messages.values(), key=lambda m: m.sent_at.timestamp() if m.sent_at else 0)
    statuses = [s for updates in batch for s in updates.statuses]
    raw = [r for updates in batch for r in updates.raw]
    async with conn.transaction():
        new = await _put_messages(conn, vault, ordered) if ordered else 0
        if statuses:
            await take_statuses(conn, vault, statuses, datetime.now(UTC))
        if raw:
            await inbox.put_raw(conn, [(kind, vault.seal("raw", body)) for kind, body in raw])
    return new


async def _put_messages(conn: Conn, vault: Vault, messages: Sequence[Incoming]) -> int:
    known = await people.contacts(conn, vault, [m.sender for m in messages])
    arrived = [
        inbox.Arrived(
            m.wamid,
            known[m.sender],
            m.heard.kind,
            vault.seal("inbox", msgspec.json.encode(m.heard)),
            m.sent_at,
        )
        for m in messages
    ]
    return await inbox.put(conn, arrived)
