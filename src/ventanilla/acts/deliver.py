"""Send what is owed: each person's messages one after another, different people side by side."""

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Protocol

import msgspec
from asyncpg import Pool

from ventanilla.acts.house import House
from ventanilla.acts.papers import render
from ventanilla.acts.turn import PaperOwed
from ventanilla.core.channel import Address
from ventanilla.core.sending import SendFailed, try_again_at
from ventanilla.db import outbox, people
from ventanilla.words.compose import Message
from ventanilla.words.outgoing import Outgoing

_log = logging.getLogger(__name__)
_LANE_SECONDS = 30.0
"""Then the rest of a person's messages is left for the next round, well before the grace time ends."""
_STATUS_GRACE = timedelta(seconds=45)
"""After a send whose outcome is not known, so long its status webhook has time to come. Longer than a
lane and one call take, or a slow worker's messages would be sent again by another."""
_messages = msgspec.json.Decoder(Message)
_papers = msgspec.json.Decoder(PaperOwed)


class Channel(Protocol):
    async def send(self, to: Address, what: Outgoing, reference: str) -> str:
        """Send one message; `reference` comes back in its statuses. Gives its id.

        Raises `SendFailed`.
        """


@dataclass(slots=True)
class _Outcome:
    sent: list[outbox.Sent] = field(default_factory=list)
    not_sent: list[outbox.NotSent] = field(default_factory=list)
    untried: list[int] = field(default_factory=list)


async def deliver(pool: Pool, house: House, channel: Channel, now: datetime, limit: int) -> int:
    """Send all that is due to up to `limit` people. Gives how many messages were sent."""
    async with pool.acquire() as conn, conn.transaction():
        due = await outbox.claim(conn, limit, now, now - _STATUS_GRACE)
        if not due:
            return 0
        to = await people.addresses(conn, house.vault, sorted({d.contact_id for d in due}))
    lanes = [
        (contact, list(lane))
        for contact, lane in groupby(sorted(due, key=lambda d: (d.contact_id, d.id)), lambda d: d.contact_id)
    ]
    outcome = _Outcome()
    await asyncio.gather(
        *(_send_lane(pool, house, channel, to[contact], lane, outcome) for contact, lane in lanes)
    )
    async with pool.acquire() as conn, conn.transaction():
        await outbox.record(conn, outcome.sent, outcome.not_sent, outcome.untried)
    return len(outcome.sent)


async def _send_lane(
    pool: Pool, house: House, channel: Channel, to: Address, lane: Sequence[outbox.Due], outcome: _Outcome
) -> None:
    """In order; what comes after a message that must wait, waits too."""
    end = time.monotonic() + _LANE_SECONDS
    for n, due in enumerate(lane):
        if time.monotonic() > end:
            outcome.untried += [d.id for d in lane[n:]]
            return
        try:
            wamid = await channel.send(to, await _made(pool, house, due), str(due.id))
            outcome.sent.append(outbox.Sent(due.id, wamid, datetime.now(UTC)))
        except SendFailed as fault:
            if fault.uncertain:
                # It stays `sending`: its status decides, or the grace time runs out.
                outcome.untried += [d.id for d in lane[n + 1 :]]
                return
            again_at = try_again_at(fault.fault, due.attempts, datetime.now(UTC))
            _log.warning("message %d not sent: %s (%s)", due.id, fault.fault, fault.code)
            outcome.not_sent.append(outbox.NotSent(due.id, again_at, fault.code, fault.text[:500]))
            if again_at is not None:
                outcome.untried += [d.id for d in lane[n + 1 :]]
                return
        except Exception as bug:
            _log.exception("message %d cannot be made", due.id)
            outcome.not_sent.append(outbox.NotSent(due.id, None, None, repr(bug)[:500]))


async def _made(pool: Pool, house: House, due: outbox.Due) -> Outgoing:
    body = house.vault.open("outbox", due.sealed)
    if due.kind == "message":
        return _messages.decode(body)
    return await render(pool, house, _papers.decode(body))
