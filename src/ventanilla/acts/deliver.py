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
from ventanilla.db.connection import Conn, is_passing
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
_RECORD_AGAIN = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds to wait when outcomes cannot be written down; with the tries, well within the grace time."""
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
    sending: int = 0
    """Lanes that still send; those whose outcome is being written down leave room for others."""
    lanes: set["asyncio.Task[None]"] = field(default_factory=set)
    _freed: asyncio.Event = field(default_factory=asyncio.Event)
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
            task = asyncio.create_task(self._run(to.get(contact), lane, resuming=stop is not None))
            self.lanes.add(task)
            task.add_done_callback(self.lanes.discard)
        self.sending += len(lanes)
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
        while self.sending > people_at_most * 3 // 4:
            self._freed.clear()
            try:
                async with asyncio.timeout(_ROOM_SECONDS):
                    await self._freed.wait()
            except TimeoutError:
                if self.sending < people_at_most:
                    return

    async def settled(self) -> None:
        """Until everything under way has been recorded."""
        while self.lanes:
            await asyncio.wait(tuple(self.lanes))

    async def _run(self, to: Address | None, lane: Sequence[outbox.Due], *, resuming: bool) -> None:
        outcome = Outcome()
        try:
            if to is None:  # the only number of this person is somebody else's now
                gone = datetime.now(UTC)
                outcome.not_sent += [NotSent(d.id, gone, None, "final", None, "no address") for d in lane]
            else:
                await self._lane(to, lane, outcome)
        except Exception:
            _log.exception("a lane broke off; what it left is looked at after its grace time")
        finally:
            self.sending -= 1
            self._freed.set()
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
        """A database that is away for a moment must not make us send anything twice."""
        await asyncio.sleep(_GATHER_SECONDS)
        outcome, self._outcome = self._outcome, Outcome()
        for pause in _RECORD_AGAIN:
            try:
                await self._write(outcome)
            except Exception as fault:
                if not is_passing(fault):
                    raise
                _log.warning("outcomes not written, trying again: %r", fault)
                await asyncio.sleep(pause)
            else:
                break
        else:
            await self._write(outcome)
        SENT.inc(len(outcome.sent))
        self.wake()  # what was owed to the same people meanwhile can go out now

    async def _write(self, outcome: Outcome) -> None:
        async with self.pool.acquire() as conn, conn.transaction():
            await sent.record(conn, outcome)
            if outcome.parked:
                await park(conn, self.house.vault, outcome.parked)

    async def _lane(self, to: Address, lane: Sequence[outbox.Due], outcome: Outcome) -> None:
        """In order; what comes after a message that must wait, waits too."""
        end = time.monotonic() + _LANE_SECONDS
        for n, due in enumerate(lane):
            try:
                if not await self.pace.wait() or time.monotonic() > end:
                    outcome.untried += [d.id for d in lane[n:]]
                    return
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
                if is_passing(bug):
                    outcome.untried += [d.id for d in lane[n:]]
                    return
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
        await self._heed(fault, now)
        again_at = try_again_at(fault.fault, due.attempts, now)
        if again_at is not None:
            again_at += timedelta(seconds=random.uniform(0, _JITTER))
        _log.warning("message %d not sent: %s (%s) %s", due.id, fault.fault, fault.code, fault.text)
        missed = NotSent(
            due.id, now, again_at, fault.fault, fault.code, fault.text[:500], uncertain=fault.uncertain
        )
        outcome.not_sent.append(missed)
        # An uncertain one stays `sending`: its status decides, or the grace time runs out.
        # A template that is not to be had may take hours, and what follows does not need it.
        return fault.uncertain or (again_at is not None and fault.fault != "template")

    async def _outside_window(self, to: Address, due: outbox.Due, outcome: Outcome) -> None:
        """As a template where there is one; else it waits until the person writes."""
        if due.template is None:
            outcome.parked.append(due.id)
            return
        try:
            wamid = await self.sender.send(to, replace(due, kind="template", sealed=due.template))
        except Exception as fault:
            _log.warning("message %d not sent as a template: %r", due.id, fault)
            outcome.parked.append(due.id)
            if isinstance(fault, SendFailed):
                await self._heed(fault, datetime.now(UTC))
        else:
            outcome.sent.append(Sent(due.id, wamid, datetime.now(UTC), as_template=True))

    async def _heed(self, fault: SendFailed, now: datetime) -> None:
        """What concerns more than one message."""
        if fault.fault == "slow":
            await self.pace.rest(pause_of(fault.code))
        if fault.fault == "account":
            await self._halt(fault, now)

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
