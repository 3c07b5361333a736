"""How fast messages may go through the number: one rate for what comes in and what goes out, shared by
all processes (throughput, WHATSAPP section 2)."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta

from asyncpg import Pool

from ventanilla.db import sent

_SHARES = 20
"""Reserved at a time: so small a part of a second's messages, that other processes get theirs."""
_LONGEST_WAIT = 5.0
_STALE = 1.0


@dataclass(slots=True)
class Pace:
    """`per_second` 0 does not limit. Moments to send at are reserved from the database a few at a time."""

    pool: Pool
    per_second: int
    _moments: deque[float] = field(default_factory=deque)
    _heard: int = 0
    _reserving: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def wait(self) -> bool:
        """Until one more message may go out. False: that is too long to keep anybody waiting for."""
        if not self.per_second:
            return True
        moment = await self._next()
        ahead = moment - time.monotonic()
        if ahead > _LONGEST_WAIT:
            self._moments.appendleft(moment)
            return False
        await asyncio.sleep(max(0.0, ahead))
        return True

    def heard(self, messages: int) -> None:
        """What people write takes its share of the rate; it is never refused."""
        self._heard += messages

    async def rest(self, pause: timedelta) -> None:
        """Meta says that we are too fast: nobody sends for a while."""
        self._moments.clear()
        async with self.pool.acquire() as conn:
            await sent.reserve(conn, pause)

    async def _next(self) -> float:
        """A moment that lies so far back that others would crowd around it is lost."""
        async with self._reserving:
            while self._moments and time.monotonic() - self._moments[0] > _STALE:
                self._moments.popleft()
            if not self._moments:
                await self._reserve()
            return self._moments.popleft()

    async def _reserve(self) -> None:
        count = max(1, self.per_second // _SHARES)
        taken, self._heard = count + self._heard, 0
        async with self.pool.acquire() as conn:
            ends_in = await sent.reserve(conn, timedelta(seconds=taken / self.per_second))
        end = time.monotonic() + ends_in
        self._moments.extend(end - (count - n) / self.per_second for n in range(count))
