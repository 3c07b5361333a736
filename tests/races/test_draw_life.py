"""Draws with everything that may happen around them, in random order and several at once: after every step
the counters are the rows, nobody has two places, and a place goes to whoever is first in the order."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from asyncpg import Pool
from tests.lottery_people import DAYS, FIRST, Scene, counters, enters, scene, wish
from tests.world import NOW

from ventanilla.acts import draws as acts
from ventanilla.acts.draw_facts import claim, decline, leave
from ventanilla.db import booking
from ventanilla.talk.draw_facts import ClaimPlace, DeclinePlace, LeaveDraw

pytestmark = pytest.mark.anyio
MOMENTS = (FIRST, FIRST + timedelta(hours=4), FIRST + timedelta(days=1))
HALVES = (("morning",), ("afternoon",), ("afternoon", "morning"))
PEOPLE, STEPS, AT_ONCE, WALKS = 9, 45, 3, 8
TABLES = (
    "outbox",
    "given_up",
    "release",
    "offer",
    "appointment",
    "draw_entry",
    "draw_weight",
    "slot",
    "draw",
)
Deed = Callable[[], Awaitable[object]]


class Life:
    def __init__(self, pool: Pool, at: Scene, chance: random.Random) -> None:
        self.pool, self.at, self.chance, self.now = pool, at, chance, NOW
        self.deeds: tuple[Callable[[], Awaitable[Deed | None]], ...] = (
            *((self.entering,) * 3 + (self.passing,) * 3 + (self.declining,) * 2),
            *(self.claiming, self.leaving, self.cancelling, self.publishing),
        )

    async def one_of(self, sql: str) -> int | None:
        rows = [r["id"] for r in await self.pool.fetch(sql)]
        return self.chance.choice(rows) if rows else None

    async def entering(self) -> Deed:
        n = self.chance.randrange(PEOPLE)
        days = DAYS[: self.chance.randint(1, 2)]
        want, now = wish(self.at.draw_id, n, days, self.chance.choice(HALVES)), self.now
        return lambda: enters(self.pool, self.at, self.at.people[n], want, now)

    async def _by(self, sql: str, act: Callable[..., Awaitable[object]], want: type) -> Deed | None:
        found = await self.one_of(sql)
        if found is None:
            return None
        table = "draw_entry" if want is LeaveDraw else "offer"
        contact = await self.pool.fetchval(f"SELECT contact_id FROM {table} WHERE id = $1", found)
        asked = (contact, want(found, "es") if want is ClaimPlace else want(found))
        now = self.now

        async def deed() -> None:
            async with self.pool.acquire() as conn, conn.transaction():
                await act(conn, self.at.house, now, [asked])

        return deed

    async def leaving(self) -> Deed | None:
        return await self._by("SELECT id FROM draw_entry ORDER BY id", leave, LeaveDraw)

    async def claiming(self) -> Deed | None:
        return await self._by("SELECT id FROM offer ORDER BY id DESC LIMIT 4", claim, ClaimPlace)

    async def declining(self) -> Deed | None:
        return await self._by("SELECT id FROM offer ORDER BY id DESC LIMIT 4", decline, DeclinePlace)

    async def cancelling(self) -> Deed | None:
        found = await self.one_of("SELECT id FROM appointment WHERE status = 'live' ORDER BY id")
        if found is None:
            return None
        mine = await self.pool.fetchval("SELECT contact_id FROM appointment WHERE id = $1", found)
        how = booking.GiveBack(self.now, self.now, self.now + timedelta(hours=2))

        async def deed() -> None:
            async with self.pool.acquire() as conn, conn.transaction():
                await booking.cancel(conn, found, mine, how)

        return deed

    async def publishing(self) -> Deed:
        now = self.now

        async def deed() -> None:
            async with self.pool.acquire() as conn, conn.transaction():
                await booking.publish(conn, now)

        return deed

    async def passing(self) -> Deed:
        now = self.now

        async def deed() -> None:
            async with self.pool.acquire() as conn:
                await acts.close_due(conn, now)
                state = await conn.fetchval("SELECT state FROM draw")
                if state == "closed":
                    await acts.draw_now(conn, self.at.house, self.at.draw_id, "48215", now)
                await acts.pass_on(conn, self.at.house, now)

        return deed

    async def step(self) -> None:
        self.now += self.chance.choice((timedelta(minutes=5), timedelta(hours=3), timedelta(hours=9)))
        chosen = [await self.chance.choice(self.deeds)() for _ in range(self.chance.randint(1, AT_ONCE))]
        done = await asyncio.gather(*(deed() for deed in chosen if deed), return_exceptions=True)
        faults = [d for d in done if isinstance(d, Exception) and not isinstance(d, acts.CannotDraw)]
        assert not faults, faults
        await self.check()

    async def check(self) -> None:
        assert await counters(self.pool) == (0, 0, 0)
        twice = "SELECT count(*) FROM (SELECT 1 FROM {} GROUP BY {} HAVING count(*) > 1) AS t"
        assert not await self.pool.fetchval(twice.format("draw_entry WHERE state <> 'left'", "person_key"))
        assert not await self.pool.fetchval(twice.format("offer", "draw_entry_id")), "offered again"
        assert not await self.pool.fetchval(twice.format("appointment WHERE status = 'live'", "person_key"))
        # Whoever has no place and comes before somebody who was offered one would not have come to it.
        assert not await self.pool.fetchval(
            """
            SELECT count(*) FROM offer o JOIN draw_entry e ON e.id = o.draw_entry_id
            JOIN slot s ON s.id = o.slot_id
            JOIN draw_entry before ON before.position < e.position AND before.state = 'lost'
                AND s.day = ANY(before.days) AND CASE WHEN extract(hour FROM s.starts_at
                    AT TIME ZONE 'America/Mexico_City') < 12 THEN 'morning' ELSE 'afternoon' END
                    = ANY(before.halves)
            """
        )
        assert not await self.pool.fetchval(
            "SELECT count(*) FROM offer o JOIN draw_entry e ON e.id = o.draw_entry_id WHERE e.state <> 'won'"
        )


async def test_after_every_step_nothing_is_lost_and_nobody_is_passed_over(pool: Pool) -> None:
    seen: Counter[str] = Counter()
    for seed in range(WALKS):
        at = await scene(pool, PEOPLE, places=1, moments=MOMENTS)
        life = Life(pool, at, random.Random(seed))
        for _ in range(STEPS):
            await life.step()
        rows = await pool.fetch("SELECT state FROM offer UNION ALL SELECT status FROM appointment")
        seen.update(r["state"] for r in rows)
        seen.update(public=await pool.fetchval("SELECT count(*) FROM slot WHERE opens_at < 'infinity'"))
        for table in TABLES:
            await pool.execute(f"DELETE FROM {table}")
    # Otherwise the checks above would say nothing.
    assert seen.keys() >= {"taken", "declined", "expired", "cancelled", "public"}, seen
