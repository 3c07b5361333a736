"""Updates came in: written down at once, those of all concurrent requests in one transaction."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

import msgspec

from ventanilla.acts import templates
from ventanilla.acts.statuses import take_statuses
from ventanilla.core.identity import IdentityChange
from ventanilla.core.notices import ChannelNotice
from ventanilla.db import inbox, notices, people
from ventanilla.db.connection import Conn
from ventanilla.db.vault import Vault
from ventanilla.metrics import count_kept
from ventanilla.words import LANGUAGES, words
from ventanilla.words.incoming import Incoming, Updates


async def take_updates(conn: Conn, vault: Vault, batch: Sequence[Updates]) -> int:
    """Durable when it returns. Gives how many messages were new."""
    now = datetime.now(UTC)
    messages: dict[str, Incoming] = {}
    for updates in batch:
        for message in updates.messages:
            messages.setdefault(message.wamid, message)
    changes = [c for updates in batch for c in updates.changes]
    statuses = [s for updates in batch for s in updates.statuses]
    raw = [r for updates in batch for r in updates.raw]
    news = [t for updates in batch for t in updates.templates]
    told = [_worded(n, now) for updates in batch for n in updates.notices]
    async with conn.transaction():
        new = await _in_order(conn, vault, [*messages.values(), *changes], now)
        if statuses:
            await take_statuses(conn, vault, statuses, now)
        if news:
            await templates.take_updates(conn, news)
        if told:
            await notices.put(conn, vault, told)
        if raw:
            await inbox.put_raw(conn, [(kind, vault.seal("raw", body)) for kind, body in raw])
    count_kept([kind for kind, _ in raw])
    return new


async def _in_order(
    conn: Conn, vault: Vault, news: Sequence[Incoming | IdentityChange], now: datetime
) -> int:
    """What was written before a number changed hands is the old owner's, what came later the new one's."""
    # A stable sort: messages of one second stay in the order in which they came.
    ordered = sorted(news, key=lambda n: _written(n, now))
    new = 0
    for _, run in groupby(ordered, key=lambda n: isinstance(n, IdentityChange)):
        some = list(run)
        for item in some:
            if isinstance(item, IdentityChange):
                await people.change(conn, vault, item, now)
        messages = [item for item in some if isinstance(item, Incoming)]
        new += await _put_messages(conn, vault, messages) if messages else 0
    return new


def _written(news: Incoming | IdentityChange, now: datetime) -> datetime:
    return (news.sent_at if isinstance(news, Incoming) else news.at) or now


def _worded(notice: ChannelNotice, now: datetime) -> notices.Told:
    summary = {language: words(language).text(notice.key, **notice.args) for language in LANGUAGES}
    return notices.Told(notice.kind, notice.severity, summary, notice.at or now, notice.raw)


async def _put_messages(conn: Conn, vault: Vault, messages: Sequence[Incoming]) -> int:
    met = [people.Met((m.sender, *m.also), m.sent_at) for m in messages]
    arrived = [
        inbox.Arrived(
            m.wamid,
            contact_id,
            m.heard.kind,
            vault.seal("inbox", msgspec.json.encode(m.heard)),
            m.sent_at,
        )
        for m, contact_id in zip(messages, await people.contacts(conn, vault, met), strict=True)
    ]
    return await inbox.put(conn, arrived)
