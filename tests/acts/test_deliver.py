"""What is owed goes out once, in order, and waits where it must."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from asyncpg import Pool
from tests.world import contacts, house_in

from ventanilla.acts.deliver import deliver
from ventanilla.acts.house import House
from ventanilla.core.channel import Address, Status
from ventanilla.core.sending import SendFailed
from ventanilla.db import outbox
from ventanilla.words.compose import Message
from ventanilla.words.outgoing import Outgoing

pytestmark = pytest.mark.anyio


def later(**gap: float) -> datetime:
    return datetime.now(UTC) + timedelta(**gap)


@dataclass(slots=True)
class Recorder:
    """A channel that keeps what it is given, and fails as told (by body)."""

    faults: dict[str, list[SendFailed]] = field(default_factory=dict)
    sent: list[tuple[str, str]] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    async def send(self, to: Address, what: Outgoing, reference: str) -> str:
        assert isinstance(what, Message)
        await asyncio.sleep(0)
        waiting = self.faults.get(what.body)
        if waiting:
            raise waiting.pop(0)
        self.sent.append((to.text, what.body))
        self.references.append(reference)
        return f"wamid.{reference}"


async def owe(pool: Pool, house: House, contact: int, *bodies: str) -> None:
    sealed = [house.vault.seal("outbox", msgspec.json.encode(Message(b))) for b in bodies]
    async with pool.acquire() as conn:
        await outbox.put(conn, [outbox.Owed(contact, "message", s) for s in sealed])


async def scene(pool: Pool, people: int = 1) -> tuple[House, list[int]]:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        return house, await contacts(conn, house, people)


async def states(pool: Pool) -> list[str]:
    return [r["state"] for r in await pool.fetch("SELECT state FROM outbox ORDER BY id")]


async def test_messages_go_out_in_order_and_once(pool: Pool) -> None:
    house, (me, other) = await scene(pool, 2)
    channel = Recorder()
    await owe(pool, house, me, "1", "2", "3")
    await owe(pool, house, other, "a")
    outcomes = await asyncio.gather(*(deliver(pool, house, channel, later(), 10) for _ in range(4)))
    assert sum(outcomes) == 4
    assert [b for _, b in channel.sent if b.isdigit()] == ["1", "2", "3"]
    assert await deliver(pool, house, channel, later(minutes=5), 10) == 0
    assert await states(pool) == ["sent"] * 4


async def test_a_passing_fault_is_tried_again_and_holds_back_what_follows(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    channel = Recorder({"2": [SendFailed("retry", "busy", 131016)]})
    await owe(pool, house, me, "1", "2", "3")
    await deliver(pool, house, channel, later(), 10)
    assert await states(pool) == ["sent", "owed", "owed"]
    assert await deliver(pool, house, channel, later(), 10) == 0
    await deliver(pool, house, channel, later(minutes=1), 10)
    assert [b for _, b in channel.sent] == ["1", "2", "3"]


async def test_what_will_never_go_out_is_given_up_and_the_rest_goes_on(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    channel = Recorder({"1": [SendFailed("final", "not a number", 131026)]})
    await owe(pool, house, me, "1", "2")
    await deliver(pool, house, channel, later(), 10)
    assert [b for _, b in channel.sent] == ["2"]
    row = await pool.fetchrow("SELECT state, error_code, error FROM outbox ORDER BY id LIMIT 1")
    assert row is not None
    assert tuple(row) == ("failed", 131026, "not a number")


async def test_after_a_timeout_the_status_decides_before_it_is_sent_again(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    channel = Recorder({"1": [SendFailed("retry", "no answer", uncertain=True)]})
    await owe(pool, house, me, "1", "2")
    await deliver(pool, house, channel, later(), 10)
    assert await states(pool) == ["sending", "owed"]
    assert await deliver(pool, house, channel, later(seconds=5), 10) == 0
    first = await pool.fetchval("SELECT min(id) FROM outbox")
    async with pool.acquire() as conn:
        status = Status("wamid.theirs", first, "sent", later(), None, "")
        await outbox.apply_statuses(conn, [status, status])
    await deliver(pool, house, channel, later(seconds=6), 10)
    assert [b for _, b in channel.sent] == ["2"]
    assert await states(pool) == ["sent", "sent"]


async def test_after_a_timeout_without_any_status_it_is_sent_again(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    channel = Recorder({"1": [SendFailed("retry", "no answer", uncertain=True)]})
    await owe(pool, house, me, "1", "2")
    await deliver(pool, house, channel, later(), 10)
    await deliver(pool, house, channel, later(minutes=1), 10)
    assert [b for _, b in channel.sent] == ["1", "2"]


async def test_a_message_that_cannot_be_made_does_not_hold_up_the_others(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    channel = Recorder()
    await owe(pool, house, me, "1", "2")
    await pool.execute("UPDATE outbox SET sealed = 'x' WHERE id = (SELECT min(id) FROM outbox)")
    await deliver(pool, house, channel, later(), 10)
    assert [b for _, b in channel.sent] == ["2"]
    assert await states(pool) == ["failed", "sent"]


async def test_statuses_are_kept_whatever_their_order(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    await owe(pool, house, me, "1")
    await deliver(pool, house, Recorder(), later(), 10)
    number = await pool.fetchval("SELECT id FROM outbox")
    at = later()
    async with pool.acquire() as conn:
        for kind in ("read", "delivered", "sent"):
            await outbox.apply_statuses(conn, [Status(f"wamid.{number}", None, kind, at, None, "")])
        row = await conn.fetchrow("SELECT state, delivered_at, read_at FROM outbox")
    assert row is not None
    assert tuple(row) == ("sent", at, at)


async def test_a_failed_status_before_our_own_record_stays(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    await owe(pool, house, me, "1")
    number = await pool.fetchval("SELECT id FROM outbox")
    async with pool.acquire() as conn:
        await outbox.claim(conn, 1, later(), later(minutes=-1))
        failed = Status("wamid.x", number, "failed", later(), 131047, "24 hours have passed")
        await outbox.apply_statuses(conn, [failed])
        await outbox.record(conn, [outbox.Sent(number, "wamid.x", later())], [], [])
        row = await conn.fetchrow("SELECT state, error_code FROM outbox")
    assert row is not None
    assert tuple(row) == ("failed", 131047)
