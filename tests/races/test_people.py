"""One person met, merged and answered by several processes at once. Each guard with its control."""

import asyncio
import random
from datetime import UTC, datetime, timedelta

import pytest
from asyncpg import Pool
from tests.world import NOW, house_in

from ventanilla.acts.house import House
from ventanilla.acts.receive import take_updates
from ventanilla.acts.turn import take_messages
from ventanilla.core.channel import Address
from ventanilla.core.identity import IdentityChange
from ventanilla.db import inbox, outbox, people
from ventanilla.talk.engine import Heard
from ventanilla.web.hooks import Intake
from ventanilla.words.incoming import Incoming, Updates

pytestmark = pytest.mark.anyio
PHONE, SCOPED = Address("phone", "5215512345678"), Address("bsuid", "MX.1")


def wrote(wamid: str, *names: Address, at: datetime | None = None) -> Updates:
    return Updates((Incoming(wamid, names[0], Heard("text", "hola"), at, names[1:]),))


async def store(pool: Pool, house: House, *batch: Updates) -> None:
    async with pool.acquire() as conn:
        await take_updates(conn, house.vault, batch)


async def meet(pool: Pool, house: House, *everybody: tuple[Address, ...]) -> tuple[int, ...]:
    async with pool.acquire() as conn, conn.transaction():
        return await people.contacts(conn, house.vault, [people.Met(names) for names in everybody])


async def scene(pool: Pool) -> tuple[House, int, int]:
    """Two contacts of which nobody knows yet that they are one person."""
    house = await house_in(pool)
    older, younger = await meet(pool, house, (PHONE,), (SCOPED,))
    return house, older, younger


async def somebody_waits(pool: Pool) -> None:
    look = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted), pg_sleep(0.01)"
    for _ in range(1000):
        if await pool.fetchval(look):
            return
    raise AssertionError("nobody waits for a lock")


async def claimed(pool: Pool) -> list[tuple[int, str]]:
    async with pool.acquire() as conn, conn.transaction():
        return [(c.contact_id, c.wamid) for c in await inbox.claim(conn, 1000)]


async def test_many_who_find_out_at_once_that_two_are_one_merge_them_once(pool: Pool) -> None:
    house, older, _ = await scene(pool)
    met = await asyncio.gather(*(meet(pool, house, (PHONE, SCOPED)) for _ in range(12)))
    assert set(met) == {(older,)}
    assert await pool.fetchval("SELECT array_agg(contact_id) FROM talk") == [older]
    assert await pool.fetchval("SELECT array_agg(DISTINCT contact_id) FROM alias") == [older]


async def test_a_message_that_comes_while_two_become_one_is_answered(pool: Pool) -> None:
    house, older, _ = await scene(pool)
    async with pool.acquire() as conn:
        merging = conn.transaction()
        await merging.start()
        await people.contacts(conn, house.vault, [people.Met((PHONE, SCOPED))])
        late = asyncio.create_task(store(pool, house, wrote("wamid.late", SCOPED)))
        await somebody_waits(pool)
        await merging.commit()
        await late
    assert await claimed(pool) == [(older, "wamid.late")]


async def test_two_become_one_only_after_a_message_on_its_way_is_stored(pool: Pool) -> None:
    house, older, younger = await scene(pool)
    async with pool.acquire() as conn:
        storing = conn.transaction()
        await storing.start()
        assert await people.contacts(conn, house.vault, [people.Met((SCOPED,))]) == (younger,)
        merging = asyncio.create_task(meet(pool, house, (PHONE, SCOPED)))
        await somebody_waits(pool)
        await inbox.put(conn, [inbox.Arrived("wamid.early", younger, "text", b"", NOW)])
        await storing.commit()
        assert await merging == (older,)
    assert await claimed(pool) == [(older, "wamid.early")]


async def test_control_without_the_lock_a_message_is_left_where_nobody_looks(pool: Pool) -> None:
    house, _, younger = await scene(pool)
    looked_up = await pool.fetchval("SELECT contact_id FROM alias WHERE kind = 'bsuid'")
    assert looked_up == younger
    await meet(pool, house, (PHONE, SCOPED))
    async with pool.acquire() as conn:
        await inbox.put(conn, [inbox.Arrived("wamid.lost", looked_up, "text", b"", NOW)])
    assert await claimed(pool) == []


async def test_two_become_one_only_after_the_turn_of_either_is_over(pool: Pool) -> None:
    house, older, younger = await scene(pool)
    await store(pool, house, wrote("wamid.1", SCOPED))
    async with pool.acquire() as conn:
        turn = conn.transaction()
        await turn.start()
        (mine,) = await inbox.claim(conn, 10)
        assert mine.contact_id == younger
        merging = asyncio.create_task(meet(pool, house, (PHONE, SCOPED)))
        await somebody_waits(pool)
        await inbox.save_talks(conn, [younger], [b"what was said"], NOW)
        await outbox.put(conn, [outbox.Owed(younger, "message", b"answer")])
        await turn.commit()
        assert await merging == (older,)
    assert await pool.fetchval("SELECT contact_id FROM outbox") == older
    (talk,) = await pool.fetch("SELECT contact_id, sealed FROM talk")
    assert tuple(talk) == (older, b"what was said")


async def test_control_a_merge_that_does_not_wait_for_the_turn_loses_its_answer(pool: Pool) -> None:
    house, older, younger = await scene(pool)
    await store(pool, house, wrote("wamid.1", SCOPED))
    async with pool.acquire() as conn:
        turn = conn.transaction()
        await turn.start()
        await inbox.claim(conn, 10)
        for table in ("alias", "outbox"):
            await pool.execute(f"UPDATE {table} SET contact_id = $1 WHERE contact_id = $2", older, younger)
        await outbox.put(conn, [outbox.Owed(younger, "message", b"answer")])
        await turn.commit()
        assert await pool.fetchval("SELECT contact_id FROM outbox") == younger
        assert younger not in await people.addresses(conn, house.vault, [older, younger])


async def test_news_of_a_number_told_many_times_while_people_write_from_both_is_acted_upon_once(
    pool: Pool,
) -> None:
    house = await house_in(pool)
    new, at = Address("phone", "5215587654321"), NOW - timedelta(days=3)
    early, late = NOW - timedelta(days=4), NOW - timedelta(days=2)
    await store(pool, house, wrote("wamid.first", PHONE, at=early))
    news = Updates(changes=(IdentityChange((PHONE,), (new,), at),))
    some = [news] * 6 + [wrote(f"wamid.{n}", new, at=late) for n in range(6)]
    processes = [Intake(pool, house.vault, lambda: None) for _ in range(4)]
    await asyncio.gather(*(processes[n % 4].take(updates) for n, updates in enumerate(some)))
    assert await pool.fetchval("SELECT count(*) FROM talk") == 1
    assert await pool.fetchval("SELECT count(DISTINCT contact_id) FROM inbox") == 1
    async with pool.acquire() as conn:
        (contact,) = await meet(pool, house, (new,))
        assert await people.addresses(conn, house.vault, [contact]) == {contact: new}


async def test_control_without_the_unique_name_two_who_meet_somebody_new_make_two_of_them(pool: Pool) -> None:
    await pool.execute("ALTER TABLE alias DROP CONSTRAINT alias_pkey")
    together = asyncio.Barrier(2)

    async def careless() -> None:
        async with pool.acquire() as conn, conn.transaction():
            known = await conn.fetchval("SELECT contact_id FROM alias WHERE key = 'somebody'")
            await together.wait()
            if known is None:
                await conn.execute(
                    """
                    WITH made AS (INSERT INTO contact DEFAULT VALUES RETURNING id)
                    INSERT INTO alias (kind, key, contact_id, sealed)
                    SELECT 'phone', 'somebody', id, '' FROM made
                    """
                )

    await asyncio.gather(careless(), careless())
    assert await pool.fetchval("SELECT count(*) FROM contact") == 2


CROWD = 15


def crowd(chance: random.Random) -> list[Updates]:
    """Everybody writes five messages under different names, each of which comes twice."""
    batch: list[Updates] = []
    for n in range(CROWD):
        phone, scoped = Address("phone", f"52155{n:08}"), Address("bsuid", f"MX.{n}")
        parent = Address("parent_bsuid", f"MX.ENT.{n}")
        for names in ((phone,), (scoped,), (phone, scoped), (scoped, parent), (phone, parent)):
            batch += [wrote(f"wamid.{n}.{len(batch)}", *names)] * 2
    chance.shuffle(batch)
    return batch


async def arrive(pool: Pool, house: House, batch: list[Updates]) -> None:
    """By way of six processes."""
    processes = [Intake(pool, house.vault, lambda: None) for _ in range(6)]
    await asyncio.gather(*(processes[n % 6].take(updates) for n, updates in enumerate(batch)))


async def test_a_crowd_that_writes_under_all_its_names_at_once_is_told_apart(pool: Pool) -> None:
    house = await house_in(pool)
    await arrive(pool, house, crowd(random.Random(7)))
    assert await pool.fetchval("SELECT count(*) FROM talk") == CROWD
    assert await pool.fetchval("SELECT count(*) FROM contact WHERE merged_into IS NULL") == CROWD
    answered = []
    while some := await claimed(pool):
        answered += some
    assert len(answered) == CROWD * 5
    assert len({contact for contact, _ in answered}) == CROWD


async def test_a_crowd_is_answered_once_each_while_it_is_being_told_apart(pool: Pool) -> None:
    house, arrived = await house_in(pool), asyncio.Event()

    async def work() -> None:
        """Takes turns until everything has come and nobody waits."""
        async with pool.acquire() as conn:
            while True:
                ended = arrived.is_set()
                if not await take_messages(conn, house, datetime.now(UTC), 4) and ended:
                    return

    async def come() -> None:
        await arrive(pool, house, crowd(random.Random(8)))
        arrived.set()

    await asyncio.gather(come(), work(), work())
    async with pool.acquire() as conn:
        while await take_messages(conn, house, datetime.now(UTC), 100):
            pass
    assert await pool.fetchval("SELECT count(*) FROM inbox WHERE state = 'done'") == CROWD * 5
    assert await pool.fetchval("SELECT count(*) FROM outbox") == CROWD * 5
    assert await pool.fetchval("SELECT count(DISTINCT contact_id) FROM outbox") == CROWD
    gone = "SELECT count(*) FROM outbox JOIN contact c ON c.id = contact_id WHERE merged_into IS NOT NULL"
    assert await pool.fetchval(gone) == 0
