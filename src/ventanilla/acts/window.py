"""The 24-hour window: what may not go out now waits, and the person is asked to write."""

import logging
from collections.abc import Sequence
from datetime import datetime

import msgspec

from ventanilla.acts.house import House
from ventanilla.core.templates import LANGUAGE_AT_META, PENDING
from ventanilla.db import outbox, templates
from ventanilla.db.connection import Conn
from ventanilla.db.vault import Vault
from ventanilla.words import words
from ventanilla.words.outgoing import TemplateCall
from ventanilla.words.templates import compose_template

_log = logging.getLogger(__name__)
_calls = msgspec.json.Decoder(TemplateCall)


def seal_call(vault: Vault, call: TemplateCall) -> bytes:
    return vault.seal("outbox", msgspec.json.encode(call))


def open_call(vault: Vault, sealed: bytes) -> TemplateCall:
    return _calls.decode(vault.open("outbox", sealed))


async def park(conn: Conn, vault: Vault, ids: Sequence[int]) -> None:
    """Keep these for when their people write again, and invite each of them once."""
    await _invite(conn, vault, await outbox.park(conn, ids))


async def invite_waiting(conn: Conn, house: House, now: datetime, limit: int = 500) -> int:
    """Whom nobody could ask to write while the template was not to be had. Gives how many are asked now."""
    async with conn.transaction():
        waiting = await outbox.uninvited(conn, now - house.world.rules.talk_life, limit)
        return await _invite(conn, house.vault, waiting)


async def _invite(conn: Conn, vault: Vault, people: Sequence[tuple[int, str]]) -> int:
    """Contacts with their languages. Without a template to be had, they wait to be asked later."""
    invited = 0
    for language in {language for _, language in people}:
        contacts = [contact for contact, theirs in people if theirs == language]
        if not await templates.usable(conn, PENDING, LANGUAGE_AT_META[language]):
            _log.warning("%d people wait: %s (%s) may not be sent now", len(contacts), PENDING, language)
            continue
        call = compose_template(PENDING, words(language), {})
        owed = [outbox.Owed(c, "invitation", seal_call(vault, call), language) for c in contacts]
        invited += await outbox.invite(conn, owed)
    return invited
