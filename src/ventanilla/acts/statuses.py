"""Meta told what became of messages: what it took and did not deliver is tried again where that helps."""

import logging
from collections.abc import Sequence
from datetime import datetime

from ventanilla.acts.templates import take_updates
from ventanilla.acts.window import open_call, park
from ventanilla.core.channel import Status
from ventanilla.core.sending import FORM_PAUSE, Fault, try_again_at
from ventanilla.core.templates import LANGUAGE_AT_META, TemplateUpdate
from ventanilla.db import forms, outbox
from ventanilla.db.connection import Conn
from ventanilla.db.vault import Vault

_log = logging.getLogger(__name__)
_AGAIN: frozenset[Fault] = frozenset({"retry", "few", "slow", "pair", "template"})


async def take_statuses(conn: Conn, vault: Vault, statuses: Sequence[Status], now: datetime) -> None:
    """Inside the transaction that stores what came with them."""
    failed = await outbox.apply_statuses(conn, statuses)
    if not failed:
        return
    faults = {s.outbox_id: s for s in statuses if s.status == "failed"}
    by_wamid = {s.wamid: s for s in statuses if s.status == "failed"}
    closed, again, chat = [], [], []
    for message in failed:
        status = faults.get(message.id) or by_wamid[message.wamid]
        _log.warning("message %d not delivered: %s (%s)", message.id, status.error, status.error_code)
        due_at = try_again_at(status.fault, message.attempts, now) if status.fault in _AGAIN else None
        if status.fault == "template":
            await _note_pause(conn, vault, message.id, status)
        if status.fault == "window" or (message.as_template and due_at is None):
            closed.append(message.id)
        elif status.fault == "form":
            chat.append(message.id)
            await forms.pause(conn, now + FORM_PAUSE, status.error_code, status.error)
        elif due_at is not None:
            again.append((message.id, due_at))
    if closed:
        await park(conn, vault, closed)
    if chat:
        await forms.to_chat(conn, chat, now)
    if again:
        await outbox.try_again(conn, [i for i, _ in again], [at for _, at in again])


async def _note_pause(conn: Conn, vault: Vault, outbox_id: int, status: Status) -> None:
    sealed = await outbox.template_of(conn, outbox_id)
    if sealed is not None:
        call = open_call(vault, sealed)
        language = LANGUAGE_AT_META[call.language]
        await take_updates(conn, [TemplateUpdate(call.name, language, "PAUSED", status.error)])
