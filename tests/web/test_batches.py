"""All shapes through the front door: alone, and in batches of up to 1,000 with duplicates."""

import asyncio
import json
import random
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from asyncpg import Pool
from tests.web.served import post, serving, signature
from tests.wire.payloads import CASES, Case, Who
from tests.world import house_in

from ventanilla.acts.house import House
from ventanilla.acts.turn import take_messages
from ventanilla.core.channel import Address
from ventanilla.db import people

pytestmark = pytest.mark.anyio
Sample = tuple[Case, Who]


def samples(count: int) -> list[Sample]:
    """Each shape as often as fits into so many, each time from somebody else."""
    cases = list(CASES.values())
    return [(cases[n % len(cases)], Who(n)) for n in range(count - count % len(cases))]


def batch(some: Iterable[Sample]) -> bytes:
    bodies = [case.make(who) for case, who in some]
    entries = [b["entry"] if isinstance(b["entry"], list) else [b["entry"]] for b in bodies if b]
    return json.dumps({"entry": [entry for each in entries for entry in each]}).encode()


async def sent_before(pool: Pool, house: House, count: int) -> None:
    """What the statuses tell of."""
    async with pool.acquire() as conn, conn.transaction():
        met = [people.Met((Address("phone", "12025550100"),))]
        (contact,) = await people.contacts(conn, house.vault, met)
        await conn.execute(
            """
            INSERT INTO outbox (contact_id, kind, sealed, state, wamid)
            SELECT $1, 'message', '', 'sending', 'wamid.out.' || n FROM generate_series(0, $2 - 1) n
            """,
            contact,
            count,
        )


async def answer_all(pool: Pool, house: House) -> int:
    """Turns until nobody waits; gives how many messages are owed now."""
    before: int = await pool.fetchval("SELECT count(*) FROM outbox")
    async with pool.acquire() as conn:
        while await take_messages(conn, house, datetime.now(UTC), 200):
            pass
    after: int = await pool.fetchval("SELECT count(*) FROM outbox")
    return after - before


async def stored(pool: Pool) -> dict[str, int]:
    row = await pool.fetchrow(
        """
        SELECT (SELECT count(*) FROM inbox) AS messages,
            (SELECT count(*) FROM outbox WHERE state <> 'sending') AS statuses,
            (SELECT count(*) FROM raw_update) AS raw, (SELECT count(*) FROM channel_notice) AS notices
        """
    )
    assert row is not None
    return dict(row)


def expected(some: Iterable[Sample]) -> dict[str, Any]:
    cases = [case for case, _ in some]
    return {
        "messages": sum(c.messages for c in cases),
        "statuses": sum(c.statuses for c in cases),
        "raw": sum(len(c.raw) for c in cases),
        "notices": sum(c.notices for c in cases),
    }


def replies(some: Iterable[Sample]) -> int:
    return sum(case.replies for case, _ in some)


async def test_each_shape_alone_is_stored_before_200_and_answered_once(pool: Pool) -> None:
    house, some = await house_in(pool), samples(len(CASES))
    await sent_before(pool, house, len(some))
    async with serving(pool, house=house) as url:
        for case, who in some:
            body = json.dumps(case.make(who)).encode()
            assert await post(url, body, signature(body)) == 200
    assert await stored(pool) == expected(some)
    assert await answer_all(pool, house) == replies(some)
    assert await answer_all(pool, house) == 0


@pytest.mark.parametrize("posts", [1, 4])
async def test_shuffled_batches_with_duplicates_lose_nothing_and_answer_each_once(
    pool: Pool, posts: int
) -> None:
    house, some = await house_in(pool), [s for s in samples(1000) if s[0].raw != ("empty",)]
    await sent_before(pool, house, 1000)
    chance = random.Random(posts)
    async with serving(pool, house=house) as url:
        for _ in range(2):
            chance.shuffle(some)
            parts = [batch(some[n::posts]) for n in range(posts)]
            twice = [*parts, *parts]
            assert set(await asyncio.gather(*(post(url, b, signature(b)) for b in twice))) == {200}
    wanted = expected(some)
    assert await stored(pool) == wanted | {"raw": wanted["raw"] * 4}
    assert await answer_all(pool, house) == replies(some)
    assert await pool.fetchval("SELECT count(*) FROM inbox WHERE state <> 'done'") == 0
