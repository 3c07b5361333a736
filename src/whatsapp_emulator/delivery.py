"""Webhooks on their way: signed, retried until taken, per person in order, statuses many at a time.

The messages of one person are posted one after the other, the next when the one before got its 200
(or was given up); different people go in parallel. Statuses wait in one line and leave together, up to
1,000 in one POST.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import Any

import aiohttp

from whatsapp_emulator.config import Settings
from whatsapp_emulator.webhooks import envelope, signature

log = logging.getLogger(__name__)
BATCH_MAX = 1000
Item = tuple[bytes, int, Callable[[], None]]  # body, copies, what to do once it is taken


class Delivery:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.delivered = 0
        self.failures = 0
        self.waiting = 0
        self._session: aiohttp.ClientSession | None = None
        self._lines: dict[str, deque[Item]] = {}
        self._statuses: deque[dict[str, Any]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._status_task: asyncio.Task[None] | None = None
        self._room = asyncio.Semaphore(settings.webhook_concurrency)

    @property
    def full(self) -> bool:
        return self.waiting >= self.settings.webhooks_waiting_max

    def message(self, wa_id: str, value: dict[str, Any], copies: int, taken: Callable[[], None]) -> None:
        if self.settings.webhook_url is None:
            return
        self.waiting += 1
        item = (envelope(self.settings, [value]), copies, taken)
        if wa_id in self._lines:
            self._lines[wa_id].append(item)
        else:
            self._lines[wa_id] = deque([item])
            self._start(self._deliver_line(wa_id))

    def status(self, value: dict[str, Any]) -> None:
        if self.settings.webhook_url is None:
            return
        self.waiting += 1
        self._statuses.append(value)
        if self._status_task is None:
            self._status_task = self._start(self._deliver_statuses())

    async def open(self) -> None:
        timeout = aiohttp.ClientTimeout(total=self.settings.webhook_timeout)
        self._session = aiohttp.ClientSession(timeout=timeout)

    async def forget(self) -> None:
        """Whatever still waits is not delivered any more."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lines.clear()
        self._statuses.clear()
        self._status_task = None
        self.waiting = self.delivered = self.failures = 0

    async def close(self) -> None:
        await self.forget()
        if self._session:
            await self._session.close()

    async def handshake(self, challenge: str) -> str:
        """What came of asking the business to prove its verify token: "verified", or what went wrong."""
        assert self._session
        assert self.settings.webhook_url
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge,
            "hub.verify_token": self.settings.verify_token,
        }
        try:
            async with self._session.get(self.settings.webhook_url, params=query) as answer:
                echoed = answer.status == 200 and await answer.text() == challenge
                outcome = "verified" if echoed else f"answered {answer.status} without the challenge"
        except (aiohttp.ClientError, TimeoutError) as problem:
            outcome = f"not reached: {type(problem).__name__}"
        log.info("handshake with the webhook: %s", outcome)
        return outcome

    def _start(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _deliver_line(self, wa_id: str) -> None:
        line = self._lines[wa_id]
        while line:
            body, copies, taken = line.popleft()
            for _ in range(copies):
                if await self._deliver(body):
                    taken()
            self.waiting -= 1
        del self._lines[wa_id]

    async def _deliver_statuses(self) -> None:
        while self._statuses:
            batch = [self._statuses.popleft() for _ in range(min(BATCH_MAX, len(self._statuses)))]
            body = envelope(self.settings, batch)
            for _ in range(self.settings.duplicates):
                await self._deliver(body)
            self.waiting -= len(batch)
        self._status_task = None

    async def _deliver(self, body: bytes) -> bool:
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": signature(self.settings.app_secret, body),
        }
        pause = self.settings.webhook_retry_first
        give_up_at = asyncio.get_running_loop().time() + self.settings.webhook_give_up
        while not await self._post(body, headers):
            self.failures += 1
            if asyncio.get_running_loop().time() + pause > give_up_at:
                log.warning("a webhook was given up")
                return False
            await asyncio.sleep(pause)
            pause = min(2 * pause, self.settings.webhook_retry_most)
        self.delivered += 1
        return True

    async def _post(self, body: bytes, headers: dict[str, str]) -> bool:
        assert self._session
        assert self.settings.webhook_url
        try:
            async with (
                self._room,
                self._session.post(self.settings.webhook_url, data=body, headers=headers) as answer,
            ):
                await answer.read()
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False
