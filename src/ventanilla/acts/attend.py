"""A turn that takes a moment: the person sees that the message was read and an answer is being written."""

import asyncio
import logging
from datetime import datetime, timedelta

from asyncpg import Pool

from ventanilla.acts.sender import Channel
from ventanilla.core.sending import SendFailed
from ventanilla.db import inbox
from ventanilla.metrics import ATTENDED

_log = logging.getLogger(__name__)
SLOW = timedelta(milliseconds=400)
_TOO_LATE = timedelta(seconds=1)
"""Whoever has waited longer has been looked at already: a span short enough to be looked through often."""


async def attend(pool: Pool, channel: Channel, now: datetime, limit: int) -> int:
    """Gives how many were shown. Only a courtesy: one that fails is not tried again."""
    async with pool.acquire() as conn:
        wamids = await inbox.unanswered(conn, now - _TOO_LATE, now - SLOW, limit)
    done = await asyncio.gather(*(_attended(channel, wamid) for wamid in wamids))
    ATTENDED.inc(sum(done))
    return sum(done)


async def _attended(channel: Channel, wamid: str) -> bool:
    try:
        await channel.attend(wamid)
    except SendFailed as fault:
        _log.info("not shown as read: %s", fault.text)
        return False
    return True
