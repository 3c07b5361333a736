"""What runs beside the web: turns as messages arrive, deliveries as they are owed, and the schedule."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from asyncpg import Pool
from pgqueuer.core.applications import PgQueuer
from pgqueuer.core.sm import SchedulerManager
from pgqueuer.domain.models import Schedule

from ventanilla.acts import closures, draws, due, reminders
from ventanilla.acts.attend import attend
from ventanilla.acts.deliver import Post
from ventanilla.acts.house import House
from ventanilla.acts.noshows import judge_absences
from ventanilla.acts.overbooking import plan_extras
from ventanilla.acts.pace import Pace
from ventanilla.acts.sender import Channel, Sender
from ventanilla.acts.templates import look
from ventanilla.acts.turn import apologise, take_messages
from ventanilla.acts.waiting import end_offers, offer_places
from ventanilla.acts.window import invite_waiting
from ventanilla.db import inbox, media
from ventanilla.db.connection import Conn, is_passing
from ventanilla.metrics import SET_ASIDE, TURNS

_log = logging.getLogger(__name__)
_POLL = 0.5
"""Seconds; wake-ups come from the process itself, this is the net for what others left."""
_COURTESY = 0.2
_GATHER = 0.003
"""So long after a claim others gather, to be claimed together."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Workers:
    pool: Pool
    house: House
    channel: Channel
    batch: int
    people_at_once: int
    per_second: int
    days_open: int
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    owed: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: bool = False
    pace: Pace = field(init=False)
    post: Post = field(init=False)

    def __post_init__(self) -> None:
        self.pace = Pace(self.pool, self.per_second)
        sender = Sender(self.pool, self.house, self.channel)
        self.post = Post(self.pool, self.house, sender, self.pace, self.owed.set)

    async def run(self) -> None:
        """Until `stop`. A loop that fails goes on; nothing stops because of one message."""
        async with asyncio.TaskGroup() as tasks:
            # Two of each: while one waits for the database, the other works.
            for _ in range(2):
                tasks.create_task(self._loop(self._turns, self.arrived))
            tasks.create_task(self._loop(self._deliveries, self.owed))
            tasks.create_task(self._loop(self._courtesy, self.ended, _COURTESY))
            tasks.create_task(self._schedule())
        await self.post.settled()

    def stop(self) -> None:
        """What is in hand is finished: messages on their way are recorded, and no lease is left."""
        self.stopping = True
        for wake in (self.arrived, self.owed, self.ended):
            wake.set()

    async def _loop(
        self, work: Callable[[], Awaitable[int]], wake: asyncio.Event, poll: float = _POLL
    ) -> None:
        while not self.stopping:
            wake.clear()
            try:
                done = await work()
            except Exception as fault:
                if is_passing(fault):
                    _log.warning("trying again: %r", fault)
                else:
                    _log.exception("a worker failed and goes on")
                await asyncio.sleep(random.uniform(0.05, 0.5))
                continue
            if not done:
                await _wait(wake, poll)

    async def _turns(self) -> int:
        done = await self._turns_taken()
        if done:
            TURNS.inc(done)
            self.pace.heard(done)
            self.owed.set()
        return done

    async def _turns_taken(self) -> int:
        async with self.pool.acquire() as conn:
            try:
                return await take_messages(conn, self.house, utc_now(), self.batch)
            except Exception as fault:
                if is_passing(fault):
                    raise
                _log.exception("a batch of turns failed; its people are taken one by one")
            done = 0
            for contact_id in await inbox.people_waiting(conn, self.batch):
                done += await self._turn_of(conn, contact_id)
            return done

    async def _turn_of(self, conn: Conn, contact_id: int) -> int:
        try:
            return await take_messages(conn, self.house, utc_now(), 1, contact_id)
        except Exception as fault:
            if is_passing(fault):
                raise
            _log.exception("a message of contact %d is set aside", contact_id)
            SET_ASIDE.inc()
            await apologise(conn, self.house, utc_now(), contact_id, type(fault).__name__)
            return 1

    async def _deliveries(self) -> int:
        """Take up people while there is room for a good part of them: one transaction for many."""
        await self.post.room(self.people_at_once)
        started = await self.post.start(utc_now(), self.people_at_once - self.post.sending)
        if started:
            await asyncio.sleep(_GATHER)
        return started

    async def _courtesy(self) -> int:
        await attend(self.pool, self.channel, utc_now(), self.people_at_once)
        return 0

    async def _pass_places_on(self, conn: Conn) -> None:
        """In this order: what nobody answered or confirmed goes to who waits next, and then to everybody."""
        await end_offers(conn, self.house, utc_now())
        await offer_places(conn, self.house, utc_now())
        self.owed.set()
        await due.publish_places(conn, utc_now())
        await due.sweep_holds(conn, utc_now())

    async def _schedule(self) -> None:
        """On every machine; PgQueuer lets one of them run each job when it is due."""
        scheduler = PgQueuer.from_asyncpg_pool(self.pool).sm
        self._each_minute(scheduler)
        self._now_and_then(scheduler)
        running = asyncio.create_task(scheduler.run())
        ended = asyncio.create_task(self.ended.wait())
        await asyncio.wait((running, ended), return_when="FIRST_COMPLETED")
        if running.done():
            ended.cancel()
            running.result()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    def _each_minute(self, scheduler: SchedulerManager) -> None:
        @scheduler.schedule("sweep-holds", "* * * * *")
        async def sweep(schedule: Schedule) -> None:
            async with self.pool.acquire() as conn:
                await closures.settle(conn, self.house, utc_now())
                await self._pass_places_on(conn)

        @scheduler.schedule("draws", "* * * * *")
        async def draws_(schedule: Schedule) -> None:
            async with self.pool.acquire() as conn:
                await draws.close_due(conn, utc_now())
                await draws.pass_on(conn, self.house, utc_now())

        @scheduler.schedule("remind", "* * * * *")
        async def remind(schedule: Schedule) -> None:
            async with self.pool.acquire() as conn:
                await reminders.remind(conn, self.house, utc_now())

    def _now_and_then(self, scheduler: SchedulerManager) -> None:
        @scheduler.schedule("open-places", "17 * * * *")
        async def places(schedule: Schedule) -> None:
            async with self.pool.acquire() as conn:
                await due.open_places(conn, self.house, utc_now(), self.days_open)

        @scheduler.schedule("forget-talks", "41 * * * *")
        async def talks(schedule: Schedule) -> None:
            async with self.pool.acquire() as conn:
                await due.forget_talks(conn, self.house, utc_now())
                await draws.forget_entries(conn, utc_now())
                await media.forget_expired(conn, utc_now())

        @scheduler.schedule("judge-absences", "*/10 * * * *")
        async def absences(schedule: Schedule) -> None:
            async with self.pool.acquire() as conn:
                await judge_absences(conn, self.house, utc_now())

        @scheduler.schedule("plan-extras", "23 9 * * *")
        async def extras(schedule: Schedule) -> None:
            async with self.pool.acquire() as conn:
                await plan_extras(conn, self.house, utc_now())

        @scheduler.schedule("invite-waiting", "*/10 * * * *")
        async def invitations(schedule: Schedule) -> None:
            async with self.pool.acquire() as conn:
                await look(conn)
                await invite_waiting(conn, self.house, utc_now())


async def _wait(wake: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await wake.wait()
    except TimeoutError:
        return
