"""Send what is owed: each person's messages one after another, different people side by side."""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

from asyncpg import Pool

from ventanilla.acts.house import House
from ventanilla.acts.pace import Pace
from ventanilla.acts.sender import Sender
from ventanilla.acts.window import park
from ventanilla.core.channel import Address
from ventanilla.core.sending import FORM_PAUSE, SendFailed, pause_of, try_again_at, window_is_open
from ventanilla.db import forms, outbox, people, sent
from ventanilla.db.connection import Conn
from ventanilla.db.sent import NotSent, Outcome, Sent
from ventanilla.metrics import ALARM, SENT

_log = logging.getLogger(__name__)
_LANE_SECONDS = 15.0
"""Then the rest of a person's messages is left for the next round, well before the grace time ends."""
_STATUS_GRACE = timedelta(seconds=60)
"""After a send whose outcome is not known, so long its status webhook has time to come. Longer than a
lane and the four calls of its last message take, or they would be sent again by another worker."""
_ACCOUNT_PAUSE = timedelta(minutes=5)
_ROOM_SECONDS = 0.05
_STOP_LOOK_SECONDS = 1.0
_GATHER_SECONDS = 0.005
"""So long an outcome waits for others, to be written down together."""
_IN_WINDOW = ("message", "paper", "form", "chat")
_JITTER = 0.5
"""Seconds: what failed together is not tried again together."""


@dataclass(slots=True)
class Post:
    """The lanes under way in this process, one a person, and what is known of their outcome."""

    pool: Pool
    house: House
    sender: Sender
    pace: Pace
    wake: Callable[[], None] = lambda: None
    lanes: set["asyncio.Task[None]"] = field(default_factory=set)
    _stop: sent.Stop | None = None
    _look_again_at: float = 0.0
    _outcome: Outcome = field(default_factory=Outcome)
    _recording: "asyncio.Task[None] | None" = None

    async def start(self, now: datetime, people_at_most: int) -> int:
        """Take up what is due to so many people. Gives how many; their lanes go on by themselves."""
        async with self.pool.acquire() as conn, conn.transaction():
            stop = await self._stopped(conn)
            if stop and stop.till > now:
                return 0
            due = await outbox.claim(conn, 1 if stop else people_at_most, now, now - _STATUS_GRACE)
            if not due:
                return 0
            to = await people.addresses(conn, self.house.vault, sorted({d.contact_id for d in due}))
        in_order = sorted(due, key=lambda d: (d.contact_id, d.id))
        lanes = [(contact, list(lane)) for contact, lane in groupby(in_order, lambda d: d.contact_id)]
        for contact, lane in lanes:
            task = asyncio.create_task(self._run(to[contact], lane, resuming=stop is not None))
            self.lanes.add(task)
            task.add_done_callback(self.lanes.discard)
        return len(lanes)

    async def _stopped(self, conn: Conn) -> sent.Stop | None:
        """Another process may have met the refusal, so it is looked for now and then."""
        if time.monotonic() > self._look_again_at:
            self._stop = await sent.stopped(conn)
            self._look_again_at = time.monotonic() + _STOP_LOOK_SECONDS
            ALARM.labels("account").set(self._stop is not None)
        return self._stop

    async def room(self, people_at_most: int) -> None:
        """Until a quarter of so many lanes is free, or a moment has passed and one is."""
        while len(self.lanes) > people_at_most * 3 // 4:
            done, _ = await asyncio.wait(
                tuple(self.lanes), timeout=_ROOM_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if not done and len(self.lanes) < people_at_most:
                return

    async def settled(self) -> None:
        """Until everything under way has been recorded."""
        while self.lanes:
            await asyncio.wait(tuple(self.lanes))

    async def _run(self, to: Address, lane: Sequence[outbox.Due], *, resuming: bool) -> None:
        outcome = Outcome()
        try:
            await self._lane(to, lane, outcome)
        finally:
            self._outcome.add(outcome)
            if resuming and outcome.sent:
                async with self.pool.acquire() as conn:
                    await sent.resume(conn)
                self._look_again_at = 0.0
            await self._recorded()

    async def _recorded(self) -> None:
        """One transaction for the outcomes of all lanes that end while another is being written."""
        while self._outcome or (self._recording and not self._recording.done()):
            if self._recording is None or self._recording.done():
                self._recording = asyncio.create_task(self._record())
            await asyncio.shield(self._recording)

    async def _record(self) -> None:
        await asyncio.sleep(_GATHER_SECONDS)
        outcome, self._outcome = self._outcome, Outcome()
        async with self.pool.acquire() as conn, conn.transaction():
            await sent.record(conn, outcome)
            if outcome.parked:
                await park(conn, self.house.vault, outcome.parked)
        SENT.inc(len(outcome.sent))
        self.wake()  # what was owed to the same people meanwhile can go out now

    async def _lane(self, to: Address, lane: Sequence[outbox.Due], outcome: Outcome) -> None:
        """In order; what comes after a message that must wait, waits too."""
        end = time.monotonic() + _LANE_SECONDS
        for n, due in enumerate(lane):
            if not await self.pace.wait() or time.monotonic() > end:
                outcome.untried += [d.id for d in lane[n:]]
                return
            try:
                if due.kind in _IN_WINDOW and not window_is_open(due.wrote_at, datetime.now(UTC)):
                    raise SendFailed("window", "more than 24 hours since the person wrote")
                wamid = await self.sender.send(to, due)
                outcome.sent.append(Sent(due.id, wamid, datetime.now(UTC)))
                if due.kind == "form":
                    ALARM.labels("forms").set(0)
            except SendFailed as fault:
                if await self._failed(to, due, fault, outcome):
                    outcome.untried += [d.id for d in lane[n + 1 :]]
                    return
            except Exception as bug:
                _log.exception("message %d cannot be made", due.id)
                now = datetime.now(UTC)
                outcome.not_sent.append(NotSent(due.id, now, None, "final", None, repr(bug)[:500]))

    async def _failed(self, to: Address, due: outbox.Due, fault: SendFailed, outcome: Outcome) -> bool:
        """Whether what comes after it has to wait as well."""
        if due.kind == "form" and fault.fault in ("form", "final"):
            return await self._instead_of_form(to, due, fault, outcome)
        now = datetime.now(UTC)
        if fault.fault == "window":
            await self._outside_window(to, due, outcome)
            return False
        if fault.fault == "slow":
            await self.pace.rest(pause_of(fault.code))
        if fault.fault == "account":
            await self._halt(fault, now)
        again_at = try_again_at(fault.fault, due.attempts, now)
        if again_at is not None:
            again_at += timedelta(seconds=random.uniform(0, _JITTER))
        _log.warning("message %d not sent: %s (%s) %s", due.id, fault.fault, fault.code, fault.text)
        missed = NotSent(
            due.id, now, again_at, fault.fault, fault.code, fault.text[:500], uncertain=fault.uncertain
        )
        outcome.not_sent.append(missed)
        # An uncertain one stays `sending`: its status decides, or the grace time runs out.
        return fault.uncertain or again_at is not None

    async def _outside_window(self, to: Address, due: outbox.Due, outcome: Outcome) -> None:
        """As a template where there is one; else it waits until the person writes."""
        if due.template is None:
            outcome.parked.append(due.id)
            return
        try:
            wamid = await self.sender.send(to, replace(due, kind="template", sealed=due.template))
        except SendFailed as fault:
            _log.warning("message %d not sent as a template: %s (%s)", due.id, fault.text, fault.code)
            outcome.parked.append(due.id)
        else:
            outcome.sent.append(Sent(due.id, wamid, datetime.now(UTC)))

    async def _instead_of_form(
        self, to: Address, due: outbox.Due, fault: SendFailed, outcome: Outcome
    ) -> bool:
        """The same question in the chat, for this person now and for everybody for a while."""
        _log.warning("form %d not sent, the chat instead: %s (%s)", due.id, fault.text, fault.code)
        if fault.fault == "form":
            ALARM.labels("forms").set(1)
            async with self.pool.acquire() as conn:
                await forms.pause(conn, datetime.now(UTC) + FORM_PAUSE, fault.code, fault.text)
        chat = replace(due, kind="chat")
        try:
            wamid = await self.sender.send(to, chat)
        except SendFailed as again:
            return await self._failed(to, chat, again, outcome)
        outcome.sent.append(Sent(due.id, wamid, datetime.now(UTC)))
        return False

    async def _halt(self, fault: SendFailed, now: datetime) -> None:
        """Everything that is owed is kept; an operator has to act."""
        _log.error("ALARM: the account cannot send: %s (%s)", fault.text, fault.code)
        ALARM.labels("account").set(1)
        async with self.pool.acquire() as conn:
            await sent.stop(conn, now, _ACCOUNT_PAUSE, fault.code, fault.text[:500])
        self._look_again_at = 0.0
