"""What Meta took and did not deliver: tried again, kept for later, or given up and shown."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from asyncpg import Pool
from tests.world import contacts, house_in

from ventanilla.acts.statuses import take_statuses
from ventanilla.core.channel import Status
from ventanilla.core.sending import Fault
from ventanilla.db import outbox, sent
from ventanilla.db.sent import Outcome, Sent
from ventanilla.words.compose import Message

pytestmark = pytest.mark.anyio


def now(**gap: float) -> datetime:
    return datetime.now(UTC) + timedelta(**gap)


def failed(number: int | None, wamid: str, fault: Fault, code: int) -> Status:
    return Status(wamid, number, "failed", now(), code, "because", fault)


async def one_sent(pool: Pool, wamid: str = "wamid.1") -> int:
    house = await house_in(pool)
    async with pool.acquire() as conn:
        (me,) = await contacts(conn, house, 1)
        sealed = house.vault.seal("outbox", msgspec.json.encode(Message("hola")))
        await outbox.put(conn, [outbox.Owed(me, "message", sealed)])
        (due,) = await outbox.claim(conn, 1, now(seconds=1), now(minutes=-1))
        await sent.record(conn, Outcome(sent=[Sent(due.id, wamid, now())]))
    return due.id


async def tell(pool: Pool, *statuses: Status) -> None:
    house = await house_in(pool)
    async with pool.acquire() as conn, conn.transaction():
        await take_statuses(conn, house.vault, statuses, now())


async def state(pool: Pool) -> str:
    found: str = await pool.fetchval("SELECT state FROM outbox WHERE kind = 'message'")
    return found


@pytest.mark.parametrize(
    ("fault", "code", "expected"),
    [
        ("retry", 131000, "owed"),
        ("few", 131053, "owed"),
        ("slow", 130429, "owed"),
        ("pair", 131056, "owed"),
        ("window", 131047, "parked"),
        ("final", 131026, "failed"),
        ("final", 131049, "failed"),
    ],
)
async def test_the_class_of_its_error_decides(pool: Pool, fault: Fault, code: int, expected: str) -> None:
    number = await one_sent(pool)
    await tell(pool, failed(number, "wamid.1", fault, code))
    assert await state(pool) == expected


async def test_a_failure_told_twice_is_one_failure(pool: Pool) -> None:
    number = await one_sent(pool)
    told = failed(number, "wamid.1", "retry", 131000)
    await tell(pool, told, told)
    await tell(pool, told)
    assert await state(pool) == "owed"
    async with pool.acquire() as conn:
        (due,) = await outbox.claim(conn, 1, now(minutes=5), now())
        await tell(pool, told)
        await sent.record(conn, Outcome(sent=[Sent(due.id, "wamid.2", now())]))
    await tell(pool, told)
    assert await state(pool) == "sent"


async def test_old_news_of_the_failed_copy_does_not_hide_that_it_is_owed(pool: Pool) -> None:
    number = await one_sent(pool)
    await tell(pool, failed(number, "wamid.1", "retry", 131000))
    await tell(pool, Status("wamid.1", number, "sent", now(), None, ""))
    assert await state(pool) == "owed"


async def test_it_is_found_by_its_wamid_where_the_reference_is_missing(pool: Pool) -> None:
    await one_sent(pool)
    await tell(pool, failed(None, "wamid.1", "final", 131026))
    assert await state(pool) == "failed"


async def test_statuses_of_messages_that_are_not_ours_change_nothing(pool: Pool) -> None:
    await one_sent(pool)
    await tell(pool, failed(None, "wamid.strange", "final", 131026), failed(10**12, "w", "retry", 1))
    assert await state(pool) == "sent"
