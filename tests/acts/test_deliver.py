"""What is owed goes out once, in order, and waits where it must."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import asyncpg
import msgspec
import pytest
from asyncpg import Pool
from tests.world import contacts, house_in

from ventanilla.acts.deliver import Post
from ventanilla.acts.house import House
from ventanilla.acts.pace import Pace
from ventanilla.acts.sender import Channel, Sender
from ventanilla.core.channel import Address, Status
from ventanilla.core.sending import PAIR_BURST, SendFailed
from ventanilla.db import outbox, sent
from ventanilla.db.sent import Outcome, Sent
from ventanilla.words.compose import Message
from ventanilla.words.outgoing import File, Outgoing

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

    async def upload(self, file: File) -> str:
        return "media"

    async def attend(self, wamid: str) -> None:
        pass


async def deliver(pool: Pool, house: House, channel: Channel, now: datetime, people: int = 10) -> int:
    """One round, to its end; gives how many messages went out in it."""
    before: int = await pool.fetchval("SELECT count(*) FROM outbox WHERE state = 'sent'")
    post = Post(pool, house, Sender(pool, house, channel), Pace(pool, 0))
    await post.start(now, people)
    await post.settled()
    after: int = await pool.fetchval("SELECT count(*) FROM outbox WHERE state = 'sent'")
    return after - before


async def owe(pool: Pool, house: House, contact: int, *bodies: str) -> None:
    sealed = [house.vault.seal("outbox", msgspec.json.encode(Message(b))) for b in bodies]
    async with pool.acquire() as conn:
        await outbox.put(conn, [outbox.Owed(contact, "message", s) for s in sealed])


async def scene(pool: Pool, people: int = 1) -> tuple[House, list[int]]:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        ids = await contacts(conn, house, people)
        await conn.execute("UPDATE contact SET wrote_at = now()")
        return house, ids


async def states(pool: Pool) -> list[str]:
    return [r["state"] for r in await pool.fetch("SELECT state FROM outbox ORDER BY id")]


async def test_messages_go_out_in_order_and_once(pool: Pool) -> None:
    house, (me, other) = await scene(pool, 2)
    channel = Recorder()
    await owe(pool, house, me, "1", "2", "3")
    await owe(pool, house, other, "a")
    await asyncio.gather(*(deliver(pool, house, channel, later()) for _ in range(4)))
    assert [b for _, b in channel.sent if b.isdigit()] == ["1", "2", "3"]
    assert await deliver(pool, house, channel, later(minutes=5)) == 0
    assert await states(pool) == ["sent"] * 4


async def test_a_passing_fault_is_tried_again_and_holds_back_what_follows(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    channel = Recorder({"2": [SendFailed("retry", "busy", 131016)]})
    await owe(pool, house, me, "1", "2", "3")
    await deliver(pool, house, channel, later())
    assert await states(pool) == ["sent", "owed", "owed"]
    assert await deliver(pool, house, channel, later()) == 0
    await deliver(pool, house, channel, later(minutes=1))
    assert [b for _, b in channel.sent] == ["1", "2", "3"]


async def test_what_will_never_go_out_is_given_up_and_the_rest_goes_on(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    channel = Recorder({"1": [SendFailed("final", "not a number", 131026)]})
    await owe(pool, house, me, "1", "2")
    await deliver(pool, house, channel, later())
    assert [b for _, b in channel.sent] == ["2"]
    row = await pool.fetchrow("SELECT state, error_code, error FROM outbox ORDER BY id LIMIT 1")
    assert row is not None
    assert tuple(row) == ("failed", 131026, "not a number")


async def test_after_a_timeout_the_status_decides_before_it_is_sent_again(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    channel = Recorder({"1": [SendFailed("retry", "no answer", uncertain=True)]})
    await owe(pool, house, me, "1", "2")
    await deliver(pool, house, channel, later())
    assert await states(pool) == ["sending", "owed"]
    assert await deliver(pool, house, channel, later(seconds=5)) == 0
    first = await pool.fetchval("SELECT min(id) FROM outbox")
    async with pool.acquire() as conn:
        status = Status("wamid.theirs", first, "sent", later(), None, "")
        await outbox.apply_statuses(conn, [status, status])
    await deliver(pool, house, channel, later(seconds=6))
    assert [b for _, b in channel.sent] == ["2"]
    assert await states(pool) == ["sent", "sent"]


async def test_after_a_timeout_without_any_status_it_is_sent_again(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    channel = Recorder({"1": [SendFailed("retry", "no answer", uncertain=True)]})
    await owe(pool, house, me, "1", "2")
    await deliver(pool, house, channel, later())
    await deliver(pool, house, channel, later(seconds=61))
    assert [b for _, b in channel.sent] == ["1", "2"]


async def test_a_message_that_cannot_be_made_does_not_hold_up_the_others(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    channel = Recorder()
    await owe(pool, house, me, "1", "2")
    await pool.execute("UPDATE outbox SET sealed = 'x' WHERE id = (SELECT min(id) FROM outbox)")
    await deliver(pool, house, channel, later())
    assert [b for _, b in channel.sent] == ["2"]
    assert await states(pool) == ["failed", "sent"]


async def test_statuses_are_kept_whatever_their_order(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    await owe(pool, house, me, "1")
    await deliver(pool, house, Recorder(), later())
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
        await sent.record(conn, Outcome(sent=[Sent(number, "wamid.x", later())]))
        row = await conn.fetchrow("SELECT state, error_code FROM outbox")
    assert row is not None
    assert tuple(row) == ("failed", 131047)


async def test_one_lane_that_hangs_does_not_hold_the_others(pool: Pool) -> None:
    house, (me, other) = await scene(pool, 2)
    gate = asyncio.Event()

    class Hanging(Recorder):
        async def send(self, to: Address, what: Outgoing, reference: str) -> str:
            if isinstance(what, Message) and what.body == "hangs":
                await gate.wait()
            return await Recorder.send(self, to, what, reference)

    channel = Hanging()
    post = Post(pool, house, Sender(pool, house, channel), Pace(pool, 0))
    await owe(pool, house, me, "hangs")
    assert await post.start(later(), 10) == 1
    await owe(pool, house, me, "behind it")
    await owe(pool, house, other, "a")
    assert await post.start(later(), 10) == 1
    await asyncio.wait(tuple(post.lanes), return_when=asyncio.FIRST_COMPLETED)
    assert [b for _, b in channel.sent] == ["a"]
    gate.set()
    await post.settled()
    await post.start(later(), 10)
    await post.settled()
    assert [b for _, b in channel.sent] == ["a", "hangs", "behind it"]


async def test_one_person_gets_no_more_than_the_pair_rate_lets_through(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    channel = Recorder()
    bodies = [str(n) for n in range(PAIR_BURST + 3)]
    await owe(pool, house, me, *bodies)
    start = later()
    assert await deliver(pool, house, channel, start) == PAIR_BURST
    assert await deliver(pool, house, channel, start + timedelta(seconds=5)) == 0
    assert await deliver(pool, house, channel, start + timedelta(seconds=6)) == 1
    assert await deliver(pool, house, channel, start + timedelta(seconds=18)) == 2
    assert [b for _, b in channel.sent] == bodies


async def test_what_was_not_tried_gives_its_share_of_the_rate_back(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    channel = Recorder({"0": [SendFailed("retry", "busy", 131016)]})
    await owe(pool, house, me, *(str(n) for n in range(PAIR_BURST)))
    start = later()
    assert await deliver(pool, house, channel, start) == 0
    assert await deliver(pool, house, channel, start + timedelta(seconds=6)) == PAIR_BURST


async def test_a_stopped_account_keeps_everything_and_tries_one_person_later(pool: Pool) -> None:
    house, people = await scene(pool, 3)
    dead = [SendFailed("account", "token expired", 190) for _ in range(2)]
    channel = Recorder({"hi": dead})
    for one in people:
        await owe(pool, house, one, "hi", "there")
    start = later()
    await deliver(pool, house, channel, start, people=1)
    async with pool.acquire() as conn:
        stop = await sent.stopped(conn)
    assert stop is not None
    assert (stop.code, stop.why) == (190, "token expired")
    assert await deliver(pool, house, channel, start + timedelta(minutes=1)) == 0
    assert await pool.fetchval("SELECT max(attempts) FROM outbox") == 1
    assert await deliver(pool, house, channel, start + timedelta(minutes=6)) == 0
    assert await deliver(pool, house, channel, start + timedelta(minutes=12)) == 2
    assert await deliver(pool, house, channel, start + timedelta(minutes=12)) == 4
    rows = await pool.fetch("SELECT fault, code FROM attempt")
    assert [tuple(r.values()) for r in rows] == [("account", 190)] * 2


async def test_outside_the_window_it_waits_until_the_person_writes(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    channel = Recorder()
    await owe(pool, house, me, "1", "2")
    await pool.execute("UPDATE contact SET wrote_at = now() - interval '24 hours'")
    assert await deliver(pool, house, channel, later()) == 0
    assert (await states(pool))[:2] == ["parked", "parked"]
    await pool.execute("UPDATE contact SET wrote_at = now()")
    async with pool.acquire() as conn:
        await outbox.release(conn, [me], later(), later(days=-7))
    await deliver(pool, house, channel, later(seconds=1))
    assert [b for _, b in channel.sent if b.isdigit()] == ["1", "2"]


async def test_what_waited_for_longer_than_a_talk_is_given_up(pool: Pool) -> None:
    house, (me, *_) = await scene(pool)
    await owe(pool, house, me, "1")
    await pool.execute("UPDATE outbox SET state = 'parked', made_at = now() - interval '8 days'")
    async with pool.acquire() as conn:
        await outbox.release(conn, [me], later(), later(days=-7))
    assert await states(pool) == ["failed"]


async def test_a_database_that_is_away_when_an_outcome_is_written_makes_nothing_go_out_twice(
    fresh_database_url: str,
) -> None:
    impatient = {"lock_timeout": "20"}
    async with asyncpg.create_pool(fresh_database_url, min_size=1, server_settings=impatient) as pool:
        house, (me,) = await scene(pool)
        blocker = await asyncpg.connect(fresh_database_url)

        class Blocking(Recorder):
            async def send(self, to: Address, what: Outgoing, reference: str) -> str:
                await blocker.execute("BEGIN; LOCK TABLE outbox IN EXCLUSIVE MODE")
                asyncio.get_running_loop().call_later(
                    0.4, lambda: asyncio.ensure_future(blocker.execute("COMMIT"))
                )
                return await Recorder.send(self, to, what, reference)

        channel = Blocking()
        await owe(pool, house, me, "once")
        assert await deliver(pool, house, channel, later()) == 1
        assert await states(pool) == ["sent"]
        await blocker.close()


async def test_a_database_that_is_away_when_a_paper_is_made_gives_nothing_up(pool: Pool) -> None:
    house, (me,) = await scene(pool)

    class Away(Recorder):
        async def send(self, to: Address, what: Outgoing, reference: str) -> str:
            raise asyncpg.ConnectionDoesNotExistError("the server is being restarted")

    await owe(pool, house, me, "kept")
    assert await deliver(pool, house, Away(), later()) == 0
    assert await states(pool) == ["owed"]


async def test_whose_only_number_is_somebody_elses_now_gets_nothing_and_holds_nobody_up(pool: Pool) -> None:
    house, (gone, other) = await scene(pool, 2)
    channel = Recorder()
    await owe(pool, house, gone, "for nobody")
    await owe(pool, house, other, "a")
    await pool.execute("DELETE FROM alias WHERE contact_id = $1", gone)
    assert await deliver(pool, house, channel, later()) == 1
    assert [body for _, body in channel.sent] == ["a"]
    assert await states(pool) == ["failed", "sent"]
