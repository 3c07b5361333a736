"""Webhooks on their way: signed, retried until taken or given up, per person in order, many at a time.

Changes wait in lanes: one for each person, one for all statuses. While something of a lane is on its way the
rest of the lane waits, so that order holds; different lanes go in parallel. Without `batch_wait` each message
leaves at once in a POST of its own, and the statuses that wait leave together. With it, whatever came
meanwhile leaves together, messages and statuses mixed.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Coroutine
from io import BytesIO
from typing import Any, NamedTuple

import aiohttp
import msgspec

from whatsapp_emulator.clock import Clock
from whatsapp_emulator.config import MEGABYTE, Settings
from whatsapp_emulator.webhooks import change_of, envelope, signature

log = logging.getLogger(__name__)
STATUSES = "statuses"
PAYLOAD_MAX = 3 * MEGABYTE - 1024
TAKEN = "200"


class Item(NamedTuple):
    lane: str
    change: msgspec.Raw
    copies: int
    taken: Callable[[], object]


class Delivery:
    """`outcomes` counts every POST: "200" and other statuses, "timeout", "unreachable"."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.counts: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.waiting = 0
        self._session: aiohttp.ClientSession | None = None
        self._lines: dict[str, deque[Item]] = {}
        self._ready: dict[str, None] = {}  # lanes with nothing on its way, in order
        self._tasks: set[asyncio.Task[None]] = set()
        self._collecting = False
        self._room = asyncio.Semaphore(settings.webhook_concurrency)

    @property
    def full(self) -> bool:
        return self.waiting >= self.settings.webhooks_waiting_max

    def message(self, wa_id: str, value: dict[str, Any], copies: int, taken: Callable[[], object]) -> None:
        self.put(wa_id, "messages", value, copies, taken)

    def status(self, value: dict[str, Any]) -> None:
        self.put(STATUSES, "messages", value)

    def put(
        self,
        lane: str,
        field: str,
        value: dict[str, Any],
        copies: int = 1,
        taken: Callable[[], object] = lambda: None,
    ) -> None:
        """One change of any field, after what waits in its lane."""
        if self.settings.webhook_url is None:
            return
        self.waiting += 1
        if lane not in self._lines:
            self._lines[lane] = deque()
            self._ready[lane] = None
        self._lines[lane].append(Item(lane, change_of(self.settings, field, value), copies, taken))
        self._wake()

    async def open(self) -> None:
        self._session = aiohttp.ClientSession()

    async def forget(self) -> None:
        """Whatever still waits is not delivered any more."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lines.clear()
        self._ready.clear()
        self._collecting = False
        self.waiting = 0
        self.counts.clear()
        self.outcomes.clear()

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
        address = self.settings.webhook_url
        try:
            async with self._session.get(address, params=query, timeout=self._timeout()) as answer:
                echoed = answer.status == 200 and await answer.text() == challenge
                outcome = "verified" if echoed else f"answered {answer.status} without the challenge"
        except (aiohttp.ClientError, TimeoutError) as problem:
            outcome = f"not reached: {type(problem).__name__}"
        log.info("handshake with the webhook: %s", outcome)
        return outcome

    def _timeout(self) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(total=self.settings.webhook_timeout)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _wake(self) -> None:
        if self.settings.batch_wait:
            if not self._collecting:
                self._collecting = True
                self._start(self._collect())
            return
        lanes = list(self._ready)
        self._ready.clear()
        for lane in lanes:
            self._start(self._carry(lane))

    async def _collect(self) -> None:
        await self.clock.sleep(self.settings.batch_wait)
        self._collecting = False
        while self._ready:
            self._start(self._deliver_all(self._take_from_all()))

    async def _carry(self, lane: str) -> None:
        """One message, or the statuses that have gathered until the loop gets here."""
        most = self.settings.batch_max if lane == STATUSES else 1
        await self._deliver_all(self._take(lane, most, PAYLOAD_MAX, whole=True))

    def _take_from_all(self) -> list[Item]:
        """What fits into one POST, lane by lane; from here on it is on its way."""
        batch: list[Item] = []
        room = PAYLOAD_MAX
        for lane in list(self._ready):
            taken = self._take(lane, self.settings.batch_max - len(batch), room, whole=not batch)
            if not taken:
                break
            del self._ready[lane]
            batch += taken
            room -= sum(len(memoryview(item.change)) for item in taken)
        if self.clock.happens(self.settings.reorder):
            self.clock.chance.shuffle(batch)
        return batch

    def _take(self, lane: str, most: int, room: int, whole: bool) -> list[Item]:
        """The first of a lane; `whole`: the POST is still empty."""
        line = self._lines[lane]
        if len(line) > 1 and self.clock.happens(self.settings.reorder):
            shuffled = list(line)
            self.clock.chance.shuffle(shuffled)
            line = self._lines[lane] = deque(shuffled)
        batch: list[Item] = []
        while line and len(batch) < most:
            room -= len(memoryview(line[0].change))
            if room < 0 and (batch or not whole):
                break  # what is too long even alone leaves alone
            batch.append(line.popleft())
        return batch

    async def _deliver_all(self, batch: list[Item]) -> None:
        body = envelope(self.settings, (item.change for item in batch))
        copies = max(self.settings.duplicates, *(item.copies for item in batch))
        copies += self.clock.happens(self.settings.duplicate_rate)
        for n in range(copies):
            if await self._deliver(body):
                self.counts["duplicates"] += n > 0
                for item in batch:
                    item.taken()
        self.waiting -= len(batch)
        for lane in dict.fromkeys(item.lane for item in batch):
            if self._lines[lane]:
                self._ready[lane] = None
            else:
                del self._lines[lane]
        if self._ready:
            self._wake()

    async def _deliver(self, body: bytes) -> bool:
        pause = self.settings.webhook_retry_first
        give_up_at = self.clock.now() + self.settings.webhook_give_up
        while True:
            outcome = await self._post(body)
            self.outcomes[outcome] += 1
            if outcome == TAKEN:
                self.counts["delivered"] += 1
                return True
            self.counts["failures"] += 1
            if self.clock.now() + pause > give_up_at:
                self.counts["lost"] += 1
                log.warning("a webhook was given up")
                return False
            await self.clock.sleep(pause)
            pause = min(2 * pause, self.settings.webhook_retry_most)

    async def _post(self, body: bytes) -> str:
        assert self._session
        address = self.settings.webhook_url
        if address is None:  # it was taken away while this waited
            return "unreachable"
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": signature(self.settings.app_secret, body),
        }
        try:
            with self.clock.at_work():
                async with (
                    self._room,
                    self._session.post(
                        address, data=BytesIO(body), headers=headers, timeout=self._timeout()
                    ) as answer,
                ):
                    await answer.read()
                    return str(answer.status)
        except TimeoutError:
            return "timeout"
        except aiohttp.ClientError:
            return "unreachable"
