"""The one source of time and chance, so that a run can be repeated.

Virtual time: `rate` virtual seconds pass in a real one (0: time stands still), and `advance` jumps. Whatever
is planned with `call_later` or waits in `sleep` happens in order of its time, either way.
"""

import asyncio
import random
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from heapq import heapify, heappop, heappush
from itertools import count

CANCELLED_MAX = 10_000
QUIET_TURNS = 20  # of the loop: enough for what was woken to begin its next step


class Timer:
    """A planned action; cancelling one that happened already does nothing."""

    __slots__ = ("_clock", "action", "at", "wakes")

    def __init__(self, clock: "Clock", at: float, action: Callable[[], object], wakes: bool) -> None:
        self._clock, self.at, self.wakes = clock, at, wakes
        self.action: Callable[[], object] | None = action

    def cancel(self) -> None:
        if self.action:
            self.action = None
            self._clock.one_cancelled()


class Clock:
    """Virtual time, and ids that a seed repeats in the same order.

    Without a seed every start gives other ids: a business that keeps message ids would otherwise
    take the first messages after a restart for duplicates. `chance` (faults, disorder) draws from a stream of
    its own, and so do the trace ids of errors: a fault more or less does not change the ids.
    """

    def __init__(self, seed: int | None = None, rate: float = 1.0, start: float | None = None) -> None:
        self.random = random.Random(seed)
        self.chance, self._traces = (
            random.Random(None if seed is None else f"{name} {seed}") for name in ("chance", "traces")
        )
        self._rate = rate
        self._at = time.time() if start is None else start  # virtual, when `_since` was
        self._since = time.monotonic()
        self._advancing = 0
        self._planned: list[tuple[float, int, Timer]] = []
        self._count = count()
        self._cancelled = 0
        self._busy = 0
        self._stirs = 0  # counts whatever begins, ends or is planned
        self._idle = asyncio.Event()
        self._idle.set()
        self._alarm: asyncio.TimerHandle | None = None

    # Time

    def now(self) -> float:
        """Seconds since 1970."""
        if self._advancing or not self._rate:
            return self._at
        return self._at + (time.monotonic() - self._since) * self._rate

    @property
    def rate(self) -> float:
        return self._rate

    @rate.setter
    def rate(self, rate: float) -> None:
        self._hold(self.now())
        self._rate = rate
        self._arm()

    @property
    def planned(self) -> int:
        """How much is planned and not cancelled."""
        return len(self._planned) - self._cancelled

    def call_later(self, delay: float, action: Callable[[], object], wakes: bool = False) -> Timer:
        """Plans an action `delay` virtual seconds ahead; those for one moment happen as planned.

        What `wakes` somebody happens also when everything is forgotten: nobody sleeps for ever.
        """
        timer = Timer(self, self.now() + max(0.0, delay), action, wakes)
        self._stirs += 1
        heappush(self._planned, (timer.at, next(self._count), timer))
        if self._planned[0][2] is timer:
            self._arm()
        return timer

    async def sleep(self, delay: float) -> None:
        if delay <= 0:
            await asyncio.sleep(0)
            return
        woken = asyncio.Event()
        timer = self.call_later(delay, woken.set, wakes=True)
        try:
            await woken.wait()
        finally:
            timer.cancel()

    def tick(self, seconds: float) -> None:
        """`advance` where nothing is awaited: unit tests."""
        for _ in self._steps(seconds):
            pass

    async def advance(self, seconds: float) -> None:
        """Jumps ahead; everything due on the way happens at its time, and what that starts is let finish."""
        await self._settle()
        for _ in self._steps(seconds):
            await self._settle()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Time does not jump while this block runs: a webhook on its way, for example."""
        self._busy += 1
        self._stirs += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._busy -= 1
            self._stirs += 1
            if not self._busy:
                self._idle.set()

    def forget(self) -> None:
        """Nothing is planned any more."""
        planned, self._planned, self._cancelled = self._planned, [], 0
        for _, _, timer in planned:
            action, timer.action = timer.action, None
            if action and timer.wakes:
                action()
        self._arm()

    def one_cancelled(self) -> None:
        self._cancelled += 1
        if self._cancelled > CANCELLED_MAX and self._cancelled > len(self._planned) // 2:
            self._planned = [one for one in self._planned if one[2].action]
            heapify(self._planned)
            self._cancelled = 0

    def _steps(self, seconds: float) -> Iterator[None]:
        """Moves to the next due moment and does what is planned for it, again and again."""
        end = self.now() + seconds
        self._hold(self.now())
        self._advancing += 1
        try:
            while self._planned and self._planned[0][0] <= end:
                self._at = max(self._at, self._planned[0][0])
                self._happen(self._at)
                yield
            self._at = max(self._at, end)
        finally:
            self._advancing -= 1
            self._hold(self._at)
            self._arm()

    def _happen(self, now: float) -> None:
        while self._planned and self._planned[0][0] <= now:
            timer = heappop(self._planned)[2]
            action, timer.action = timer.action, None
            if action:
                action()
            else:
                self._cancelled -= 1

    def _hold(self, now: float) -> None:
        self._at, self._since = now, time.monotonic()

    def _arm(self) -> None:
        """Has the loop ring when the next thing is due. Without a loop only `tick` makes it happen."""
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if not self._planned or not self._rate or self._advancing:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        wait = (self._planned[0][0] - self.now()) / self._rate
        self._alarm = loop.call_later(max(0.0, wait), self._ring)

    def _ring(self) -> None:
        self._alarm = None
        if not self._advancing:
            self._happen(self.now())
            self._arm()

    async def _settle(self) -> None:
        """Until nothing is under way and for some turns of the loop nothing begins, ends or is planned."""
        quiet = 0
        while quiet < QUIET_TURNS:
            known = self._stirs
            if self._busy:
                await self._idle.wait()
            else:
                await asyncio.sleep(0)
            quiet = quiet + 1 if self._stirs == known else 0

    # Chance

    def happens(self, chance: float) -> bool:
        """True in this share of the calls. Certainty and impossibility draw nothing."""
        return chance >= 1 or (chance > 0 and self.chance.random() < chance)

    def wamid(self) -> str:
        return "wamid." + b64encode(self.random.randbytes(30)).decode()

    def number_id(self) -> str:
        return str(self.random.randrange(10**14, 10**15))

    def trace_id(self) -> str:
        return "A" + b64encode(self._traces.randbytes(16), b"-_").decode().rstrip("=")
